// Where a person stands, what would help, why somebody isn't in a list, and
// whether an area can staff a need: over a socket, worked out by hand from
// docs/scoring.md sections 10 and 11.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/course_market.h"

namespace kugge::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kExplain[] = "MatchService/ExplainMatch";
constexpr char kAbsence[] = "MatchService/ExplainAbsence";
constexpr char kStaffing[] = "MatchService/AssessStaffing";

std::string PairText(const std::string& person, const std::string& more = "") {
  return absl::StrCat("profile: 'tenants/t/profiles/", person,
                      "' requirement: '", kRequirement, "' ", more);
}

// One has all that is asked, one lacks the gas, one hasn't told of licences.
class StandingTest : public CourseMarketTest {
 protected:
  StandingTest() {
    MakePerson("exact",
               absl::StrCat(Perfect(), "home { municipality_code: '1480' } "));
    MakePerson("lacking", LacksGas("home { municipality_code: '2062' } "));
    MakePerson("perhaps", absl::StrCat(Occupation(kWelder),
                                       Skills({kGas, kDrawings}, true)));
  }

  v1::ExplainMatchResponse Help(const std::string& person) const {
    return Do<v1::ExplainMatchResponse>(
        kExplain, PairText(person, "include_what_would_help: true"));
  }
  v1::ExplainAbsenceResponse Absence(const std::string& person,
                                     const std::string& more) const {
    return Do<v1::ExplainAbsenceResponse>(kAbsence, PairText(person, more));
  }
};

TEST_F(StandingTest, OneSkillMakesANearMissEligibleAndIsRankedAsItWouldBe) {
  const auto help = Help("lacking");
  EXPECT_EQ(help.match().eligibility(), v1::ELIGIBILITY_NEAR_MISS);
  EXPECT_EQ(help.rank(), 0);
  ASSERT_EQ(help.what_would_help_size(), 1) << help.DebugString();
  const v1::HelpfulChange& change = help.what_would_help(0);
  EXPECT_EQ(change.kind(), v1::HELPFUL_CHANGE_KIND_DEMAND);
  EXPECT_EQ(change.demand_kind(), v1::DEMAND_KIND_SKILL);
  EXPECT_EQ(change.asked_concept(), kGas);
  EXPECT_EQ(change.label(), "Gasteknik");
  EXPECT_EQ(change.eligibility(), v1::ELIGIBILITY_ELIGIBLE);
  EXPECT_EQ(change.score(), 8500);
  EXPECT_THAT(change.sentence(),
              HasSubstr("Gasteknik (krav): om det uppfylldes skulle personen "
                        "vara nummer "));

  // It comes true.
  MakePerson("learnt",
             absl::StrCat(Occupation(kWelder), Skills({kGas, kDrawings}, true),
                          Licence(kLicenceB)));
  const auto learnt = Help("learnt");
  EXPECT_EQ(learnt.match().score(), change.score());
  EXPECT_GE(learnt.rank(), 1);
  EXPECT_LE(learnt.rank(), 2);
  EXPECT_EQ(learnt.what_would_help_size(), 0);
}

TEST_F(StandingTest, WhatIsNotKnownHelpsWhenItIsTold) {
  const auto help = Help("perhaps");
  EXPECT_EQ(help.match().eligibility(), v1::ELIGIBILITY_UNCERTAIN);
  EXPECT_EQ(help.rank(), 2);
  ASSERT_EQ(help.what_would_help_size(), 1);
  EXPECT_EQ(help.what_would_help(0).demand_kind(), v1::DEMAND_KIND_LICENCE);
  EXPECT_EQ(help.what_would_help(0).eligibility(), v1::ELIGIBILITY_ELIGIBLE);
  // Not asked for: not answered.
  const auto plain =
      Do<v1::ExplainMatchResponse>(kExplain, PairText("perhaps"));
  EXPECT_EQ(plain.rank(), 0);
  EXPECT_EQ(plain.what_would_help_size(), 0);
}

// `label rank` of each line with a rank.
std::vector<std::string> RanksIfMet(const v1::Match& match) {
  std::vector<std::string> ranks;
  for (const auto* side :
       {&match.contributions(), &match.reverse_contributions()}) {
    for (const v1::Contribution& line : *side) {
      if (line.rank_if_met() == 0) continue;
      EXPECT_EQ(line.satisfaction(), v1::SATISFACTION_UNKNOWN);
      ranks.push_back(
          absl::StrCat(line.asked_label(), " ", line.rank_if_met()));
    }
  }
  return ranks;
}

TEST_F(StandingTest, ALineToAskAboutSaysWhereAGoodAnswerWouldPutThePerson) {
  // With the licence the pair is what the change to have it gives.
  const auto help = Help("perhaps");
  ASSERT_EQ(help.what_would_help_size(), 1);
  EXPECT_THAT(RanksIfMet(help.match()),
              ElementsAre(absl::StrCat("B ", help.what_would_help(0).rank())));
  // A demand that is only wished for can be asked about as well.
  MakePerson("asked", absl::StrCat(Occupation(kWelder), Skills({kGas}),
                                   Licence(kLicenceB)));
  const auto asked = Help("asked");
  EXPECT_EQ(asked.rank(), 2);
  EXPECT_THAT(
      RanksIfMet(asked.match()),
      ElementsAre(testing::AnyOf("Ritningsunderlag 1", "Ritningsunderlag 2")));
  // A wish is asked about as well: the person told no home.
  MakePerson("wishing", absl::StrCat(Perfect(),
                                     "wishes { mobility { maximum_distance_km: "
                                     "50 } } "));
  const auto wishing = Help("wishing");
  EXPECT_EQ(wishing.match().eligibility(), v1::ELIGIBILITY_UNCERTAIN);
  EXPECT_EQ(RanksIfMet(wishing.match()).size(), 1u);
  // What is lacking besides stays in the way.
  MakePerson("far",
             absl::StrCat(Occupation(kWelder), Skills({kDrawings}, true)));
  EXPECT_THAT(RanksIfMet(Help("far").match()), IsEmpty());
  // Not asked for: not answered.
  EXPECT_THAT(
      RanksIfMet(
          Do<v1::ExplainMatchResponse>(kExplain, PairText("perhaps")).match()),
      IsEmpty());
}

TEST_F(StandingTest, AbsenceHasOneReasonAndTheRowThatWouldBeThere) {
  const std::string people = "list: ABSENCE_LIST_PROFILES ";
  const std::string jobs = "list: ABSENCE_LIST_REQUIREMENTS ";
  EXPECT_EQ(Absence("lacking", people).reason(),
            v1::ABSENCE_REASON_HARD_DEMAND_REFUSES);
  EXPECT_EQ(Absence("lacking", jobs).reason(),
            v1::ABSENCE_REASON_HARD_DEMAND_REFUSES);
  const auto beaten = Absence("perhaps", people);
  EXPECT_EQ(beaten.reason(), v1::ABSENCE_REASON_BEATEN);
  EXPECT_EQ(beaten.rank(), 2);
  EXPECT_EQ(beaten.match().name(), "tenants/t/profiles/perhaps");
  EXPECT_GT(beaten.match().contributions_size(), 0);
  const auto job = Absence("perhaps", jobs);
  EXPECT_EQ(job.rank(), 1);
  EXPECT_EQ(job.match().name(), kRequirement);
  EXPECT_EQ(Absence("perhaps", people + "eligible_only: true").reason(),
            v1::ABSENCE_REASON_UNCERTAIN_LEFT_OUT);
  EXPECT_EQ(Absence("exact", people + "filter: 'municipality_code=\"2062\"'")
                .reason(),
            v1::ABSENCE_REASON_FILTERED);
  EXPECT_EQ(
      Absence("exact", jobs + "filter: 'municipality_code=\"2062\"'").reason(),
      v1::ABSENCE_REASON_FILTERED);
  Do("EmployerService/UpdateRequirement",
     absl::StrCat("requirement { name: '", kRequirement,
                  "' state: REQUIREMENT_STATE_CLOSED } update_mask { paths: "
                  "'state' }"));
  EXPECT_EQ(Absence("exact", people).reason(), v1::ABSENCE_REASON_CLOSED);
  EXPECT_EQ(Absence("exact", people).rank(), 0);
}

TEST_F(StandingTest, AbsenceRefusesNoListAndTellsNothingOfWhatIsNotThere) {
  ExpectInvalid(kAbsence, PairText("exact"), "list");
  MakeTenant("u");
  Do("EmployerService/CreateEmployer",
     "parent: 'tenants/u' employer_id: 'e' employer { display_name: 'B' }");
  Do("EmployerService/CreateRequirement",
     "parent: 'tenants/u/employers/e' requirement_id: 'own' requirement { "
     "title: 'Eget' origin: REQUIREMENT_ORIGIN_VACANCY visibility: "
     "VISIBILITY_PRIVATE }");
  for (const std::string name :
       {"tenants/u/employers/e/requirements/own",
        "tenants/u/employers/e/requirements/nowhere"}) {
    ExpectNotFound(kAbsence,
                   absl::StrCat("profile: 'tenants/t/profiles/exact' "
                                "requirement: '",
                                name, "' list: ABSENCE_LIST_PROFILES"));
  }
}

TEST_F(StandingTest, AnAreaIsAssessedWithTheTrainingsThatWouldAddPeople) {
  const std::string ask = absl::StrCat("parent: 'tenants/t' requirement: '",
                                       kRequirement, "' positions: 3 ");
  const auto all = Do<v1::AssessStaffingResponse>(kStaffing, ask);
  EXPECT_EQ(all.people(), 3);
  EXPECT_EQ(all.eligible_people(), 1);
  EXPECT_EQ(all.uncertain_people(), 1);
  EXPECT_EQ(all.shortfall(), 2);
  EXPECT_EQ(all.shortfall_after_plan(), 1);
  EXPECT_EQ(all.trainings(), 1);
  ASSERT_EQ(all.plan_size(), 1);
  EXPECT_EQ(all.plan(0).session(), kGasSession);
  EXPECT_EQ(all.plan(0).title(), "Kurs");
  EXPECT_EQ(all.plan(0).provider_display_name(), "Skola");
  EXPECT_EQ(all.plan(0).unlocked_people(), 1);
  EXPECT_EQ(all.plan(0).adds(), 1);
  std::vector<std::string> lacked;
  for (const v1::LackedDemand& line : all.lacked()) {
    lacked.push_back(absl::StrCat(line.label(), " ", line.people()));
  }
  EXPECT_THAT(lacked, ElementsAre("Svetsare 0", "Ritningsunderlag 0",
                                  "Gasteknik 1", "B 1"))
      << all.DebugString();
  EXPECT_EQ(all.lacked(1).sentence(),
            "Ritningsunderlag: saknas inte hos någon person i området.");
  EXPECT_EQ(all.lacked(2).sentence(),
            "Gasteknik (krav): 1 person i området uppfyller det inte eller har "
            "inte angett något.");

  // Nobody of Kiruna is asked; whoever hasn't told a home is in no circle.
  const auto near =
      Do<v1::AssessStaffingResponse>(kStaffing, ask + "radius_km: 20");
  EXPECT_EQ(near.people(), 1);
  EXPECT_EQ(near.trainings(), 0);
  EXPECT_EQ(near.shortfall_after_plan(), 2);
  // The session ends too late.
  const auto soon = Do<v1::AssessStaffingResponse>(
      kStaffing, ask + "by_date { year: 2099 month: 4 day: 1 }");
  EXPECT_EQ(soon.plan_size(), 0);
}

TEST_F(StandingTest, StaffingRefusesWhatCanNeverBeRight) {
  const std::string ask =
      absl::StrCat("parent: 'tenants/t' requirement: '", kRequirement, "' ");
  ExpectInvalid(kStaffing, ask + "positions: -1", "positions");
  ExpectInvalid(kStaffing, ask + "radius_km: 2001", "radius_km");
  ExpectInvalid(kStaffing, ask + "maximum_trainings: -1", "maximum_trainings");
  ExpectNotFound(kStaffing, ask + "region: 'regions/nowhere'");
  MakeRequirement("placeless", "title: 'A' origin: REQUIREMENT_ORIGIN_VACANCY");
  ExpectInvalid(kStaffing,
                "parent: 'tenants/t' requirement: "
                "'tenants/t/employers/e/requirements/placeless' radius_km: 5",
                "radius_km");
}

// What "r" asks, and where, in a question that names no requirement.
std::string Need(const std::string& more = "") {
  return absl::Substitute(
      "parent: 'tenants/t' demands { occupations { occupation: '$0' } "
      "skills { skill: '$1' strength: STRENGTH_HARD } skills { skill: '$2' } "
      "licences { licence: '$3' strength: STRENGTH_HARD } } "
      "place { municipality_code: '1480' } $4 ",
      kWelder, kGas, kDrawings, kLicenceB, more);
}

TEST_F(StandingTest, DemandsAreAnsweredAsAStoredRequirementThatAsksThem) {
  const std::string stored =
      absl::StrCat("parent: 'tenants/t' requirement: '", kRequirement, "' ");
  for (const std::string more :
       {"", "positions: 3", "positions: 3 radius_km: 20",
        "positions: 2 by_date { year: 2099 month: 4 day: 1 }",
        "positions: 3 region: 'regions/county-14'"}) {
    SCOPED_TRACE(more);
    const auto wanted =
        Do<v1::AssessStaffingResponse>(kStaffing, stored + more);
    const auto found = Do<v1::AssessStaffingResponse>(kStaffing, Need(more));
    EXPECT_EQ(found.DebugString(), wanted.DebugString());
    EXPECT_EQ(found.lacked_size(), 4);
  }
  const auto one = Do<v1::AssessStaffingResponse>(kStaffing, Need());
  EXPECT_EQ(one.positions(), 1);
  EXPECT_EQ(one.eligible_people(), 1);
}

TEST_F(StandingTest, StaffingTakesARequirementOrDemandsThatAskSomething) {
  const std::string parent = "parent: 'tenants/t' ";
  ExpectInvalid(kStaffing, parent, "requirement");
  ExpectInvalid(kStaffing,
                absl::StrCat(parent, "requirement: '", kRequirement,
                             "' place { municipality_code: '1480' }"),
                "place");
  ExpectInvalid(kStaffing, parent + "demands { }", "demands");
  ExpectInvalid(kStaffing,
                parent + "demands { skills { skill: 'aaaa_aaa_zzz' } }",
                "demands.skills[0].skill");
  ExpectInvalid(kStaffing,
                absl::Substitute("$0 demands { skills { skill: '$1' } }",
                                 parent, kLicenceB),
                "demands.skills[0].skill");
  ExpectInvalid(kStaffing,
                absl::Substitute("$0 demands { skills { skill: '$1' } skills { "
                                 "skill: '$1' } }",
                                 parent, kGas),
                "demands.skills[1].skill");
  ExpectInvalid(kStaffing, parent + "demands { education { } }",
                "demands.education[0]");
  ExpectInvalid(kStaffing, Need("positions: 100001"), "positions");
  const std::string placeless =
      absl::Substitute("$0 demands { skills { skill: '$1' } } ", parent, kGas);
  ExpectInvalid(kStaffing, placeless + "radius_km: 5", "radius_km");
  ExpectInvalid(kStaffing, placeless + "place { }", "place.municipality_code");
  EXPECT_EQ(Do<v1::AssessStaffingResponse>(kStaffing, placeless).people(), 3);
}

}  // namespace
}  // namespace kugge::integration
