// Who is left over, over a socket, worked out by hand from docs/scoring.md
// section 13.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/course_market.h"

namespace kugge::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kLeftovers[] = "MatchService/MatchLeftovers";

// `id -> id eligibility` of each row.
template <typename Rows>
std::vector<std::string> NearestBrief(const Rows& rows) {
  std::vector<std::string> all;
  for (const v1::Leftover& row : rows) {
    all.push_back(
        row.has_nearest()
            ? absl::StrCat(LastId(row.name()), " -> ",
                           LastId(row.nearest().name()), " ",
                           std::string(1, " EUNX"[row.nearest().eligibility()]))
            : absl::StrCat(LastId(row.name()), " -> nothing"));
  }
  return all;
}

// Two jobs: "r" in Göteborg, which some can take, and "alone" in Mora, which
// nobody is known to.
class LeftoverQuestionsTest : public CourseMarketTest {
 protected:
  LeftoverQuestionsTest() {
    MakeRequirement(
        "alone",
        absl::StrCat("title: 'Ensam' origin: REQUIREMENT_ORIGIN_VACANCY "
                     "positions: 3 place { municipality_code: '2062' } "
                     "demands { skills { skill: '",
                     kHydraulics,
                     "' strength: STRENGTH_HARD } licences { licence: '",
                     kLicenceCe, "' strength: STRENGTH_HARD } }"));
    const std::string mora = "home { municipality_code: '2062' } ";
    MakePerson("exact",
               absl::StrCat(Perfect(), "home { municipality_code: '1480' } "));
    MakePerson("traveller", absl::StrCat(Perfect(), mora));
    MakePerson("unknown", absl::StrCat(Occupation(kWelder),
                                       Skills({kGas, kDrawings}, true), mora));
    MakePerson("near", LacksGas(mora));
    MakePerson(
        "refused",
        absl::StrCat(Skills({}, true), mora,
                     "licences { completeness: COMPLETENESS_COMPLETE }"));
  }

  v1::MatchLeftoversResponse Leftovers(const std::string& more = "") const {
    return Do<v1::MatchLeftoversResponse>(
        kLeftovers, absl::StrCat("parent: 'tenants/t' ", more));
  }
};

TEST_F(LeftoverQuestionsTest, BothListsSayWhatComesNearest) {
  const auto all = Leftovers();
  EXPECT_EQ(all.profiles_total(), 5);
  EXPECT_EQ(all.leftover_profiles(), 3);
  const auto people = NearestBrief(all.profiles());
  EXPECT_THAT(people, UnorderedElementsAre("unknown -> r U", "near -> r N",
                                           "refused -> nothing"));
  ASSERT_FALSE(people.empty());
  EXPECT_EQ(people[0], "unknown -> r U");
  const v1::Leftover& person = all.profiles(0);
  EXPECT_EQ(person.name(), "tenants/t/profiles/unknown");
  EXPECT_EQ(person.municipality_code(), "2062");
  EXPECT_EQ(person.nearest().title(), "Svetsare");
  EXPECT_EQ(person.nearest().employer_display_name(), "Verkstad");
  EXPECT_EQ(person.nearest().score(), 7500);
  EXPECT_EQ(person.nearest().order_key(), 75000);

  EXPECT_EQ(all.requirements_total(), 2);
  EXPECT_EQ(all.leftover_requirements(), 1);
  ASSERT_EQ(all.requirements_size(), 1);
  const v1::Leftover& requirement = all.requirements(0);
  EXPECT_EQ(requirement.title(), "Ensam");
  EXPECT_EQ(requirement.employer_display_name(), "Verkstad");
  EXPECT_EQ(requirement.municipality_code(), "2062");
  EXPECT_EQ(requirement.positions(), 3);
  EXPECT_EQ(requirement.nearest().eligibility(), v1::ELIGIBILITY_UNCERTAIN);
  EXPECT_EQ(all.context().strategy(), "default");

  const auto one = Leftovers("page_size: 1");
  EXPECT_EQ(one.leftover_profiles(), 3);
  EXPECT_THAT(NearestBrief(one.profiles()), ElementsAre("unknown -> r U"));
}

TEST_F(LeftoverQuestionsTest, ARegionNarrowsWhoIsShownNotWhomTheyMayMeet) {
  // The traveller is eligible for a job outside the region.
  const auto mora = Leftovers("region: 'regions/county-20'");
  EXPECT_EQ(mora.profiles_total(), 4);
  EXPECT_EQ(mora.leftover_profiles(), 3);
  EXPECT_EQ(mora.requirements_total(), 1);
  EXPECT_EQ(mora.leftover_requirements(), 1);
  Do("TenantService/CreateRegion",
     "parent: 'tenants/t' region_id: 'west' region { display_name: 'Väst' "
     "municipality_codes: '1480' }");
  const auto west = Leftovers("region: 'tenants/t/regions/west'");
  EXPECT_EQ(west.profiles_total(), 1);
  EXPECT_EQ(west.leftover_profiles(), 0);
  EXPECT_THAT(west.profiles(), IsEmpty());
  EXPECT_EQ(west.requirements_total(), 1);
  EXPECT_EQ(west.leftover_requirements(), 0);
  EXPECT_THAT(west.requirements(), IsEmpty());
}

TEST_F(LeftoverQuestionsTest, AnotherTenantsPeopleFillNothing) {
  MakeTenant("u");
  const auto theirs =
      Do<v1::MatchLeftoversResponse>(kLeftovers, "parent: 'tenants/u'");
  EXPECT_EQ(theirs.profiles_total(), 0);
  EXPECT_EQ(theirs.leftover_requirements(), theirs.requirements_total());
  for (const v1::Leftover& row : theirs.requirements()) {
    EXPECT_FALSE(row.has_nearest());
  }
}

TEST_F(LeftoverQuestionsTest, RefusesWhatCanNeverBeRight) {
  ExpectInvalid(kLeftovers, "", "parent");
  ExpectInvalid(kLeftovers, "parent: 'tenants/t' page_size: -1", "page_size");
  ExpectNotFound(kLeftovers, "parent: 'tenants/t' region: 'regions/nowhere'");
  ExpectNotFound(kLeftovers,
                 "parent: 'tenants/t' strategy: 'tenants/t/strategies/none'");
}

}  // namespace
}  // namespace kugge::integration
