// Random people, requirements, offerings and concept graphs for the tests of
// this folder: every kind of demand, many exact ties, the same for the same
// seed on every machine.
#ifndef KUGGE_MATCHING_RANDOM_MARKET_FOR_TEST_H_
#define KUGGE_MATCHING_RANDOM_MARKET_FOR_TEST_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/strategy.h"

namespace kugge::matching {

class RandomMarket {
 public:
  explicit RandomMarket(uint64_t seed) : engine_(seed) {}

  // Below `bound`.
  uint32_t Below(uint32_t bound) {
    return static_cast<uint32_t>(engine_() % bound);
  }
  bool Chance(uint32_t percent) { return Below(100) < percent; }

  DocumentId Id();
  ConceptGraph Graph();
  Strategy AnyStrategy();
  TieKey AnyTieKey();

  PersonFeatures Person();
  RequirementFeatures Requirement();
  OfferingFeatures Offering();
  Held AnyHeld(DemandKind kind);
  Demand AnyDemand(DemandKind kind);

  MarketChanges Fill(size_t people, size_t requirements, size_t offerings);
  // Gives one person in a hundred one skill more, on which half of the
  // requirements insist: of many people so few that they stand in a list.
  void AddRareSkill(MarketChanges& changes);

 private:
  ConceptIndex AnyConcept(DemandKind kind);
  Level AnyLevel(DemandKind kind);
  Strength AnyStrength() {
    return Chance(30) ? Strength::kHard : Strength::kSoft;
  }
  Point AnyPoint();
  std::vector<Demand> Demands(uint32_t percent_a_kind);
  Wishes AnyWishes();

  std::mt19937_64 engine_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_RANDOM_MARKET_FOR_TEST_H_
