// Matches whose order and numbers were worked out by hand from docs/scoring.md.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/integration/market.h"

namespace kugge::integration {
namespace {

using ::google::protobuf::util::MessageDifferencer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MatchingTest : public MarketTest {
 protected:
  // One person of every kind.
  void MakePeople() const {
    MakePerson("exact", Perfect());
    // A fitter is of the welder's group (600), CE includes B.
    MakePerson("partial", absl::StrCat(Occupation(kFitter), Skills({kGas}),
                                       Licence(kLicenceCe)));
    MakePerson("unknown", absl::StrCat(Occupation(kWelder), Skills({kDrawings}),
                                       Licence(kLicenceB)));
    MakePerson("near",
               absl::StrCat(Occupation(kWelder), Skills({kDrawings}, true),
                            Licence(kLicenceB)));
    MakePerson(
        "refused",
        absl::StrCat(Occupation(kWelder), Skills({}, true),
                     "licences { completeness: COMPLETENESS_COMPLETE }"));
  }
};

TEST_F(MatchingTest, OrderAndNumbersAreThoseOfTheDocument) {
  MakePeople();
  const auto answer = People("include_near_misses: true");
  // exact: 3000 + 1500 + 1500 + 1000 + 1500 not asked.
  // partial: 1800 + 1500 + 0 + 1000 + 1500; open sections may hold the rest.
  // unknown: 3000 + 0 + 1500 + 1000 + 1500, near the same but known.
  // Nobody of them asks anything: the order key is ten times the score.
  EXPECT_THAT(
      Brief(answer.matches()),
      ElementsAre("exact E 8500 8500 0 85000", "partial E 5800 8500 0 58000",
                  "unknown U 7000 8500 0 70000"));
  EXPECT_THAT(Brief(answer.near_misses()),
              ElementsAre("near N 7000 7000 0 70000"));
  EXPECT_EQ(answer.total_size(), 3);
  EXPECT_EQ(answer.no_match_reason(), v1::NO_MATCH_REASON_UNSPECIFIED);
  ExpectSums(answer.matches());
  ExpectSums(answer.near_misses());
}

TEST_F(MatchingTest, LevelsAndEvidenceDiscount) {
  Do("EmployerService/UpdateRequirement",
     absl::StrCat("requirement { name: '", kRequirement,
                  "' demands { skills { skill: '", kGas,
                  "' minimum_level: 4 minimum_evidence: "
                  "EVIDENCE_LEVEL_VALIDATED } } }"));
  // Half the level, two steps of evidence short: 500 x 500 of 3000 is 750, and
  // told: no more is possible.
  MakePerson("short",
             absl::StrCat("skills { held { skill: '", kGas, "' level: 2 } }"));
  // Level not told: as if 1 were held, 250; it may be enough: 1000.
  MakePerson("untold",
             absl::StrCat("skills { held { skill: '", kGas,
                          "' evidence: EVIDENCE_LEVEL_CERTIFIED } }"));
  EXPECT_THAT(Brief(People().matches()),
              testing::UnorderedElementsAre("untold E 4250 6500 0 42500",
                                            "short E 4250 4250 0 42500"));
}

TEST_F(MatchingTest, PersonsWishesCount) {
  MakePeople();
  const std::string home = "home { municipality_code: '2062' } ";
  const std::string mobility =
      "wishes { mobility { easy_distance_km: 10 maximum_distance_km: 50 ";
  MakePerson("mover",
             absl::StrCat(Perfect(), home, mobility,
                          "relocation_regions: 'regions/county-14' } }"));
  MakePerson("stayer", absl::StrCat(Perfect(), home, mobility, "} }"));
  MakePerson("soft", absl::StrCat(Perfect(), home, mobility,
                                  "strength: STRENGTH_SOFT } }"));
  // Distance 3000 of 10000; five kinds aren't asked and give half of theirs,
  // 3500. 7 x 8500 + 3 x 6500 = 79000; 7 x 8500 + 3 x 3500 = 70000.
  const auto answer = People("include_near_misses: true");
  EXPECT_THAT(
      Brief(answer.matches()),
      ElementsAre("exact E 8500 8500 0 85000", "mover E 8500 8500 6500 79000",
                  "soft E 8500 8500 3500 70000", "partial E 5800 8500 0 58000",
                  "unknown U 7000 8500 0 70000"));
  EXPECT_THAT(Brief(answer.near_misses()),
              testing::UnorderedElementsAre("stayer N 8500 8500 3500 70000",
                                            "near N 7000 7000 0 70000"));
  ExpectSums(answer.matches());
  bool relocation = false;
  for (const auto& line : answer.matches(1).reverse_contributions()) {
    relocation |= line.kind() == v1::DEMAND_KIND_DISTANCE && line.relocation();
  }
  EXPECT_TRUE(relocation);
}

TEST_F(MatchingTest, ExplanationIsTheListsRow) {
  MakePeople();
  for (const char* person : {"exact", "partial", "unknown"}) {
    const auto list = Requirements(person);
    ASSERT_EQ(list.matches_size(), 1);
    EXPECT_EQ(list.matches(0).title(), "Svetsare");
    EXPECT_EQ(list.matches(0).employer_display_name(), "Verkstad");
    EXPECT_EQ(list.matches(0).municipality_code(), "1480");
    const auto explained = Do<v1::ExplainMatchResponse>(
        "MatchService/ExplainMatch",
        absl::StrCat("profile: 'tenants/t/profiles/", person,
                     "' requirement: '", kRequirement, "'"));
    EXPECT_TRUE(MessageDifferencer::Equals(explained.match(), list.matches(0)));
    EXPECT_TRUE(
        MessageDifferencer::Equals(explained.context(), list.context()));
    ExpectSums(list.matches());
  }
  // The refused are explained too.
  const auto refused = Do<v1::ExplainMatchResponse>(
      "MatchService/ExplainMatch",
      absl::StrCat("profile: 'tenants/t/profiles/refused' requirement: '",
                   kRequirement, "'"));
  EXPECT_EQ(refused.match().eligibility(), v1::ELIGIBILITY_NOT_ELIGIBLE);
  EXPECT_EQ(refused.match().score(), 4500);
}

TEST_F(MatchingTest, BothDirectionsAgree) {
  MakePeople();
  const auto people = People();
  for (const v1::Match& row : people.matches()) {
    const auto back =
        Requirements(row.name().substr(row.name().rfind('/') + 1));
    ASSERT_EQ(back.matches_size(), 1);
    v1::Match expected = back.matches(0);
    expected.set_name(row.name());
    expected.clear_title();
    expected.clear_employer_display_name();
    expected.set_municipality_code(row.municipality_code());
    EXPECT_TRUE(MessageDifferencer::Equals(row, expected)) << row.name();
  }
}

TEST_F(MatchingTest, EligibleOnlyAndBasicView) {
  MakePeople();
  const auto answer = People("eligible_only: true view: RESOURCE_VIEW_BASIC");
  EXPECT_EQ(answer.total_size(), 2);
  ASSERT_EQ(answer.matches_size(), 2);
  EXPECT_THAT(answer.matches(0).contributions(), IsEmpty());
  EXPECT_THAT(answer.near_misses(), IsEmpty());
}

TEST_F(MatchingTest, PagesTogetherAreTheList) {
  MakePeople();
  for (int i = 0; i < 9; ++i) MakePerson(absl::StrCat("tie", i), Perfect());
  const auto whole = Brief(People("page_size: 100").matches());
  EXPECT_EQ(whole.size(), 12u);
  for (const int size : {1, 5, 11, 12}) {
    std::vector<std::string> all;
    std::string token;
    do {
      const auto page = People(absl::StrCat(
          "page_size: ", size, " page_token: '", token, "' count_total: true"));
      EXPECT_EQ(page.total_size(), 12);
      EXPECT_FALSE(page.revision_changed());
      for (const std::string& row : Brief(page.matches())) all.push_back(row);
      token = page.next_page_token();
    } while (!token.empty() && all.size() < 50);
    EXPECT_EQ(all, whole) << size;
  }
  EXPECT_EQ(People().matches_size(), 10);
  const std::string token = People("page_size: 1").next_page_token();
  MakePerson("late", "");
  EXPECT_TRUE(People(absl::StrCat("page_size: 1 page_token: '", token, "'"))
                  .revision_changed());
  const std::string base = absl::StrCat("requirement: '", kRequirement,
                                        "' page_token: '", token, "' ");
  for (const char* other :
       {"eligible_only: true", "filter: 'kind = STUDENT'",
        "include_near_misses: true", "adhoc_strategy { score_share: 1 }"}) {
    ExpectInvalid("MatchService/MatchProfiles", absl::StrCat(base, other),
                  "page_token");
  }
}

TEST_F(MatchingTest, FiltersNarrow) {
  MakePeople();
  MakePerson("mora",
             absl::StrCat(Perfect(), "home { municipality_code: '2062' }"));
  EXPECT_THAT(Brief(People("filter: 'municipality_code = 2062'").matches()),
              ElementsAre(testing::StartsWith("mora ")));
  EXPECT_EQ(
      Requirements("exact", "filter: 'municipality_code = 1480'").total_size(),
      1);
  EXPECT_EQ(Requirements("exact", "filter: 'origin = FORECAST'").total_size(),
            0);
  ExpectInvalid("MatchService/MatchProfiles",
                absl::StrCat("requirement: '", kRequirement,
                             "' filter: 'accommodations_needed:*'"),
                "filter");
}

TEST_F(MatchingTest, OfferingsByCoverageAndByGap) {
  MakePeople();
  MakeProvider();
  MakeOffering("gas", absl::StrCat("taught_skills { skill: '", kGas, "' }"));
  MakeOffering("both",
               absl::StrCat("taught_skills { skill: '", kGas,
                            "' } taught_skills { skill: '", kDrawings, "' }"));
  MakeOffering("none",
               absl::StrCat("taught_skills { skill: '", kHydraulics, "' }"));
  // Of 4000 that can be learnt, both skills are 3000, one is 1500.
  const auto covered =
      Offerings(absl::StrCat("requirement: '", kRequirement, "'"));
  ASSERT_EQ(covered.matches_size(), 2);
  EXPECT_EQ(covered.matches(0).coverage(), 7500);
  EXPECT_EQ(covered.matches(1).coverage(), 3750);
  EXPECT_EQ(covered.matches(0).title(), "Kurs");
  EXPECT_EQ(covered.matches(0).provider_display_name(), "Skola");
  EXPECT_EQ(covered.matches(0).seats_left(), 10);
  EXPECT_TRUE(covered.matches(0).in_time());
  EXPECT_EQ(covered.matches(0).distance_hm(), -1);
  // Whoever lacks the gas alone gains as much from either; a tie of equals.
  const auto gap = Offerings("profile: 'tenants/t/profiles/near'");
  ASSERT_EQ(gap.matches_size(), 2);
  EXPECT_EQ(gap.matches(0).coverage(), 10000);
  EXPECT_EQ(gap.matches(1).coverage(), 10000);
  EXPECT_EQ(gap.total_size(), 2);
}

}  // namespace
}  // namespace kugge::integration
