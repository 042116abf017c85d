#include "matching/pathways.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "matching/course.h"
#include "matching/gains.h"
#include "matching/offering_walk.h"
#include "matching/pathway_goals.h"
#include "matching/top_k.h"

namespace kugge::matching {
namespace {

constexpr size_t kMostPromising = 24;
constexpr Days kWeek = 7;

uint32_t StartedWeeks(Days start, Days end) {
  return static_cast<uint32_t>(std::max(1, (end - start + kWeek - 1) / kWeek));
}

// One session that the person can use.
struct OpenSession {
  SessionChoice choice{};
  const SessionFeatures* session = nullptr;
};

// An offering that ways may be put together from.
struct Candidate {
  const OfferingFeatures* offering = nullptr;
  Tie tie{};
  uint64_t promise = 0;
  // Best first.
  std::vector<OpenSession> sessions{};
  std::vector<GapNumber> closes{};
  // Places of the HARD prerequisites that the person doesn't satisfy.
  std::vector<uint32_t> unprepared{};

  // Most promising first.
  friend bool operator<(const Candidate& a, const Candidate& b) {
    return std::tuple(~a.promise, a.tie, a.offering->id) <
           std::tuple(~b.promise, b.tie, b.offering->id);
  }
};

struct Step {
  size_t candidate = 0;
  const OpenSession* session = nullptr;
};

struct Way {
  std::vector<Step> steps{};
  std::vector<GapNumber> closed{};
  Gained gained{};
  uint32_t weeks = 0;
  Days end_day = kNoDay;
};

std::vector<GapNumber> Union(const std::vector<GapNumber>& a,
                             const std::vector<GapNumber>& b) {
  std::vector<GapNumber> both;
  both.reserve(a.size() + b.size());
  std::ranges::set_union(a, b, std::back_inserter(both));
  return both;
}

bool Dominates(const Way& a, const Way& b) {
  return a.gained.positions >= b.gained.positions && a.weeks <= b.weeks &&
         a.end_day <= b.end_day &&
         std::tuple(a.gained.positions, a.weeks, a.end_day) !=
             std::tuple(b.gained.positions, b.weeks, b.end_day);
}

class Planner {
 public:
  Planner(const Market& market, const CompiledPerson& person,
          const PathwayRequest& request)
      : market_(market),
        person_(person),
        request_(request),
        seeker_(person),
        gains_(market, person) {}

  absl::StatusOr<PathwayAnswer> Answer() {
    PathwayAnswer answer;
    if (!IsCandidate(person_.person(), request_.tenant, request_.today)) {
      return answer;
    }
    KUGGE_RETURN_IF_ERROR(gains_.Gather(request_.tenant, request_.today,
                                        request_.toward, request_.cancelled));
    answer.requirements_within_reach = gains_.requirements();
    KUGGE_RETURN_IF_ERROR(GatherCandidates());
    answer.offerings_considered = candidates_.size();
    FillSupplies();
    Way start;
    for (size_t first = 0; first < candidates_.size(); ++first) {
      if (Cancelled()) return CancelledPlan();
      Extend(start, first);
    }
    std::vector<Way> kept = Undominated();
    answer.total = kept.size();
    for (size_t i = 0; i < std::min(request_.k, kept.size()); ++i) {
      KUGGE_ASSIGN_OR_RETURN(Pathway pathway, ToPathway(kept[i]));
      answer.rows.push_back(std::move(pathway));
    }
    return answer;
  }

 private:
  bool Cancelled() const { return request_.cancelled && request_.cancelled(); }
  static absl::Status CancelledPlan() {
    return absl::CancelledError("the plan was cancelled");
  }

  std::vector<OpenSession> SessionsOf(const OfferingFeatures& offering) const {
    std::vector<OpenSession> sessions;
    for (const SessionFeatures& session : offering.sessions) {
      if (request_.maximum_pace_percent != 0 &&
          session.pace_percent > request_.maximum_pace_percent) {
        continue;
      }
      const std::optional<SessionChoice> choice =
          seeker_.ChoiceOf(offering, session, request_.today);
      if (choice.has_value()) sessions.push_back({*choice, &session});
    }
    std::ranges::sort(sessions, {}, &OpenSession::choice);
    return sessions;
  }

  std::optional<Candidate> ToCandidate(const OfferingFeatures& offering) {
    Candidate candidate{.offering = &offering,
                        .tie = seeker_.TieWith(offering.id),
                        .closes = gains_.Closes(offering.gains)};
    candidate.sessions = SessionsOf(offering);
    if (candidate.sessions.empty()) return std::nullopt;
    for (uint32_t i = 0; i < offering.prerequisites.size(); ++i) {
      const Demand& demand = offering.prerequisites[i];
      if (demand.strength == Strength::kHard &&
          person_.Judge(demand).satisfied != Satisfied::kYes) {
        candidate.unprepared.push_back(i);
      }
    }
    for (const GapNumber gap : candidate.closes) {
      candidate.promise += gains_.PromiseOf(gap);
    }
    return candidate;
  }

  template <typename Relevant, typename Consider>
  absl::Status Walk(Relevant relevant, Consider consider) const {
    size_t candidates = 0;
    return ForEachRelevant(market_,
                           {.tenant = request_.tenant,
                            .filter = request_.filter,
                            .cancelled = request_.cancelled},
                           relevant, candidates, consider);
  }

  absl::Status GatherCandidates() {
    TopK<Candidate> top(kMostPromising);
    KUGGE_RETURN_IF_ERROR(
        Walk([&](const Gain& gain) { return gains_.ClosesAny(gain); },
             [&](const OfferingFeatures& offering) {
               std::optional<Candidate> candidate = ToCandidate(offering);
               if (candidate.has_value() && candidate->promise > 0) {
                 top.Add(*std::move(candidate));
               }
             }));
    candidates_ = top.Take();
    return AddSuppliers();
  }

  // A prerequisite that the person lacks, and who gives it.
  struct Wanted {
    Demand demand;
    std::optional<Candidate> best{};
  };

  // Of each prerequisite that the person lacks, one offering that gives it.
  absl::Status AddSuppliers() {
    std::vector<Wanted> wanted;
    for (const Candidate& candidate : candidates_) {
      for (const uint32_t place : candidate.unprepared) {
        wanted.push_back({.demand = candidate.offering->prerequisites[place]});
      }
    }
    if (wanted.empty()) return absl::OkStatus();
    KUGGE_RETURN_IF_ERROR(Walk(
        [&](const Gain& gain) {
          return std::ranges::any_of(wanted, [&](const Wanted& one) {
            return Gives(gain, one.demand);
          });
        },
        [&](const OfferingFeatures& offering) { Supply(offering, wanted); }));
    for (Wanted& one : wanted) {
      if (!one.best.has_value()) continue;
      const bool there =
          std::ranges::any_of(candidates_, [&](const Candidate& candidate) {
            return candidate.offering == one.best->offering;
          });
      if (!there) candidates_.push_back(*std::move(one.best));
    }
    return absl::OkStatus();
  }

  void Supply(const OfferingFeatures& offering, std::vector<Wanted>& wanted) {
    const auto rank = [](const Candidate& one) {
      return std::tuple(one.sessions.front().choice.end_day, one.tie,
                        one.offering->id);
    };
    std::optional<Candidate> candidate;
    for (Wanted& one : wanted) {
      if (!Gives(offering, one.demand)) continue;
      if (!candidate.has_value()) candidate = ToCandidate(offering);
      if (!candidate.has_value() || !candidate->unprepared.empty()) return;
      if (!one.best.has_value() || rank(*candidate) < rank(*one.best)) {
        one.best = candidate;
      }
    }
  }

  bool Gives(const Gain& gain, const Demand& demand) const {
    return gain.section == demand.kind &&
           GainSatisfies(person_.graph(), person_.strategy(), gain, demand);
  }
  // Whether what the offering gives satisfies the demand on its own.
  bool Gives(const OfferingFeatures& offering, const Demand& demand) const {
    return std::ranges::any_of(
        offering.gains, [&](const Gain& gain) { return Gives(gain, demand); });
  }

  // supplies_[a][b]: of the prerequisites that b's takers lack, those that a
  // gives.
  void FillSupplies() {
    const size_t count = candidates_.size();
    supplies_.assign(count, std::vector<std::vector<uint32_t>>(count));
    for (size_t b = 0; b < count; ++b) {
      for (const uint32_t place : candidates_[b].unprepared) {
        const Demand& demand = candidates_[b].offering->prerequisites[place];
        for (size_t a = 0; a < count; ++a) {
          if (Gives(*candidates_[a].offering, demand)) {
            supplies_[a][b].push_back(place);
          }
        }
      }
    }
  }

  // Whether the steps, without the one at `left_out`, prepare for `next`.
  bool Prepares(const std::vector<Step>& steps, size_t left_out,
                size_t next) const {
    return std::ranges::all_of(
        candidates_[next].unprepared, [&](uint32_t place) {
          for (size_t i = 0; i < steps.size(); ++i) {
            if (i == left_out) continue;
            const auto& given = supplies_[steps[i].candidate][next];
            if (std::ranges::binary_search(given, place)) return true;
          }
          return false;
        });
  }

  // Every way that goes on from `way` with candidate `next`.
  void Extend(const Way& way, size_t next) {
    constexpr size_t kNone = static_cast<size_t>(-1);
    if (!Prepares(way.steps, kNone, next)) return;
    const Candidate& candidate = candidates_[next];
    const auto session =
        std::ranges::find_if(candidate.sessions, [&](const OpenSession& one) {
          return way.steps.empty() || one.session->start_day >= way.end_day;
        });
    if (session == candidate.sessions.end()) return;
    Way longer{.steps = way.steps,
               .closed = Union(way.closed, candidate.closes),
               .gained = {},
               .weeks = way.weeks + StartedWeeks(session->session->start_day,
                                                 session->choice.end_day),
               .end_day = session->choice.end_day};
    longer.steps.push_back({next, &*session});
    if (request_.maximum_weeks != 0 && longer.weeks > request_.maximum_weeks) {
      return;
    }
    longer.gained = gains_.Of(longer.closed, longer.end_day);
    if (longer.gained.requirements > 0 && EveryStepIsNecessary(longer)) {
      Keep(longer);
    }
    if (longer.steps.size() >= request_.maximum_steps) return;
    for (size_t i = 0; i < candidates_.size(); ++i) {
      if (std::ranges::none_of(longer.steps, [i](const Step& step) {
            return step.candidate == i;
          })) {
        Extend(longer, i);
      }
    }
  }

  bool EveryStepIsNecessary(const Way& way) const {
    for (size_t left_out = 0; left_out < way.steps.size(); ++left_out) {
      std::vector<GapNumber> closed;
      bool stands = true;
      for (size_t i = 0; i < way.steps.size(); ++i) {
        if (i == left_out) continue;
        const size_t candidate = way.steps[i].candidate;
        const std::vector<Step> before(
            way.steps.begin(), way.steps.begin() + static_cast<ptrdiff_t>(i));
        stands &= Prepares(before, left_out, candidate);
        closed = Union(closed, candidates_[candidate].closes);
      }
      if (stands && gains_.Of(closed, way.end_day).requirements ==
                        way.gained.requirements) {
        return false;
      }
    }
    return true;
  }

  bool Before(const Way& a, const Way& b) const {
    const uint64_t left = a.gained.positions * b.weeks;
    const uint64_t right = b.gained.positions * a.weeks;
    if (left != right) return left > right;
    if (a.gained.positions != b.gained.positions) {
      return a.gained.positions > b.gained.positions;
    }
    if (a.end_day != b.end_day) return a.end_day < b.end_day;
    const auto key = [&](const Step& step) {
      const Candidate& candidate = candidates_[step.candidate];
      return std::pair(candidate.tie, candidate.offering->id);
    };
    return std::ranges::lexicographical_compare(a.steps, b.steps, {}, key, key);
  }

  // The first way over its set of offerings.
  void Keep(const Way& way) {
    std::vector<size_t> set;
    set.reserve(way.steps.size());
    for (const Step& step : way.steps) set.push_back(step.candidate);
    std::ranges::sort(set);
    const auto [it, added] = ways_.try_emplace(std::move(set), way);
    if (!added && Before(way, it->second)) it->second = way;
  }

  std::vector<Way> Undominated() {
    std::vector<Way> all;
    all.reserve(ways_.size());
    for (auto& [set, way] : ways_) all.push_back(std::move(way));
    // Who dominates comes first.
    std::ranges::sort(all, [](const Way& a, const Way& b) {
      return std::tuple(~a.gained.positions, a.weeks, a.end_day) <
             std::tuple(~b.gained.positions, b.weeks, b.end_day);
    });
    std::vector<Way> kept;
    for (Way& way : all) {
      if (std::ranges::none_of(
              kept, [&](const Way& one) { return Dominates(one, way); })) {
        kept.push_back(std::move(way));
      }
    }
    std::ranges::sort(kept,
                      [&](const Way& a, const Way& b) { return Before(a, b); });
    return kept;
  }

  absl::StatusOr<Pathway> ToPathway(const Way& way) const {
    Pathway pathway{.gain_positions = way.gained.positions,
                    .gain_requirements = way.gained.requirements,
                    .weeks = way.weeks,
                    .end_day = way.end_day};
    for (size_t i = 0; i < way.steps.size(); ++i) {
      const Candidate& candidate = candidates_[way.steps[i].candidate];
      const SessionFeatures& session = *way.steps[i].session->session;
      const SessionChoice& choice = way.steps[i].session->choice;
      pathway.steps.push_back(
          {.offering = candidate.offering->id,
           .offering_reference = candidate.offering->reference,
           .session = session.id,
           .session_reference = session.reference,
           .start_day = session.start_day,
           .end_day = choice.end_day,
           .weeks = StartedWeeks(session.start_day, choice.end_day),
           .distance = choice.distance,
           .tie = candidate.tie,
           .prepared = candidate.unprepared});
    }
    KUGGE_ASSIGN_OR_RETURN(pathway.goals, GoalsOf(way));
    return pathway;
  }

  absl::StatusOr<std::vector<PathwayGoal>> GoalsOf(const Way& way) const {
    PersonFeatures after = person_.person();
    for (const Step& step : way.steps) {
      after = AfterCourse(*candidates_[step.candidate].offering, after,
                          way.end_day);
    }
    return FirstGoals(market_,
                      CompiledPerson(std::move(after), person_.scoring()),
                      gains_.RequirementsOf(way.closed, way.end_day), request_);
  }

  const Market& market_;
  const CompiledPerson& person_;
  const PathwayRequest& request_;
  const SessionSeeker seeker_;
  PersonGains gains_;
  std::vector<Candidate> candidates_;
  std::vector<std::vector<std::vector<uint32_t>>> supplies_;
  // By the sorted set of candidates.
  std::map<std::vector<size_t>, Way> ways_;
};

}  // namespace

absl::StatusOr<PathwayAnswer> PlanPathways(const Market& market,
                                           const CompiledPerson& person,
                                           const PathwayRequest& request) {
  return Planner(market, person, request).Answer();
}

}  // namespace kugge::matching
