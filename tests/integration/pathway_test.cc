// A person's ways over dated trainings to requirements, over a socket: figures
// worked out by hand from docs/scoring.md section 9.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/integration/course_market.h"

namespace kugge::integration {
namespace {

using ::google::protobuf::util::MessageDifferencer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kPathwaysMethod[] = "MatchService/PlanPathways";
constexpr char kPerson[] = "profile: 'tenants/t/profiles/p' ";

// All that the requirement "r" asks for but the licence, and no Swedish.
std::string LacksLicence(const std::string& more = "") {
  return absl::StrCat(Occupation(kWelder), Skills({kGas, kDrawings}, true),
                      "licences { completeness: COMPLETENESS_COMPLETE } "
                      "languages { completeness: COMPLETENESS_COMPLETE } ",
                      more);
}

// `steps: positions requirements weeks` of each way.
std::vector<std::string> WaysOf(const v1::PlanPathwaysResponse& answer) {
  std::vector<std::string> all;
  for (const v1::Pathway& way : answer.pathways()) {
    std::vector<std::string> steps;
    for (const v1::PathwayStep& step : way.steps()) {
      steps.push_back(
          absl::StrCat(LastId(step.offering()), "/", LastId(step.session())));
    }
    all.push_back(absl::StrCat(absl::StrJoin(steps, " "), ": ",
                               way.gain_positions(), " ",
                               way.gain_requirements(), " ", way.weeks()));
  }
  return all;
}

std::vector<std::string> GoalsOf(const v1::Pathway& way) {
  std::vector<std::string> all;
  for (const v1::PathwayGoal& goal : way.goals()) {
    all.push_back(
        absl::StrCat(LastId(goal.requirement()), " ", goal.order_key()));
  }
  return all;
}

// Three jobs ask for licence B. The course that awards it asks for Swedish,
// which another course teaches until the day on which the second start of the
// first begins. One job closes on the day on which that ends.
class PathwayTest : public MarketTest {
 protected:
  PathwayTest() {
    MakeProvider();
    MakeRequirement("many",
                    RequirementBody("positions: 3 end_start_date { year: 2099 "
                                    "month: 7 day: 1 }"));
    MakeRequirement("closes",
                    RequirementBody("close_date { year: 2099 month: 6 day: 12 "
                                    "}"));
    MakePerson("p", LacksLicence("home { municipality_code: '1480' } "
                                 "accommodations_needed: "
                                 "ACCOMMODATION_EXTRA_TIME "
                                 "accommodations_needed: "
                                 "ACCOMMODATION_QUIET_ROOM"));
  }

  // From 1 March to 1 May, and for the licence from then to 12 June.
  void MakeCourses() const {
    MakeOffering("swedish", absl::StrCat("taught_languages { language: '",
                                         kSwedish, "' level: CEFR_LEVEL_B1 }"));
    MakeOffering(
        "licence",
        absl::StrCat("awarded_licences: '", kLicenceB,
                     "' prerequisites { languages { language: '", kSwedish,
                     "' minimum_level: CEFR_LEVEL_B1 strength: STRENGTH_HARD "
                     "} }"));
    Do("TrainingService/CreateSession",
       "parent: 'tenants/t/providers/p/offerings/licence' session_id: 'later' "
       "session { start_date { year: 2099 month: 5 day: 1 } end_date { year: "
       "2099 month: 6 day: 12 } place { municipality_code: '1480' } seats: 4 "
       "seats_taken: 1 pace_percent: 50 "
       "accommodations_offered: ACCOMMODATION_EXTRA_TIME }");
  }
  void ChangeLater(const std::string& fields) const {
    Do("TrainingService/UpdateSession",
       absl::StrCat("session { name: 'tenants/t/providers/p/offerings/licence/"
                    "sessions/later' ",
                    fields, " }"));
  }

  v1::PlanPathwaysResponse Plan(const std::string& more = "",
                                const std::string& origin = kPerson) const {
    return Do<v1::PlanPathwaysResponse>(kPathwaysMethod, origin + more);
  }
  void ExpectNone(v1::NoMatchReason reason, const std::string& more = "",
                  const std::string& origin = kPerson) const {
    const auto answer = Plan(more, origin);
    EXPECT_THAT(WaysOf(answer), IsEmpty()) << more;
    EXPECT_EQ(answer.total_size(), 0) << more;
    EXPECT_EQ(v1::NoMatchReason_Name(answer.no_match_reason()),
              v1::NoMatchReason_Name(reason))
        << more;
    EXPECT_FALSE(answer.context().tie_key_id().empty());
  }
};

TEST_F(PathwayTest, OneStepPreparesForTheNext) {
  MakeCourses();
  const auto answer = Plan();
  ASSERT_THAT(WaysOf(answer), ElementsAre("swedish/s licence/later: 4 2 15"));
  // The score afterwards is 8500 for both: 3000 + 1500 + 1500 + 1000 and half
  // of what isn't asked. Five wishes aren't asked, 4600; START is, of a window
  // that only "many" tells: 7 x 8500 + 3 x 5400, and 3 x 4600.
  const v1::Pathway expected = Text<v1::Pathway>(absl::StrCat(
      "steps { offering: 'tenants/t/providers/p/offerings/swedish' "
      "title: 'Kurs' provider_display_name: 'Skola' "
      "session: 'tenants/t/providers/p/offerings/swedish/sessions/s' "
      "start_date { year: 2099 month: 3 day: 1 } "
      "end_date { year: 2099 month: 5 day: 1 } weeks: 9 seats_left: 10 "
      "distance_hm: -1 missing_accommodations: ACCOMMODATION_EXTRA_TIME "
      "missing_accommodations: ACCOMMODATION_QUIET_ROOM } "
      "steps { offering: 'tenants/t/providers/p/offerings/licence' "
      "title: 'Kurs' provider_display_name: 'Skola' "
      "session: 'tenants/t/providers/p/offerings/licence/sessions/later' "
      "start_date { year: 2099 month: 5 day: 1 } "
      "end_date { year: 2099 month: 6 day: 12 } weeks: 6 seats_left: 3 "
      "prepared_prerequisites { kind: DEMAND_KIND_LANGUAGE asked_concept: '",
      kSwedish,
      "' label: 'Svenska' level: 3 satisfaction: SATISFACTION_NO "
      "sentence: 'Svenska (krav, minst B1): efterfrågas före utbildningen, är "
      "inte uppfyllt och ges av ett tidigare steg.' } "
      "missing_accommodations: ACCOMMODATION_QUIET_ROOM } "
      "gain_positions: 4 gain_requirements: 2 weeks: 15 "
      "end_date { year: 2099 month: 6 day: 12 } "
      "goals { requirement: 'tenants/t/employers/e/requirements/many' "
      "title: 'Svetsare' employer_display_name: 'Verkstad' "
      "municipality_code: '1480' order_key: 75700 } "
      "goals { requirement: 'tenants/t/employers/e/requirements/r' "
      "title: 'Svetsare' employer_display_name: 'Verkstad' "
      "municipality_code: '1480' order_key: 73300 }"));
  EXPECT_TRUE(MessageDifferencer::Equals(answer.pathways(0), expected))
      << answer.DebugString();
  EXPECT_EQ(answer.total_size(), 1);
  EXPECT_EQ(answer.requirements_within_reach(), 3);
  EXPECT_EQ(answer.offerings_considered(), 2);
  EXPECT_EQ(answer.no_match_reason(), v1::NO_MATCH_REASON_UNSPECIFIED);
  EXPECT_EQ(answer.context().strategy(), "default");
}

TEST_F(PathwayTest, WhatIsPromisedComesTrue) {
  MakeCourses();
  const auto change = [&](const std::string& fields) {
    Do("ProfileService/UpdateProfile",
       absl::StrCat("profile { name: 'tenants/t/profiles/p' ", fields, " }"));
  };
  EXPECT_EQ(Requirements("p", "eligible_only: true").matches_size(), 0);
  change(absl::StrCat(
      "languages { held { language: '", kSwedish,
      "' level: CEFR_LEVEL_B1 evidence: EVIDENCE_LEVEL_EVIDENCED } }"));
  // Who has the Swedish takes the first start, before any job closes.
  const auto prepared = Plan();
  EXPECT_THAT(WaysOf(prepared), ElementsAre("licence/s: 5 3 9"));
  EXPECT_THAT(prepared.pathways(0).steps(0).prepared_prerequisites(),
              IsEmpty());
  change(absl::StrCat(Licence(kLicenceB),
                      "wishes { earliest_start_date { year: 2099 month: 6 day: "
                      "12 } }"));
  const auto now = Requirements("p", "eligible_only: true");
  ASSERT_EQ(now.matches_size(), 3);
  EXPECT_EQ(LastId(now.matches(0).name()), "many");
  EXPECT_EQ(now.matches(0).order_key(), 75700);
  EXPECT_EQ(now.matches(1).order_key(), 73300);
}

TEST_F(PathwayTest, StepsWeeksAndPaceAreLimited) {
  MakeCourses();
  const auto none = v1::NO_MATCH_REASON_NOTHING_COVERED;
  ExpectNone(none, "maximum_steps: 1");
  ExpectNone(none, "maximum_weeks: 14");
  // What tells no pace takes all of the day.
  ExpectNone(none, "maximum_pace_percent: 99");
  for (const char* const wide :
       {"maximum_steps: 2", "maximum_weeks: 15", "maximum_pace_percent: 100",
        "maximum_steps: 3 maximum_weeks: 300 maximum_pace_percent: 0"}) {
    EXPECT_EQ(Plan(wide).total_size(), 1) << wide;
  }
}

TEST_F(PathwayTest, OnlySessionsThatCanBeTakenAreUsed) {
  MakeCourses();
  const auto none = v1::NO_MATCH_REASON_NOTHING_COVERED;
  ChangeLater("seats_taken: 4");
  ExpectNone(none);
  ChangeLater("seats_taken: 3 start_date { year: 2099 month: 4 day: 30 }");
  ExpectNone(none);
  ChangeLater("start_date { year: 2099 month: 5 day: 2 }");
  EXPECT_EQ(Plan().pathways(0).steps(1).seats_left(), 1);
  ChangeLater("state: OFFERING_STATE_CLOSED");
  ExpectNone(none);
}

TEST_F(PathwayTest, TowardNarrowsWhatCounts) {
  MakeCourses();
  const std::string requirement =
      "toward_requirement: 'tenants/t/employers/e/requirements/";
  const auto many = Plan(requirement + "many'");
  EXPECT_THAT(WaysOf(many), ElementsAre("swedish/s licence/later: 3 1 15"));
  EXPECT_THAT(GoalsOf(many.pathways(0)), ElementsAre("many 75700"));
  EXPECT_EQ(many.requirements_within_reach(), 1);
  // It closes before the licence is there.
  ExpectNone(v1::NO_MATCH_REASON_NOTHING_COVERED, requirement + "closes'");
  for (const auto& [field, id] :
       {std::pair{"toward_occupation", kWelder},
        std::pair{"toward_occupation_group", "weld_grp_001"}}) {
    EXPECT_THAT(GoalsOf(Plan(absl::StrCat(field, ": '", id, "'")).pathways(0)),
                ElementsAre("many 75700", "r 73300"));
  }
  for (const auto& [field, id] :
       {std::pair{"toward_occupation", kDriver},
        std::pair{"toward_occupation_group", "fore_grp_001"}}) {
    ExpectNone(v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL,
               absl::StrCat(field, ": '", id, "'"));
  }
}

TEST_F(PathwayTest, WaysComeByPositionsAWeek) {
  // Four weeks lead to one of these jobs, nine to all that ask for the licence.
  MakeRequirement(
      "hydraulics",
      absl::StrCat("title: 'Montör' origin: REQUIREMENT_ORIGIN_VACANCY "
                   "positions: 3 demands { skills { skill: '",
                   kHydraulics, "' strength: STRENGTH_HARD } }"));
  MakeOffering("licence", absl::StrCat("awarded_licences: '", kLicenceB, "'"));
  MakeOffering("short",
               absl::StrCat("taught_skills { skill: '", kHydraulics, "' }"));
  Do("TrainingService/UpdateSession",
     "session { name: 'tenants/t/providers/p/offerings/short/sessions/s' "
     "end_date { year: 2099 month: 3 day: 29 } }");
  Do("TrainingService/CreateSession",
     "parent: 'tenants/t/providers/p/offerings/licence' session_id: 'then' "
     "session { start_date { year: 2099 month: 3 day: 29 } end_date { year: "
     "2099 month: 5 day: 31 } distance_learning: true seats: 1 }");
  // 3 / 4, then 8 / 13, then 5 / 9. What is no better than another is left out.
  const auto all = Plan();
  EXPECT_THAT(WaysOf(all),
              ElementsAre("short/s: 3 1 4", "short/s licence/then: 8 4 13",
                          "licence/s: 5 3 9"));
  EXPECT_EQ(all.total_size(), 3);
  for (const int size : {1, 2, 100, 1000}) {
    const auto page = Plan(absl::StrCat("page_size: ", size));
    EXPECT_EQ(page.pathways_size(), std::min(size, 3));
    EXPECT_EQ(page.total_size(), 3);
    EXPECT_TRUE(MessageDifferencer::Equals(page.pathways(0), all.pathways(0)));
  }
  EXPECT_THAT(WaysOf(Plan("filter: 'length_weeks < 100' maximum_steps: 1")),
              ElementsAre("short/s: 3 1 4", "licence/s: 5 3 9"));
}

TEST_F(PathwayTest, WrongValuesNameTheirField) {
  MakeCourses();
  for (const char* const field : {"maximum_steps", "maximum_weeks",
                                  "maximum_pace_percent", "page_size"}) {
    ExpectInvalid(kPathwaysMethod, absl::StrCat(kPerson, field, ": -1"), field);
  }
  const std::pair<const char*, std::string> wrong[] = {
      {"maximum_steps", "4"},
      {"maximum_weeks", "301"},
      {"maximum_pace_percent", "101"},
      {"strategy", "'tenants/u/strategies/s'"},
      {"filter", "'positions > 1'"},
      {"toward_requirement", "'r'"},
      {"toward_requirement", "''"},
      {"toward_occupation", "'none'"},
      {"toward_occupation", absl::StrCat("'", kGas, "'")},
      {"toward_occupation_group", absl::StrCat("'", kWelder, "'")}};
  for (const auto& [field, value] : wrong) {
    ExpectInvalid(kPathwaysMethod, absl::StrCat(kPerson, field, ": ", value),
                  field);
  }
  ExpectInvalid(kPathwaysMethod, "", "profile");
  ExpectInvalid(kPathwaysMethod, "profile: 'p'", "profile");
  ExpectInvalid(kPathwaysMethod, absl::StrCat("profile: '", kRequirement, "'"),
                "profile");
  for (const std::string& absent :
       {std::string("profile: 'tenants/t/profiles/none'"),
        absl::StrCat(kPerson, "strategy: 'tenants/t/strategies/none'"),
        absl::StrCat(kPerson,
                     "toward_requirement: "
                     "'tenants/t/employers/e/requirements/none'")}) {
    EXPECT_EQ(Call(kPathwaysMethod, absent).code, grpc::StatusCode::NOT_FOUND)
        << absent;
  }
}

TEST_F(PathwayTest, EmptyAnswersSayWhy) {
  ExpectNone(v1::NO_MATCH_REASON_NOTHING_STORED);
  MakeCourses();
  EXPECT_EQ(Plan().total_size(), 1);
  ExpectNone(v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL,
             "filter: 'length_weeks > 100'");
  // Without the filter there is no way within a week, either.
  ExpectNone(v1::NO_MATCH_REASON_NOTHING_COVERED,
             "filter: 'length_weeks > 100' maximum_weeks: 1");
  const auto none = [&](const std::string& person, const std::string& body,
                        v1::NoMatchReason reason) {
    MakePerson(person, body);
    ExpectNone(reason, "",
               absl::StrCat("profile: 'tenants/t/profiles/", person, "' "));
  };
  none("gone", LacksLicence("expire_time { seconds: 1 }"),
       v1::NO_MATCH_REASON_PROFILE_EXPIRED);
  none("done", Perfect(), v1::NO_MATCH_REASON_NOTHING_COVERED);
  none("far",
       LacksLicence("home { municipality_code: '2580' } wishes { mobility { "
                    "maximum_distance_km: 50 strength: STRENGTH_HARD } }"),
       v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL);
  // Gas technique isn't taught.
  none("gas",
       absl::StrCat(Skills({}, true), Licence(kLicenceB),
                    "languages { completeness: COMPLETENESS_COMPLETE } "),
       v1::NO_MATCH_REASON_NOTHING_COVERED);
  for (const char* const id : {"r", "many", "closes"}) {
    Do("EmployerService/DeleteRequirement",
       absl::StrCat("name: 'tenants/t/employers/e/requirements/", id, "'"));
  }
  ExpectNone(v1::NO_MATCH_REASON_NOTHING_STORED);
}

TEST_F(PathwayTest, WhatAnotherTenantKeepsToItselfIsAsIfAbsent) {
  MakeCourses();
  MakeTenant("u");
  MakePerson("other", LacksLicence(), "u");
  MakeRequirement("hidden", RequirementBody("positions: 9 visibility: "
                                            "VISIBILITY_PRIVATE"));
  const std::string other = "profile: 'tenants/u/profiles/other' ";
  EXPECT_THAT(WaysOf(Plan()), ElementsAre("swedish/s licence/later: 13 3 15"));
  EXPECT_THAT(WaysOf(Plan("", other)),
              ElementsAre("swedish/s licence/later: 4 2 15"));
  const std::string toward = absl::StrCat(
      other, "toward_requirement: 'tenants/t/employers/e/requirements/hidden'");
  const Reply hidden = Call(kPathwaysMethod, toward);
  EXPECT_EQ(hidden.code, grpc::StatusCode::NOT_FOUND);
  Do("EmployerService/DeleteRequirement",
     "name: 'tenants/t/employers/e/requirements/hidden'");
  const Reply absent = Call(kPathwaysMethod, toward);
  EXPECT_EQ(absent.error_bytes, hidden.error_bytes);

  Do("TrainingService/UpdateOffering",
     "offering { name: 'tenants/t/providers/p/offerings/swedish' "
     "visibility: VISIBILITY_PRIVATE }");
  EXPECT_EQ(Plan().total_size(), 1);
  ExpectNone(v1::NO_MATCH_REASON_NOTHING_COVERED, "", other);
}

}  // namespace
}  // namespace kugge::integration
