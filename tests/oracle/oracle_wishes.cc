// Section 2 of docs/scoring.md: a person's demands held against the facts of a
// job; and the distance of docs/formats/geo.md.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "tests/oracle/oracle.h"

namespace kugge::oracle {

using matching::HundredMetres;
using matching::JobFacts;
using matching::kNoDay;
using matching::LineReason;
using matching::Outcome;
using matching::Point;
using matching::RelationKind;
using matching::Satisfied;
using matching::Strategy;
using matching::Strength;
using matching::WantedOccupation;
using matching::Wishes;
using matching::WishKind;
using matching::WishLine;

namespace {

int64_t Clamp(int64_t value, int64_t bound) {
  return std::max(-bound, std::min(bound, value));
}

// The largest integer whose square is at most `square`.
int64_t SquareRoot(int64_t square) {
  int64_t low = 0;
  int64_t high = int64_t{3'000'000'000};
  while (low < high) {
    const int64_t middle = low + (high - low + 1) / 2;
    if (middle * middle <= square) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

std::optional<HundredMetres> KnownDistance(std::optional<Point> a,
                                           std::optional<Point> b) {
  if (!a.has_value() || !b.has_value()) return std::nullopt;
  return Distance(*a, *b);
}

void Tell(WishLine& line, int64_t credit, bool satisfied) {
  line.credit = static_cast<uint32_t>(credit);
  line.potential_credit = line.credit;
  line.satisfied = satisfied ? Satisfied::kYes : Satisfied::kNo;
  line.reason = LineReason::kNone;
}

uint64_t Importance(const WantedOccupation& wanted) {
  return wanted.importance == 0 ? 1 : wanted.importance;
}

void TellMissing(WishLine& line) {
  line.credit = 0;
  line.potential_credit = 1000;
  line.satisfied = Satisfied::kUnknown;
  line.reason = LineReason::kNothingTold;
}

WishLine Asked(WishKind kind, Strength strength) {
  WishLine line;
  line.kind = kind;
  line.asked = true;
  line.strength = strength;
  return line;
}

WishLine NotAsked(WishKind kind, LineReason reason, const Strategy& strategy) {
  WishLine line;
  line.kind = kind;
  line.asked = false;
  line.credit = strategy.not_asked_credit;
  line.potential_credit = strategy.not_asked_credit;
  line.satisfied = Satisfied::kYes;
  line.reason = reason;
  return line;
}

WishLine DistanceWish(const Wishes& wishes, std::optional<HundredMetres> x,
                      const JobFacts& job) {
  WishLine line = Asked(WishKind::kDistance, wishes.distance_strength);
  const int64_t easy = wishes.easy_distance;
  const int64_t maximum = *wishes.maximum_distance;
  bool would_move = false;
  for (const matching::MunicipalityIndex place : wishes.relocation) {
    if (job.municipality != matching::kNoMunicipality &&
        place == job.municipality) {
      would_move = true;
    }
  }
  if (x.has_value() && *x <= easy) {
    Tell(line, 1000, true);
  } else if (would_move) {
    Tell(line, 1000, true);
    line.reason = LineReason::kRelocation;
  } else if (!x.has_value()) {
    TellMissing(line);
  } else if (*x > maximum) {
    Tell(line, 0, false);
  } else {
    Tell(line, 1000 * (maximum - *x) / (maximum - easy), true);
  }
  return line;
}

WishLine HoursWish(const Wishes& wishes, const JobFacts& job) {
  WishLine line = Asked(WishKind::kHours, wishes.hours_strength);
  if (job.maximum_hours_percent == 0) {
    TellMissing(line);
    return line;
  }
  const int gap_above =
      wishes.minimum_hours_percent - job.maximum_hours_percent;
  const int gap_below =
      job.minimum_hours_percent - wishes.maximum_hours_percent;
  const int gap = std::max(gap_above, gap_below);
  if (gap <= 0) {
    Tell(line, 1000, true);
  } else {
    Tell(line, std::max(1000 - 20 * gap, 0), false);
  }
  return line;
}

WishLine ShiftsWish(const Wishes& wishes, const JobFacts& job) {
  WishLine line = Asked(WishKind::kShifts, wishes.shifts_strength);
  if (job.shifts == 0) {
    TellMissing(line);
    return line;
  }
  int worked = 0;
  int accepted = 0;
  for (int bit = 0; bit < 8; ++bit) {
    if (((job.shifts >> bit) & 1) == 0) continue;
    ++worked;
    if (((wishes.shifts >> bit) & 1) != 0) ++accepted;
  }
  Tell(line, 1000 * accepted / worked, accepted == worked);
  return line;
}

WishLine StartWish(const Wishes& wishes, const JobFacts& job) {
  WishLine line = Asked(WishKind::kStart, wishes.start_strength);
  if (job.earliest_start == kNoDay && job.latest_start == kNoDay) {
    TellMissing(line);
    return line;
  }
  const int64_t p = wishes.earliest_start;
  const int64_t latest = job.latest_start;
  if (job.latest_start == kNoDay || p < latest) {
    Tell(line, 1000, true);
    return line;
  }
  const int64_t late = p - latest + 1;
  Tell(line, late >= 90 ? 0 : 1000 * (90 - late) / 90, false);
  return line;
}

WishLine RemoteWish(const Wishes& wishes, const JobFacts& job) {
  WishLine line = Asked(WishKind::kRemote, wishes.remote_strength);
  if (!job.remote_percent.has_value()) {
    TellMissing(line);
    return line;
  }
  const int r = *job.remote_percent;
  const int m = wishes.minimum_remote_percent;
  Tell(line, r >= m ? 1000 : 1000 * r / m, r >= m);
  return line;
}

Outcome OutcomeOf(const WishLine& line) {
  if (line.credit == 1000) return Outcome::kMet;
  if (line.credit > 0) return Outcome::kPartly;
  return line.satisfied == Satisfied::kUnknown ? Outcome::kUnknown
                                               : Outcome::kNotMet;
}

bool AsksAnything(const Wishes& wishes) {
  return !wishes.occupations.empty() || wishes.maximum_distance.has_value() ||
         wishes.maximum_hours_percent > 0 || wishes.shifts != 0 ||
         wishes.earliest_start != kNoDay || wishes.minimum_remote_percent > 0;
}

}  // namespace

HundredMetres Distance(Point a, Point b) {
  const int64_t lat_a = Clamp(a.lat_e5, 9'000'000);
  const int64_t lat_b = Clamp(b.lat_e5, 9'000'000);
  const int64_t lon_a = Clamp(a.lon_e5, 18'000'000);
  const int64_t lon_b = Clamp(b.lon_e5, 18'000'000);
  const int64_t one = int64_t{1} << 30;
  const int64_t lat_sum = std::abs(lat_a + lat_b);
  const int64_t lat_diff = std::abs(lat_a - lat_b);
  int64_t lon_diff = std::abs(lon_a - lon_b);
  if (lon_diff > 18'000'000) lon_diff = 36'000'000 - lon_diff;
  const int64_t x = (lat_sum * 100611381362) >> 30;
  const int64_t x2 = (x * x) >> 30;
  int64_t t = one - x2 / 90;
  for (const int64_t divisor : {56, 30, 12, 2}) {
    t = one - ((x2 * t) >> 30) / divisor;
  }
  const int64_t cosine = std::max<int64_t>(t, 0);
  const int64_t dy = lat_diff << 4;
  const int64_t dx = (lon_diff * cosine) >> 26;
  const int64_t arc = SquareRoot(dx * dx + dy * dy);
  return static_cast<HundredMetres>((arc * 764126773 + (int64_t{1} << 39)) >>
                                    40);
}

WishLine PairScorer::OccupationWish(const Wishes& wishes,
                                    const JobFacts& job) const {
  WishLine line = Asked(WishKind::kOccupation, wishes.occupations_strength);
  if (job.occupations.empty()) {
    TellMissing(line);
    return line;
  }
  uint64_t most_wanted = 0;
  for (const WantedOccupation& wanted : wishes.occupations) {
    most_wanted = std::max(most_wanted, Importance(wanted));
  }
  bool satisfied = false;
  uint64_t largest = 0;
  // Larger credit, satisfying first, relation's order, wanted, offered; the
  // first is kept, so only a strictly better pair replaces it.
  using Rank = std::tuple<int64_t, int, int, matching::ConceptIndex,
                          matching::ConceptIndex>;
  std::optional<Rank> best;
  for (const WantedOccupation& wanted : wishes.occupations) {
    for (const matching::ConceptIndex offered : job.occupations) {
      const std::optional<Relation> relation =
          relations_.Toward(offered, wanted.concept_index);
      if (!relation.has_value()) continue;
      const bool satisfying = Satisfies(relation->kind, strategy_);
      if (satisfying) satisfied = true;
      const uint64_t credit =
          uint64_t{relation->credit} * Importance(wanted) / most_wanted;
      largest = std::max(largest, credit);
      if (credit == 0) continue;
      const Rank rank{-static_cast<int64_t>(credit), satisfying ? 0 : 1,
                      static_cast<int>(relation->kind), wanted.concept_index,
                      offered};
      if (best.has_value() && *best <= rank) continue;
      best = rank;
      line.wanted = wanted.concept_index;
      line.offered = offered;
      line.relation = relation->kind;
    }
  }
  Tell(line, static_cast<int64_t>(largest), satisfied);
  return line;
}

std::vector<WishLine> PairScorer::WishLines(
    const matching::PersonFeatures& person,
    const matching::RequirementFeatures& requirement) const {
  const Wishes& wishes = person.wishes;
  const JobFacts& job = requirement.facts;
  std::vector<WishLine> lines;
  if (!AsksAnything(wishes)) return lines;
  const auto not_asked = [&](WishKind kind) {
    return NotAsked(kind, LineReason::kNotAsked, strategy_);
  };
  const std::optional<HundredMetres> x = KnownDistance(person.home, job.place);
  const bool fully_remote =
      job.remote_percent.has_value() && *job.remote_percent == 100;

  lines.push_back(wishes.occupations.empty() ? not_asked(WishKind::kOccupation)
                                             : OccupationWish(wishes, job));
  if (!wishes.maximum_distance.has_value()) {
    lines.push_back(not_asked(WishKind::kDistance));
  } else if (fully_remote) {
    lines.push_back(
        NotAsked(WishKind::kDistance, LineReason::kFullyRemote, strategy_));
  } else {
    lines.push_back(DistanceWish(wishes, x, job));
  }
  if (x.has_value() && lines.back().asked) lines.back().distance = *x;
  lines.push_back(wishes.maximum_hours_percent > 0
                      ? HoursWish(wishes, job)
                      : not_asked(WishKind::kHours));
  lines.push_back(wishes.shifts != 0 ? ShiftsWish(wishes, job)
                                     : not_asked(WishKind::kShifts));
  lines.push_back(wishes.earliest_start != kNoDay
                      ? StartWish(wishes, job)
                      : not_asked(WishKind::kStart));
  lines.push_back(wishes.minimum_remote_percent > 0
                      ? RemoteWish(wishes, job)
                      : not_asked(WishKind::kRemote));
  for (size_t kind = 0; kind < lines.size(); ++kind) {
    WishLine& line = lines[kind];
    line.weight = strategy_.wish_weights[kind];
    line.contribution = (line.weight * line.credit + 500) / 1000;
    line.potential_contribution =
        (line.weight * line.potential_credit + 500) / 1000;
    line.outcome = OutcomeOf(line);
  }
  return lines;
}

}  // namespace kugge::oracle
