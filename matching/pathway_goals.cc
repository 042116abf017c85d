#include "matching/pathway_goals.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "matching/rank.h"

namespace kugge::matching {
namespace {

constexpr size_t kPathwayGoals = 10;
// More requirements than so many are looked up, not scored one by one.
constexpr size_t kMostScored = 12;

std::vector<PathwayGoal> GoalsByScore(
    const CompiledPerson& later,
    const std::vector<const RequirementFeatures*>& gained) {
  std::vector<PathwayGoal> goals;
  goals.reserve(gained.size());
  CompiledPerson::Scratch scratch;
  for (const RequirementFeatures* const requirement : gained) {
    goals.push_back(
        {.requirement = requirement->id,
         .requirement_reference = requirement->reference,
         .order = OrderOf(later.Score(*requirement, scratch), later.strategy()),
         .tie = later.TieWith(requirement->id)});
  }
  std::ranges::sort(goals, {}, [](const PathwayGoal& goal) {
    return std::tuple(~goal.order, goal.tie, goal.requirement);
  });
  if (goals.size() > kPathwayGoals) goals.resize(kPathwayGoals);
  return goals;
}

}  // namespace

absl::StatusOr<std::vector<PathwayGoal>> FirstGoals(
    const Market& market, const CompiledPerson& later,
    const std::vector<const RequirementFeatures*>& gained,
    const PathwayRequest& request) {
  if (gained.size() <= kMostScored) return GoalsByScore(later, gained);
  const absl::flat_hash_set<const RequirementFeatures*> wanted(gained.begin(),
                                                               gained.end());
  // All of them are ELIGIBLE then, so they are rows of the person's own list.
  KUGGE_ASSIGN_OR_RETURN(
      const RankAnswer answer,
      TopRequirements(market, later,
                      {.tenant = request.tenant,
                       .today = request.today,
                       .k = kPathwayGoals,
                       .after = std::nullopt,
                       .uncertain = false,
                       .municipalities = std::nullopt,
                       .filter =
                           [&](const RequirementFeatures& requirement) {
                             return wanted.contains(&requirement);
                           },
                       .cancelled = request.cancelled}));
  std::vector<PathwayGoal> goals;
  goals.reserve(answer.rows.size());
  for (const Match& match : answer.rows) {
    goals.push_back({.requirement = match.to,
                     .requirement_reference = match.reference,
                     .order = match.order,
                     .tie = match.tie});
  }
  return goals;
}

}  // namespace kugge::matching
