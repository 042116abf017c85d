// `match leftovers` and `--bridges` through the whole program, against a server
// on loopback that answers as the API says.
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

v1::BridgeMatch ForemanForWelder() {
  v1::BridgeMatch row;
  row.mutable_match()->set_name("tenants/demo/profiles/x");
  row.mutable_match()->set_eligibility(v1::ELIGIBILITY_NOT_ELIGIBLE);
  row.mutable_match()->set_score(5750);
  v1::Bridge* bridge = row.add_bridges();
  bridge->set_kind(v1::DEMAND_KIND_OCCUPATION);
  bridge->set_held_label("Verkmästare");
  bridge->set_asked_label("Svetsare");
  bridge->set_relation(v1::CONCEPT_RELATION_SUBSTITUTE_75);
  row.set_uncertain(true);
  return row;
}

// Answers with one row of each list.
class Leftovers final : public v1::MatchService::Service {
 public:
  grpc::Status MatchLeftovers(grpc::ServerContext*,
                              const v1::MatchLeftoversRequest* request,
                              v1::MatchLeftoversResponse* response) override {
    asked = *request;
    response->mutable_context()->set_strategy("default");
    if (nothing) return grpc::Status::OK;
    response->set_leftover_profiles(3);
    response->set_profiles_total(40);
    v1::Leftover* person = response->add_profiles();
    person->set_name("tenants/demo/profiles/x");
    person->set_municipality_code("2062");
    v1::Match* nearest = person->mutable_nearest();
    nearest->set_name("tenants/demo/employers/e/requirements/near");
    nearest->set_title("Lagerarbetare");
    nearest->set_eligibility(v1::ELIGIBILITY_UNCERTAIN);
    nearest->set_score(7000);
    nearest->set_reverse_score(6500);
    response->set_leftover_requirements(1);
    response->set_requirements_total(1);
    v1::Leftover* requirement = response->add_requirements();
    requirement->set_name("tenants/demo/employers/e/requirements/r");
    requirement->set_title("Svetsare");
    requirement->set_employer_display_name("Verkstad");
    requirement->set_positions(4);
    return grpc::Status::OK;
  }

  grpc::Status MatchRequirements(
      grpc::ServerContext*, const v1::MatchRequirementsRequest* request,
      v1::MatchRequirementsResponse* response) override {
    requirements = *request;
    if (!nothing) *response->add_bridge_matches() = ForemanForWelder();
    return grpc::Status::OK;
  }

  grpc::Status MatchProfiles(grpc::ServerContext*,
                             const v1::MatchProfilesRequest* request,
                             v1::MatchProfilesResponse* response) override {
    profiles = *request;
    if (!nothing) *response->add_bridge_matches() = ForemanForWelder();
    return grpc::Status::OK;
  }

  v1::MatchLeftoversRequest asked;
  v1::MatchRequirementsRequest requirements;
  v1::MatchProfilesRequest profiles;
  bool nothing = false;
};

class LeftoversCommandTest : public ServedTest<Leftovers> {
 protected:
  int RunLeftovers(const std::vector<std::string>& more) {
    std::vector<std::string> words = {"match", "leftovers", "mora"};
    words.insert(words.end(), more.begin(), more.end());
    return Run(std::move(words));
  }
};

TEST_F(LeftoversCommandTest, TwoListsWithWhatComesNearest) {
  EXPECT_EQ(RunLeftovers({}), 0) << err_;
  EXPECT_THAT(
      out_,
      HasSubstr("3 of 40 profiles without a requirement to be eligible for\n"
                "#  municipality  name                     nearest    score  "
                "reverse  nearest title  nearest name\n"
                "1  2062          tenants/demo/profiles/x  uncertain  70.00  "
                "  65.00  Lagerarbetare  "
                "tenants/demo/employers/e/requirements/near\n"
                "\n"
                "1 of 1 requirement without anybody eligible\n"
                "#  title     employer  positions  name"));
  EXPECT_THAT(out_, HasSubstr("Svetsare  Verkstad          4  "
                              "tenants/demo/employers/e/requirements/r  "
                              "nothing\n"));
  EXPECT_THAT(out_, HasSubstr("strategy default"));
  EXPECT_EQ(service_.asked.parent(), "tenants/mora");
  EXPECT_EQ(service_.asked.region(), "");
  EXPECT_EQ(RunLeftovers({"--output=json"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("\"leftoverProfiles\":\"3\""));
}

TEST_F(LeftoversCommandTest, FlagsAreAskedForBelowTheTenant) {
  EXPECT_EQ(RunLeftovers({"--region=regions/county-20", "--page-size=50",
                          "--strategy=s"}),
            0)
      << err_;
  EXPECT_EQ(service_.asked.region(), "regions/county-20");
  EXPECT_EQ(service_.asked.page_size(), 50);
  EXPECT_EQ(service_.asked.strategy(), "tenants/mora/strategies/s");
  EXPECT_EQ(RunLeftovers({"--region=siljan"}), 0) << err_;
  EXPECT_EQ(service_.asked.region(), "tenants/mora/regions/siljan");
  EXPECT_EQ(Run({"match", "leftovers"}), 2);
}

TEST_F(LeftoversCommandTest, NobodyLeftIsSaidInFigures) {
  service_.nothing = true;
  EXPECT_EQ(RunLeftovers({}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("0 of 0 profiles"), Not(HasSubstr("#"))));
}

TEST_F(LeftoversCommandTest, BridgesHaveASectionOfTheirOwn) {
  const std::string section =
      "\nBridges:\n"
      "#  eligibility   score  potential  reverse  name\n"
      "1  not eligible  57.50       0.00     0.00  tenants/demo/profiles/x\n"
      "    occupation: Verkmästare for Svetsare, close substitute\n"
      "    something else is unknown: ask\n";
  EXPECT_EQ(Run({"match", "requirements", "x", "--bridges"}), 0) << err_;
  EXPECT_TRUE(service_.requirements.include_bridge_matches());
  EXPECT_THAT(out_, HasSubstr(section));
  EXPECT_EQ(Run({"match", "profiles", "e/r", "--bridges"}), 0) << err_;
  EXPECT_TRUE(service_.profiles.include_bridge_matches());
  EXPECT_THAT(out_, HasSubstr(section));
  service_.nothing = true;
  EXPECT_EQ(Run({"match", "profiles", "e/r"}), 0) << err_;
  EXPECT_FALSE(service_.profiles.include_bridge_matches());
  EXPECT_THAT(out_, Not(HasSubstr("Bridges")));
}

}  // namespace
}  // namespace kugge::ctl
