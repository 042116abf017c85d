#include "matching/demand_table.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "matching/relations.h"

namespace kugge::matching {

DemandTable::DemandTable(const ConceptGraph& graph,
                         std::span<const Demand> demands,
                         const Strategy& strategy) {
  std::vector<ConceptTable<Entry>::Row> rows;
  for (uint32_t i = 0; i < demands.size(); ++i) {
    const Demand& demand = demands[i];
    if (demand.concept_index == kNoConcept) {
      if (demand.kind == DemandKind::kEducation) any_education_.push_back(i);
      continue;
    }
    ForEachToward(graph, demand.concept_index, strategy.Satisfying(),
                  [&](ConceptIndex held, const Relation& relation) {
                    const size_t note = NoteOf(held);
                    noted_[note / 64] |= uint64_t{1} << (note % 64);
                    rows.emplace_back(held, Entry{.demand = i,
                                                  .kind = demand.kind,
                                                  .relation = relation});
                  });
  }
  toward_ = ConceptTable<Entry>(std::move(rows));
}

}  // namespace kugge::matching
