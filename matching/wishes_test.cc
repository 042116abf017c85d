// What a person demands against the facts of a job (docs/scoring.md section 2).
#include "matching/wishes.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "matching/places_for_test.h"
#include "matching/rank.h"

namespace kugge::matching {
namespace {

class WishesTest : public testing::Test {
 protected:
  WishLine Line(WishKind kind) const {
    const CompiledPerson compiled(person_, {&graph_, DefaultStrategy(), {}});
    return Explain(compiled, requirement_).wishes[static_cast<size_t>(kind)];
  }
  void ExpectLine(WishKind kind, Thousandths credit, Satisfied satisfied,
                  LineReason reason = LineReason::kNone) const {
    const WishLine line = Line(kind);
    EXPECT_EQ(line.credit, credit);
    EXPECT_EQ(line.satisfied, satisfied);
    EXPECT_EQ(line.reason, reason);
  }

  ConceptGraph graph_ = ConceptGraph::FromRelations(
      {{}, {{0, RelationKind::kSubstitute75, 750}}, {}});
  PersonFeatures person_;
  RequirementFeatures requirement_;
  Wishes& wishes_ = person_.wishes;
  JobFacts& job_ = requirement_.facts;
};

TEST_F(WishesTest, WantedOccupationsAreAlternativesScaledByImportance) {
  wishes_.occupations = {{.concept_index = 1, .importance = 10},
                         {.concept_index = 2, .importance = 5}};
  job_.occupations = {1};
  ExpectLine(WishKind::kOccupation, 1000, Satisfied::kYes);
  job_.occupations = {2};
  ExpectLine(WishKind::kOccupation, 500, Satisfied::kYes);
  job_.occupations = {0};
  ExpectLine(WishKind::kOccupation, 750, Satisfied::kNo);
  EXPECT_EQ(Line(WishKind::kOccupation).relation, RelationKind::kSubstitute75);
  EXPECT_EQ(Line(WishKind::kOccupation).wanted, 1u);
  EXPECT_EQ(Line(WishKind::kOccupation).offered, 0u);
  job_.occupations = {};
  ExpectLine(WishKind::kOccupation, 0, Satisfied::kUnknown,
             LineReason::kNothingTold);
  EXPECT_EQ(Line(WishKind::kOccupation).potential_credit, 1000u);
}

TEST_F(WishesTest, DistanceFallsFromEasyToMaximum) {
  const HundredMetres distance = DistanceHm(kMora, kOrsa);
  ASSERT_GT(distance, 100);
  person_.home = kMora;
  job_.place = kOrsa;
  wishes_.maximum_distance = distance;
  wishes_.easy_distance = distance;
  ExpectLine(WishKind::kDistance, 1000, Satisfied::kYes);
  wishes_.easy_distance = distance - 100;
  // At the maximum: no credit left, still acceptable.
  ExpectLine(WishKind::kDistance, 0, Satisfied::kYes);
  EXPECT_EQ(Line(WishKind::kDistance).outcome, Outcome::kNotMet);
  wishes_.maximum_distance = distance + 200;
  ExpectLine(WishKind::kDistance, 666, Satisfied::kYes);
  wishes_.maximum_distance = distance - 1;
  ExpectLine(WishKind::kDistance, 0, Satisfied::kNo);
  EXPECT_EQ(Line(WishKind::kDistance).distance, distance);
}

TEST_F(WishesTest, RelocationLiftsTheLimitAndIsNamed) {
  person_.home = kMora;
  job_.place = kOrsa;
  job_.municipality = 7;
  wishes_.maximum_distance = 10;
  wishes_.relocation = {3, 7};
  ExpectLine(WishKind::kDistance, 1000, Satisfied::kYes,
             LineReason::kRelocation);
  job_.place.reset();
  ExpectLine(WishKind::kDistance, 1000, Satisfied::kYes,
             LineReason::kRelocation);
  wishes_.maximum_distance.reset();
  wishes_.shifts = kShiftDay;  // asks something
  EXPECT_FALSE(Line(WishKind::kDistance).asked);
}

TEST_F(WishesTest, WithinEasyDistanceIsNotCalledRelocation) {
  person_.home = kMora;
  job_.place = kMora;
  job_.municipality = 7;
  wishes_.maximum_distance = 10;
  wishes_.relocation = {7};
  ExpectLine(WishKind::kDistance, 1000, Satisfied::kYes);
}

TEST_F(WishesTest, AMissingPlaceIsUnknownAndFullyRemoteIsNotAsked) {
  wishes_.maximum_distance = 10;
  wishes_.distance_strength = Strength::kHard;
  ExpectLine(WishKind::kDistance, 0, Satisfied::kUnknown,
             LineReason::kNothingTold);
  job_.remote_percent = 100;
  ExpectLine(WishKind::kDistance, 500, Satisfied::kYes,
             LineReason::kFullyRemote);
  EXPECT_FALSE(Line(WishKind::kDistance).asked);
}

TEST_F(WishesTest, HoursLoseTwentyThousandthsForEachPointOfGap) {
  wishes_.minimum_hours_percent = 100;
  wishes_.maximum_hours_percent = 100;
  ExpectLine(WishKind::kHours, 0, Satisfied::kUnknown,
             LineReason::kNothingTold);
  job_.minimum_hours_percent = 50;
  job_.maximum_hours_percent = 75;
  ExpectLine(WishKind::kHours, 500, Satisfied::kNo);
  job_.maximum_hours_percent = 50;
  ExpectLine(WishKind::kHours, 0, Satisfied::kNo);
  job_.maximum_hours_percent = 100;
  ExpectLine(WishKind::kHours, 1000, Satisfied::kYes);
  wishes_.minimum_hours_percent = 20;
  wishes_.maximum_hours_percent = 40;
  ExpectLine(WishKind::kHours, 800, Satisfied::kNo);
}

TEST_F(WishesTest, EveryShiftOfTheJobMustBeAccepted) {
  wishes_.shifts = kShiftDay | kShiftEvening;
  ExpectLine(WishKind::kShifts, 0, Satisfied::kUnknown,
             LineReason::kNothingTold);
  job_.shifts = kShiftDay;
  ExpectLine(WishKind::kShifts, 1000, Satisfied::kYes);
  job_.shifts = kShiftDay | kShiftEvening | kShiftNight;
  ExpectLine(WishKind::kShifts, 666, Satisfied::kNo);
}

TEST_F(WishesTest, OnlyTheEndOfTheStartWindowCounts) {
  wishes_.earliest_start = 100;
  ExpectLine(WishKind::kStart, 0, Satisfied::kUnknown,
             LineReason::kNothingTold);
  job_.earliest_start = 50;
  ExpectLine(WishKind::kStart, 1000, Satisfied::kYes);
  job_.latest_start = 101;
  ExpectLine(WishKind::kStart, 1000, Satisfied::kYes);
  job_.latest_start = 100;  // one day late
  ExpectLine(WishKind::kStart, 988, Satisfied::kNo);
  job_.latest_start = 56;  // 45 days late
  ExpectLine(WishKind::kStart, 500, Satisfied::kNo);
  job_.latest_start = 11;  // 90 days late
  ExpectLine(WishKind::kStart, 0, Satisfied::kNo);
}

TEST_F(WishesTest, RemoteIsProportional) {
  wishes_.minimum_remote_percent = 60;
  ExpectLine(WishKind::kRemote, 0, Satisfied::kUnknown,
             LineReason::kNothingTold);
  job_.remote_percent = 40;
  ExpectLine(WishKind::kRemote, 666, Satisfied::kNo);
  job_.remote_percent = 60;
  ExpectLine(WishKind::kRemote, 1000, Satisfied::kYes);
}

TEST_F(WishesTest, KindsThatAreNotAskedGetTheStrategysCredit) {
  wishes_.minimum_remote_percent = 10;
  const WishLine line = Line(WishKind::kHours);
  EXPECT_EQ(line.reason, LineReason::kNotAsked);
  EXPECT_EQ(line.credit, 500u);
  EXPECT_EQ(line.contribution, 500u);
}

}  // namespace
}  // namespace kugge::matching
