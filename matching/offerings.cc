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
#include "matching/credit.h"
#include "matching/demand_table.h"
#include "matching/geo/distance.h"
#include "matching/rank.h"
#include "matching/top_k.h"
#include "matching/weights.h"

namespace kugge::matching {
namespace {

constexpr Days kDaysPerWeek = 7;

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
  Coverage(const Need& need, const EvidenceFactors& factors)
      : need_(need), factors_(factors), closed_(need.demands.size()) {}

  // Places of the demands that the offering would satisfy, ascending.
  std::vector<uint32_t> Closes(const OfferingFeatures& offering) {
    std::vector<uint32_t> closes;
    for (const Gain& gain : offering.gains) {
      if (!CanBeLearnt(gain.section)) continue;
      const Held held{gain.concept_index, gain.level, gain.evidence};
      need_.table.ForEachDemand(gain.section, held.concept_index,
                                [&](uint32_t demand, const Relation& relation) {
                                  if (closed_[demand] != 0) return;
                                  const HeldCredit credit =
                                      CreditOf(held, relation,
                                               need_.demands[demand], factors_);
                                  if (credit.says != Says::kSatisfied) return;
                                  closed_[demand] = 1;
                                  closes.push_back(demand);
                                });
    }
    for (const uint32_t demand : closes) closed_[demand] = 0;
    std::ranges::sort(closes);
    return closes;
  }

  // Requires a need of some weight.
  Bp Share(std::span<const uint32_t> closes) const {
    uint64_t covered = 0;
    for (const uint32_t demand : closes) covered += need_.weights[demand];
    return static_cast<Bp>(kFullBp * covered / need_.total);
  }

 private:
  const Need& need_;
  const EvidenceFactors& factors_;
  std::vector<uint8_t> closed_;
};

Days EndOf(const OfferingFeatures& offering, const SessionFeatures& session) {
  return session.end_day != kNoDay
             ? session.end_day
             : session.start_day + kDaysPerWeek * Days{offering.weeks};
}

HundredMetres DistanceTo(const std::optional<Point>& from,
                         const SessionFeatures& session) {
  if (session.distance_learning) return 0;
  if (!from.has_value() || !session.place.has_value()) return kUnknownDistance;
  return DistanceHm(*from, *session.place);
}

bool IsUsable(const SessionFeatures& session, Days today) {
  return session.open && session.seats_taken < session.seats &&
         session.start_day != kNoDay && session.start_day >= today;
}

// A session of an offering as the asking side sees it; smaller is better.
struct Choice {
  Days end_day = kNoDay;
  HundredMetres distance = kUnknownDistance;
  Tie tie{};
  DocumentId session{};
  Days start_day = kNoDay;

  friend auto operator<=>(const Choice&, const Choice&) = default;
};

// Whose question it is: what sessions it can use, and from where.
class Asker {
 public:
  explicit Asker(const CompiledRequirement& requirement)
      : from_(requirement.requirement().id),
        place_(requirement.requirement().facts.place),
        tie_key_(requirement.scoring().tie_key) {}

  explicit Asker(const CompiledPerson& person)
      : from_(person.person().id),
        place_(person.person().home),
        tie_key_(person.scoring().tie_key) {
    const Wishes& wishes = person.person().wishes;
    if (wishes.earliest_start != kNoDay) earliest_ = wishes.earliest_start;
    if (wishes.distance_strength == Strength::kHard) {
      limit_ = wishes.maximum_distance;
    }
  }

  Tie TieWith(const DocumentId& to) const { return TieOf(tie_key_, from_, to); }

  // Fills what a row says of its session; false when none is usable.
  bool ChooseSession(const OfferingFeatures& offering, Days today,
                     OfferingMatch& match) const {
    std::optional<Choice> best;
    size_t usable = 0;
    for (const SessionFeatures& session : offering.sessions) {
      if (!IsUsable(session, today)) continue;
      const HundredMetres distance = DistanceTo(place_, session);
      if (!CanAttend(session, distance)) continue;
      ++usable;
      const Choice choice{.end_day = EndOf(offering, session),
                          .distance = distance,
                          .tie = TieWith(session.id),
                          .session = session.id,
                          .start_day = session.start_day};
      if (!best.has_value() || choice < *best) best = choice;
    }
    if (!best.has_value()) return false;
    match.session = best->session;
    match.other_sessions = usable - 1;
    match.end_day = best->end_day;
    match.distance = best->distance;
    match.weeks = WeeksOf(offering, *best);
    return true;
  }

 private:
  bool CanAttend(const SessionFeatures& session, HundredMetres distance) const {
    if (earliest_.has_value() && session.start_day < *earliest_) return false;
    return !limit_.has_value() || distance == kUnknownDistance ||
           distance <= *limit_;
  }

  static uint32_t WeeksOf(const OfferingFeatures& offering,
                          const Choice& choice) {
    if (offering.weeks != 0) return offering.weeks;
    const Days days = std::max(0, choice.end_day - choice.start_day);
    return static_cast<uint32_t>((days + kDaysPerWeek - 1) / kDaysPerWeek);
  }

  DocumentId from_{};
  std::optional<Point> place_{};
  TieKey tie_key_{};
  std::optional<Days> earliest_{};
  std::optional<HundredMetres> limit_{};
};

struct Row {
  OfferingMatch match;
  friend bool operator<(const Row& a, const Row& b) {
    return a.match.key < b.match.key;
  }
};

void AddReferences(const Market& market, OfferingMatch& match) {
  const OfferingFeatures& offering = *market.offerings().Find(match.offering);
  match.offering_reference = offering.reference;
  for (const SessionFeatures& session : offering.sessions) {
    if (session.id == match.session)
      match.session_reference = session.reference;
  }
}

// Scans the offerings; `admit(offering)` is the question's own condition and
// `criteria(match)` its order.
template <typename Admit, typename Criteria>
absl::StatusOr<OfferingAnswer> Scan(const Market& market, const Need& need,
                                    const Strategy& strategy,
                                    const Asker& asker,
                                    const OfferingRequest& request, Admit admit,
                                    Criteria criteria) {
  OfferingAnswer answer;
  TopK<Row> top(request.k);
  Coverage coverage(need, strategy.evidence_factors);
  size_t visited = 0;
  size_t listed = 0;
  const auto consider = [&](const OfferingFeatures& offering) {
    ++answer.documents_scored;
    OfferingMatch match{.offering = offering.id};
    match.closes = coverage.Closes(offering);
    if (match.closes.empty() || need.total == 0) return;
    match.coverage = coverage.Share(match.closes);
    if (match.coverage == 0 || !admit(offering) ||
        !asker.ChooseSession(offering, request.today, match)) {
      return;
    }
    match.key = {.criteria = criteria(match),
                 .tie = asker.TieWith(offering.id),
                 .offering = offering.id};
    ++answer.total;
    if (request.after.has_value() && match.key <= *request.after) return;
    ++listed;
    top.Add({std::move(match)});
  };
  const bool finished =
      market.offerings().ForEach([&](const OfferingFeatures& offering) {
        if (visited++ % kDocumentsPerPoll == 0 && request.cancelled &&
            request.cancelled()) {
          return false;
        }
        if (IsCandidate(offering, request.tenant) &&
            (!request.filter || request.filter(offering))) {
          consider(offering);
        }
        return true;
      });
  if (!finished) return absl::CancelledError("the match was cancelled");
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
  KUGGE_ASSIGN_OR_RETURN(const RankAnswer best,
                         TopRequirements(market, person,
                                         {.tenant = request.tenant,
                                          .today = request.today,
                                          .k = kGapRequirements,
                                          .after = std::nullopt,
                                          .near_misses = kGapRequirements,
                                          .learnable_near_misses_only = true,
                                          .municipalities = std::nullopt,
                                          .filter = request.toward,
                                          .cancelled = request.cancelled}));
  std::vector<DocumentId> ids;
  for (const std::vector<Match>* list : {&best.rows, &best.near_misses}) {
    for (const Match& match : *list) {
      if (ids.size() < kGapRequirements) ids.push_back(match.to);
    }
  }
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

// No prerequisite refuses the person.
bool MayAttend(const CompiledPerson& person, const OfferingFeatures& offering) {
  return std::ranges::none_of(
      offering.prerequisites, [&](const Demand& demand) {
        return demand.strength == Strength::kHard &&
               person.Judge(demand).satisfied == Satisfied::kNo;
      });
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
  const Days latest = requirement.requirement().facts.latest_start;
  const auto in_time = [latest](const OfferingMatch& match) {
    return latest == kNoDay || match.end_day < latest;
  };
  absl::StatusOr<OfferingAnswer> answer = Scan(
      market, need, requirement.strategy(), Asker(requirement), request,
      [](const OfferingFeatures&) { return true; },
      [&](const OfferingMatch& match) -> std::array<int64_t, 4> {
        return {in_time(match) ? 0 : 1, int64_t{kFullBp} - match.coverage,
                match.end_day, match.distance};
      });
  if (!answer.ok()) return answer;
  for (OfferingMatch& match : answer->rows) match.in_time = in_time(match);
  return answer;
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
  KUGGE_ASSIGN_OR_RETURN(
      OfferingAnswer answer,
      Scan(
          market, need, person.strategy(), Asker(person), request,
          [&](const OfferingFeatures& offering) {
            return MayAttend(person, offering);
          },
          [](const OfferingMatch& match) -> std::array<int64_t, 4> {
            return {int64_t{kFullBp} - match.coverage, match.weeks,
                    match.distance, 0};
          }));
  for (OfferingMatch& match : answer.rows) {
    match.requirements_helped = RequirementsHelped(gap, match.closes);
  }
  answer.gap = std::move(gap);
  answer.gap_requirements = best.size();
  return answer;
}

}  // namespace kugge::matching
