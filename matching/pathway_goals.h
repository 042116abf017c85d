// Which of the requirements that a way leads to are told: docs/scoring.md 9.3.
#ifndef KUGGE_MATCHING_PATHWAY_GOALS_H_
#define KUGGE_MATCHING_PATHWAY_GOALS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "matching/compiled_person.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/pathways.h"

namespace kugge::matching {

// The first ten of `gained`, requirements of the market that `later`, the
// person after the way, is ELIGIBLE for. Errors: CANCELLED.
absl::StatusOr<std::vector<PathwayGoal>> FirstGoals(
    const Market& market, const CompiledPerson& later,
    const std::vector<const RequirementFeatures*>& gained,
    const PathwayRequest& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_PATHWAY_GOALS_H_
