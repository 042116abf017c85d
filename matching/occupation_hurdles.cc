#include "matching/occupation_hurdles.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "matching/credit.h"
#include "matching/relations.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

// What holding the one earns toward the other; nothing where they aren't
// related.
std::optional<Relation> RelationBetween(const Scoring& scoring,
                                        ConceptIndex held, ConceptIndex asked) {
  const ConceptGraph& graph = *scoring.graph;
  if (asked >= graph.size()) {
    return held == asked ? std::optional(Relation{}) : std::nullopt;
  }
  const std::span<const HeldRelation> toward = graph.RelationsToward(asked);
  const auto edge =
      std::ranges::lower_bound(toward, held, {}, &HeldRelation::held);
  if (edge == toward.end() || edge->held != held) return std::nullopt;
  return MakeRelation(edge->relation, edge->credit,
                      scoring.strategy.Satisfying());
}

// The pair of occupations that carries one refusal. Offered in the order of the
// held ones, then of the asked ones, each ascending.
class Carrier {
 public:
  void Offer(const Bridge& bridge, uint16_t credit) {
    if (!StandsIn(bridge.relation) || credit <= credit_) return;
    credit_ = credit;
    bridge_ = bridge;
  }
  const std::optional<Bridge>& bridge() const { return bridge_; }

 private:
  uint16_t credit_ = 0;
  std::optional<Bridge> bridge_;
};

}  // namespace

OccupationHurdles::OccupationHurdles(const Scoring& scoring,
                                     const PersonFeatures& person,
                                     const RequirementFeatures& requirement)
    : scoring_(scoring) {
  const Section& section =
      person.sections[static_cast<size_t>(DemandKind::kOccupation)];
  for (const Demand& demand : requirement.demands) {
    if (demand.kind == DemandKind::kOccupation &&
        demand.strength == Strength::kHard) {
      AddDemand(section, demand);
    }
  }
  if (CanRefuse(WishKind::kOccupation, person.wishes)) {
    AddWish(person.wishes.occupations, requirement.facts.occupations);
  }
}

void OccupationHurdles::Refuse(const std::optional<Bridge>& carrier) {
  ++refused_;
  if (carrier.has_value()) bridges_.push_back(*carrier);
}

void OccupationHurdles::AddDemand(const Section& section,
                                  const Demand& demand) {
  DemandState state;
  Carrier carrier;
  for (const Held& held : section.held) {
    const std::optional<Relation> relation =
        RelationBetween(scoring_, held.concept_index, demand.concept_index);
    if (!relation.has_value()) continue;
    state.Add(
        CreditOf(held, *relation, demand, scoring_.strategy.evidence_factors));
    carrier.Offer({.wanted = false,
                   .held = held.concept_index,
                   .asked = demand.concept_index,
                   .relation = relation->kind},
                  relation->credit);
  }
  const Satisfied satisfied = Conclude(state, CountsAsOpen(section, demand),
                                       StatesLacking(section, demand))
                                  .satisfied;
  unknown_ |= satisfied == Satisfied::kUnknown;
  if (satisfied == Satisfied::kNo) Refuse(carrier.bridge());
}

void OccupationHurdles::AddWish(const std::vector<WantedOccupation>& wanted,
                                const std::vector<ConceptIndex>& offered) {
  if (offered.empty()) {
    unknown_ = true;
    return;
  }
  Carrier carrier;
  for (const ConceptIndex occupation : offered) {
    for (const WantedOccupation& one : wanted) {
      const std::optional<Relation> relation =
          RelationBetween(scoring_, occupation, one.concept_index);
      if (!relation.has_value()) continue;
      if (relation->satisfying) return;
      carrier.Offer({.wanted = true,
                     .held = occupation,
                     .asked = one.concept_index,
                     .relation = relation->kind},
                    relation->credit);
    }
  }
  Refuse(carrier.bridge());
}

}  // namespace kugge::matching
