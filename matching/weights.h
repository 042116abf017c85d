// Shares the weight of each kind among the demands of that kind, by importance
// and largest remainder: docs/scoring.md section 1.5.
#ifndef KUGGE_MATCHING_WEIGHTS_H_
#define KUGGE_MATCHING_WEIGHTS_H_

#include <array>
#include <span>
#include <vector>

#include "matching/features.h"
#include "matching/types.h"

namespace kugge::matching {

// Fills `shared` with one weight per demand, in their order. Demands of one
// kind stand together. The weights of a kind's demands sum to the kind's.
void ShareWeights(std::span<const Demand> demands,
                  const std::array<Bp, kDemandKindCount>& kind_weights,
                  std::vector<Bp>& shared);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_WEIGHTS_H_
