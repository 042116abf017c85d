// Questions that start from a training: their pages, whose data they show, what
// is refused, and why an answer is empty.
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

using CourseQuestionsTest = CourseMarketTest;

// Several rows tie in everything but the tie key.
class CoursePagesTest : public CourseMarketTest {
 protected:
  CoursePagesTest() {
    for (int i = 0; i < 6; ++i) {
      MakeRequirement(absl::StrCat("n", i), RequirementBody());
      MakePerson(absl::StrCat("p", i),
                 LacksGas(absl::StrCat("home { municipality_code: '",
                                       i % 2 == 0 ? "2062" : "1480", "' } ")));
      MakeTraining(absl::StrCat("o", i), kGas);
    }
  }

  // All pages' rows by `rows(page)`, of `size` each.
  template <typename Ask, typename Rows>
  static std::vector<std::string> Pages(int size, Ask ask, Rows rows) {
    std::vector<std::string> all;
    std::string token;
    do {
      const auto page =
          ask(absl::StrCat("page_size: ", size, " page_token: '", token, "' "));
      EXPECT_FALSE(page.revision_changed());
      for (const std::string& row : rows(page)) {
        all.push_back(absl::StrCat(row, " of ", page.total_size()));
      }
      token = page.next_page_token();
    } while (!token.empty() && all.size() < 50);
    return all;
  }
  // Pages of every size are the whole list, `expected` rows long.
  template <typename Ask>
  static void ExpectPages(size_t expected, Ask ask) {
    const auto rows = [](const auto& page) { return Figures(page); };
    const std::vector<std::string> whole = Pages(1000, ask, rows);
    EXPECT_EQ(whole.size(), expected);
    for (const int size : {1, 2, 5}) {
      EXPECT_EQ(Pages(size, ask, rows), whole) << size;
    }
  }
};

TEST_F(CoursePagesTest, PagesTogetherAreTheList) {
  ExpectPages(7, [&](const std::string& page) { return Served(page); });
  ExpectPages(7,
              [&](const std::string& page) { return ServedByOffering(page); });
  ExpectPages(6, [&](const std::string& page) { return Helped(page); });
  ExpectPages(
      7, [&](const std::string& page) { return OfferingsFor("p0", page); });
  ExpectPages(7, [&](const std::string& page) {
    return Offerings(absl::StrCat("requirement: '", kRequirement, "' ", page));
  });
}

TEST_F(CoursePagesTest, ATokenIsForItsQuestionAlone) {
  const std::string token = Served("page_size: 1").next_page_token();
  const std::string with = absl::StrCat("page_token: '", token, "' ");
  for (const std::string& other :
       {absl::StrCat("offering: '", kGasCourse, "' "),
        absl::StrCat("session: '", kGasSession, "' filter: 'positions > 0'"),
        absl::StrCat("session: '", kGasSession, "' parent: 'tenants/t'"),
        std::string("profile: 'tenants/t/profiles/p0'")}) {
    ExpectInvalid(kRequirementsMethod, with + other, "page_token");
  }
  ExpectInvalid(kProfilesMethod,
                absl::StrCat(with, "session: '", kGasSession, "'"),
                "page_token");
  MakePerson("late", LacksGas());
  EXPECT_TRUE(Served("page_size: 1 " + with).revision_changed());
}

TEST_F(CoursePagesTest, TheEndOfTheListIsNoOtherReason) {
  const auto first = Helped("page_size: 5");
  const std::string& token = first.next_page_token();
  for (int i = 0; i < 6; ++i) {
    Do("ProfileService/DeleteProfile",
       absl::StrCat("name: 'tenants/t/profiles/p", i, "'"));
  }
  const auto end =
      Helped(absl::StrCat("page_size: 5 page_token: '", token, "'"));
  EXPECT_THAT(end.helped_profiles(), IsEmpty());
  EXPECT_EQ(end.no_match_reason(), v1::NO_MATCH_REASON_END_OF_LIST);
  EXPECT_EQ(end.total_size(), 0);
}

TEST_F(CourseQuestionsTest, WhatOneOriginTakesAnotherRefuses) {
  MakePerson("p", LacksGas());
  const std::string session = absl::StrCat("session: '", kGasSession, "' ");
  const std::string offering = absl::StrCat("offering: '", kGasCourse, "' ");
  const std::string person = "profile: 'tenants/t/profiles/p' ";
  const std::string need = absl::StrCat("requirement: '", kRequirement, "' ");
  for (const char* field :
       {"include_near_misses", "eligible_only", "count_total"}) {
    const std::string set = absl::StrCat(field, ": true");
    ExpectInvalid(kRequirementsMethod, session + set, field);
    ExpectInvalid(kRequirementsMethod, offering + set, field);
    ExpectInvalid(kProfilesMethod, session + set, field);
    Do(kRequirementsMethod, person + set);
    Do(kProfilesMethod, need + set);
  }
  ExpectInvalid(kProfilesMethod, session + "adhoc_strategy { }",
                "adhoc_strategy");
  ExpectInvalid(kRequirementsMethod, person + "parent: 'tenants/t'", "parent");
  ExpectInvalid(kRequirementsMethod, "", "profile");
  ExpectInvalid(kProfilesMethod, "", "requirement");
  const std::string towards[][2] = {
      {"toward_requirement", kRequirement},
      {"toward_occupation", kWelder},
      {"toward_occupation_group", "weld_grp_001"}};
  for (const auto& [field, value] : towards) {
    const std::string toward = absl::StrCat(field, ": '", value, "'");
    ExpectInvalid(kOfferingsMethod, need + toward, field);
    Do(kOfferingsMethod, person + toward);
  }
}

TEST_F(CourseQuestionsTest, WrongValuesNameTheirField) {
  const std::string session = absl::StrCat("session: '", kGasSession, "' ");
  for (const char* method : {kRequirementsMethod, kProfilesMethod}) {
    ExpectInvalid(method, absl::StrCat("session: '", kGasCourse, "'"),
                  "session");
    ExpectInvalid(method, "session: ''", "session");
    ExpectInvalid(method, session + "parent: 'u'", "parent");
    ExpectInvalid(method, session + "page_size: -1", "page_size");
    ExpectInvalid(method, session + "page_token: 'x'", "page_token");
    ExpectInvalid(method, session + "filter: 'seats > 1'", "filter");
    ExpectInvalid(method, session + "strategy: 'tenants/u/strategies/s'",
                  "strategy");
    ExpectNotFound(method, session + "strategy: 'tenants/t/strategies/s'");
  }
  ExpectInvalid(kRequirementsMethod,
                absl::StrCat("offering: '", kGasSession, "'"), "offering");
  MakePerson("p", LacksGas());
  const std::string person = "profile: 'tenants/t/profiles/p' ";
  ExpectInvalid(kOfferingsMethod, person + "toward_occupation: 'none'",
                "toward_occupation");
  // A skill is no occupation.
  ExpectInvalid(kOfferingsMethod,
                absl::StrCat(person, "toward_occupation: '", kGas, "'"),
                "toward_occupation");
  ExpectInvalid(
      kOfferingsMethod,
      absl::StrCat(person, "toward_occupation_group: '", kWelder, "'"),
      "toward_occupation_group");
  ExpectInvalid(kOfferingsMethod, person + "toward_requirement: 'r'",
                "toward_requirement");
  ExpectNotFound(kOfferingsMethod,
                 person +
                     "toward_requirement: "
                     "'tenants/t/employers/e/requirements/none'");
}

TEST_F(CourseQuestionsTest, WhatAnotherTenantKeepsToItselfIsAsIfAbsent) {
  MakeTenant("u");
  MakePerson("own", LacksGas());
  MakePerson("other", LacksGas(), "u");
  MakeTraining("hidden", kGas, "visibility: VISIBILITY_PRIVATE");
  MakeRequirement("hidden", RequirementBody("visibility: VISIBILITY_PRIVATE"));
  const std::string course = "tenants/t/providers/p/offerings/hidden";
  const std::string for_u = "' parent: 'tenants/u'";
  const std::string questions[][2] = {
      {kRequirementsMethod, absl::StrCat("offering: '", course, for_u)},
      {kRequirementsMethod,
       absl::StrCat("session: '", course, "/sessions/s", for_u)},
      {kProfilesMethod,
       absl::StrCat("session: '", course, "/sessions/s", for_u)},
      {kOfferingsMethod,
       "profile: 'tenants/u/profiles/other' toward_requirement: "
       "'tenants/t/employers/e/requirements/hidden'"}};
  std::vector<Reply> hidden;
  for (const auto& [method, text] : questions) {
    hidden.push_back(Call(method, text));
    EXPECT_EQ(hidden.back().code, grpc::StatusCode::NOT_FOUND) << text;
  }
  EXPECT_EQ(Served().total_size(), 2);
  EXPECT_EQ(Served("parent: 'tenants/u'").total_size(), 1);
  EXPECT_THAT(Figures(Helped("parent: 'tenants/u'")), ElementsAre("other 1 1"));

  Do("TrainingService/DeleteSession",
     absl::StrCat("name: '", course, "/sessions/s'"));
  Do("TrainingService/DeleteOffering", absl::StrCat("name: '", course, "'"));
  Do("EmployerService/DeleteRequirement",
     "name: 'tenants/t/employers/e/requirements/hidden'");
  for (size_t i = 0; i < hidden.size(); ++i) {
    const Reply absent = Call(questions[i][0], questions[i][1]);
    EXPECT_EQ(absent.code, hidden[i].code);
    EXPECT_EQ(absent.text, hidden[i].text);
    EXPECT_EQ(absent.error_bytes, hidden[i].error_bytes);
  }
  // A session that an offering never had.
  ExpectNotFound(kProfilesMethod,
                 absl::StrCat("session: '", kGasCourse, "/sessions/none'"));
  ExpectNotFound(kRequirementsMethod,
                 absl::StrCat("session: '", kGasCourse, "/sessions/none'"));
}

TEST_F(CourseQuestionsTest, EmptyListsOfPeopleSayWhy) {
  EXPECT_EQ(Helped().no_match_reason(), v1::NO_MATCH_REASON_NOTHING_STORED);
  // One has everything already, the other will lack the licence.
  MakePerson("done", Perfect());
  MakePerson("refused",
             absl::StrCat(Skills({}, true),
                          "licences { completeness: COMPLETENESS_COMPLETE }"));
  EXPECT_EQ(Helped().no_match_reason(),
            v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL);
  EXPECT_EQ(Helped("filter: 'kind = STUDENT'").no_match_reason(),
            v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL);
  MakePerson("helped", LacksGas());
  EXPECT_EQ(Helped().no_match_reason(), v1::NO_MATCH_REASON_UNSPECIFIED);
  EXPECT_EQ(Helped("filter: 'kind = STUDENT'").no_match_reason(),
            v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL);
  EXPECT_EQ(Helped("filter: 'municipality_code = 2062'").no_match_reason(),
            v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL);
}

TEST_F(CourseQuestionsTest, EmptyListsOfRequirementsSayWhy) {
  EXPECT_EQ(Served("filter: 'positions > 5'").no_match_reason(),
            v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL);
  MakeTraining("other", kHydraulics);
  const std::string other = "tenants/t/providers/p/offerings/other";
  const auto reason = [&](const std::string& method,
                          const std::string& origin) {
    const Reply reply = Do(method, origin);
    return method == kProfilesMethod
               ? reply.As<v1::MatchProfilesResponse>().no_match_reason()
               : reply.As<v1::MatchRequirementsResponse>().no_match_reason();
  };
  for (const std::string& method :
       {std::string(kRequirementsMethod), std::string(kProfilesMethod)}) {
    EXPECT_EQ(reason(method, absl::StrCat("session: '", other, "/sessions/s'")),
              v1::NO_MATCH_REASON_NOTHING_COVERED);
  }
  Do("EmployerService/DeleteRequirement",
     absl::StrCat("name: '", kRequirement, "'"));
  EXPECT_EQ(Served().no_match_reason(), v1::NO_MATCH_REASON_NOTHING_STORED);
}

TEST_F(CourseQuestionsTest, ASessionThatNobodyCanTakeIsTheReason) {
  MakePerson("helped", LacksGas());
  const auto expect_none = [&](const char* what) {
    for (const auto& answer : {Served(), ServedByOffering()}) {
      EXPECT_EQ(answer.no_match_reason(), v1::NO_MATCH_REASON_NO_USABLE_SESSION)
          << what;
      EXPECT_EQ(answer.total_size(), 0) << what;
    }
    EXPECT_EQ(Helped().no_match_reason(), v1::NO_MATCH_REASON_NO_USABLE_SESSION)
        << what;
  };
  const auto change = [&](const std::string& fields) {
    Do("TrainingService/UpdateSession",
       absl::StrCat("session { name: '", kGasSession, "' ", fields, " }"));
  };
  change("seats_taken: 10");
  expect_none("full");
  change("seats_taken: 9 start_date { year: 2020 month: 3 day: 1 }");
  expect_none("begun");
  change(
      "start_date { year: 2099 month: 3 day: 1 } "
      "state: OFFERING_STATE_CLOSED");
  expect_none("closed");
  change("state: OFFERING_STATE_OPEN");
  EXPECT_EQ(Served().served_requirements(0).seats_left(), 1);
  EXPECT_EQ(Helped().total_size(), 1);
  Do("TrainingService/UpdateOffering",
     absl::StrCat("offering { name: '", kGasCourse,
                  "' state: OFFERING_STATE_CLOSED }"));
  expect_none("an offering that is closed");
}

}  // namespace
}  // namespace kugge::integration
