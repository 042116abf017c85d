// Questions at the edges of what may be asked: each has its right answer or a
// clear error, and the next one works.
#include <chrono>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/match_service.grpc.pb.h"
#include "services/server/server_for_test.h"
#include "tests/integration/market.h"

namespace kugge::integration {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kManySkills = 500;

std::string SkillId(int i) { return absl::StrCat(1000 + i, "_skl_000"); }

std::vector<std::string> SkillIds(int count) {
  std::vector<std::string> ids;
  ids.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) ids.push_back(SkillId(i));
  return ids;
}

// Tokens are sealed anew for every answer.
std::string BytesOf(v1::MatchProfilesResponse response) {
  response.clear_next_page_token();
  return response.SerializeAsString();
}

class ExtremesTest : public MarketTest {
 protected:
  ExtremesTest() {
    std::string lines = kSmallTaxonomy;
    for (const std::string& id : SkillIds(kManySkills + 1)) {
      absl::StrAppend(&lines, R"({"id":")", id,
                      R"(","type":"skill","preferredLabel":")", id, "\"}\n");
    }
    EXPECT_TRUE(ImportTaxonomy("wide", lines).ok());
  }

  // People who hold nothing but a skill.
  void MakeMany(int count) const {
    std::vector<std::string> rows = {"parent: 'tenants/t' "};
    for (int i = 0; i < count; ++i) {
      rows.push_back(absl::StrCat("profile { name: 'tenants/t/profiles/m", i,
                                  "' kind: PROFILE_KIND_JOB_SEEKER ",
                                  Skills({SkillId(i % kManySkills)}), "}"));
    }
    const Reply reply = client().Stream("ProfileService/ImportProfiles", rows);
    ASSERT_TRUE(reply.ok()) << reply;
  }

  // What MatchProfiles says for the requirement `id`.
  v1::MatchProfilesResponse PeopleFor(const std::string& id,
                                      const std::string& more = "") const {
    return Do<v1::MatchProfilesResponse>(
        "MatchService/MatchProfiles",
        absl::StrCat("requirement: 'tenants/t/employers/e/requirements/", id,
                     "' ", more));
  }
};

TEST_F(ExtremesTest, APersonMayHoldFiveHundredSkillsAndNoMore) {
  MakePerson("many", Skills(SkillIds(kManySkills), true));
  ExpectInvalid(
      "ProfileService/CreateProfile",
      absl::StrCat("parent: 'tenants/t' profile_id: 'more' profile { kind: "
                   "PROFILE_KIND_JOB_SEEKER ",
                   Skills(SkillIds(kManySkills + 1)), " }"),
      "profile.skills.held");
  std::string demands;
  for (int i = 0; i < 200; ++i) {
    absl::StrAppend(&demands, "skills { skill: '", SkillId(kManySkills - 1 - i),
                    "' strength: STRENGTH_HARD } ");
  }
  MakeRequirement("wide",
                  absl::StrCat("title: 'Allt' origin: "
                               "REQUIREMENT_ORIGIN_VACANCY site_id: 's' "
                               "demands { ",
                               demands, "} "));
  const auto people = PeopleFor("wide");
  ASSERT_EQ(people.matches_size(), 1);
  EXPECT_EQ(people.matches(0).eligibility(), v1::ELIGIBILITY_ELIGIBLE);
  ExpectSums(people.matches());
  const auto jobs = Requirements("many");
  ASSERT_EQ(jobs.matches_size(), 1);
  EXPECT_THAT(jobs.matches(0).name(), HasSubstr("/requirements/wide"));
  EXPECT_EQ(jobs.matches(0).score(), people.matches(0).score());
}

TEST_F(ExtremesTest, ARequirementThatAsksNothingFitsEverybody) {
  MakeRequirement("open",
                  "title: 'Vad som helst' origin: REQUIREMENT_ORIGIN_VACANCY "
                  "site_id: 's' ");
  MakePerson("anyone", "");
  MakePerson("welder", Perfect());
  const auto people = PeopleFor("open", "count_total: true");
  EXPECT_EQ(people.total_size(), 2);
  std::vector<v1::Eligibility> classes;
  for (const v1::Match& row : people.matches()) {
    classes.push_back(row.eligibility());
  }
  EXPECT_THAT(classes, Each(v1::ELIGIBILITY_ELIGIBLE));
  ExpectSums(people.matches());
}

TEST_F(ExtremesTest, APageHasAThousandRowsAtMost) {
  MakeMany(1050);
  MakeRequirement("open",
                  "title: 'Vad som helst' origin: REQUIREMENT_ORIGIN_VACANCY "
                  "site_id: 's' ");
  EXPECT_EQ(PeopleFor("open", "page_size: 0").matches_size(), 10);
  const auto first =
      PeopleFor("open", "page_size: 100000 view: RESOURCE_VIEW_BASIC");
  EXPECT_EQ(first.matches_size(), 1000);
  const auto second = PeopleFor(
      "open", absl::StrCat("page_size: 100000 view: RESOURCE_VIEW_BASIC "
                           "page_token: '",
                           first.next_page_token(), "'"));
  EXPECT_EQ(second.matches_size(), 50);
  EXPECT_THAT(second.next_page_token(), IsEmpty());
  ExpectInvalid("MatchService/MatchProfiles",
                absl::StrCat("requirement: '", kRequirement, "' page_size: -1"),
                "page_size");
}

TEST_F(ExtremesTest, FiltersMayMatchNothingOrEverything) {
  MakeMany(100);
  MakeRequirement("open",
                  "title: 'Vad som helst' origin: REQUIREMENT_ORIGIN_VACANCY "
                  "site_id: 's' ");
  const auto nobody = PeopleFor(
      "open", "filter: 'kind = STUDENT AND kind = EMPLOYEE' count_total: true");
  EXPECT_EQ(nobody.total_size(), 0);
  EXPECT_EQ(nobody.no_match_reason(), v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL);
  const auto nowhere = PeopleFor("open", "filter: 'municipality_code = 0000'");
  EXPECT_EQ(nowhere.no_match_reason(), v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL);
  const auto everybody =
      PeopleFor("open",
                "filter: 'NOT municipality_code = 0000 AND NOT kind = STUDENT' "
                "count_total: true");
  EXPECT_EQ(everybody.total_size(), 100);
}

TEST_F(ExtremesTest, ACallThatTakesTooLongIsEndedAndTheNextOneWorks) {
  MakeMany(3000);
  const auto request = Text<v1::MatchProfilesRequest>(absl::StrCat(
      "requirement: '", kRequirement,
      "' count_total: true include_near_misses: true page_size: 1000"));
  const auto stub =
      v1::MatchService::NewStub(server::ChannelTo(server().addresses().api));
  const auto ask = [&] {
    return BytesOf(
        People("count_total: true include_near_misses: true page_size: 1000"));
  };
  const std::string expected = ask();
  int ended = 0;
  for (int tenths = 1; tenths <= 40; ++tenths) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::microseconds(100 * tenths));
    v1::MatchProfilesResponse response;
    const grpc::Status status =
        stub->MatchProfiles(&context, request, &response);
    if (status.ok()) {
      EXPECT_EQ(BytesOf(response), expected);
    } else {
      ++ended;
      EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED)
          << status.error_message();
    }
  }
  EXPECT_GT(ended, 0);
  EXPECT_EQ(ask(), expected);
}

}  // namespace
}  // namespace kugge::integration
