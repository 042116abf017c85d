// Questions that start from a training, and those for trainings, through the
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

constexpr char kOffering[] = "tenants/demo/providers/p/offerings/o";
constexpr char kSession[] = "tenants/demo/providers/p/offerings/o/sessions/s";

v1::CoveredDemand Covered() {
  v1::CoveredDemand demand;
  demand.set_kind(v1::DEMAND_KIND_AUTHORISATION);
  demand.set_sentence("B-truckar: covered by the training.");
  demand.set_weight(1000);
  demand.set_covered(true);
  return demand;
}

// Answers with one row, or with none and a reason.
class Courses final : public v1::MatchService::Service {
 public:
  grpc::Status MatchRequirements(
      grpc::ServerContext*, const v1::MatchRequirementsRequest* request,
      v1::MatchRequirementsResponse* response) override {
    requirements = *request;
    response->mutable_context()->set_strategy("default");
    response->set_no_match_reason(reason);
    if (reason != v1::NO_MATCH_REASON_UNSPECIFIED) return grpc::Status::OK;
    response->set_total_size(7);
    v1::ServedRequirement* row = response->add_served_requirements();
    row->set_requirement("tenants/demo/employers/e/requirements/r");
    row->set_title("Truckförare");
    row->set_session(kSession);
    row->set_coverage(6538);
    row->set_positions(4);
    row->set_seats_left(8);
    row->set_eligible_people(1);
    row->set_unlocked_people(12);
    row->set_possibly_unlocked_people(31);
    row->set_fillable_positions(3);
    row->mutable_session_end_date()->set_year(2099);
    row->mutable_session_end_date()->set_month(5);
    row->mutable_session_end_date()->set_day(1);
    if (request->view() != v1::RESOURCE_VIEW_BASIC) {
      *row->add_demands() = Covered();
    }
    return grpc::Status::OK;
  }

  grpc::Status MatchProfiles(grpc::ServerContext*,
                             const v1::MatchProfilesRequest* request,
                             v1::MatchProfilesResponse* response) override {
    profiles = *request;
    response->set_no_match_reason(reason);
    if (reason != v1::NO_MATCH_REASON_UNSPECIFIED) return grpc::Status::OK;
    response->set_total_size(1);
    v1::HelpedProfile* row = response->add_helped_profiles();
    row->set_profile("tenants/demo/profiles/x");
    row->set_municipality_code("2062");
    row->set_gain_positions(9);
    row->set_gain_requirements(4);
    return grpc::Status::OK;
  }

  grpc::Status MatchOfferings(grpc::ServerContext*,
                              const v1::MatchOfferingsRequest* request,
                              v1::MatchOfferingsResponse* response) override {
    offerings = *request;
    if (request->has_requirement()) *response = uncovered;
    response->set_no_match_reason(reason);
    if (reason != v1::NO_MATCH_REASON_UNSPECIFIED) return grpc::Status::OK;
    v1::OfferingMatch* row = response->add_matches();
    row->set_offering(kOffering);
    row->set_session(kSession);
    row->set_unlocked_people(12);
    row->set_gain_positions(9);
    row->set_gain_requirements(4);
    v1::MissingPrerequisite* missing = row->add_missing_prerequisites();
    missing->set_sentence("Svenska: ask.");
    row->add_missing_accommodations(v1::ACCOMMODATION_QUIET_ROOM);
    row->add_missing_accommodations(v1::ACCOMMODATION_STEP_FREE_ACCESS);
    return grpc::Status::OK;
  }

  v1::MatchRequirementsRequest requirements;
  v1::MatchProfilesRequest profiles;
  v1::MatchOfferingsRequest offerings;
  // What the answer for a requirement holds beside its rows.
  v1::MatchOfferingsResponse uncovered;
  v1::NoMatchReason reason = v1::NO_MATCH_REASON_UNSPECIFIED;
};

class CourseCommandsTest : public ServedTest<Courses> {
 protected:
  int RunMatch(std::vector<std::string> words) {
    words.insert(words.begin(), "match");
    return Run(std::move(words));
  }
};

TEST_F(CourseCommandsTest, RequirementsThatATrainingServes) {
  EXPECT_EQ(RunMatch({"requirements", "p/o/s", "--parent=mora"}), 0) << err_;
  EXPECT_EQ(service_.requirements.session(), kSession);
  EXPECT_EQ(service_.requirements.parent(), "tenants/mora");
  EXPECT_THAT(
      out_, AllOf(HasSubstr("fillable  unlocked  possibly  eligible  positions"
                            "  seats  coverage  ends        in time"),
                  HasSubstr("3        12        31         1          4"
                            "      8     65.38  2099-05-01  no"),
                  HasSubstr("1 of 7 rows"), Not(HasSubstr("B-truckar"))));

  EXPECT_EQ(RunMatch({"requirements", "p/o", "--explain"}), 0) << err_;
  EXPECT_EQ(service_.requirements.offering(), kOffering);
  EXPECT_EQ(service_.requirements.parent(), "");
  EXPECT_THAT(out_,
              AllOf(HasSubstr("10.00  B-truckar: covered by the training."),
                    HasSubstr(kSession)));
}

TEST_F(CourseCommandsTest, PeopleWhomASessionHelps) {
  EXPECT_EQ(RunMatch({"profiles", "p/o/s"}), 0) << err_;
  EXPECT_EQ(service_.profiles.session(), kSession);
  EXPECT_THAT(out_, AllOf(HasSubstr("positions  requirements  municipality"),
                          HasSubstr("9             4  2062"),
                          HasSubstr("tenants/demo/profiles/x")));
  EXPECT_EQ(RunMatch({"profiles", "p/o/s", "--output=json"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("\"gainPositions\":\"9\""));
}

TEST_F(CourseCommandsTest, AnEmptyAnswerSaysWhy) {
  service_.reason = v1::NO_MATCH_REASON_NO_USABLE_SESSION;
  EXPECT_EQ(RunMatch({"requirements", "p/o"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("no session is open, has a seat"));
  service_.reason = v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL;
  EXPECT_EQ(RunMatch({"profiles", "p/o/s"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("nobody becomes eligible"),
                          Not(HasSubstr("near-misses"))));
}

TEST_F(CourseCommandsTest, OfferingsShowTheFiguresOfTheirOrigin) {
  EXPECT_EQ(RunMatch({"offerings", "--for=x", "--toward-requirement=e/r",
                      "--explain"}),
            0)
      << err_;
  EXPECT_EQ(service_.offerings.toward_requirement(),
            "tenants/demo/employers/e/requirements/r");
  EXPECT_THAT(
      out_,
      AllOf(HasSubstr("positions  requirements"), Not(HasSubstr("unlocked")),
            HasSubstr("\n    Svenska: ask.\n"),
            HasSubstr("doesn't offer: quiet room, step free access")));

  EXPECT_EQ(RunMatch({"offerings", "--for=e/r"}), 0) << err_;
  EXPECT_THAT(out_,
              AllOf(HasSubstr("unlocked"), Not(HasSubstr("requirements"))));
  EXPECT_EQ(RunMatch({"offerings", "--for=x", "--toward-occupation=abc"}), 0);
  EXPECT_EQ(service_.offerings.toward_occupation(), "abc");
  EXPECT_EQ(RunMatch({"offerings", "--for=x", "--toward-group=abc"}), 0);
  EXPECT_EQ(service_.offerings.toward_occupation_group(), "abc");
  EXPECT_EQ(RunMatch({"offerings", "--for=x", "--toward-group=abc",
                      "--toward-occupation=abc"}),
            2);
}

TEST_F(CourseCommandsTest, WhatNoOfferingCoversFollowsTheRowsOfARequirement) {
  EXPECT_EQ(RunMatch({"offerings", "--for=e/r"}), 0) << err_;
  EXPECT_THAT(out_, Not(HasSubstr("covered")));

  service_.uncovered.set_uncovered_share(3462);
  v1::CoveredDemand* told = service_.uncovered.add_uncovered();
  told->set_kind(v1::DEMAND_KIND_LANGUAGE);
  told->set_label("Svenska");
  told->set_sentence("Svenska (at least B2): still open after the training.");
  told->set_weight(2250);
  v1::CoveredDemand* labelled = service_.uncovered.add_uncovered();
  labelled->set_kind(v1::DEMAND_KIND_AUTHORISATION);
  labelled->set_label("Traverskort");
  labelled->set_asked_concept("abcd_efg_hij");
  labelled->set_weight(750);
  v1::CoveredDemand* bare = service_.uncovered.add_uncovered();
  bare->set_kind(v1::DEMAND_KIND_SKILL);
  bare->set_asked_concept("abcd_efg_hij");
  bare->set_weight(462);
  constexpr char kTable[] =
      "\n34.62 % of what can be learnt is covered by none of the trainings\n"
      "    weight  uncovered\n"
      "     22.50  Svenska (at least B2): still open after the training.\n"
      "      7.50  authorisation Traverskort\n"
      "      4.62  skill abcd_efg_hij\n"
      "1 row; ";
  EXPECT_EQ(RunMatch({"offerings", "--for=e/r"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr(kOffering), HasSubstr(kTable)));
  EXPECT_EQ(RunMatch({"offerings", "--for=e/r", "--output=json"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("\"uncoveredShare\":3462"));
  EXPECT_EQ(RunMatch({"offerings", "--for=x"}), 0) << err_;
  EXPECT_THAT(out_, Not(HasSubstr("covered")));

  service_.reason = v1::NO_MATCH_REASON_NOTHING_COVERED;
  EXPECT_EQ(RunMatch({"offerings", "--for=e/r"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(testing::StartsWith("34.62 % of what can be learnt"),
                          HasSubstr("skill abcd_efg_hij\n")));
}

}  // namespace
}  // namespace kugge::ctl
