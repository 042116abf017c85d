// A strategy: the weights and choices that a question is scored with. Named and
// versioned, so that an answer can say what it was computed with.
#ifndef KUGGE_MATCHING_STRATEGY_H_
#define KUGGE_MATCHING_STRATEGY_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "matching/taxonomy/concept_graph.h"
#include "matching/types.h"

namespace kugge::matching {

// A set of RelationKind.
using RelationSet = uint16_t;
constexpr RelationSet RelationBit(RelationKind kind) {
  return static_cast<RelationSet>(1u << static_cast<unsigned>(kind));
}
// Relations that satisfy a HARD demand under every strategy.
inline constexpr RelationSet kAlwaysSatisfying =
    RelationBit(RelationKind::kExact) | RelationBit(RelationKind::kNarrower) |
    RelationBit(RelationKind::kIncludes);

struct Strategy {
  std::string name{};
  uint32_t version = 1;

  // Weight of each kind of a requirement's demands; they sum to 10,000.
  std::array<Bp, kDemandKindCount> demand_weights{};
  // Weight of each kind of a person's demands; they sum to 10,000.
  std::array<Bp, kWishKindCount> wish_weights{};

  // Order key = score_factor * score + reverse_factor * reverse_score. Their
  // sum is 1 to 10.
  uint32_t score_factor = 7;
  uint32_t reverse_factor = 3;

  // Credit of a kind that isn't asked about.
  Thousandths not_asked_credit = 500;

  // Relations that satisfy a HARD demand beside kAlwaysSatisfying. Never
  // kRelated.
  RelationSet also_satisfying = 0;

  // How many refused HARD demands a near miss may have; 0: no near misses.
  uint32_t maximum_near_misses = 1;

  // Factor when the evidence held is this many steps short of what is asked.
  // The first is 1000, and none is larger than the one before.
  std::array<Thousandths, 4> evidence_factors{1000, 750, 500, 250};

  RelationSet Satisfying() const {
    return static_cast<RelationSet>(kAlwaysSatisfying | also_satisfying);
  }
};

// The built-in strategy, named "default".
Strategy DefaultStrategy();

// InvalidArgument naming the field that is wrong and what would be right.
absl::Status Validate(const Strategy& strategy);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_STRATEGY_H_
