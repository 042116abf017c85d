#include "matching/compiled_requirement.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "matching/relations.h"
#include "matching/weights.h"
#include "matching/wishes.h"

namespace kugge::matching {

CompiledRequirement::CompiledRequirement(RequirementFeatures requirement,
                                         Scoring scoring)
    : requirement_(std::move(requirement)), scoring_(std::move(scoring)) {
  ShareWeights(requirement_.demands, strategy().demand_weights, weights_);
  demands_ = DemandTable(graph(), requirement_.demands, strategy());
  for (const Demand& demand : requirement_.demands) {
    asked_[static_cast<size_t>(demand.kind)] = true;
  }
  CompileEarnings();
  CompileOccupations();
}

void CompiledRequirement::CompileEarnings() {
  for (uint32_t i = 0; i < requirement_.demands.size(); ++i) {
    ForEachToward(graph(), requirement_.demands[i].concept_index,
                  strategy().Satisfying(),
                  [&](ConceptIndex held, const Relation& relation) {
                    earnings_.push_back(
                        {.demand = i, .held = held, .relation = relation});
                  });
  }
}

void CompiledRequirement::CompileOccupations() {
  std::vector<ConceptTable<Wanted>::Row> rows;
  for (const ConceptIndex occupation : requirement_.facts.occupations) {
    ForEachFrom(graph(), occupation, strategy().Satisfying(),
                [&](ConceptIndex wanted, const Relation& relation) {
                  rows.emplace_back(wanted,
                                    Wanted{.credit = relation.credit,
                                           .satisfying = relation.satisfying});
                });
  }
  wanted_ = ConceptTable<Wanted>(std::move(rows));
}

OccupationFit CompiledRequirement::FitOf(
    std::span<const WantedOccupation> occupations) const {
  OccupationFit fit{.wanted_any = !occupations.empty(),
                    .offered_any = !requirement_.facts.occupations.empty()};
  const uint8_t largest = LargestImportance(occupations);
  for (const WantedOccupation& occupation : occupations) {
    for (const Wanted& wanted : wanted_.Find(occupation.concept_index)) {
      fit.satisfying |= wanted.satisfying;
      fit.credit = std::max(
          fit.credit,
          ScaledByImportance(wanted.credit, occupation.importance, largest));
    }
  }
  return fit;
}

void CompiledRequirement::GatherHeld(const PersonFeatures& person,
                                     Scratch& scratch) const {
  scratch.assign(requirement_.demands.size(), DemandState{});
  const EvidenceFactors& factors = strategy().evidence_factors;
  const auto gather = [&](DemandKind kind, const Held& held) {
    demands_.ForEachDemand(
        kind, held.concept_index,
        [&](uint32_t demand, const Relation& relation) {
          scratch[demand].Add(
              CreditOf(held, relation, requirement_.demands[demand], factors));
        });
  };
  for (size_t i = 0; i < kDemandKindCount; ++i) {
    if (!asked_[i]) continue;
    const auto kind = static_cast<DemandKind>(i);
    const std::span<const Held> all(person.sections[i].held);
    if (kind == DemandKind::kEducation) {
      for (const Held& held : all) gather(kind, held);
      continue;
    }
    // Whether somebody's skill matters is anybody's guess: those that do are
    // picked without one.
    constexpr size_t kChunk = 32;
    std::array<const Held*, kChunk> picked;
    for (size_t begin = 0; begin < all.size(); begin += kChunk) {
      size_t count = 0;
      for (const Held& held :
           all.subspan(begin, std::min(kChunk, all.size() - begin))) {
        picked[count] = &held;
        count += size_t{demands_.MayMeet(held.concept_index)};
      }
      for (size_t n = 0; n < count; ++n) gather(kind, *picked[n]);
    }
  }
}

void CompiledRequirement::ScoreDemands(const PersonFeatures& person,
                                       Scratch& scratch,
                                       PairScore& pair) const {
  pair.requirement.asks = !requirement_.demands.empty();
  if (!pair.requirement.asks) return;
  GatherHeld(person, scratch);
  for (size_t i = 0; i < scratch.size(); ++i) {
    const Demand& demand = requirement_.demands[i];
    const Section& section = person.sections[static_cast<size_t>(demand.kind)];
    const DemandVerdict verdict =
        Conclude(scratch[i], CountsAsOpen(section, demand),
                 StatesLacking(section, demand));
    pair.requirement.Add(weights_[i], verdict.credit, verdict.potential);
    pair.hurdles.AddDemand(demand.kind, demand.strength, verdict.satisfied);
    if (pair.hurdles.Hopeless(strategy())) {
      pair.decided_early = true;
      return;
    }
  }
  for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
    if (asked_[kind]) continue;
    pair.requirement.AddNotAsked(strategy().demand_weights[kind], strategy());
  }
}

void CompiledRequirement::AddWishes(const PersonFeatures& person,
                                    PairScore& pair) const {
  const Wishes& wishes = person.wishes;
  const bool would_move = WouldMoveTo(wishes, requirement_.facts.municipality);
  ScoreWishes({wishes, person.home, would_move}, requirement_.facts,
              FitOf(wishes.occupations), strategy(), pair, nullptr);
}

PairScore CompiledRequirement::Score(const PersonFeatures& person,
                                     Scratch& scratch) const {
  PairScore pair;
  AddWishes(person, pair);
  if (pair.hurdles.Hopeless(strategy())) {
    pair.decided_early = true;
    return pair;
  }
  ScoreDemands(person, scratch, pair);
  return pair;
}

}  // namespace kugge::matching
