// `match proposal` through the whole program, against a server on loopback that
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

using testing::ElementsAre;
using testing::HasSubstr;

// Answers with two modules, or with none and a reason.
class Proposer final : public v1::MatchService::Service {
 public:
  grpc::Status ProposeOffering(grpc::ServerContext*,
                               const v1::ProposeOfferingRequest* request,
                               v1::ProposeOfferingResponse* response) override {
    asked = *request;
    response->set_no_match_reason(reason);
    response->mutable_context()->set_strategy("default");
    response->set_requirements(2);
    response->set_open_positions(12);
    response->set_people(100);
    v1::UncoveredDemand* uncovered = response->add_uncovered();
    uncovered->set_kind(v1::DEMAND_KIND_EDUCATION);
    uncovered->set_asked_concept("abc");
    uncovered->set_requirements(1);
    uncovered->set_positions(4);
    uncovered->set_pairs(3);
    if (reason != v1::NO_MATCH_REASON_UNSPECIFIED) return grpc::Status::OK;
    AddModules(response);
    response->set_weeks(6);
    response->set_filled_positions(8);
    response->set_filled_positions_bound(bound);
    response->set_served_requirements(1);
    response->set_unlocked_people(20);
    v1::ProposedPrerequisite* first = response->add_prerequisites();
    first->set_sentence("Swedish: can be asked.");
    first->set_people(19);
    first->set_proposed(true);
    return grpc::Status::OK;
  }

  v1::ProposeOfferingRequest asked;
  v1::NoMatchReason reason = v1::NO_MATCH_REASON_UNSPECIFIED;
  int64_t bound = 8;

 private:
  static void AddModules(v1::ProposeOfferingResponse* response) {
    v1::ProposedModule* module = response->add_modules();
    module->set_kind(v1::DEMAND_KIND_SKILL);
    module->set_label("Gasteknik");
    module->set_weeks(2);
    module->set_requirements(2);
    module = response->add_modules();
    module->set_sentence("Truck licence: 4 weeks.");
    module->set_weeks(4);
    module->set_adds_positions(8);
    module->set_adds_pairs(20);
    module->set_requirements(1);
    module->set_awarded(true);
  }
};

class ProposalCommandTest : public ServedTest<Proposer> {
 protected:
  int RunProposal(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"match", "proposal"};
    words.insert(words.end(), more.begin(), more.end());
    return Run(std::move(words));
  }
};

TEST_F(ProposalCommandTest, ATableForModulesPrerequisitesAndWhatIsUncovered) {
  EXPECT_EQ(RunProposal({"--weeks=6"}), 0) << err_;
  EXPECT_THAT(
      out_,
      HasSubstr("2 requirements with 12 open positions, 100 people\n"
                "6 weeks that fill 8 positions of 1 requirement with 20 "
                "unlocked\n"
                "    weeks  positions  pairs  requirements  by        module\n"
                "        2         +0     +0             2  teaching  skill "
                "Gasteknik\n"
                "        4         +8    +20             1  award     Truck "
                "licence: 4 weeks.\n"
                "    people  ask  prerequisite\n"
                "        19  yes  Swedish: can be asked.\n"
                "    open  pairs  requirements  uncovered\n"
                "       4      3             1  education abc\n"));
  EXPECT_EQ(service_.asked.parent(), "tenants/demo");
  EXPECT_EQ(service_.asked.budget_weeks(), 6);
  EXPECT_FALSE(service_.asked.has_start_date());
  service_.bound = 11;
  EXPECT_EQ(RunProposal({"--weeks=6"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("8 positions (the best fill at most 11) of"));
  EXPECT_EQ(RunProposal({"--weeks=6", "--output=json"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("\"filledPositionsBound\":\"11\""));
}

TEST_F(ProposalCommandTest, RequirementsAndFlagsAreAskedFor) {
  EXPECT_EQ(
      RunProposal({"acme/r1", "acme/r2", "--weeks=8", "--start=2099-03-01",
                   "--region=regions/county-20", "--work-region=r",
                   "--filter=positions > 1", "--strategy=s", "--parent=other"}),
      0)
      << err_;
  EXPECT_THAT(service_.asked.requirements(),
              ElementsAre("tenants/demo/employers/acme/requirements/r1",
                          "tenants/demo/employers/acme/requirements/r2"));
  EXPECT_EQ(service_.asked.parent(), "tenants/other");
  EXPECT_EQ(service_.asked.start_date().year(), 2099);
  EXPECT_EQ(service_.asked.start_date().month(), 3);
  EXPECT_EQ(service_.asked.start_date().day(), 1);
  EXPECT_EQ(service_.asked.region(), "regions/county-20");
  EXPECT_EQ(service_.asked.work_region(), "tenants/demo/regions/r");
  EXPECT_EQ(service_.asked.filter(), "positions > 1");
  EXPECT_EQ(service_.asked.strategy(), "tenants/demo/strategies/s");
  EXPECT_EQ(RunProposal({}), 2);
  EXPECT_THAT(err_, HasSubstr("--weeks"));
  EXPECT_EQ(RunProposal({"--weeks=8", "--start=soon"}), 2);
  EXPECT_THAT(err_, HasSubstr("--start"));
}

TEST_F(ProposalCommandTest, NoModulesSayWhy) {
  for (const auto& [reason, words] :
       {std::pair{v1::NO_MATCH_REASON_NOTHING_STORED, "when the training ends"},
        std::pair{v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL, "filter and region"},
        std::pair{v1::NO_MATCH_REASON_NOTHING_COVERED, "somebody lacks"},
        std::pair{v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL,
                  "in so many weeks"}}) {
    service_.reason = reason;
    EXPECT_EQ(RunProposal({"--weeks=1"}), 0) << err_;
    EXPECT_THAT(out_, HasSubstr(words));
    // What stays open is told all the same.
    EXPECT_THAT(out_, HasSubstr("education abc"));
  }
}

}  // namespace
}  // namespace kugge::ctl
