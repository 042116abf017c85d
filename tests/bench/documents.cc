#include "tests/bench/documents.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace kugge::bench {
namespace {

using matching::DemandKind;
using matching::DocumentId;

constexpr uint64_t kPersonSalt = 0x70;
constexpr uint64_t kRequirementSalt = 0x72;

DocumentId MakeId(uint64_t index, uint64_t salt) {
  const uint64_t spread = Mix(index * 2 + salt);
  DocumentId id;
  std::memcpy(id.bytes.data(), &spread, sizeof(spread));
  std::memcpy(id.bytes.data() + sizeof(spread), &index, sizeof(index));
  return id;
}

}  // namespace

matching::ConceptGraph PlainGraph() {
  return matching::ConceptGraph::FromRelations(
      std::vector<std::vector<matching::HeldRelation>>(kConcepts));
}

matching::Strategy SkillsOnlyStrategy() {
  matching::Strategy strategy = matching::DefaultStrategy();
  strategy.name = "skills-only";
  strategy.demand_weights = {};
  strategy.demand_weights[static_cast<size_t>(DemandKind::kSkill)] =
      matching::kFullBp;
  strategy.score_factor = 1;
  strategy.reverse_factor = 0;
  strategy.not_asked_credit = 0;
  return strategy;
}

DocumentId PersonId(uint64_t index) { return MakeId(index, kPersonSalt); }

DocumentId RequirementId(uint64_t index) {
  return MakeId(index, kRequirementSalt);
}

uint64_t IndexOf(const DocumentId& id) {
  uint64_t index = 0;
  std::memcpy(&index, id.bytes.data() + sizeof(index), sizeof(index));
  return index;
}

matching::PersonFeatures ToFeatures(const Person& person, uint64_t index) {
  matching::PersonFeatures features;
  features.id = PersonId(index);
  features.municipality = person.municipality;
  features.home = matching::Municipalities()[person.municipality].town_point;
  matching::Section& occupations =
      features.sections[static_cast<size_t>(DemandKind::kOccupation)];
  occupations.held.reserve(1);
  occupations.held.push_back(
      {.concept_index = kFirstOccupation + person.occupation, .level = 24});
  matching::Section& skills =
      features.sections[static_cast<size_t>(DemandKind::kSkill)];
  skills.state = person.complete ? matching::SectionState::kComplete
                                 : matching::SectionState::kOpen;
  skills.held.reserve(person.skills.size());
  for (const uint32_t skill : person.skills) {
    skills.held.push_back({.concept_index = skill});
  }
  return features;
}

matching::RequirementFeatures ToFeatures(const Query& query, uint64_t index,
                                         bool must) {
  matching::RequirementFeatures features;
  features.id = RequirementId(index);
  const matching::Municipality& place =
      matching::Municipalities()[query.centre];
  features.facts.place = place.town_point;
  features.facts.municipality = query.centre;
  features.facts.occupations = {kFirstOccupation + query.occupation};
  for (size_t i = 0; i < query.terms.size(); ++i) {
    features.demands.push_back({.kind = DemandKind::kSkill,
                                .concept_index = query.terms[i].skill,
                                .strength = must && i == query.must
                                                ? matching::Strength::kHard
                                                : matching::Strength::kSoft,
                                .importance = query.terms[i].importance});
  }
  return features;
}

}  // namespace kugge::bench
