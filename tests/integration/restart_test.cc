// The index is nowhere but in memory: whatever it answers is derived from the
// store. So a server that is opened again on the same folder gives the same
// bytes. Nothing here depends on today: sessions lie in 2099.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "kugge/v1/profile_service.pb.h"
#include "tests/integration/market.h"

namespace kugge::integration {
namespace {

constexpr int kMembers = 50;
constexpr int kNeeds = 25;
constexpr int kCourses = 10;
constexpr const char* kOccupations[] = {kWelder, kFitter, kForeman, kDriver};
constexpr const char* kSkills[] = {kGas, kDrawings, kHydraulics, kTruckCard};
constexpr const char* kTowns[] = {"2062", "1480", "0180", "2580", "0484"};

class RestartTest : public MarketTest {
 protected:
  RestartTest() {
    MakeProvider();
    Do("TenantService/CreateRegion",
       "parent: 'tenants/t' region_id: 'near' region { display_name: 'Nära' "
       "municipality_codes: '2580' municipality_codes: '0180' }");
    Do("TenantService/CreateStrategy",
       "parent: 'tenants/t' strategy_id: 's' strategy { score_share: 1 "
       "reverse_score_share: 1 }");
    for (int i = 0; i < kMembers; ++i) MakeMember(i);
    for (int i = 0; i < kNeeds; ++i) MakeNeed(i);
    for (int i = 0; i < kCourses; ++i) {
      MakeOffering(absl::StrCat("o", i),
                   absl::StrCat("taught_skills { skill: '", kSkills[i % 4],
                                "' level: ", i % 6, " } awarded_licences: '",
                                i % 2 == 0 ? kLicenceB : kLicenceCe, "'"));
    }
  }

  // Many are alike, so that exact ties are common.
  void MakeMember(int i) const {
    MakePerson(
        absl::StrCat("p", i),
        absl::StrCat(Occupation(kOccupations[i % 3]),
                     Skills({kSkills[i % 4], kSkills[(i + 1) % 4]}, i % 5 == 0),
                     i % 2 == 0 ? Licence(kLicenceCe) : "",
                     "home { municipality_code: '", kTowns[i % 5], "' } ",
                     "wishes { mobility { easy_distance_km: 20 "
                     "maximum_distance_km: ",
                     100 * (1 + i % 4),
                     " relocation_regions: 'tenants/t/regions/near' } "
                     "occupations { occupation: '",
                     kOccupations[(i / 2) % 4], "' } } "));
  }
  void MakeNeed(int i) const {
    MakeRequirement(
        absl::StrCat("n", i),
        RequirementBody(absl::StrCat(
            "remote_percent: ", 10 * (i % 4),
            i % 3 == 0 ? " place { municipality_code: '" : "",
            i % 3 == 0 ? kTowns[i % 5] : "", i % 3 == 0 ? "' }" : "")));
  }

  // The answers of every question for every member, encoded.
  std::vector<std::string> Answers() const {
    std::vector<std::string> bytes;
    const auto ask = [&](const std::string& method, const std::string& text) {
      const Reply reply = Do(absl::StrCat("MatchService/", method), text);
      EXPECT_EQ(reply.answers.size(), 1u);
      bytes.push_back(reply.answers.empty() ? "" : reply.answers[0]);
    };
    for (int i = 0; i < kMembers; ++i) {
      const std::string member =
          absl::StrCat("profile: 'tenants/t/profiles/p", i, "' ");
      ask("MatchRequirements",
          absl::StrCat(member, "page_size: 7 include_near_misses: true"));
      ask("MatchRequirements",
          absl::StrCat(member, "strategy: 'tenants/t/strategies/s'"));
      ask("MatchOfferings", member);
      ask("ExplainMatch",
          absl::StrCat(member, "requirement: '", kRequirement, "'"));
    }
    for (int i = 0; i < kNeeds; ++i) {
      const std::string need = absl::StrCat(
          "requirement: 'tenants/t/employers/e/requirements/n", i, "' ");
      ask("MatchProfiles",
          absl::StrCat(need, "page_size: 100 include_near_misses: true"));
      ask("MatchOfferings", need);
    }
    for (int i = 0; i < kCourses; ++i) {
      const std::string course =
          absl::StrCat("tenants/t/providers/p/offerings/o", i);
      ask("MatchRequirements",
          absl::StrCat("offering: '", course, "' page_size: 100"));
      ask("MatchProfiles",
          absl::StrCat("session: '", course, "/sessions/s' page_size: 100"));
    }
    for (int i = 0; i < kMembers; ++i) {
      ask("PlanPathways",
          absl::StrCat("profile: 'tenants/t/profiles/p", i, "'"));
    }
    return bytes;
  }
};

// A page token holds a nonce of its own, so questions whose answer has one are
// compared without it.
template <typename M>
std::string WithoutToken(const std::string& bytes) {
  M message;
  EXPECT_TRUE(message.ParseFromString(bytes));
  message.clear_next_page_token();
  return message.SerializeAsString();
}

TEST_F(RestartTest, AnswersAreTheSameBytes) {
  // The view was kept up by the changes until now, and changes once more.
  Do("EmployerService/UpdateEmployer",
     "employer { name: 'tenants/t/employers/e' sites { site_id: 's' "
     "place { municipality_code: '0180' } } }");
  Do("TenantService/UpdateRegion",
     "region { name: 'tenants/t/regions/near' municipality_codes: '2580' }");
  Do("ProfileService/DeleteProfile", "name: 'tenants/t/profiles/p49'");
  MakeMember(49);
  const std::vector<std::string> before = Answers();
  Restart();
  const std::vector<std::string> after = Answers();
  ASSERT_EQ(before.size(), after.size());
  size_t rows = 0;
  for (size_t i = 0; i < before.size(); ++i) {
    if (i < 4 * kMembers && i % 4 < 2) {
      using Answer = v1::MatchRequirementsResponse;
      EXPECT_EQ(WithoutToken<Answer>(before[i]),
                WithoutToken<Answer>(after[i]));
      Answer answer;
      EXPECT_TRUE(answer.ParseFromString(before[i]));
      rows += answer.matches_size() + answer.near_misses_size();
    } else {
      EXPECT_EQ(before[i], after[i]) << i;
    }
  }
  // The questions were not empty ones.
  EXPECT_GT(rows, 200u);
}

TEST_F(RestartTest, PageTokensOutliveTheServer) {
  const auto whole = Requirements("p0", "page_size: 100");
  const auto page = Requirements("p0", "page_size: 2");
  ASSERT_GT(whole.total_size(), 2);
  Restart();
  const auto rest =
      Requirements("p0", absl::StrCat("page_size: 100 page_token: '",
                                      page.next_page_token(), "'"));
  std::vector<std::string> all = Brief(page.matches());
  for (const std::string& row : Brief(rest.matches())) all.push_back(row);
  EXPECT_EQ(all, Brief(whole.matches()));
  EXPECT_FALSE(rest.revision_changed());
}

}  // namespace
}  // namespace kugge::integration
