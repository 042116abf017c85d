// Pairs that nothing but an occupation keeps apart, and that an adjacent
// occupation carries: docs/scoring.md section 4.1.
#ifndef KUGGE_MATCHING_BRIDGES_H_
#define KUGGE_MATCHING_BRIDGES_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/occupation_hurdles.h"
#include "matching/rank.h"

namespace kugge::matching {

struct BridgeMatch {
  // The pair as it stands: NEAR_MISS or NOT_ELIGIBLE.
  Match match{};
  // One for each HARD occupation that refuses: the requirement's, in the order
  // of its demands, then the person's.
  std::vector<Bridge> bridges{};
  // Some HARD demand of the pair isn't known.
  bool uncertain = false;

  friend bool operator==(const BridgeMatch&, const BridgeMatch&) = default;
};

struct BridgeAnswer {
  // Those without anything unknown first, then as in other lists.
  std::vector<BridgeMatch> rows{};
  // How many documents were looked at.
  size_t judged = 0;
};

// The first `request.k` bridges from a person; of the request `after`,
// `uncertain`, `near_misses` and `count` aren't looked at. Who is no candidate
// has none. Looks at those requirements alone that stand across a substitute
// edge from what the person holds or wants. Errors: CANCELLED.
absl::StatusOr<BridgeAnswer> BridgesToRequirements(
    const Market& market, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request);

// The same from a requirement, to people.
absl::StatusOr<BridgeAnswer> BridgesToPeople(
    const Market& market, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_BRIDGES_H_
