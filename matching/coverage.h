// What offerings give of a list of demands: docs/scoring.md section 6.
#ifndef KUGGE_MATCHING_COVERAGE_H_
#define KUGGE_MATCHING_COVERAGE_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/credit.h"
#include "matching/demand_table.h"
#include "matching/features.h"
#include "matching/types.h"

namespace kugge::matching {

// Demands that an offering may close, with what they weigh.
struct Need {
  std::vector<Demand> demands{};
  std::vector<Bp> weights{};
  DemandTable table;
  // The weight of those that can be learnt.
  uint64_t total = 0;
};

// Finds what an offering gives of a need; reused between offerings. One thread.
class Coverage {
 public:
  // The need outlives it.
  explicit Coverage(const Need& need)
      : need_(need), closed_(need.demands.size()) {}

  // Places of the demands that the gains would satisfy, ascending.
  std::vector<uint32_t> Closes(std::span<const Gain> gains) {
    std::vector<uint32_t> closes;
    for (const Gain& gain : gains) {
      ForEachClosed(gain, [&](uint32_t demand) {
        if (closed_[demand] != 0) return;
        closed_[demand] = 1;
        closes.push_back(demand);
      });
    }
    for (const uint32_t demand : closes) closed_[demand] = 0;
    std::ranges::sort(closes);
    return closes;
  }

  bool ClosesAny(const Gain& gain) const {
    bool any = false;
    ForEachClosed(gain, [&](uint32_t) { any = true; });
    return any;
  }

  // Requires a need of some weight.
  Bp Share(std::span<const uint32_t> closes) const {
    uint64_t covered = 0;
    for (const uint32_t demand : closes) covered += need_.weights[demand];
    return static_cast<Bp>(kFullBp * covered / need_.total);
  }

 private:
  // Calls visit(demand) for each that the gain satisfies; some twice.
  template <typename Visit>
  void ForEachClosed(const Gain& gain, Visit visit) const {
    if (!CanBeLearnt(gain.section)) return;
    const Held held{gain.concept_index, gain.level, gain.evidence};
    need_.table.ForEachDemand(
        gain.section, held.concept_index,
        [&](uint32_t demand, const Relation& relation) {
          if (WhatItSays(held, need_.demands[demand], relation.satisfying) ==
              Says::kSatisfied) {
            visit(demand);
          }
        });
  }

  const Need& need_;
  std::vector<uint8_t> closed_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_COVERAGE_H_
