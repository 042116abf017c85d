// Whoever asks after a write was answered sees it, whatever was written.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/profile_service.pb.h"
#include "tests/integration/market.h"

namespace kugge::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

using ConsistencyTest = MarketTest;

constexpr char kHomeInMora[] = "home { municipality_code: '2062' } ";

TEST_F(ConsistencyTest, PeopleComeChangeAndGo) {
  EXPECT_THAT(People().matches(), IsEmpty());
  MakePerson("p", Perfect());
  EXPECT_THAT(Brief(People().matches()), ElementsAre(StartsWith("p E 8500")));
  Do("ProfileService/UpdateProfile",
     absl::StrCat("profile { name: 'tenants/t/profiles/p' ", Skills({kGas}),
                  "} update_mask { paths: 'skills' }"));
  EXPECT_THAT(Brief(People().matches()), ElementsAre(StartsWith("p E 7000")));
  Do("ProfileService/DeleteProfile", "name: 'tenants/t/profiles/p'");
  EXPECT_THAT(People().matches(), IsEmpty());
}

TEST_F(ConsistencyTest, ImportedRowsAreSeen) {
  const Reply import =
      client().Stream("ProfileService/ImportProfiles",
                      {absl::StrCat("parent: 'tenants/t' profile { kind: "
                                    "PROFILE_KIND_JOB_SEEKER ",
                                    Perfect(), " }")});
  ASSERT_EQ(import.answers.size(), 1u) << import;
  EXPECT_EQ(People().total_size(), 1);
}

TEST_F(ConsistencyTest, ClosedRequirementsAreGone) {
  MakePerson("p", Perfect());
  const auto set = [&](const std::string& change) {
    Do("EmployerService/UpdateRequirement",
       absl::StrCat("requirement { name: '", kRequirement, "' ", change, "}"));
    return Requirements("p").total_size();
  };
  EXPECT_EQ(Requirements("p").total_size(), 1);
  EXPECT_EQ(set("state: REQUIREMENT_STATE_CLOSED"), 0);
  EXPECT_EQ(set("state: REQUIREMENT_STATE_OPEN"), 1);
  EXPECT_EQ(set("state: REQUIREMENT_STATE_FILLED"), 0);
  EXPECT_EQ(set("state: REQUIREMENT_STATE_OPEN "
                "close_date { year: 2001 month: 1 day: 1 }"),
            0);
  EXPECT_EQ(set("close_date { year: 2199 month: 1 day: 1 }"), 1);
  Do("EmployerService/DeleteRequirement",
     absl::StrCat("name: '", kRequirement, "'"));
  EXPECT_EQ(Requirements("p").total_size(), 0);
}

TEST_F(ConsistencyTest, MovedSiteMovesItsRequirements) {
  MakePerson("p", absl::StrCat(Perfect(), kHomeInMora,
                               "wishes { mobility { maximum_distance_km: 20 } "
                               "}"));
  EXPECT_THAT(People().matches(), IsEmpty());
  Do("EmployerService/UpdateEmployer",
     "employer { name: 'tenants/t/employers/e' sites { site_id: 's' "
     "place { municipality_code: '2062' } } }");
  EXPECT_THAT(Brief(People().matches()), ElementsAre(StartsWith("p E")));
  EXPECT_EQ(Requirements("p").matches(0).municipality_code(), "2062");
  // A name changes too.
  Do("EmployerService/UpdateEmployer",
     "employer { name: 'tenants/t/employers/e' display_name: 'Ny' }");
  EXPECT_EQ(Requirements("p").matches(0).employer_display_name(), "Ny");
}

TEST_F(ConsistencyTest, ChangedRegionMovesItsPeople) {
  Do("TenantService/CreateRegion",
     "parent: 'tenants/t' region_id: 'near' region { display_name: 'Nära' "
     "municipality_codes: '2062' }");
  MakePerson("p", absl::StrCat(Perfect(), kHomeInMora,
                               "wishes { mobility { maximum_distance_km: 20 "
                               "relocation_regions: 'tenants/t/regions/near' } "
                               "}"));
  EXPECT_THAT(People().matches(), IsEmpty());
  Do("TenantService/UpdateRegion",
     "region { name: 'tenants/t/regions/near' municipality_codes: '1480' }");
  EXPECT_THAT(Brief(People().matches()), ElementsAre(StartsWith("p E")));
  EXPECT_EQ(Requirements("p").total_size(), 1);
  Do("TenantService/DeleteRegion", "name: 'tenants/t/regions/near'");
  EXPECT_THAT(People().matches(), IsEmpty());
  // One of that name again.
  Do("TenantService/CreateRegion",
     "parent: 'tenants/t' region_id: 'near' region { display_name: 'Nära' "
     "municipality_codes: '1480' }");
  EXPECT_EQ(People().total_size(), 1);
}

TEST_F(ConsistencyTest, FullAndClosedSessionsAreGone) {
  MakeProvider();
  MakeOffering("gas", absl::StrCat("taught_skills { skill: '", kGas, "' }"));
  const auto total = [&] {
    return Offerings(absl::StrCat("requirement: '", kRequirement, "'"))
        .total_size();
  };
  const auto set = [&](const std::string& change) {
    Do("TrainingService/UpdateSession",
       absl::StrCat("session { name: "
                    "'tenants/t/providers/p/offerings/gas/sessions/s' ",
                    change, "}"));
    return total();
  };
  EXPECT_EQ(total(), 1);
  EXPECT_EQ(set("seats_taken: 10"), 0);
  EXPECT_EQ(set("seats_taken: 9"), 1);
  EXPECT_EQ(set("state: OFFERING_STATE_CLOSED"), 0);
  EXPECT_EQ(set("state: OFFERING_STATE_OPEN"), 1);
  Do("TrainingService/UpdateOffering",
     "offering { name: 'tenants/t/providers/p/offerings/gas' "
     "state: OFFERING_STATE_CLOSED }");
  EXPECT_EQ(total(), 0);
  Do("TrainingService/UpdateOffering",
     "offering { name: 'tenants/t/providers/p/offerings/gas' "
     "state: OFFERING_STATE_OPEN }");
  EXPECT_EQ(total(), 1);
  Do("TrainingService/DeleteSession",
     "name: 'tenants/t/providers/p/offerings/gas/sessions/s'");
  EXPECT_EQ(total(), 0);
}

TEST_F(ConsistencyTest, SwitchedTaxonomyIsSeenAndTakesNobodyAway) {
  MakePerson("p", absl::StrCat(Occupation(kForeman), Skills({kGas, kDrawings}),
                               Licence(kLicenceB)));
  // 750 of 3000.
  EXPECT_THAT(Brief(People().matches()), ElementsAre(StartsWith("p E 7750")));
  EXPECT_EQ(People().context().taxonomy(), "taxonomies/small");
  const std::string token = [&] {
    MakePerson("q", Perfect());
    return People("page_size: 1").next_page_token();
  }();
  Do("ProfileService/DeleteProfile", "name: 'tenants/t/profiles/q'");
  // The substitution is gone, and a skill that the person holds.
  std::string next = absl::StrReplaceAll(
      kSmallTaxonomy, {{R"("grade":75)", R"("grade":25)"},
                       {R"({"id":"draw_skl_001","type":"skill",)"
                        R"("preferredLabel":"Ritningsunderlag"}
)",
                        ""}});
  const Reply switched = ImportTaxonomy("next", next);
  ASSERT_TRUE(switched.ok()) << switched;
  EXPECT_THAT(Brief(People().matches()), ElementsAre(StartsWith("p E 6250")));
  EXPECT_EQ(People().context().taxonomy(), "taxonomies/next");
  ExpectInvalid("MatchService/MatchProfiles",
                absl::StrCat("requirement: '", kRequirement,
                             "' page_size: 1 page_token: '", token, "'"),
                "page_token");
  // What is gone is still known by its last label, and can be kept.
  bool told = false;
  const v1::Match row = People().matches(0);
  for (const auto& line : row.contributions()) {
    told |= line.asked_concept() == kDrawings &&
            line.asked_label() == "Ritningsunderlag";
  }
  EXPECT_TRUE(told);
  Do("ProfileService/UpdateProfile",
     absl::StrCat("profile { name: 'tenants/t/profiles/p' ", kHomeInMora, "}"));
  // The same name again is refused, and a broken file changes nothing.
  EXPECT_EQ(ImportTaxonomy("next", next).code,
            grpc::StatusCode::ALREADY_EXISTS);
  const Reply broken = ImportTaxonomy("broken", next.substr(0, 700));
  EXPECT_EQ(broken.code, grpc::StatusCode::INVALID_ARGUMENT) << broken;
  EXPECT_THAT(broken.text, testing::HasSubstr("concepts.jsonl"));
  EXPECT_EQ(People().context().taxonomy(), "taxonomies/next");
}

TEST_F(ConsistencyTest, RevisionsGrowAndCanBeWaitedFor) {
  const Reply written = Do("ProfileService/CreateProfile",
                           "parent: 'tenants/t' profile { kind: "
                           "PROFILE_KIND_JOB_SEEKER }");
  EXPECT_GT(written.revision, 0);
  const std::string question =
      absl::StrCat("requirement: '", kRequirement, "'");
  const Reply answer =
      client().Call("MatchService/MatchProfiles", question, written.revision);
  EXPECT_TRUE(answer.ok()) << answer;
  EXPECT_GE(answer.revision, written.revision);
  EXPECT_EQ(answer.As<v1::MatchProfilesResponse>().context().revision(),
            answer.revision);
  EXPECT_GT(Do("TenantService/UpdateTenant",
               "tenant { name: 'tenants/t' display_name: 'U' }")
                .revision,
            written.revision);
  // A revision that nobody has written.
  const Reply early = client().Call("MatchService/MatchProfiles", question,
                                    answer.revision + 1000);
  EXPECT_EQ(early.code, grpc::StatusCode::UNAVAILABLE) << early;
  EXPECT_EQ(early.reason, "NOT_READY");
}

}  // namespace
}  // namespace kugge::integration
