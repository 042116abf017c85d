#include "tests/bench/full_workload.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "tests/bench/documents.h"

namespace kugge::bench {
namespace {

using matching::ConceptIndex;
using matching::Demand;
using matching::DemandKind;
using matching::Evidence;
using matching::HeldRelation;
using matching::Level;
using matching::PersonFeatures;
using matching::RelationKind;
using matching::RequirementFeatures;
using matching::Section;
using matching::Strength;

constexpr uint64_t kPersonDetails = 16ull << 40;
constexpr uint64_t kRequirementDetails = 17ull << 40;

constexpr ConceptIndex kEnglish = kSwedish + 1;
constexpr ConceptIndex kFirstOtherLanguage = kSwedish + 2;
constexpr uint32_t kOtherLanguages = kLanguages - 2;

Strength HardIn(Random& random, uint32_t percent) {
  return random.Percent(percent) ? Strength::kHard : Strength::kSoft;
}

Level LevelOf(Random& random, uint32_t least, uint32_t most) {
  return static_cast<Level>(random.Between(least, most));
}

Section& SectionOf(PersonFeatures& features, DemandKind kind) {
  return features.sections[static_cast<size_t>(kind)];
}

void Finish(Section& section, bool complete) {
  std::ranges::sort(section.held, {}, &matching::Held::concept_index);
  section.held.shrink_to_fit();
  section.state = complete ? matching::SectionState::kComplete
                           : matching::SectionState::kOpen;
}

uint32_t Colleague(uint32_t occupation, Random& random) {
  const uint32_t first = occupation / kGroupSize * kGroupSize;
  return std::min(first + random.Below(kGroupSize), kOccupations - 1);
}

void AddOccupations(const Person& person, Random& random,
                    PersonFeatures& features) {
  Section& section = SectionOf(features, DemandKind::kOccupation);
  section.held.push_back({.concept_index = kFirstOccupation + person.occupation,
                          .level = LevelOf(random, 3, 240)});
  const uint32_t other = Colleague(person.occupation, random);
  if (other != person.occupation && random.Percent(40)) {
    section.held.push_back({.concept_index = kFirstOccupation + other,
                            .level = LevelOf(random, 3, 60)});
  }
  Finish(section, random.Percent(50));
}

void AddRest(Random& random, PersonFeatures& features) {
  Section& languages = SectionOf(features, DemandKind::kLanguage);
  if (random.Percent(90)) {
    languages.held.push_back(
        {.concept_index = kSwedish, .level = LevelOf(random, 2, 6)});
  }
  if (random.Percent(70)) {
    languages.held.push_back(
        {.concept_index = kEnglish, .level = LevelOf(random, 2, 6)});
  }
  if (random.Percent(30)) {
    languages.held.push_back(
        {.concept_index = kFirstOtherLanguage + random.Below(kOtherLanguages),
         .level = LevelOf(random, 3, 6)});
  }
  Finish(languages, random.Percent(60));
  Section& licences = SectionOf(features, DemandKind::kLicence);
  if (random.Percent(65)) {
    licences.held.push_back({.concept_index = kFirstLicence});
    if (random.Percent(20)) {
      licences.held.push_back(
          {.concept_index = kFirstLicence + random.Between(1, kLicences - 1)});
    }
  }
  Finish(licences, random.Percent(60));
  Section& education = SectionOf(features, DemandKind::kEducation);
  education.held.push_back(
      {.concept_index = kFirstField + random.Below(kFields),
       .level = LevelOf(random, 2, 7)});
  Finish(education, random.Percent(60));
}

Demand Ask(DemandKind kind, ConceptIndex concept_index, Level level,
           Strength strength, Random& random) {
  return {.kind = kind,
          .concept_index = concept_index,
          .minimum_level = level,
          .strength = strength,
          .importance = static_cast<uint8_t>(random.Between(1, 10))};
}

void AddOtherDemands(Random& random, RequirementFeatures& features) {
  features.demands.push_back(Ask(DemandKind::kLanguage, kSwedish,
                                 LevelOf(random, 3, 5), HardIn(random, 30),
                                 random));
  if (random.Percent(30)) {
    features.demands.push_back(Ask(DemandKind::kLanguage, kEnglish,
                                   LevelOf(random, 2, 5), Strength::kSoft,
                                   random));
  }
  if (random.Percent(40)) {
    features.demands.push_back(Ask(DemandKind::kLicence, kFirstLicence, 0,
                                   HardIn(random, 50), random));
  }
  if (random.Percent(50)) {
    features.demands.push_back(
        Ask(DemandKind::kEducation, kFirstField + random.Below(kFields),
            LevelOf(random, 3, 6), HardIn(random, 10), random));
  }
}

void AddFacts(const Query& query, Random& random,
              RequirementFeatures& features) {
  matching::JobFacts& facts = features.facts;
  facts.occupations = {kFirstOccupation + query.occupation};
  facts.place = matching::Municipalities()[query.centre].town_point;
  facts.municipality = query.centre;
  facts.maximum_hours_percent = 100;
  facts.minimum_hours_percent = random.Percent(70) ? 100 : 50;
  facts.shifts = matching::kShiftDay;
  if (random.Percent(30)) facts.shifts |= matching::kShiftEvening;
  if (random.Percent(15)) facts.shifts |= matching::kShiftNight;
  facts.earliest_start = kToday + static_cast<int32_t>(random.Below(30));
  facts.latest_start = facts.earliest_start + 60;
  if (random.Percent(20)) {
    facts.remote_percent = static_cast<uint8_t>(random.Between(0, 80));
  }
}

}  // namespace

matching::ConceptGraph FullWorkload::Graph() const {
  std::vector<std::vector<HeldRelation>> toward(kAllConcepts);
  for (uint32_t skill = 0; skill < kSkills; ++skill) {
    uint16_t credit = matching::kMaxRelatedCredit;
    for (const uint32_t other : workload_.Relatives(skill)) {
      toward[skill].push_back({other, RelationKind::kRelated, credit});
      credit = static_cast<uint16_t>(credit - 100);
    }
  }
  Random random(workload_.seed(), kPersonDetails - 1);
  for (uint32_t wanted = 0; wanted < kOccupations; ++wanted) {
    std::vector<HeldRelation>& held = toward[kFirstOccupation + wanted];
    const uint32_t first = wanted / kGroupSize * kGroupSize;
    for (uint32_t i = first; i < std::min(first + kGroupSize, kOccupations);
         ++i) {
      if (i == wanted) continue;
      held.push_back({kFirstOccupation + i, RelationKind::kSameGroup, 600});
    }
    for (int edge = 0; edge < 4; ++edge) {
      const ConceptIndex other = kFirstOccupation + random.Below(kOccupations);
      if (random.Percent(50)) {
        held.push_back({other, RelationKind::kSubstitute75, 750});
      } else {
        held.push_back({other, RelationKind::kSubstitute25, 250});
      }
    }
  }
  return matching::ConceptGraph::FromRelations(std::move(toward));
}

void FullWorkload::AddSkills(const Person& person, Random& random,
                             PersonFeatures& features) const {
  Section& section = SectionOf(features, DemandKind::kSkill);
  section.held.reserve(person.skills.size());
  for (const uint32_t skill : person.skills) {
    section.held.push_back(
        {.concept_index = skill,
         .level = random.Percent(40) ? LevelOf(random, 1, 5) : Level{0},
         .evidence =
             random.Percent(20) ? Evidence::kEvidenced : Evidence::kClaimed});
  }
  Finish(section, person.complete);
}

void FullWorkload::AddWishes(const Person& person, Random& random,
                             PersonFeatures& features) const {
  matching::Wishes& wishes = features.wishes;
  wishes.occupations.push_back(
      {.concept_index = kFirstOccupation + person.occupation,
       .importance = 10});
  const uint32_t other = Colleague(person.occupation, random);
  if (other != person.occupation && random.Percent(60)) {
    wishes.occupations.push_back(
        {.concept_index = kFirstOccupation + other, .importance = 6});
  }
  std::ranges::sort(wishes.occupations, {},
                    &matching::WantedOccupation::concept_index);
  wishes.maximum_distance = static_cast<int32_t>(random.Between(100, 1'000));
  wishes.easy_distance = *wishes.maximum_distance / 3;
  wishes.distance_strength = HardIn(random, 40);
  if (random.Percent(5)) {
    wishes.relocation = {workload_.DrawMunicipality(random)};
  }
  wishes.maximum_hours_percent = 100;
  wishes.minimum_hours_percent =
      static_cast<uint8_t>(random.Between(2, 4) * 25);
  wishes.hours_strength = HardIn(random, 15);
  if (random.Percent(60)) {
    wishes.shifts = matching::kShiftDay | matching::kShiftEvening;
    wishes.shifts_strength = HardIn(random, 20);
  }
  if (random.Percent(60)) {
    wishes.earliest_start = kToday + static_cast<int32_t>(random.Below(120));
  }
  if (random.Percent(10)) wishes.minimum_remote_percent = 40;
}

PersonFeatures FullWorkload::PersonAt(uint64_t index) const {
  const Person person = workload_.PersonAt(index);
  Random random(workload_.seed(), kPersonDetails + index);
  PersonFeatures features;
  features.id = PersonId(index);
  features.municipality = person.municipality;
  features.home = matching::Municipalities()[person.municipality].town_point;
  AddOccupations(person, random, features);
  AddSkills(person, random, features);
  AddRest(random, features);
  AddWishes(person, random, features);
  return features;
}

RequirementFeatures FullWorkload::RequirementOf(const Query& query,
                                                uint64_t index) const {
  Random random(workload_.seed(), kRequirementDetails + index);
  RequirementFeatures features;
  features.id = RequirementId(index);
  features.demands.push_back(
      Ask(DemandKind::kOccupation, kFirstOccupation + query.occupation,
          random.Percent(60) ? LevelOf(random, 6, 36) : Level{0},
          HardIn(random, 20), random));
  for (const size_t i : query.direct) {
    const Term& term = query.terms[i];
    features.demands.push_back(
        {.kind = DemandKind::kSkill,
         .concept_index = term.skill,
         .minimum_level = random.Percent(40) ? LevelOf(random, 2, 4) : Level{0},
         .strength = i == query.must ? HardIn(random, 20) : Strength::kSoft,
         .importance = term.importance});
  }
  AddOtherDemands(random, features);
  AddFacts(query, random, features);
  return features;
}

}  // namespace kugge::bench
