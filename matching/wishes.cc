#include "matching/wishes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <vector>

#include "matching/constants.h"
#include "matching/geo/distance.h"

namespace kugge::matching {
namespace {

// What comes of one wish. The default is "not asked".
struct WishVerdict {
  bool asked = false;
  Strength strength = Strength::kSoft;
  Thousandths credit = 0;
  Thousandths potential = 0;
  Satisfied satisfied = Satisfied::kYes;
  LineReason reason = LineReason::kNotAsked;
  HundredMetres distance = kUnknownDistance;
};

WishVerdict Fact(Strength strength, Thousandths credit, bool satisfied) {
  return {.asked = true,
          .strength = strength,
          .credit = credit,
          .potential = credit,
          .satisfied = satisfied ? Satisfied::kYes : Satisfied::kNo,
          .reason = LineReason::kNone};
}

WishVerdict MissingFact(Strength strength) {
  return {.asked = true,
          .strength = strength,
          .credit = 0,
          .potential = kFullCredit,
          .satisfied = Satisfied::kUnknown,
          .reason = LineReason::kNothingTold};
}

WishVerdict Occupation(const PlainWishes& wishes, const OccupationFit& fit) {
  if (!fit.wanted_any) return {};
  const Strength strength = wishes.occupations_strength;
  if (!fit.offered_any) return MissingFact(strength);
  return Fact(strength, fit.credit, fit.satisfying);
}

WishVerdict Distance(const PersonSide& person, const PlainFacts& job) {
  const PlainWishes& wishes = person.wishes;
  if (!wishes.maximum_distance.has_value()) return {};
  if (job.remote_percent.has_value() &&
      *job.remote_percent >= kFullyRemotePercent) {
    return {.reason = LineReason::kFullyRemote};
  }
  const Strength strength = wishes.distance_strength;
  const HundredMetres maximum = *wishes.maximum_distance;
  const HundredMetres easy = wishes.easy_distance;
  const bool known = person.home.has_value() && job.place.has_value();
  const HundredMetres distance =
      known ? DistanceHm(*person.home, *job.place) : kUnknownDistance;

  WishVerdict verdict;
  if (known && distance <= easy) {
    verdict = Fact(strength, kFullCredit, true);
  } else if (person.would_move) {
    verdict = Fact(strength, kFullCredit, true);
    verdict.reason = LineReason::kRelocation;
  } else if (!known) {
    verdict = MissingFact(strength);
  } else if (distance > maximum) {
    verdict = Fact(strength, 0, false);
  } else {
    const auto left = static_cast<uint64_t>(maximum - distance);
    const auto span = static_cast<uint64_t>(maximum - easy);
    verdict = Fact(strength,
                   static_cast<Thousandths>(kFullCredit * left / span), true);
  }
  verdict.distance = distance;
  return verdict;
}

WishVerdict Hours(const PlainWishes& wishes, const PlainFacts& job) {
  if (wishes.maximum_hours_percent == 0) return {};
  if (job.maximum_hours_percent == 0) return MissingFact(wishes.hours_strength);
  const int gap =
      std::max(wishes.minimum_hours_percent - job.maximum_hours_percent,
               job.minimum_hours_percent - wishes.maximum_hours_percent);
  if (gap <= 0) return Fact(wishes.hours_strength, kFullCredit, true);
  const Thousandths loss = kHoursLossPerPoint * static_cast<Thousandths>(gap);
  return Fact(wishes.hours_strength,
              loss < kFullCredit ? kFullCredit - loss : 0, false);
}

WishVerdict Shifts(const PlainWishes& wishes, const PlainFacts& job) {
  if (wishes.shifts == 0) return {};
  if (job.shifts == 0) return MissingFact(wishes.shifts_strength);
  const auto accepted = static_cast<ShiftSet>(job.shifts & wishes.shifts);
  const auto credit = kFullCredit *
                      static_cast<Thousandths>(std::popcount(accepted)) /
                      static_cast<Thousandths>(std::popcount(job.shifts));
  return Fact(wishes.shifts_strength, credit, accepted == job.shifts);
}

WishVerdict Start(const PlainWishes& wishes, const PlainFacts& job) {
  if (wishes.earliest_start == kNoDay) return {};
  const Strength strength = wishes.start_strength;
  if (job.latest_start == kNoDay) {
    return job.earliest_start == kNoDay ? MissingFact(strength)
                                        : Fact(strength, kFullCredit, true);
  }
  if (wishes.earliest_start < job.latest_start) {
    return Fact(strength, kFullCredit, true);
  }
  const int64_t late = int64_t{wishes.earliest_start} - job.latest_start + 1;
  const int64_t credit =
      late >= kStartLatenessDays
          ? 0
          : kFullCredit * (kStartLatenessDays - late) / kStartLatenessDays;
  return Fact(strength, static_cast<Thousandths>(credit), false);
}

WishVerdict Remote(const PlainWishes& wishes, const PlainFacts& job) {
  const Thousandths wanted = wishes.minimum_remote_percent;
  if (wanted == 0) return {};
  if (!job.remote_percent.has_value()) {
    return MissingFact(wishes.remote_strength);
  }
  const Thousandths offered = *job.remote_percent;
  if (offered >= wanted) return Fact(wishes.remote_strength, kFullCredit, true);
  return Fact(wishes.remote_strength, kFullCredit * offered / wanted, false);
}

WishVerdict Judge(WishKind kind, const PersonSide& person,
                  const PlainFacts& job, const OccupationFit& occupation) {
  switch (kind) {
    case WishKind::kOccupation:
      return Occupation(person.wishes, occupation);
    case WishKind::kDistance:
      return Distance(person, job);
    case WishKind::kHours:
      return Hours(person.wishes, job);
    case WishKind::kShifts:
      return Shifts(person.wishes, job);
    case WishKind::kStart:
      return Start(person.wishes, job);
    case WishKind::kRemote:
      return Remote(person.wishes, job);
  }
  return {};
}

// The verdict once the credit of what isn't asked is told.
WishVerdict AddTo(PairScore& pair, WishKind kind, const Strategy& strategy,
                  WishVerdict verdict) {
  if (verdict.asked) {
    pair.hurdles.AddWish(kind, verdict.strength, verdict.satisfied);
  } else {
    verdict.credit = strategy.not_asked_credit;
    verdict.potential = strategy.not_asked_credit;
  }
  pair.person.Add(strategy.wish_weights[static_cast<size_t>(kind)],
                  verdict.credit, verdict.potential);
  return verdict;
}

WishLine ToLine(WishKind kind, Bp weight, const WishVerdict& verdict,
                const OccupationFit& occupation) {
  WishLine line{
      .kind = kind,
      .asked = verdict.asked,
      .strength = verdict.strength,
      .weight = weight,
      .credit = verdict.credit,
      .potential_credit = verdict.potential,
      .contribution = Contribution(weight, verdict.credit),
      .potential_contribution = Contribution(weight, verdict.potential),
      .outcome = OutcomeOf(verdict.credit, verdict.satisfied),
      .satisfied = verdict.satisfied,
      .reason = verdict.reason,
      .distance = verdict.distance};
  if (kind == WishKind::kOccupation && verdict.asked && verdict.credit > 0) {
    line.wanted = occupation.wanted;
    line.offered = occupation.offered;
    line.relation = occupation.relation;
  }
  return line;
}

}  // namespace

AskedKinds KindsAsked(const PlainWishes& wishes, bool wants_occupations) {
  const std::array<bool, kWishKindCount> asked = {
      wants_occupations,
      wishes.maximum_distance.has_value(),
      wishes.maximum_hours_percent > 0,
      wishes.shifts != 0,
      wishes.earliest_start != kNoDay,
      wishes.minimum_remote_percent > 0};
  AskedKinds kinds = 0;
  for (size_t i = 0; i < kWishKindCount; ++i) {
    if (asked[i]) kinds |= OneKind(static_cast<WishKind>(i));
  }
  return kinds;
}

bool AsksAnything(const Wishes& wishes) {
  return KindsAsked(wishes, !wishes.occupations.empty()) != 0;
}

Satisfied SatisfactionOf(WishKind kind, const PersonSide& person,
                         const PlainFacts& job,
                         const OccupationFit& occupation) {
  return Judge(kind, person, job, occupation).satisfied;
}

bool CanRefuse(WishKind kind, const Wishes& wishes) {
  switch (kind) {
    case WishKind::kOccupation:
      return wishes.occupations_strength == Strength::kHard &&
             !wishes.occupations.empty();
    case WishKind::kDistance:
      return wishes.distance_strength == Strength::kHard &&
             wishes.maximum_distance.has_value();
    case WishKind::kHours:
      return wishes.hours_strength == Strength::kHard &&
             wishes.maximum_hours_percent > 0;
    case WishKind::kShifts:
      return wishes.shifts_strength == Strength::kHard && wishes.shifts != 0;
    case WishKind::kStart:
      return wishes.start_strength == Strength::kHard;
    case WishKind::kRemote:
      return wishes.remote_strength == Strength::kHard &&
             wishes.minimum_remote_percent > 0;
  }
  return false;
}

uint8_t LargestImportance(std::span<const WantedOccupation> occupations) {
  uint8_t largest = 1;
  for (const WantedOccupation& wanted : occupations) {
    largest = std::max(largest, wanted.importance);
  }
  return largest;
}

void ScoreWish(WishKind kind, const PersonSide& person, const PlainFacts& job,
               const OccupationFit& occupation, const Strategy& strategy,
               PairScore& pair) {
  AddTo(pair, kind, strategy, Judge(kind, person, job, occupation));
}

void ScoreWishes(const PersonSide& person, const PlainFacts& job,
                 const OccupationFit& occupation, const Strategy& strategy,
                 PairScore& pair, std::vector<WishLine>* lines) {
  pair.person.asks = KindsAsked(person.wishes, occupation.wanted_any) != 0;
  if (!pair.person.asks) return;
  for (size_t i = 0; i < kWishKindCount; ++i) {
    const auto kind = static_cast<WishKind>(i);
    const WishVerdict verdict =
        AddTo(pair, kind, strategy, Judge(kind, person, job, occupation));
    if (lines != nullptr) {
      lines->push_back(
          ToLine(kind, strategy.wish_weights[i], verdict, occupation));
    }
  }
}

}  // namespace kugge::matching
