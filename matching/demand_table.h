// A list of demands, compiled for holding many people, or offerings, against
// it: from a held concept to the demands it earns credit toward.
#ifndef KUGGE_MATCHING_DEMAND_TABLE_H_
#define KUGGE_MATCHING_DEMAND_TABLE_H_

#include <array>
#include <cstddef>
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

  // False: no demand with a concept is related to what is held. True of some
  // others, too. Without a branch: for whoever asks of many.
  bool MayMeet(ConceptIndex held) const {
    const size_t note = NoteOf(held);
    return (noted_[note / 64] >> (note % 64) & 1) != 0;
  }

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
  // Few bits, so that they are near: of a requirement with sixty concepts one
  // other concept in sixteen passes.
  static constexpr unsigned kNoteBits = 10;

  // The first bits of the product with 2^64 divided by the golden ratio.
  static size_t NoteOf(ConceptIndex held) {
    return uint64_t{held} * 0x9E3779B97F4A7C15u >> (64 - kNoteBits);
  }

  ConceptTable<Entry> toward_;
  // A bit for each concept in it.
  std::array<uint64_t, (size_t{1} << kNoteBits) / 64> noted_{};
  // Demands for an education level in any field.
  std::vector<uint32_t> any_education_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_DEMAND_TABLE_H_
