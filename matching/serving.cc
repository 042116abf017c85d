#include "matching/serving.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "matching/crowd.h"
#include "matching/rows.h"
#include "matching/top_k.h"
#include "matching/touched.h"
#include "matching/unlocks.h"
#include "matching/weights.h"

namespace kugge::matching {
namespace {

// Requirements looked at more closely between two looks at the caller's
// cancellation.
constexpr size_t kClosenessPerPoll = 64;

bool InFilter(const CourseRequest<RequirementFeatures>& request,
              const RequirementFeatures& requirement) {
  return (!request.municipalities.has_value() ||
          std::ranges::binary_search(*request.municipalities,
                                     MunicipalityOf(requirement))) &&
         (!request.filter || request.filter(requirement));
}

// A requirement on its way into the list: it is looked at more closely only
// while it may still come before what is there.
struct Waiting {
  // No key of it is smaller.
  std::array<int64_t, 3> bound{};
  const TouchedRequirement* touched = nullptr;
  // What has been found out so far.
  enum class Known : uint8_t { kColumns, kVacancy, kPeople };
  Known known = Known::kColumns;
  // From kVacancy on: its place among the details.
  uint32_t details = 0;
};

// Of a heap whose front is the one with the best prospects.
constexpr std::ranges::greater kBestFirst;

struct Details {
  const SessionFeatures* session = nullptr;
  RequirementCoverage coverage{};
  uint32_t vacant = 0;
  uint64_t unlocked_at_most = 0;
};

struct ServedRow {
  ServedRequirement served;
  uint32_t details = 0;
  const RequirementFeatures* requirement = nullptr;
  friend bool operator<(const ServedRow& a, const ServedRow& b) {
    return a.served.key < b.served.key;
  }
};

std::array<int64_t, 3> Criteria(uint64_t fillable, uint64_t unlocked,
                                Bp coverage) {
  return {-static_cast<int64_t>(fillable), -static_cast<int64_t>(unlocked),
          int64_t{kFullBp} - coverage};
}

uint32_t SeatsLeft(const SessionFeatures& session) {
  return session.seats - session.seats_taken;
}

// How many people each HARD demand of a segment lets through at most: those who
// lack it, where the course satisfies it, and who have it, where it doesn't.
class SegmentBounds {
 public:
  explicit SegmentBounds(size_t demands) : known_(demands), at_most_(demands) {}

  struct Bound {
    bool closed = false;
    uint64_t at_most = 0;
  };
  // `make()` is asked once a demand.
  template <typename Make>
  Bound Of(HardDemandTable::Number number, Make make) {
    if (known_[number] == 0) {
      const Bound bound = make();
      known_[number] = bound.closed ? kClosed : kLeft;
      at_most_[number] = bound.at_most;
    }
    return {.closed = known_[number] == kClosed, .at_most = at_most_[number]};
  }

 private:
  static constexpr uint8_t kClosed = 1;
  static constexpr uint8_t kLeft = 2;
  std::vector<uint8_t> known_;
  std::vector<uint64_t> at_most_;
};

// The question "which requirements does this training serve".
class Serving {
 public:
  Serving(const Market& market, const CompiledCourse& course,
          const SessionFeatures* session,
          const CourseRequest<RequirementFeatures>& request)
      : market_(market),
        course_(course),
        session_(session),
        request_(request),
        from_(session != nullptr ? session->id : course.offering().id),
        crowd_(market, request.tenant, request.today, course.scoring()),
        counter_(crowd_),
        unlocking_(course, crowd_) {
    FindSessions();
  }

  absl::StatusOr<CourseAnswer<ServedRequirement>> Answer() {
    const std::vector<TouchedRequirement> touched =
        TouchedRequirements(market_, course_, request_.tenant, request_.today);
    std::vector<Waiting> waiting;
    for (const TouchedRequirement& one : touched) {
      if (one.coverage_at_most == 0) continue;
      ++answer_.requirements_touched;
      if (!InFilter(request_, *one.requirement)) continue;
      waiting.push_back({.bound = BoundByColumns(one), .touched = &one});
    }
    answer_.total = waiting.size();
    TopK<ServedRow> top(request_.k);
    std::ranges::make_heap(waiting, kBestFirst, &Waiting::bound);
    for (size_t looks = 0; !waiting.empty(); ++looks) {
      // From here on nobody can come before the last of the rows.
      if (top.full() && (top.k() == 0 ? !request_.after.has_value()
                                      : waiting.front().bound >
                                            top.last().served.key.criteria)) {
        answer_.more = true;
        break;
      }
      if (looks % kClosenessPerPoll == 0 && request_.cancelled &&
          request_.cancelled()) {
        return absl::CancelledError("the match was cancelled");
      }
      std::ranges::pop_heap(waiting, kBestFirst, &Waiting::bound);
      if (LookCloser(waiting.back())) {
        std::ranges::push_heap(waiting, kBestFirst, &Waiting::bound);
        continue;
      }
      ServedRow row = RowOf(waiting.back());
      waiting.pop_back();
      if (request_.after.has_value() && row.served.key <= *request_.after) {
        continue;
      }
      answer_.more |= top.full();
      top.Add(std::move(row));
    }
    for (ServedRow& row : top.Take()) {
      Complete(*row.requirement, details_[row.details], row.served);
      answer_.rows.push_back(std::move(row.served));
    }
    return std::move(answer_);
  }

 private:
  // Those that can be a requirement's best one.
  void FindSessions() {
    const OfferingFeatures& offering = course_.offering();
    if (session_ != nullptr) {
      sessions_ = {session_};
    } else {
      for (const SessionFeatures& one : offering.sessions) {
        if (!IsUsable(one, request_.today)) continue;
        const Days end_day = EndOf(offering, one);
        if (!sessions_.empty() && end_day > EndOf(offering, *sessions_[0])) {
          continue;
        }
        if (!sessions_.empty() && end_day < EndOf(offering, *sessions_[0])) {
          sessions_.clear();
        }
        sessions_.push_back(&one);
      }
    }
    end_day_ = EndOf(offering, *sessions_[0]);
    for (const SessionFeatures* const one : sessions_) {
      most_seats_ = std::max(most_seats_, SeatsLeft(*one));
    }
  }

  // No fewer than lack the demand and can attend some session.
  uint64_t LackingAtMost(const Demand& demand) {
    uint64_t most = 0;
    for (const SessionFeatures* const session : sessions_) {
      most = std::max<uint64_t>(
          most, counter_.Count(unlocking_.Lacking(demand, *session)));
    }
    return most;
  }

  SegmentBounds::Bound BoundOf(const Demand& demand) {
    return course_.WouldSatisfy(demand)
               ? SegmentBounds::Bound{true, LackingAtMost(demand)}
               : SegmentBounds::Bound{false, crowd_.SatisfyingAtMost(demand)};
  }

  std::array<int64_t, 3> BoundByColumns(const TouchedRequirement& touched) {
    // From day `limit` on it is closed.
    if (!touched.closes_hard || end_day_ >= touched.limit) {
      return Criteria(0, 0, touched.coverage_at_most);
    }
    uint64_t lacking = 0;
    uint64_t having = crowd_.size();
    const auto add = [&](const SegmentBounds::Bound& bound) {
      if (bound.closed) {
        lacking += bound.at_most;
      } else {
        having = std::min(having, bound.at_most);
      }
    };
    uint32_t positions = 0;
    if (touched.segment != nullptr) {
      const HardDemandTable& table = touched.segment->hard_demands();
      SegmentBounds& bounds =
          bounds_.try_emplace(touched.segment, table.distinct().size())
              .first->second;
      for (const HardDemandTable::Number number : table.Of(touched.number)) {
        add(bounds.Of(number,
                      [&] { return BoundOf(table.distinct()[number]); }));
      }
      positions = touched.segment->Positions(touched.number);
    } else {
      for (const Demand& demand : touched.requirement->demands) {
        if (demand.strength == Strength::kHard) add(BoundOf(demand));
      }
      positions = touched.requirement->positions;
    }
    const uint64_t unlocked = std::min(lacking, having);
    return Criteria(std::min<uint64_t>({unlocked, positions, most_seats_}),
                    unlocked, touched.coverage_at_most);
  }

  // Finds out the next thing about it, which may make its prospects worse;
  // false where all is known but the number of people.
  bool LookCloser(Waiting& waiting) {
    switch (waiting.known) {
      case Waiting::Known::kColumns:
        FindVacancy(waiting);
        return true;
      case Waiting::Known::kVacancy:
        BoundPeople(waiting);
        return true;
      case Waiting::Known::kPeople:
        break;
    }
    return false;
  }

  void FindVacancy(Waiting& waiting) {
    const RequirementFeatures& requirement = *waiting.touched->requirement;
    ShareWeights(requirement.demands, course_.strategy().demand_weights,
                 weights_);
    Details details{
        .session = SessionFor(requirement),
        .coverage = CoverageOf(course_, requirement.demands, weights_),
        .unlocked_at_most = static_cast<uint64_t>(-waiting.bound[1])};
    if (waiting.bound[0] != 0) {
      const size_t eligible =
          EligibleUpTo(requirement, requirement.positions, crowd_);
      details.vacant =
          requirement.positions -
          std::min(requirement.positions, static_cast<uint32_t>(eligible));
    }
    waiting.known = Waiting::Known::kVacancy;
    waiting.details = static_cast<uint32_t>(details_.size());
    details_.push_back(std::move(details));
    SetBound(waiting);
  }

  void BoundPeople(Waiting& waiting) {
    Details& details = details_[waiting.details];
    if (details.unlocked_at_most > 0) {
      const auto lacking =
          unlocking_.Lacking(*waiting.touched->requirement,
                             details.coverage.closes, *details.session);
      details.unlocked_at_most =
          lacking.has_value() ? std::min<uint64_t>(details.unlocked_at_most,
                                                   counter_.AtMost(*lacking))
                              : 0;
    }
    waiting.known = Waiting::Known::kPeople;
    SetBound(waiting);
  }

  void SetBound(Waiting& waiting) const {
    const Details& details = details_[waiting.details];
    waiting.bound =
        Criteria(FillableAtMost(details, details.unlocked_at_most),
                 details.unlocked_at_most, details.coverage.coverage);
  }

  static uint64_t FillableAtMost(const Details& details, uint64_t unlocked) {
    return std::min<uint64_t>(
        {unlocked, details.vacant, SeatsLeft(*details.session)});
  }

  const SessionFeatures* SessionFor(
      const RequirementFeatures& requirement) const {
    if (sessions_.size() == 1) return sessions_[0];
    return SessionSeeker(requirement, course_.scoring().tie_key)
        .Best(course_.offering(), request_.today)
        ->session;
  }

  // All that the order needs.
  ServedRow RowOf(const Waiting& waiting) {
    const RequirementFeatures& requirement = *waiting.touched->requirement;
    const Details& details = details_[waiting.details];
    ServedRequirement served{.requirement = requirement.id};
    if (details.unlocked_at_most > 0) {
      served.unlocked_people = unlocking_.CountUnlocked(
          requirement, details.coverage.closes, *details.session);
    }
    served.fillable =
        static_cast<uint32_t>(FillableAtMost(details, served.unlocked_people));
    served.key = {
        .criteria = Criteria(served.fillable, served.unlocked_people,
                             details.coverage.coverage),
        .tie = TieOf(course_.scoring().tie_key, from_, requirement.id),
        .to = requirement.id};
    return {.served = std::move(served),
            .details = waiting.details,
            .requirement = &requirement};
  }

  void Complete(const RequirementFeatures& requirement, Details& details,
                ServedRequirement& served) {
    const SessionFeatures& session = *details.session;
    const Days latest = requirement.facts.latest_start;
    served.requirement_reference = requirement.reference;
    served.session = session.id;
    served.session_reference = session.reference;
    served.end_day = EndOf(course_.offering(), session);
    served.in_time = latest == kNoDay || served.end_day < latest;
    served.positions = requirement.positions;
    served.seats_left = SeatsLeft(session);
    served.eligible_people =
        counter_.Count(EligiblePeople(requirement, crowd_));
    served.possibly_unlocked_people = unlocking_.PossiblyUnlocked(
        requirement, details.coverage.closes, session);
    served.coverage = details.coverage.coverage;
    served.closes = std::move(details.coverage.closes);
  }

  const Market& market_;
  const CompiledCourse& course_;
  // Null: of each requirement the offering's best.
  const SessionFeatures* const session_;
  const CourseRequest<RequirementFeatures>& request_;
  const DocumentId from_;
  Crowd crowd_;
  CrowdCounter counter_;
  Unlocking unlocking_;
  // All that can be some requirement's best one; they end on the same day.
  std::vector<const SessionFeatures*> sessions_;
  Days end_day_ = kNoDay;
  uint32_t most_seats_ = 0;
  absl::flat_hash_map<const RequirementSegment*, SegmentBounds> bounds_;
  std::vector<Details> details_;
  CourseAnswer<ServedRequirement> answer_;
  std::vector<Bp> weights_;
};

}  // namespace

absl::StatusOr<CourseAnswer<ServedRequirement>> RequirementsServed(
    const Market& market, const CompiledCourse& course,
    const SessionFeatures* session,
    const CourseRequest<RequirementFeatures>& request) {
  return Serving(market, course, session, request).Answer();
}

}  // namespace kugge::matching
