#include "tests/oracle/asker.h"

#include <cstdint>
#include <utility>

namespace kugge::oracle {

using matching::OfferingFeatures;
using matching::PersonFeatures;
using matching::RequirementFeatures;

Asker::Asker(const RandomMarket& random_market, Tally& tally)
    : random_market_(random_market),
      tally_(tally),
      random_(random_market.seed ^ 0x6B75676765),
      maker_(random_market.character, random_),
      relations_(random_market.character.concepts, random_market.edges) {
  std::vector<std::vector<matching::HeldRelation>> toward(
      random_market.character.concepts);
  for (const Edge& edge : random_market.edges) {
    toward[edge.wanted].push_back({edge.held, edge.relation, edge.credit});
  }
  graph_ = matching::ConceptGraph::FromRelations(std::move(toward));
}

Question Asker::SomeQuestion(const matching::Strategy& strategy) {
  ++tally_.questions;
  const Character& character = random_market_.character;
  return {&strategy, static_cast<uint32_t>(random_.Below(character.tenants)),
          character.today};
}

Filter<PersonFeatures> Asker::SomePersonFilter() {
  if (random_.Chance(60)) return nullptr;
  const auto kind = static_cast<uint8_t>(random_.Below(3));
  return [kind](const PersonFeatures& person) { return person.kind != kind; };
}

Filter<RequirementFeatures> Asker::SomeRequirementFilter() {
  if (random_.Chance(60)) return nullptr;
  const auto group = static_cast<uint32_t>(random_.Below(4));
  return [group](const RequirementFeatures& requirement) {
    return requirement.occupation_group <= group;
  };
}

Filter<OfferingFeatures> Asker::SomeOfferingFilter() {
  if (random_.Chance(60)) return nullptr;
  const auto provider = static_cast<uint32_t>(random_.Below(4));
  return [provider](const OfferingFeatures& offering) {
    return offering.provider != provider;
  };
}

std::optional<std::vector<matching::MunicipalityIndex>>
Asker::SomeMunicipalities() {
  if (random_.Chance(60)) return std::nullopt;
  std::vector<matching::MunicipalityIndex> places;
  for (matching::MunicipalityIndex place = 0; place < 6; ++place) {
    if (random_.Chance(40)) places.push_back(place);
  }
  if (random_.Chance(30)) places.push_back(matching::kNoMunicipality);
  return places;
}

}  // namespace kugge::oracle
