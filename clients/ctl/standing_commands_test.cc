// `match absence`, `match staffing` and `explain --what-would-help` through the
// whole program, against a server on loopback that answers as the API says.
#include <string>
#include <utility>
#include <vector>

#include "clients/ctl/served_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Standing final : public v1::MatchService::Service {
 public:
  grpc::Status ExplainMatch(grpc::ServerContext*,
                            const v1::ExplainMatchRequest* request,
                            v1::ExplainMatchResponse* response) override {
    explained = *request;
    v1::Contribution* line = response->mutable_match()->add_contributions();
    line->set_weight(3000);
    line->set_outcome(v1::DEMAND_OUTCOME_UNKNOWN);
    line->set_sentence("TIG: nothing is stated. Ask: Who?");
    if (!request->include_what_would_help()) return grpc::Status::OK;
    line->set_rank_if_met(7);
    response->set_rank(rank);
    if (rank == 0) return grpc::Status::OK;
    v1::HelpfulChange* change = response->add_what_would_help();
    change->set_eligibility(v1::ELIGIBILITY_ELIGIBLE);
    change->set_score(8500);
    change->set_reverse_score(5000);
    change->set_rank(3);
    change->set_sentence("MIG: if it were met, better.");
    change = response->add_what_would_help();
    change->set_eligibility(v1::ELIGIBILITY_NEAR_MISS);
    change->set_sentence("MAG: if it were met, still nothing.");
    return grpc::Status::OK;
  }

  grpc::Status ExplainAbsence(grpc::ServerContext*,
                              const v1::ExplainAbsenceRequest* request,
                              v1::ExplainAbsenceResponse* response) override {
    missed = *request;
    response->set_reason(reason);
    if (reason == v1::ABSENCE_REASON_BEATEN) response->set_rank(42);
    response->mutable_match()->set_name("tenants/demo/profiles/x");
    response->mutable_match()->add_contributions()->set_sentence("TIG: met.");
    response->mutable_context()->set_strategy("default");
    return grpc::Status::OK;
  }

  grpc::Status AssessStaffing(grpc::ServerContext*,
                              const v1::AssessStaffingRequest* request,
                              v1::AssessStaffingResponse* response) override {
    assessed = *request;
    *response = staffing;
    response->mutable_context()->set_strategy("default");
    return grpc::Status::OK;
  }

  v1::ExplainMatchRequest explained;
  v1::ExplainAbsenceRequest missed;
  v1::AssessStaffingRequest assessed;
  int rank = 12;
  v1::AbsenceReason reason = v1::ABSENCE_REASON_BEATEN;
  v1::AssessStaffingResponse staffing;
};

class StandingCommandsTest : public ServedTest<Standing> {
 protected:
  int RunAbsence(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"match", "absence", "x", "e/r"};
    words.insert(words.end(), more.begin(), more.end());
    return Run(std::move(words));
  }
  int RunStaffing(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"match", "staffing", "e/r"};
    words.insert(words.end(), more.begin(), more.end());
    return Run(std::move(words));
  }
};

TEST_F(StandingCommandsTest, ExplainTellsWhatWouldHelpWhereItIsAskedFor) {
  EXPECT_EQ(Run({"explain", "x", "e/r"}), 0) << err_;
  EXPECT_FALSE(service_.explained.include_what_would_help());
  EXPECT_THAT(out_, AllOf(Not(HasSubstr("rank")), Not(HasSubstr("number 12"))));
  EXPECT_EQ(Run({"explain", "x", "e/r", "--what-would-help"}), 0) << err_;
  EXPECT_TRUE(service_.explained.include_what_would_help());
  EXPECT_THAT(
      out_,
      AllOf(HasSubstr("rank if met"),
            HasSubstr("7  TIG: nothing is stated. Ask: Who?\n"),
            HasSubstr(
                "number 12 among the people for it\n"
                "    rank  eligibility  score  reverse  what would help\n"
                "       3  eligible     85.00    50.00  MIG: if it were met, "
                "better.\n"
                "          near miss     0.00     0.00  MAG: if it were met, "
                "still nothing.\n")));
  service_.rank = 0;
  EXPECT_EQ(Run({"explain", "x", "e/r", "--what-would-help"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("not among the people for it\n"
                              "no single change would help\n"));
}

TEST_F(StandingCommandsTest, AnAbsenceHasAReasonAndTheRow) {
  EXPECT_EQ(RunAbsence({}), 0) << err_;
  EXPECT_EQ(service_.missed.profile(), "tenants/demo/profiles/x");
  EXPECT_EQ(service_.missed.requirement(),
            "tenants/demo/employers/e/requirements/r");
  EXPECT_EQ(service_.missed.list(), v1::ABSENCE_LIST_PROFILES);
  EXPECT_FALSE(service_.missed.eligible_only());
  EXPECT_THAT(out_, AllOf(HasSubstr("It is in the list, as number 42.\n"),
                          HasSubstr("tenants/demo/profiles/x"),
                          HasSubstr("TIG: met."), HasSubstr("default")));
  for (const auto& [reason, words] :
       {std::pair{v1::ABSENCE_REASON_CLOSED, "It is closed"},
        std::pair{v1::ABSENCE_REASON_FILTERED, "The filter leaves it out."},
        std::pair{v1::ABSENCE_REASON_HARD_DEMAND_REFUSES,
                  "A hard demand refuses."},
        std::pair{v1::ABSENCE_REASON_UNCERTAIN_LEFT_OUT, "isn't known"}}) {
    service_.reason = reason;
    EXPECT_EQ(RunAbsence({}), 0) << err_;
    EXPECT_THAT(out_, HasSubstr(words));
  }
  EXPECT_EQ(RunAbsence({"--output=json"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("\"ABSENCE_REASON_UNCERTAIN_LEFT_OUT\""));
}

TEST_F(StandingCommandsTest, AbsenceFlagsAreAskedFor) {
  EXPECT_EQ(RunAbsence({"--list=requirements", "--filter=positions > 1",
                        "--eligible-only", "--strategy=s"}),
            0)
      << err_;
  EXPECT_EQ(service_.missed.list(), v1::ABSENCE_LIST_REQUIREMENTS);
  EXPECT_EQ(service_.missed.filter(), "positions > 1");
  EXPECT_TRUE(service_.missed.eligible_only());
  EXPECT_EQ(service_.missed.strategy(), "tenants/demo/strategies/s");
  EXPECT_EQ(RunAbsence({"--list=offerings"}), 2);
  EXPECT_THAT(err_, HasSubstr("--list is profiles or requirements"));
}

v1::AssessStaffingResponse SomeStaffing() {
  v1::AssessStaffingResponse answer;
  answer.set_people(70);
  answer.set_eligible_people(1);
  answer.set_uncertain_people(4);
  answer.set_positions(5);
  answer.set_shortfall(4);
  answer.set_shortfall_after_plan(1);
  answer.set_trainings(6);
  v1::StaffingStep* step = answer.add_plan();
  step->set_title("Svets");
  step->set_provider_display_name("Skolan");
  step->set_session("tenants/demo/providers/p/offerings/o/sessions/s");
  step->mutable_end_date()->set_year(2099);
  step->mutable_end_date()->set_month(5);
  step->mutable_end_date()->set_day(1);
  step->set_seats_left(10);
  step->set_unlocked_people(8);
  step->set_adds(3);
  v1::LackedDemand* lacked = answer.add_lacked();
  lacked->set_people(66);
  lacked->set_sentence("TIG: 66 people lack it.");
  return answer;
}

TEST_F(StandingCommandsTest, StaffingIsAPlanAndWhatIsLacking) {
  service_.staffing = SomeStaffing();
  EXPECT_EQ(RunStaffing({}), 0) << err_;
  EXPECT_THAT(
      out_,
      HasSubstr(
          "5 positions: 1 eligible and 4 uncertain of 70 people; 4 missing; "
          "with 1 training of 6 still 1 missing\n"
          "    adds  unlocked  seats  ends        training  provider  session\n"
          "       3         8     10  2099-05-01  Svets     Skolan    "
          "tenants/demo/providers/p/offerings/o/sessions/s\n"
          "    lacking  demand\n"
          "         66  TIG: 66 people lack it.\n"));
  EXPECT_EQ(service_.assessed.parent(), "tenants/demo");
  EXPECT_EQ(service_.assessed.requirement(),
            "tenants/demo/employers/e/requirements/r");
  service_.staffing.clear_plan();
  EXPECT_EQ(RunStaffing({}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("4 missing; no training adds anybody\n"));
  service_.staffing.set_shortfall(0);
  EXPECT_EQ(RunStaffing({}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("; none is missing\n"));
  EXPECT_EQ(RunStaffing({"--output=json"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("\"eligiblePeople\":\"1\""));
}

TEST_F(StandingCommandsTest, StaffingFlagsAreAskedFor) {
  EXPECT_EQ(RunStaffing({"--region=near", "--radius=50", "--positions=3",
                         "--by=2099-04-02", "--maximum-trainings=2",
                         "--parent=other", "--strategy=s"}),
            0)
      << err_;
  EXPECT_EQ(service_.assessed.region(), "tenants/demo/regions/near");
  EXPECT_EQ(service_.assessed.radius_km(), 50);
  EXPECT_EQ(service_.assessed.positions(), 3);
  EXPECT_EQ(service_.assessed.by_date().year(), 2099);
  EXPECT_EQ(service_.assessed.by_date().month(), 4);
  EXPECT_EQ(service_.assessed.by_date().day(), 2);
  EXPECT_EQ(service_.assessed.maximum_trainings(), 2);
  EXPECT_EQ(service_.assessed.parent(), "tenants/other");
  EXPECT_EQ(service_.assessed.strategy(), "tenants/demo/strategies/s");
  EXPECT_EQ(RunStaffing({"--region=regions/county-20"}), 0) << err_;
  EXPECT_EQ(service_.assessed.region(), "regions/county-20");
  EXPECT_FALSE(service_.assessed.has_by_date());
  EXPECT_EQ(RunStaffing({"--by=tomorrow"}), 2);
  EXPECT_THAT(err_, HasSubstr("--by is a day"));
}

}  // namespace
}  // namespace kugge::ctl
