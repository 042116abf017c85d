// A list of demands, compiled for holding many people, or offerings, against
// it: from a held concept to the demands it earns credit toward.
#ifndef KUGGE_MATCHING_DEMAND_TABLE_H_
#define KUGGE_MATCHING_DEMAND_TABLE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "matching/concept_table.h"
#include "matching/credit.h"
#include "matching/features.h"
#include "matching/strategy.h"

namespace kugge::matching {

class DemandTable {
 public:
  struct Entry {
    uint32_t demand = 0;
    DemandKind kind = DemandKind::kSkill;
    Relation relation;
  };

  DemandTable() = default;
  DemandTable(const ConceptGraph& graph, std::span<const Demand> demands,
              const Strategy& strategy);

  // False: there is no demand that a held concept other than an education is
  // related to. Without a branch; true of few others.
  bool MayMeet(ConceptIndex held) const { return toward_.MayHave(held); }

  // Calls visit(demand, relation) for each demand of `kind` that `held` is
  // related to, by its place in the list.
  template <typename Visit>
  void ForEachDemand(DemandKind kind, ConceptIndex held, Visit visit) const {
    if (held != kNoConcept) {
      for (const Entry& entry : toward_.Find(held)) {
        if (entry.kind == kind) visit(entry.demand, entry.relation);
      }
    }
    if (kind == DemandKind::kEducation) {
      for (const uint32_t demand : any_education_) visit(demand, Relation{});
    }
  }

 private:
  ConceptTable<Entry> toward_;
  // Demands for an education level in any field.
  std::vector<uint32_t> any_education_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_DEMAND_TABLE_H_
