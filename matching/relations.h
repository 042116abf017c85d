// The graph's relations as a scorer uses them: with the strategy's say on which
// ones satisfy, and with concepts that the taxonomy version doesn't know, which
// are related to themselves alone.
#ifndef KUGGE_MATCHING_RELATIONS_H_
#define KUGGE_MATCHING_RELATIONS_H_

#include "matching/credit.h"
#include "matching/strategy.h"
#include "matching/taxonomy/concept_graph.h"

namespace kugge::matching {

inline Relation MakeRelation(RelationKind kind, uint16_t credit,
                             RelationSet satisfying) {
  return {.kind = kind,
          .satisfying = (satisfying & RelationBit(kind)) != 0,
          .credit = credit};
}

// Calls visit(held, relation) for everything that earns credit toward `wanted`.
template <typename Visit>
void ForEachToward(const ConceptGraph& graph, ConceptIndex wanted,
                   RelationSet satisfying, Visit visit) {
  if (wanted == kNoConcept) return;
  if (wanted >= graph.size()) {
    visit(wanted, Relation{});
    return;
  }
  for (const HeldRelation& edge : graph.RelationsToward(wanted)) {
    visit(edge.held, MakeRelation(edge.relation, edge.credit, satisfying));
  }
}

// Calls visit(wanted, relation) for everything that `held` earns credit toward.
template <typename Visit>
void ForEachFrom(const ConceptGraph& graph, ConceptIndex held,
                 RelationSet satisfying, Visit visit) {
  if (held == kNoConcept) return;
  if (held >= graph.size()) {
    visit(held, Relation{});
    return;
  }
  for (const WantedRelation& edge : graph.RelationsFrom(held)) {
    visit(edge.wanted, MakeRelation(edge.relation, edge.credit, satisfying));
  }
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_RELATIONS_H_
