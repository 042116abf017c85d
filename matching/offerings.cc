#include "matching/offerings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "matching/course.h"
#include "matching/coverage.h"
#include "matching/crowd.h"
#include "matching/demand_table.h"
#include "matching/need_unlocks.h"
#include "matching/offering_rows.h"
#include "matching/offering_walk.h"
#include "matching/top_k.h"

namespace kugge::matching {
namespace {

Need MakeNeed(const CompiledRequirement& requirement) {
  Need need{.demands = requirement.requirement().demands,
            .weights = requirement.weights(),
            .table = requirement.demands()};
  for (size_t i = 0; i < need.demands.size(); ++i) {
    if (CanBeLearnt(need.demands[i].kind)) need.total += need.weights[i];
  }
  return need;
}

struct Row {
  OfferingMatch match;
  friend bool operator<(const Row& a, const Row& b) {
    return a.match.key < b.match.key;
  }
};

// The rows of those that give something relevant; `fill(offering, match)` says
// whether there is a row and what it says, its session chosen by `seeker`;
// `criteria(match)` its order.
template <typename Relevant, typename Fill, typename Criteria>
absl::StatusOr<OfferingAnswer> Scan(const Market& market,
                                    const SessionSeeker& seeker,
                                    const OfferingRequest& request,
                                    Relevant relevant, Fill fill,
                                    Criteria criteria) {
  OfferingAnswer answer;
  TopK<Row> top(request.k);
  size_t listed = 0;
  KUGGE_RETURN_IF_ERROR(ForEachRelevant(
      market,
      {.tenant = request.tenant,
       .filter = request.filter,
       .cancelled = request.cancelled},
      relevant, answer.documents_scored, [&](const OfferingFeatures& offering) {
        OfferingMatch match{.offering = offering.id};
        if (!fill(offering, match)) return;
        match.key = {.criteria = criteria(match),
                     .tie = seeker.TieWith(offering.id),
                     .offering = offering.id};
        ++answer.total;
        if (request.after.has_value() && match.key <= *request.after) return;
        ++listed;
        top.Add({std::move(match)});
      }));
  for (Row& row : top.Take()) {
    AddReferences(market, row.match);
    answer.rows.push_back(std::move(row.match));
  }
  answer.remaining = listed - answer.rows.size();
  return answer;
}

}  // namespace

absl::StatusOr<OfferingAnswer> TopOfferings(
    const Market& market, const CompiledRequirement& requirement,
    const OfferingRequest& request) {
  const Need need = MakeNeed(requirement);
  Coverage coverage(need);
  const RequirementFeatures& wanted = requirement.requirement();
  const Days latest = wanted.facts.latest_start;
  const SessionSeeker seeker(requirement);
  Crowd crowd(market, request.tenant, request.today, requirement.scoring());
  NeedUnlocks unlocks(wanted, crowd);
  const bool candidate = IsCandidate(wanted, request.tenant, request.today);
  std::vector<bool> covered(need.demands.size());
  absl::StatusOr<OfferingAnswer> answer = Scan(
      market, seeker, request,
      [&](const Gain& gain) { return coverage.ClosesAny(gain); },
      [&](const OfferingFeatures& offering, OfferingMatch& match) {
        match.closes = coverage.Closes(offering.gains);
        if (match.closes.empty() || need.total == 0) return false;
        match.coverage = coverage.Share(match.closes);
        if (match.coverage == 0 ||
            !ChooseSession(seeker, offering, request.today, match)) {
          return false;
        }
        for (const uint32_t demand : match.closes) covered[demand] = true;
        match.in_time = latest == kNoDay || match.end_day < latest;
        if (candidate) {
          match.unlocked_people = unlocks.Count(
              offering, match.closes, *SessionOf(offering, match.session));
        }
        return true;
      },
      [](const OfferingMatch& match) -> std::array<int64_t, 5> {
        return {match.in_time ? 0 : 1, int64_t{kFullBp} - match.coverage,
                -static_cast<int64_t>(match.unlocked_people), match.end_day,
                match.distance};
      });
  if (!answer.ok()) return answer;
  uint64_t uncovered = 0;
  for (uint32_t i = 0; i < need.demands.size(); ++i) {
    if (covered[i] || !CanBeLearnt(need.demands[i].kind)) continue;
    answer->uncovered.push_back(i);
    uncovered += need.weights[i];
  }
  if (need.total != 0) {
    answer->uncovered_share = static_cast<Bp>(kFullBp * uncovered / need.total);
  }
  return answer;
}

}  // namespace kugge::matching
