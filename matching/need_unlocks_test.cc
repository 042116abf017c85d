// Whom sessions unlock for a requirement, against a look at every person: of so
// many people that few of them stand in a list.
#include "matching/need_unlocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/course.h"
#include "matching/explanation.h"
#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"
#include "matching/rank.h"
#include "matching/seeds_for_test.h"

namespace kugge::matching {
namespace {

constexpr TenantIndex kAskingTenant = 1;
constexpr size_t kManyPeople = 1'500;
constexpr size_t kFewRequirements = 20;
constexpr size_t kFewOfferings = 10;

Eligibility EligibilityOf(const CompiledRequirement& requirement,
                          const PersonFeatures& person) {
  return Explain(requirement, person).match.eligibility;
}

size_t CountOneByOne(const MarketChanges& changes, const Scoring& scoring,
                     const CompiledRequirement& requirement,
                     const OfferingFeatures& offering,
                     const SessionFeatures& session) {
  const Days end_day = EndOf(offering, session);
  if (end_day >= requirement.requirement().close_day) return 0;
  return static_cast<size_t>(
      std::ranges::count_if(changes.people, [&](const auto& change) {
        const PersonFeatures& person = *change.document;
        return IsCandidate(person, kAskingTenant, kToday) &&
               CanReach(person.wishes, session.start_day,
                        DistanceTo(person.home, session)) &&
               AttendanceOf(CompiledPerson(person, scoring), offering) ==
                   Attendance::kCan &&
               EligibilityOf(requirement, person) != Eligibility::kEligible &&
               EligibilityOf(requirement,
                             AfterCourse(offering, person, end_day)) ==
                   Eligibility::kEligible;
      }));
}

TEST(NeedUnlocksTest, CountsAreThoseOfALookAtEverybody) {
  size_t few = 0;
  size_t many = 0;
  for (uint64_t seed = 0; seed < CasesOf(40); ++seed) {
    RandomMarket random(seed);
    const ConceptGraph graph = random.Graph();
    const Scoring scoring{&graph, random.AnyStrategy(), random.AnyTieKey()};
    MarketChanges changes =
        random.Fill(kManyPeople, kFewRequirements, kFewOfferings);
    random.AddRareSkill(changes);
    MarketChanges applied = changes;
    const auto market = Market().Apply(std::move(applied));
    for (const auto& wanted : changes.requirements) {
      if (!IsCandidate(*wanted.document, kAskingTenant, kToday)) continue;
      const CompiledRequirement requirement(*wanted.document, scoring);
      Crowd crowd(*market, kAskingTenant, kToday, scoring);
      NeedUnlocks unlocks(requirement.requirement(), crowd);
      for (const auto& taught : changes.offerings) {
        const OfferingFeatures& offering = *taught.document;
        const std::vector<uint32_t> closes =
            CoverageOf(CompiledCourse(offering, scoring),
                       wanted.document->demands, requirement.weights())
                .closes;
        for (const SessionFeatures& session : offering.sessions) {
          if (!IsUsable(session, kToday)) continue;
          const size_t expected =
              CountOneByOne(changes, scoring, requirement, offering, session);
          ASSERT_EQ(unlocks.Count(offering, closes, session), expected) << seed;
          if (expected > kManyPeople / 64) {
            ++many;
          } else if (expected > 0) {
            ++few;
          }
        }
      }
    }
  }
  EXPECT_GT(few, EnoughOf(50));
  EXPECT_GT(many, EnoughOf(20));
}

}  // namespace
}  // namespace kugge::matching
