// Sentences on what a person wishes of a job.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/features/calendar.h"
#include "services/features/sentence_cases_for_test.h"

namespace kugge::features {
namespace {

using matching::DemandKind;
using matching::JobFacts;
using matching::kNoDay;
using matching::LineReason;
using matching::Outcome;
using matching::RelationKind;
using matching::Satisfied;
using matching::Strength;
using matching::WishKind;
using matching::WishLine;

constexpr Satisfied kYes = Satisfied::kYes;
constexpr Satisfied kNo = Satisfied::kNo;
constexpr Satisfied kUnknown = Satisfied::kUnknown;

matching::Days Day(int year, int month, int day) {
  v1::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return ToDays(date);
}

// A person who asks something of everything.
matching::Wishes AllWishes() {
  matching::Wishes wishes;
  wishes.maximum_distance = 500;
  wishes.easy_distance = 100;
  wishes.minimum_hours_percent = 75;
  wishes.maximum_hours_percent = 100;
  wishes.shifts = matching::kShiftDay | matching::kShiftEvening;
  wishes.earliest_start = Day(2027, 6, 14);
  wishes.minimum_remote_percent = 40;
  return wishes;
}

std::string KindName(WishKind kind) {
  constexpr const char* kNames[] = {"occupation", "distance", "hours",
                                    "shifts",     "start",    "remote"};
  return absl::StrCat("wish, ", kNames[static_cast<size_t>(kind)]);
}

WishLine Line(WishKind kind, Satisfied satisfied, matching::Thousandths credit,
              Strength strength = Strength::kSoft) {
  Outcome outcome = credit > 0 ? Outcome::kPartly : Outcome::kNotMet;
  if (credit == matching::kFullCredit) outcome = Outcome::kMet;
  if (satisfied == kUnknown) outcome = Outcome::kUnknown;
  return {.kind = kind,
          .asked = true,
          .strength = strength,
          .credit = credit,
          .outcome = outcome,
          .satisfied = satisfied,
          .reason = satisfied == kUnknown ? LineReason::kNothingTold
                                          : LineReason::kNone};
}

// A job of which one thing is told, and what comes of it.
struct WishCase {
  const char* name;
  WishKind kind;
  Satisfied satisfied;
  matching::Thousandths credit;
  JobFacts facts{};
};

WishCase Hours(const char* name, uint8_t minimum, uint8_t maximum,
               Satisfied satisfied, matching::Thousandths credit) {
  WishCase one{name, WishKind::kHours, satisfied, credit};
  one.facts.minimum_hours_percent = minimum;
  one.facts.maximum_hours_percent = maximum;
  return one;
}

WishCase Shifts(const char* name, int shifts, Satisfied satisfied,
                matching::Thousandths credit) {
  WishCase one{name, WishKind::kShifts, satisfied, credit};
  one.facts.shifts = static_cast<matching::ShiftSet>(shifts);
  return one;
}

WishCase Start(const char* name, matching::Days earliest, matching::Days latest,
               Satisfied satisfied, matching::Thousandths credit) {
  WishCase one{name, WishKind::kStart, satisfied, credit};
  one.facts.earliest_start = earliest;
  one.facts.latest_start = latest;
  return one;
}

WishCase Remote(const char* name, std::optional<uint8_t> percent,
                Satisfied satisfied, matching::Thousandths credit) {
  WishCase one{name, WishKind::kRemote, satisfied, credit};
  one.facts.remote_percent = percent;
  return one;
}

std::vector<WishCase> PlainWishCases() {
  std::vector<WishCase> cases = {
      Hours("within", 75, 75, kYes, 1000),
      Hours("a range", 80, 100, kYes, 1000),
      Hours("too few", 50, 50, kNo, 500),
      Hours("far too few", 1, 25, kNo, 0),
      Hours("untold", 0, 0, kUnknown, 0),
      Shifts("one", 1, kYes, 1000),
      Shifts("three", 1 | 2 | 8, kNo, 666),
      Shifts("others", 4 | 16, kNo, 0),
      Shifts("all", 31, kNo, 400),
      Shifts("untold", 0, kUnknown, 0),
      Start("a window", Day(2027, 5, 1), Day(2027, 9, 1), kYes, 1000),
      Start("one day", Day(2027, 8, 16), Day(2027, 8, 17), kYes, 1000),
      Start("open ended", Day(2027, 5, 1), kNoDay, kYes, 1000),
      Start("an end", kNoDay, Day(2027, 9, 1), kYes, 1000),
      Start("too early", kNoDay, Day(2027, 6, 1), kNo, 844),
      Start("far too early", Day(2027, 1, 1), Day(2027, 2, 1), kNo, 0),
      Start("untold", kNoDay, kNoDay, kUnknown, 0),
      Remote("enough", uint8_t{50}, kYes, 1000),
      Remote("less", uint8_t{20}, kNo, 500),
      Remote("none", uint8_t{0}, kNo, 0),
      Remote("untold", std::nullopt, kUnknown, 0),
  };
  for (int month = 1; month <= 12; ++month) {
    cases.push_back(Start("a month", Day(2028, month, 2), kNoDay, kYes, 1000));
  }
  return cases;
}

}  // namespace

SentenceCase SentenceCases::OfWish(const std::string& name,
                                   const JobFacts& facts, const WishLine& line,
                                   bool home) const {
  matching::PersonFeatures person;
  person.wishes = AllWishes();
  if (home) person.home.emplace();
  matching::RequirementFeatures requirement;
  requirement.facts = facts;
  return Written(
      absl::StrCat(KindName(line.kind),
                   line.strength == Strength::kHard ? ", hard, " : ", ", name),
      [&](const Sentences& sentences) {
        return sentences.OfWish(person, requirement, line);
      },
      line.satisfied == kUnknown);
}

SentenceCases::Cases SentenceCases::OfWantedOccupation(
    Strength strength) const {
  constexpr WishKind kKind = WishKind::kOccupation;
  Cases cases;
  for (size_t i = 0; i < std::size(matching::kRelationCredit); ++i) {
    const auto relation = static_cast<RelationKind>(i);
    const bool same = relation == RelationKind::kExact;
    for (const auto& [satisfied, credit, name] :
         {std::tuple(kYes, 1000u, "met"), std::tuple(kYes, 600u, "partly"),
          std::tuple(kNo, 600u, "no")}) {
      // The same occupation always satisfies.
      if (same && satisfied == kNo) continue;
      WishLine line = Line(kKind, satisfied, credit, strength);
      line.wanted = AskedConcept(DemandKind::kOccupation);
      line.offered = same ? line.wanted : OtherConcept(DemandKind::kOccupation);
      line.relation = relation;
      cases.push_back(
          OfWish(absl::StrCat(matching::RelationKindName(relation), ", ", name),
                 {}, line));
    }
  }
  cases.push_back(OfWish("another", {}, Line(kKind, kNo, 0, strength)));
  cases.push_back(OfWish("untold", {}, Line(kKind, kUnknown, 0, strength)));
  WishLine unlisted = Line(kKind, kYes, 1000, strength);
  unlisted.wanted = unlisted.offered = kUnlistedConcept;
  cases.push_back(OfWish("outside the taxonomy", {}, unlisted));
  return cases;
}

SentenceCases::Cases SentenceCases::OfPlainWishes() const {
  Cases cases;
  for (const WishCase& one : PlainWishCases()) {
    for (const Strength strength : {Strength::kSoft, Strength::kHard}) {
      cases.push_back(
          OfWish(one.name, one.facts,
                 Line(one.kind, one.satisfied, one.credit, strength)));
    }
  }
  for (size_t i = 0; i < matching::kWishKindCount; ++i) {
    cases.push_back(OfWish("not asked", {},
                           {.kind = static_cast<WishKind>(i),
                            .credit = 500,
                            .satisfied = kYes,
                            .reason = LineReason::kNotAsked}));
  }
  return cases;
}

SentenceCases::Cases SentenceCases::OfDistance() const {
  const auto line = [](Satisfied satisfied, matching::Thousandths credit,
                       matching::HundredMetres distance) {
    WishLine made =
        Line(WishKind::kDistance, satisfied, credit, Strength::kHard);
    made.distance = distance;
    return made;
  };
  const WishLine untold = line(kUnknown, 0, matching::kUnknownDistance);
  WishLine moves = line(kYes, 1000, 3000);
  moves.reason = LineReason::kRelocation;
  const WishLine remote{.kind = WishKind::kDistance,
                        .credit = 500,
                        .satisfied = kYes,
                        .reason = LineReason::kFullyRemote};
  JobFacts placed;
  placed.place.emplace();
  return {
      OfWish("next door", placed, line(kYes, 1000, 0)),
      OfWish("easy", placed, line(kYes, 1000, 100)),
      OfWish("within", placed, line(kYes, 942, 123)),
      OfWish("at the limit", placed, line(kYes, 0, 500)),
      OfWish("beyond", placed, line(kNo, 0, 1234)),
      OfWish("would move", placed, moves),
      OfWish("fully remote", placed, remote),
      OfWish("no workplace", {}, untold),
      OfWish("no home", placed, untold, false),
      OfWish("neither", {}, untold, false),
  };
}

SentenceCases::Cases SentenceCases::OfWishes() const {
  Cases all;
  for (Cases cases :
       {OfWantedOccupation(Strength::kSoft),
        OfWantedOccupation(Strength::kHard), OfDistance(), OfPlainWishes()}) {
    std::ranges::move(cases, std::back_inserter(all));
  }
  return all;
}

}  // namespace kugge::features
