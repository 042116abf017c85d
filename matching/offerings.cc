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
#include "matching/constants.h"
#include "matching/course.h"
#include "matching/credit.h"
#include "matching/crowd.h"
#include "matching/demand_table.h"
#include "matching/gains.h"
#include "matching/offering_walk.h"
#include "matching/rank.h"
#include "matching/top_k.h"
#include "matching/unlocks.h"
#include "matching/weights.h"

namespace kugge::matching {
namespace {

// Demands that an offering may close, with what they weigh.
struct Need {
  std::vector<Demand> demands{};
  std::vector<Bp> weights{};
  DemandTable table;
  // The weight of those that can be learnt.
  uint64_t total = 0;
};

Need MakeNeed(const CompiledRequirement& requirement) {
  Need need{.demands = requirement.requirement().demands,
            .weights = requirement.weights(),
            .table = requirement.demands()};
  for (size_t i = 0; i < need.demands.size(); ++i) {
    if (CanBeLearnt(need.demands[i].kind)) need.total += need.weights[i];
  }
  return need;
}

// Finds what an offering gives of a need; reused between offerings.
class Coverage {
 public:
  explicit Coverage(const Need& need)
      : need_(need), closed_(need.demands.size()) {}

  // Places of the demands that the offering would satisfy, ascending.
  std::vector<uint32_t> Closes(const OfferingFeatures& offering) {
    std::vector<uint32_t> closes;
    for (const Gain& gain : offering.gains) {
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

struct Row {
  OfferingMatch match;
  friend bool operator<(const Row& a, const Row& b) {
    return a.match.key < b.match.key;
  }
};

const SessionFeatures* SessionOf(const OfferingFeatures& offering,
                                 const DocumentId& id) {
  return &*std::ranges::find(offering.sessions, id, &SessionFeatures::id);
}

void AddReferences(const Market& market, OfferingMatch& match) {
  const OfferingFeatures& offering = *market.offerings().Find(match.offering);
  match.offering_reference = offering.reference;
  match.session_reference = SessionOf(offering, match.session)->reference;
}

// Fills what a row says of its session; false when none is usable.
bool ChooseSession(const SessionSeeker& seeker,
                   const OfferingFeatures& offering, Days today,
                   OfferingMatch& match) {
  const auto best = seeker.Best(offering, today);
  if (!best.has_value()) return false;
  match.session = best->session->id;
  match.other_sessions = best->usable - 1;
  match.end_day = best->choice.end_day;
  match.distance = best->choice.distance;
  match.weeks =
      WeeksOf(offering, best->session->start_day, best->choice.end_day);
  return true;
}

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

// The requirements whose gaps count, first one first.
absl::StatusOr<std::vector<DocumentId>> BestRequirements(
    const Market& market, const CompiledPerson& person,
    const OfferingRequest& request) {
  RankRequest<RequirementFeatures> rank{.tenant = request.tenant,
                                        .today = request.today,
                                        .k = kGapRequirements,
                                        .after = std::nullopt,
                                        .learnable_near_misses_only = true,
                                        .municipalities = std::nullopt,
                                        .filter = request.toward,
                                        .cancelled = request.cancelled};
  KUGGE_ASSIGN_OR_RETURN(RankAnswer best,
                         TopRequirements(market, person, rank));
  if (best.rows.size() < kGapRequirements) {
    // Looked for only where they are needed: they cost most.
    rank.near_misses = kGapRequirements - best.rows.size();
    rank.k = 0;
    KUGGE_ASSIGN_OR_RETURN(RankAnswer missed,
                           TopRequirements(market, person, rank));
    std::ranges::move(missed.near_misses, std::back_inserter(best.rows));
  }
  std::vector<DocumentId> ids;
  ids.reserve(best.rows.size());
  for (const Match& match : best.rows) ids.push_back(match.to);
  return ids;
}

// Adds what the person isn't known to satisfy of one requirement.
void AddGap(const CompiledPerson& person,
            const RequirementFeatures& requirement, Need& need,
            std::vector<GapDemand>& gap) {
  std::vector<Bp> weights;
  ShareWeights(requirement.demands, person.strategy().demand_weights, weights);
  for (uint32_t i = 0; i < requirement.demands.size(); ++i) {
    const Demand& demand = requirement.demands[i];
    if (!CanBeLearnt(demand.kind)) continue;
    const Satisfied satisfied = person.Judge(demand).satisfied;
    if (satisfied == Satisfied::kYes) continue;
    gap.push_back({.requirement = requirement.id,
                   .requirement_reference = requirement.reference,
                   .demand = i,
                   .weight = weights[i],
                   .satisfied = satisfied});
    need.demands.push_back(demand);
    need.weights.push_back(weights[i]);
    need.total += weights[i];
  }
}

// The gap stands grouped by requirement.
size_t RequirementsHelped(const std::vector<GapDemand>& gap,
                          std::span<const uint32_t> closes) {
  size_t helped = 0;
  for (size_t i = 0; i < closes.size(); ++i) {
    helped +=
        i == 0 || gap[closes[i]].requirement != gap[closes[i - 1]].requirement
            ? 1
            : 0;
  }
  return helped;
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
  const bool candidate = IsCandidate(wanted, request.tenant, request.today);
  return Scan(
      market, seeker, request,
      [&](const Gain& gain) { return coverage.ClosesAny(gain); },
      [&](const OfferingFeatures& offering, OfferingMatch& match) {
        match.closes = coverage.Closes(offering);
        if (match.closes.empty() || need.total == 0) return false;
        match.coverage = coverage.Share(match.closes);
        if (match.coverage == 0 ||
            !ChooseSession(seeker, offering, request.today, match)) {
          return false;
        }
        match.in_time = latest == kNoDay || match.end_day < latest;
        if (candidate) {
          const CompiledCourse course(offering, requirement.scoring());
          Unlocking unlocking(course, crowd);
          const auto unlocked = unlocking.Unlocked(
              wanted, match.closes, *SessionOf(offering, match.session));
          if (unlocked.has_value()) {
            match.unlocked_people = crowd.Select(*unlocked).Count();
          }
        }
        return true;
      },
      [](const OfferingMatch& match) -> std::array<int64_t, 5> {
        return {match.in_time ? 0 : 1, int64_t{kFullBp} - match.coverage,
                -static_cast<int64_t>(match.unlocked_people), match.end_day,
                match.distance};
      });
}

absl::StatusOr<OfferingAnswer> TopOfferings(const Market& market,
                                            const CompiledPerson& person,
                                            const OfferingRequest& request) {
  KUGGE_ASSIGN_OR_RETURN(const std::vector<DocumentId> best,
                         BestRequirements(market, person, request));
  Need need;
  std::vector<GapDemand> gap;
  for (const DocumentId& id : best) {
    AddGap(person, *market.requirements().Find(id), need, gap);
  }
  need.table = DemandTable(person.graph(), need.demands, person.strategy());
  PersonGains gains(market, person);
  // Who is no candidate gains nothing.
  if (IsCandidate(person.person(), request.tenant, request.today)) {
    KUGGE_RETURN_IF_ERROR(gains.Gather(request.tenant, request.today,
                                       request.toward, request.cancelled));
  }
  Coverage coverage(need);
  const SessionSeeker seeker(person);
  absl::StatusOr<OfferingAnswer> answer = Scan(
      market, seeker, request,
      [&](const Gain& gain) {
        return gains.ClosesAny(gain) || coverage.ClosesAny(gain);
      },
      [&](const OfferingFeatures& offering, OfferingMatch& match) {
        match.closes = coverage.Closes(offering);
        if (need.total != 0) match.coverage = coverage.Share(match.closes);
        const std::vector<GapNumber> closed = gains.Closes(offering.gains);
        if (match.coverage == 0 && closed.empty()) return false;
        const Attendance attendance = AttendanceOf(person, offering);
        if (attendance == Attendance::kCannot ||
            !ChooseSession(seeker, offering, request.today, match)) {
          return false;
        }
        if (attendance == Attendance::kCan) {
          const Gained gained = gains.Of(closed, match.end_day);
          match.gain_positions = gained.positions;
          match.gain_requirements = gained.requirements;
        }
        return match.coverage > 0 || match.gain_requirements > 0;
      },
      [](const OfferingMatch& match) -> std::array<int64_t, 5> {
        return {-static_cast<int64_t>(match.gain_positions),
                -static_cast<int64_t>(match.gain_requirements), match.weeks,
                match.distance, 0};
      });
  if (!answer.ok()) return answer;
  for (OfferingMatch& match : answer->rows) {
    match.requirements_helped = RequirementsHelped(gap, match.closes);
  }
  answer->gap = std::move(gap);
  answer->gap_requirements = best.size();
  return answer;
}

}  // namespace kugge::matching
