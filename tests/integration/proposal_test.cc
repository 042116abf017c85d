// What a short training should teach, over a socket: figures worked out by hand
// from docs/scoring.md section 12.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/course_market.h"

namespace kugge::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kProposal[] = "MatchService/ProposeOffering";

// Gas is taught in eight weeks, licence B awarded in eight by a course that
// asks for drawings. One person lacks the one, one the other, one both; one has
// all.
class ProposalTest : public CourseMarketTest {
 protected:
  ProposalTest() {
    MakeRequirement("many", RequirementBody("positions: 4"));
    MakeOffering("licence",
                 absl::StrCat("awarded_licences: '", kLicenceB,
                              "' prerequisites { skills { skill: '", kDrawings,
                              "' strength: STRENGTH_HARD } }"));
    const std::string none =
        "licences { completeness: COMPLETENESS_COMPLETE } ";
    const std::string home = "home { municipality_code: '2584' } ";
    MakePerson("exact", Perfect());
    MakePerson("gas", LacksGas(home));
    MakePerson("licence", absl::StrCat(Skills({kGas, kDrawings}, true), none));
    MakePerson("both", absl::StrCat(Skills({}, true), none, home));
  }

  v1::ProposeOfferingResponse Propose(const std::string& more) const {
    return Do<v1::ProposeOfferingResponse>(
        kProposal,
        absl::StrCat("parent: 'tenants/t' ", more,
                     " requirements: 'tenants/t/employers/e/requirements/"
                     "many'"));
  }
  v1::ProposeOfferingResponse ProposeForAll(const std::string& more) const {
    return Do<v1::ProposeOfferingResponse>(
        kProposal, absl::StrCat("parent: 'tenants/t' ", more));
  }
  void ExpectRefused(const std::string& more, const std::string& field) const {
    ExpectInvalid(kProposal, absl::StrCat("parent: 'tenants/t' ", more), field);
  }
};

// `label weeks positions pairs` of each.
std::vector<std::string> ModulesOf(const v1::ProposeOfferingResponse& answer) {
  std::vector<std::string> all;
  for (const v1::ProposedModule& module : answer.modules()) {
    all.push_back(absl::StrCat(module.label(), " ", module.weeks(), " ",
                               module.adds_positions(), " ",
                               module.adds_pairs()));
  }
  return all;
}

// `label positions pairs weeks` of each.
std::vector<std::string> UncoveredOf(
    const v1::ProposeOfferingResponse& answer) {
  std::vector<std::string> all;
  for (const v1::UncoveredDemand& line : answer.uncovered()) {
    all.push_back(absl::StrCat(line.label(), " ", line.positions(), " ",
                               line.pairs(), " ", line.weeks()));
  }
  return all;
}

TEST_F(ProposalTest, BothModulesFillWhatNobodyFillsNow) {
  const auto answer = Propose("budget_weeks: 16");
  EXPECT_THAT(ModulesOf(answer), ElementsAre("Gasteknik 8 1 1", "B 8 2 2"))
      << answer.DebugString();
  const v1::ProposedModule& gas = answer.modules(0);
  EXPECT_EQ(gas.kind(), v1::DEMAND_KIND_SKILL);
  EXPECT_EQ(gas.taught_concept(), kGas);
  EXPECT_FALSE(gas.awarded());
  EXPECT_EQ(gas.weeks_from_offerings(), 1);
  EXPECT_EQ(gas.requirements(), 1);
  EXPECT_TRUE(answer.modules(1).awarded());
  EXPECT_EQ(answer.weeks(), 16);
  EXPECT_EQ(answer.requirements(), 1);
  EXPECT_EQ(answer.open_positions(), 3);
  EXPECT_EQ(answer.filled_positions(), 3);
  EXPECT_EQ(answer.filled_positions_bound(), 3);
  EXPECT_EQ(answer.unlocked_people(), 3);
  EXPECT_EQ(answer.served_requirements(), 1);
  EXPECT_EQ(answer.people(), 4);
  EXPECT_THAT(answer.uncovered(), IsEmpty());
  // Drawings, which one of the trainings asks for, would shut one out.
  ASSERT_EQ(answer.prerequisites_size(), 1);
  EXPECT_EQ(answer.prerequisites(0).asked_concept(), kDrawings);
  EXPECT_EQ(answer.prerequisites(0).people(), 2);
  EXPECT_FALSE(answer.prerequisites(0).proposed());
  EXPECT_EQ(answer.no_match_reason(), v1::NO_MATCH_REASON_UNSPECIFIED);
  EXPECT_EQ(answer.context().strategy(), "default");
}

TEST_F(ProposalTest, WithinFewerWeeksOneOfThemAndTheOtherStaysUncovered) {
  const auto answer = Propose("budget_weeks: 15");
  EXPECT_THAT(ModulesOf(answer), ElementsAre("Gasteknik 8 1 1"));
  EXPECT_THAT(UncoveredOf(answer), ElementsAre("B 2 2 8"));
  // Whoever lacks nothing but the gas has the licence.
  ASSERT_EQ(answer.prerequisites_size(), 1);
  EXPECT_EQ(answer.prerequisites(0).asked_concept(), kLicenceB);
  EXPECT_TRUE(answer.prerequisites(0).proposed());
}

TEST_F(ProposalTest, PeopleAndRequirementsAreThoseOfTheirRegions) {
  // Who lacks the licence alone lives elsewhere.
  const auto north = Propose("budget_weeks: 16 region: 'regions/county-25'");
  EXPECT_EQ(north.people(), 2);
  EXPECT_EQ(north.filled_positions(), 2);
  EXPECT_EQ(north.open_positions(), 3);
  // Of "r" the one position is filled.
  const auto all = ProposeForAll("budget_weeks: 16");
  EXPECT_EQ(all.requirements(), 2);
  EXPECT_EQ(all.open_positions(), 3);
  EXPECT_EQ(all.filled_positions(), 3);
  EXPECT_EQ(all.served_requirements(), 2);
  EXPECT_EQ(all.modules(0).requirements(), 2);
  EXPECT_EQ(ProposeForAll("budget_weeks: 16 work_region: 'regions/county-14'")
                .requirements(),
            2);
  EXPECT_EQ(
      ProposeForAll("budget_weeks: 16 filter: 'positions > 1'").requirements(),
      1);
}

TEST_F(ProposalTest, WithoutModulesTheAnswerSaysWhy) {
  const auto reason = [](const v1::ProposeOfferingResponse& answer) {
    EXPECT_THAT(answer.modules(), IsEmpty());
    return answer.no_match_reason();
  };
  EXPECT_EQ(reason(Propose("budget_weeks: 7")),
            v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL);
  EXPECT_EQ(reason(ProposeForAll("budget_weeks: 16 filter: 'positions > 100'")),
            v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL);
  EXPECT_EQ(reason(ProposeForAll(
                "budget_weeks: 16 work_region: 'regions/county-25'")),
            v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL);
  // Its one position is filled.
  EXPECT_EQ(reason(ProposeForAll("budget_weeks: 16 filter: 'positions = 1'")),
            v1::NO_MATCH_REASON_NOTHING_COVERED);
  for (const std::string id : {"r", "many"}) {
    Do("EmployerService/UpdateRequirement",
       absl::StrCat("requirement { name: 'tenants/t/employers/e/requirements/",
                    id,
                    "' state: REQUIREMENT_STATE_CLOSED } update_mask { "
                    "paths: 'state' }"));
  }
  EXPECT_EQ(reason(Propose("budget_weeks: 16")),
            v1::NO_MATCH_REASON_NOTHING_STORED);
  EXPECT_EQ(reason(ProposeForAll("budget_weeks: 16 filter: 'positions > 100'")),
            v1::NO_MATCH_REASON_NOTHING_STORED);
}

TEST_F(ProposalTest, RefusesWhatCanNeverBeRight) {
  const std::string named = absl::StrCat("requirements: '", kRequirement, "' ");
  ExpectRefused(named, "budget_weeks");
  ExpectRefused("budget_weeks: 105", "budget_weeks");
  ExpectRefused(named + "budget_weeks: 1 filter: 'positions > 1'", "filter");
  ExpectRefused(named + "budget_weeks: 1 work_region: 'regions/county-25'",
                "work_region");
  ExpectRefused("budget_weeks: 1 filter: 'weeks > 1'", "filter");
  ExpectRefused("budget_weeks: 1 start_date { year: 2020 month: 1 day: 1 }",
                "start_date");
  const auto not_found = [&](const std::string& more) {
    ExpectNotFound(kProposal,
                   absl::StrCat("parent: 'tenants/t' budget_weeks: 1 ", more));
  };
  not_found("requirements: 'tenants/t/employers/e/requirements/nowhere'");
  not_found("region: 'regions/nowhere'");
  not_found("work_region: 'regions/nowhere'");
  not_found("strategy: 'tenants/t/strategies/none'");
}

TEST_F(ProposalTest, MoreRequirementsThanAreLookedAtAreRefused) {
  std::string batch = "parent: 'tenants/t/employers/e' ";
  for (int i = 0; i < 500; ++i) {
    absl::StrAppend(
        &batch,
        "requests { parent: 'tenants/t/employers/e' requirement_id: "
        "'x",
        i,
        "' requirement { title: 'A' origin: "
        "REQUIREMENT_ORIGIN_VACANCY } } ");
  }
  Do("EmployerService/BatchCreateRequirements", batch);
  ExpectRefused("budget_weeks: 16", "filter");
  EXPECT_THAT(Call(kProposal, "parent: 'tenants/t' budget_weeks: 16").text,
              HasSubstr("502"));
  EXPECT_EQ(
      ProposeForAll("budget_weeks: 16 filter: 'positions = 4'").requirements(),
      1);
}

}  // namespace
}  // namespace kugge::integration
