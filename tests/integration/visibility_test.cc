// Whose data an answer may show, which strategy it was computed with, and why
// it is empty.
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/tenant.pb.h"
#include "tests/integration/market.h"

namespace kugge::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class VisibilityTest : public MarketTest {
 protected:
  VisibilityTest() { MakeTenant("u"); }

  static std::string ForU(const std::string& requirement) {
    return absl::StrCat("requirement: 'tenants/t/employers/e/requirements/",
                        requirement, "' parent: 'tenants/u'");
  }
};

TEST_F(VisibilityTest, PrivateRequirementOfAnotherIsAsIfAbsent) {
  MakePerson("own", Perfect());
  MakePerson("other", Perfect(), "u");
  MakeRequirement("hidden", RequirementBody("visibility: VISIBILITY_PRIVATE"));
  const std::string questions[][2] = {
      {"MatchService/MatchProfiles", ForU("hidden")},
      {"MatchService/ExplainMatch",
       "profile: 'tenants/u/profiles/other' "
       "requirement: 'tenants/t/employers/e/requirements/hidden'"}};
  std::vector<Reply> hidden;
  for (const auto& [method, text] : questions) {
    hidden.push_back(Call(method, text));
    EXPECT_EQ(hidden.back().code, grpc::StatusCode::NOT_FOUND);
  }
  EXPECT_EQ(Requirements("own").total_size(), 2);
  const auto others = Do<v1::MatchRequirementsResponse>(
      "MatchService/MatchRequirements",
      "profile: 'tenants/u/profiles/other' include_near_misses: true");
  EXPECT_THAT(Brief(others.matches()), ElementsAre(StartsWith("r E")));
  EXPECT_EQ(others.total_size(), 1);

  Do("EmployerService/DeleteRequirement",
     "name: 'tenants/t/employers/e/requirements/hidden'");
  for (size_t i = 0; i < hidden.size(); ++i) {
    const Reply absent = Call(questions[i][0], questions[i][1]);
    EXPECT_EQ(absent.code, hidden[i].code);
    EXPECT_EQ(absent.text, hidden[i].text);
    EXPECT_EQ(absent.error_bytes, hidden[i].error_bytes);
  }
}

TEST_F(VisibilityTest, PeopleAreShownToTheirTenantAlone) {
  MakePerson("own", Perfect());
  MakePerson("other", Perfect(), "u");
  EXPECT_THAT(Brief(People().matches()), ElementsAre(StartsWith("own ")));
  const auto asked_by_u =
      Do<v1::MatchProfilesResponse>("MatchService/MatchProfiles", ForU("r"));
  EXPECT_THAT(Brief(asked_by_u.matches()), ElementsAre(StartsWith("other ")));
  EXPECT_EQ(asked_by_u.total_size(), 1);
}

TEST_F(VisibilityTest, PrivateOfferingIsItsTenantsAlone) {
  MakeProvider();
  MakeOffering("open", absl::StrCat("taught_skills { skill: '", kGas, "' }"));
  MakeOffering("closed", absl::StrCat("visibility: VISIBILITY_PRIVATE "
                                      "taught_skills { skill: '",
                                      kGas, "' }"));
  const std::string lacks =
      absl::StrCat(Occupation(kWelder), Skills({}, true), Licence(kLicenceB));
  MakePerson("own", lacks);
  MakePerson("other", lacks, "u");
  EXPECT_EQ(Offerings("profile: 'tenants/t/profiles/own'").total_size(), 2);
  EXPECT_EQ(Offerings("profile: 'tenants/u/profiles/other'").total_size(), 1);
}

TEST_F(VisibilityTest, AdhocAndStoredStrategies) {
  MakePerson("p", Perfect());
  EXPECT_EQ(People().context().strategy(), "default");
  EXPECT_NE(People().context().tie_key_id(), "");
  constexpr char kSkillsOnly[] =
      "requirement_weights { skill: 10000 } not_asked_credit: 0 ";
  const auto adhoc =
      People(absl::StrCat("adhoc_strategy { ", kSkillsOnly, "}"));
  EXPECT_THAT(Brief(adhoc.matches()), ElementsAre("p E 10000 10000 0 100000"));
  EXPECT_EQ(adhoc.context().strategy(), "adhoc");

  Do("TenantService/CreateStrategy",
     absl::StrCat("parent: 'tenants/t' strategy_id: 's' strategy { ",
                  kSkillsOnly, "}"));
  const std::string with = "strategy: 'tenants/t/strategies/s'";
  EXPECT_EQ(People(with).context().strategy(), "tenants/t/strategies/s");
  EXPECT_EQ(People(with).context().strategy_version(), 1);
  EXPECT_EQ(People(with).matches(0).score(), 10000);
  ExpectSums(People(with).matches());
  Do("TenantService/UpdateStrategy",
     "strategy { name: 'tenants/t/strategies/s' "
     "requirement_weights { occupation: 10000 } not_asked_credit: 1000 }");
  EXPECT_EQ(People(with).context().strategy_version(), 2);

  const std::string base = absl::StrCat("requirement: '", kRequirement, "' ");
  constexpr char kMethod[] = "MatchService/MatchProfiles";
  EXPECT_EQ(Call(kMethod, base + "strategy: 'tenants/t/strategies/none'").code,
            grpc::StatusCode::NOT_FOUND);
  ExpectInvalid(kMethod, base + "strategy: 'tenants/u/strategies/s'",
                "strategy");
  ExpectInvalid(kMethod, base + with + " adhoc_strategy { }", "adhoc_strategy");
  const std::string wrong =
      base + "adhoc_strategy { requirement_weights { skill: 9999 } }";
  const Reply refused = Call(kMethod, wrong);
  EXPECT_EQ(refused.code, grpc::StatusCode::INVALID_ARGUMENT);
  ASSERT_FALSE(refused.fields.empty()) << refused;
  EXPECT_THAT(refused.fields[0],
              StartsWith("adhoc_strategy.requirement_weights"));
}

TEST_F(VisibilityTest, EveryReasonForNothing) {
  // Nothing of the tenant's own, though another has some.
  MakePerson("theirs", Perfect(), "u");
  EXPECT_EQ(People().no_match_reason(), v1::NO_MATCH_REASON_NOTHING_STORED);
  EXPECT_EQ(People("filter: 'kind = STUDENT'").no_match_reason(),
            v1::NO_MATCH_REASON_NOTHING_STORED);
  MakePerson("refused", Skills({}, true));
  EXPECT_EQ(People().no_match_reason(),
            v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL);
  EXPECT_EQ(People("filter: 'kind = STUDENT'").no_match_reason(),
            v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL);
  EXPECT_EQ(Requirements("refused").no_match_reason(),
            v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL);
  EXPECT_EQ(
      Requirements("refused", "filter: 'positions > 5'").no_match_reason(),
      v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL);

  MakePerson("pa", Perfect());
  MakePerson("pb", Perfect());
  const std::string token = People("page_size: 1").next_page_token();
  const std::string first = People().matches(0).name();
  for (const char* id : {"pa", "pb"}) {
    const std::string name = absl::StrCat("tenants/t/profiles/", id);
    if (name == first) continue;
    Do("ProfileService/DeleteProfile", absl::StrCat("name: '", name, "'"));
  }
  const auto end =
      People(absl::StrCat("page_size: 1 page_token: '", token, "'"));
  EXPECT_THAT(end.matches(), IsEmpty());
  EXPECT_EQ(end.no_match_reason(), v1::NO_MATCH_REASON_END_OF_LIST);

  const std::string origin = absl::StrCat("requirement: '", kRequirement, "'");
  EXPECT_EQ(Offerings(origin).no_match_reason(),
            v1::NO_MATCH_REASON_NOTHING_STORED);
  MakeProvider();
  MakeOffering("other",
               absl::StrCat("taught_skills { skill: '", kHydraulics, "' }"));
  EXPECT_EQ(Offerings(origin).no_match_reason(),
            v1::NO_MATCH_REASON_NOTHING_COVERED);
  EXPECT_EQ(
      Offerings(origin + " filter: 'length_weeks > 100'").no_match_reason(),
      v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL);
}

TEST_F(VisibilityTest, ExpiredPeopleAreNotMatched) {
  MakePerson("gone", absl::StrCat(Perfect(), "expire_time { seconds: 1 }"));
  EXPECT_THAT(People().matches(), IsEmpty());
}

}  // namespace
}  // namespace kugge::integration
