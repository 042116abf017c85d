// TopOfferings from a person: docs/scoring.md 6.2. The newest offerings are
// looked at as they are; those of the index through its columns, and only what
// is answered once more as it is.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "matching/course.h"
#include "matching/coverage.h"
#include "matching/gains.h"
#include "matching/index/offering_segment.h"
#include "matching/offering_rows.h"
#include "matching/offerings.h"
#include "matching/person_gap.h"
#include "matching/top_k.h"

namespace kugge::matching {
namespace {

// Offerings looked at between two looks at the caller's cancellation.
constexpr size_t kOfferingsPerPoll = 1024;

// What the gains of a segment's offerings give the person, by their numbers.
struct GainTable {
  GainTable(const OfferingSegment& segment, const PersonGains& gains,
            Coverage& coverage) {
    const std::vector<Gain>& all = segment.gains();
    closed_begins.reserve(all.size() + 1);
    covered_begins.reserve(all.size() + 1);
    for (const Gain& gain : all) {
      closed_begins.push_back(static_cast<uint32_t>(closed.size()));
      covered_begins.push_back(static_cast<uint32_t>(covered.size()));
      gains.AddClosed(gain, closed);
      for (const uint32_t demand : coverage.Closes({&gain, 1})) {
        covered.push_back(demand);
      }
    }
    closed_begins.push_back(static_cast<uint32_t>(closed.size()));
    covered_begins.push_back(static_cast<uint32_t>(covered.size()));
  }

  std::span<const GapNumber> ClosedBy(uint32_t gain) const {
    return {closed.data() + closed_begins[gain],
            closed.data() + closed_begins[gain + 1]};
  }
  std::span<const uint32_t> CoveredBy(uint32_t gain) const {
    return {covered.data() + covered_begins[gain],
            covered.data() + covered_begins[gain + 1]};
  }

  std::vector<GapNumber> closed;
  std::vector<uint32_t> closed_begins;
  // Places in the need.
  std::vector<uint32_t> covered;
  std::vector<uint32_t> covered_begins;
};

// A segment's prerequisites and places as the person stands to them.
struct PersonView {
  PersonView(const OfferingSegment& segment, const CompiledPerson& person) {
    for (const Demand& demand : segment.prerequisites()) {
      const Satisfied satisfied = person.Judge(demand).satisfied;
      attendances.push_back(satisfied == Satisfied::kYes  ? Attendance::kCan
                            : satisfied == Satisfied::kNo ? Attendance::kCannot
                                                          : Attendance::kMay);
    }
    const std::optional<Point>& home = person.person().home;
    for (const Point& place : segment.places()) {
      distances.push_back(home.has_value() ? DistanceHm(*home, place)
                                           : kUnknownDistance);
    }
  }

  std::vector<Attendance> attendances;
  std::vector<HundredMetres> distances;
};

// The best session as far as the columns tell it.
struct ColumnChoice {
  Days start_day = kNoDay;
  Days end_day = kNoDay;
  HundredMetres distance = kUnknownDistance;
  // Another one is as good, and begins on another day.
  bool tied = false;
};

struct PersonRow {
  OfferingMatch match;
  // Says where it stands and nothing else.
  bool key_only = false;
  friend bool operator<(const PersonRow& a, const PersonRow& b) {
    return a.match.key < b.match.key;
  }
};

class PersonOfferings {
 public:
  PersonOfferings(const Market& market, const CompiledPerson& person,
                  const Need& need, PersonGains& gains,
                  const OfferingRequest& request)
      : market_(market),
        person_(person),
        need_(need),
        gains_(gains),
        request_(request),
        seeker_(person),
        coverage_(need),
        is_covered_(need.demands.size()),
        top_(request.k) {}

  absl::StatusOr<OfferingAnswer> Answer() {
    for (const auto& part : market_.offering_index().parts()) {
      KUGGE_RETURN_IF_ERROR(LookThrough(*part.segment, part.gone));
    }
    for (const auto& offering : market_.offering_index().head()) {
      if (!IsCandidate(*offering, request_.tenant) || !Passes(*offering)) {
        continue;
      }
      ++answer_.documents_scored;
      std::optional<OfferingMatch> match = LookAt(*offering);
      if (match.has_value()) Add(*std::move(match));
    }
    for (PersonRow& row : top_.Take()) {
      const OfferingFeatures& offering =
          *market_.offerings().Find(row.match.key.offering);
      // The columns told where it stands, not all that it says.
      if (row.key_only) row.match = *LookAt(offering);
      AddReferences(market_, row.match);
      answer_.rows.push_back(std::move(row.match));
    }
    answer_.remaining = listed_ - answer_.rows.size();
    return std::move(answer_);
  }

 private:
  bool Passes(const OfferingFeatures& offering) const {
    return !request_.filter || request_.filter(offering);
  }

  static std::array<int64_t, 5> CriteriaOf(const Gained& gained, uint32_t weeks,
                                           HundredMetres distance) {
    return {-static_cast<int64_t>(gained.positions),
            -static_cast<int64_t>(gained.requirements), weeks, distance, 0};
  }

  // Whether a row with such criteria is of no use, whatever its ties.
  bool IsBeaten(const std::array<int64_t, 5>& criteria) const {
    return top_.k() == 0 ||
           (top_.full() && criteria > top_.last().match.key.criteria);
  }

  // The same of a row on the first page that gains no more positions.
  bool IsBeatenBy(uint64_t positions) const {
    return !request_.after.has_value() && top_.k() > 0 && top_.full() &&
           -static_cast<int64_t>(positions) >
               top_.last().match.key.criteria.front();
  }

  // A row of the whole list.
  void Add(OfferingMatch match, bool key_only = false) {
    ++answer_.total;
    if (request_.after.has_value() && match.key <= *request_.after) return;
    ++listed_;
    top_.Add({.match = std::move(match), .key_only = key_only});
  }

  // All that a row says; nothing where there is none.
  std::optional<OfferingMatch> LookAt(const OfferingFeatures& offering) {
    OfferingMatch match{.offering = offering.id};
    match.closes = coverage_.Closes(offering.gains);
    if (need_.total != 0) match.coverage = coverage_.Share(match.closes);
    const std::vector<GapNumber> closed = gains_.Closes(offering.gains);
    if (match.coverage == 0 && closed.empty()) return std::nullopt;
    const Attendance attendance = AttendanceOf(person_, offering);
    if (attendance == Attendance::kCannot ||
        !ChooseSession(seeker_, offering, request_.today, match)) {
      return std::nullopt;
    }
    Gained gained;
    if (attendance == Attendance::kCan) {
      gained = gains_.Of(closed, match.end_day);
    }
    match.gain_positions = gained.positions;
    match.gain_requirements = gained.requirements;
    if (match.coverage == 0 && match.gain_requirements == 0) {
      return std::nullopt;
    }
    match.key = {.criteria = CriteriaOf(gained, match.weeks, match.distance),
                 .tie = seeker_.TieWith(offering.id),
                 .offering = offering.id};
    return match;
  }

  absl::Status LookThrough(const OfferingSegment& segment, const DocSet& gone) {
    const GainTable table(segment, gains_, coverage_);
    const PersonView view(segment, person_);
    for (DocNumber n = 0; n < segment.size(); ++n) {
      if (n % kOfferingsPerPoll == 0 && request_.cancelled &&
          request_.cancelled()) {
        return absl::CancelledError("the match was cancelled");
      }
      if (gone.Contains(n) ||
          (!segment.IsPlain(n) &&
           !IsCandidate(segment.documents()[n], request_.tenant)) ||
          // Asked first for whether there is one: the document is far away.
          (request_.filter && !Passes(segment.documents()[n]))) {
        continue;
      }
      ++answer_.documents_scored;
      LookAtColumns(segment, n, table, view);
    }
    return absl::OkStatus();
  }

  void LookAtColumns(const OfferingSegment& segment, DocNumber n,
                     const GainTable& table, const PersonView& view) {
    closed_.clear();
    const bool covers = Gather(segment, n, table);
    if (!covers && closed_.empty()) return;
    Attendance attendance = Attendance::kCan;
    for (const uint32_t number : segment.PrerequisitesOf(n)) {
      attendance = std::min(attendance, view.attendances[number]);
    }
    if (attendance == Attendance::kCannot) return;
    const std::optional<ColumnChoice> choice =
        ChooseByColumns(segment.SessionsOf(n), view);
    if (!choice.has_value()) return;
    // A row, whatever it gains.
    if (covers && IsBeatenBy(gains_.PositionsAtMost(closed_))) {
      ++answer_.total;
      ++listed_;
      return;
    }
    Gained gained;
    if (attendance == Attendance::kCan) {
      gained = gains_.Of(closed_, choice->end_day);
    }
    if (!covers && gained.requirements == 0) return;
    const uint16_t told = segment.WeeksTold(n);
    if (told == 0 && choice->tied) {
      Add(*LookAt(segment.documents()[n]));
      return;
    }
    AddByColumns(
        segment.documents().IdOf(n),
        CriteriaOf(gained, WeeksOf(told, choice->start_day, choice->end_day),
                   choice->distance));
  }

  void AddByColumns(const DocumentId& id,
                    const std::array<int64_t, 5>& criteria) {
    // Ties cost most, and decide about few.
    if (request_.after.has_value() && criteria < request_.after->criteria) {
      ++answer_.total;
      return;
    }
    if (IsBeaten(criteria) &&
        (!request_.after.has_value() || criteria > request_.after->criteria)) {
      ++answer_.total;
      ++listed_;
      return;
    }
    OfferingMatch match{.offering = id};
    match.key = {
        .criteria = criteria, .tie = seeker_.TieWith(id), .offering = id};
    Add(std::move(match), true);
  }

  // What the offering closes, into closed_, and whether it covers something of
  // some weight.
  bool Gather(const OfferingSegment& segment, DocNumber n,
              const GainTable& table) {
    bool any_covered = false;
    for (const uint32_t gain : segment.GainsOf(n)) {
      const auto closed = table.ClosedBy(gain);
      closed_.insert(closed_.end(), closed.begin(), closed.end());
      any_covered |= !table.CoveredBy(gain).empty();
    }
    if (closed_.size() > 1) {
      std::ranges::sort(closed_);
      const auto repeats = std::ranges::unique(closed_);
      closed_.erase(repeats.begin(), repeats.end());
    }
    return any_covered && CoverageOf(segment, n, table) > 0;
  }

  Bp CoverageOf(const OfferingSegment& segment, DocNumber n,
                const GainTable& table) {
    if (need_.total == 0) return 0;
    uint64_t covered = 0;
    for (const uint32_t gain : segment.GainsOf(n)) {
      for (const uint32_t demand : table.CoveredBy(gain)) {
        if (is_covered_[demand] != 0) continue;
        is_covered_[demand] = 1;
        covered += need_.weights[demand];
      }
    }
    for (const uint32_t gain : segment.GainsOf(n)) {
      for (const uint32_t demand : table.CoveredBy(gain)) {
        is_covered_[demand] = 0;
      }
    }
    return static_cast<Bp>(kFullBp * covered / need_.total);
  }

  std::optional<ColumnChoice> ChooseByColumns(
      std::span<const SessionTerms> sessions, const PersonView& view) const {
    const PlainWishes& wishes = person_.person().wishes;
    std::optional<ColumnChoice> best;
    for (const SessionTerms& session : sessions) {
      if (session.start_day == kNoDay || session.start_day < request_.today) {
        continue;
      }
      const HundredMetres distance = session.distance_learning ? 0
                                     : session.place == SessionTerms::kNowhere
                                         ? kUnknownDistance
                                         : view.distances[session.place];
      if (!CanReach(wishes, session.start_day, distance)) continue;
      const ColumnChoice choice{.start_day = session.start_day,
                                .end_day = session.end_day,
                                .distance = distance};
      const auto order = [](const ColumnChoice& one) {
        return std::pair(one.end_day, one.distance);
      };
      if (!best.has_value() || order(choice) < order(*best)) {
        best = choice;
      } else if (order(choice) == order(*best)) {
        best->tied |= choice.start_day != best->start_day;
      }
    }
    return best;
  }

  const Market& market_;
  const CompiledPerson& person_;
  const Need& need_;
  PersonGains& gains_;
  const OfferingRequest& request_;
  const SessionSeeker seeker_;
  Coverage coverage_;
  std::vector<uint8_t> is_covered_;
  std::vector<GapNumber> closed_;
  TopK<PersonRow> top_;
  size_t listed_ = 0;
  OfferingAnswer answer_;
};

}  // namespace

absl::StatusOr<OfferingAnswer> TopOfferings(const Market& market,
                                            const CompiledPerson& person,
                                            const OfferingRequest& request) {
  Need need;
  KUGGE_ASSIGN_OR_RETURN(PersonGap gap, GapOf(market, person, request, need));
  PersonGains gains(market, person);
  // Who is no candidate gains nothing.
  if (IsCandidate(person.person(), request.tenant, request.today)) {
    KUGGE_RETURN_IF_ERROR(gains.Gather(request.tenant, request.today,
                                       request.toward, request.cancelled));
  }
  KUGGE_ASSIGN_OR_RETURN(
      OfferingAnswer answer,
      PersonOfferings(market, person, need, gains, request).Answer());
  for (OfferingMatch& match : answer.rows) {
    match.requirements_helped = RequirementsHelped(gap.demands, match.closes);
  }
  answer.gap = std::move(gap.demands);
  answer.gap_requirements = gap.requirements;
  return answer;
}

}  // namespace kugge::matching
