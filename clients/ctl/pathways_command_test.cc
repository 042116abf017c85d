// `match pathways` through the whole program, against a server on loopback that
// answers as the API says.
#include <string>
#include <utility>
#include <vector>

#include "clients/ctl/served_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

using testing::HasSubstr;

void SetDay(int month, int day, v1::Date* date) {
  date->set_year(2099);
  date->set_month(month);
  date->set_day(day);
}

v1::Pathway TwoSteps() {
  v1::Pathway way;
  way.set_gain_positions(4);
  way.set_gain_requirements(12);
  way.set_weeks(15);
  SetDay(6, 12, way.mutable_end_date());
  v1::PathwayStep* first = way.add_steps();
  first->set_title("Svenska");
  first->set_provider_display_name("Skolan");
  first->set_session("tenants/demo/providers/p/offerings/o/sessions/s");
  SetDay(3, 1, first->mutable_start_date());
  SetDay(5, 1, first->mutable_end_date());
  first->set_weeks(9);
  first->set_seats_left(10);
  first->set_distance_hm(-1);
  first->add_missing_accommodations(v1::ACCOMMODATION_QUIET_ROOM);
  v1::PathwayStep* second = way.add_steps();
  second->set_title("Körkort");
  SetDay(5, 1, second->mutable_start_date());
  SetDay(6, 12, second->mutable_end_date());
  second->set_weeks(6);
  second->set_seats_left(3);
  second->set_distance_hm(135);
  v1::PreparedPrerequisite* prepared = second->add_prepared_prerequisites();
  prepared->set_kind(v1::DEMAND_KIND_LANGUAGE);
  prepared->set_label("Svenska");
  prepared->set_level(3);
  prepared->set_satisfaction(v1::SATISFACTION_NO);
  prepared->set_sentence("Svenska (at least B1): given by an earlier step.");
  v1::PathwayGoal* goal = way.add_goals();
  goal->set_requirement("tenants/demo/employers/e/requirements/r");
  goal->set_title("Chaufför");
  goal->set_employer_display_name("Åkeriet");
  goal->set_municipality_code("2062");
  return way;
}

// Answers with one way, or with none and a reason.
class Planner final : public v1::MatchService::Service {
 public:
  grpc::Status PlanPathways(grpc::ServerContext*,
                            const v1::PlanPathwaysRequest* request,
                            v1::PlanPathwaysResponse* response) override {
    asked = *request;
    response->set_no_match_reason(reason);
    response->mutable_context()->set_strategy("default");
    if (reason != v1::NO_MATCH_REASON_UNSPECIFIED) return grpc::Status::OK;
    *response->add_pathways() = TwoSteps();
    response->set_total_size(3);
    response->set_offerings_considered(24);
    response->set_requirements_within_reach(70);
    return grpc::Status::OK;
  }

  v1::PlanPathwaysRequest asked;
  v1::NoMatchReason reason = v1::NO_MATCH_REASON_UNSPECIFIED;
};

class PathwaysCommandTest : public ServedTest<Planner> {
 protected:
  int RunPathways(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"match", "pathways", "x"};
    words.insert(words.end(), more.begin(), more.end());
    return Run(std::move(words));
  }
};

TEST_F(PathwaysCommandTest, ABlockForEachWay) {
  EXPECT_EQ(RunPathways({}), 0) << err_;
  EXPECT_THAT(
      out_,
      HasSubstr(
          "1: 4 positions of 12 requirements, 15 weeks, ends 2099-06-12\n"
          "    step  from        to          weeks  seats  distance  training"
          "  provider  session\n"
          "       1  2099-03-01  2099-05-01      9     10            Svenska "
          "  Skolan    tenants/demo/providers/p/offerings/o/sessions/s\n"
          "       2  2099-05-01  2099-06-12      6      3   13.5 km  "
          "Körkort\n"
          "    step 1 doesn't offer: quiet room\n"
          "    step 2: Svenska (at least B1): given by an earlier step.\n"
          "    leads to  employer  municipality  name\n"
          "    Chaufför  Åkeriet   2062          "
          "tenants/demo/employers/e/requirements/r\n"
          "    and 11 more\n"
          "1 of 3 pathways, put together from 24 trainings toward 70 "
          "requirements; "));
  EXPECT_EQ(service_.asked.profile(), "tenants/demo/profiles/x");
  EXPECT_EQ(RunPathways({"--output=json"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("\"gainPositions\":\"4\""));
}

TEST_F(PathwaysCommandTest, FlagsAreAskedFor) {
  EXPECT_EQ(RunPathways({"--maximum-steps=2", "--maximum-weeks=20",
                         "--maximum-pace=50", "--page-size=3",
                         "--filter=length_weeks < 9", "--strategy=s",
                         "--toward-requirement=e/r"}),
            0)
      << err_;
  EXPECT_EQ(service_.asked.maximum_steps(), 2);
  EXPECT_EQ(service_.asked.maximum_weeks(), 20);
  EXPECT_EQ(service_.asked.maximum_pace_percent(), 50);
  EXPECT_EQ(service_.asked.page_size(), 3);
  EXPECT_EQ(service_.asked.filter(), "length_weeks < 9");
  EXPECT_EQ(service_.asked.strategy(), "tenants/demo/strategies/s");
  EXPECT_EQ(service_.asked.toward_requirement(),
            "tenants/demo/employers/e/requirements/r");
  EXPECT_EQ(RunPathways({"--toward-occupation=abc"}), 0) << err_;
  EXPECT_EQ(service_.asked.toward_occupation(), "abc");
  EXPECT_EQ(RunPathways({"--toward-group=abc"}), 0) << err_;
  EXPECT_EQ(service_.asked.toward_occupation_group(), "abc");
  EXPECT_EQ(RunPathways({"--toward-group=abc", "--toward-occupation=abc"}), 2);
}

TEST_F(PathwaysCommandTest, AnEmptyAnswerSaysWhy) {
  for (const auto& [reason, words] :
       {std::pair{v1::NO_MATCH_REASON_NOTHING_STORED, "no requirement is open"},
        std::pair{v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL, "leaves nothing"},
        std::pair{v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL,
                  "that no training changes"},
        std::pair{v1::NO_MATCH_REASON_NOTHING_COVERED, "nothing is missing"},
        std::pair{v1::NO_MATCH_REASON_PROFILE_EXPIRED, "has expired"}}) {
    service_.reason = reason;
    EXPECT_EQ(RunPathways({}), 0) << err_;
    EXPECT_THAT(out_, HasSubstr(words));
    EXPECT_THAT(out_, HasSubstr("default"));
  }
}

}  // namespace
}  // namespace kugge::ctl
