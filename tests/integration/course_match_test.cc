// What a training leads to, seen from each of its corners over a socket:
// figures worked out by hand from docs/scoring.md section 8.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/integration/course_market.h"

namespace kugge::integration {
namespace {

using ::google::protobuf::util::MessageDifferencer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using CourseMatchTest = CourseMarketTest;

// Three jobs ask for gas technique and licence B. One person has both, one
// lacks the gas, one lacks the gas and hasn't told of licences, one has told of
// having none.
class CornersTest : public CourseMarketTest {
 protected:
  CornersTest() {
    MakeRequirement("many", RequirementBody("positions: 3"));
    // Closes on the day on which the session ends, and the work has begun.
    MakeRequirement("early",
                    RequirementBody("close_date { year: 2099 month: 5 day: 1 } "
                                    "end_start_date { year: 2099 month: 5 "
                                    "day: 1 }"));
    MakePerson("exact", Perfect());
    MakePerson("lacking", LacksGas("home { municipality_code: '2062' } "));
    MakePerson("perhaps",
               absl::StrCat(Occupation(kWelder), Skills({kDrawings}, true)));
    MakePerson("never",
               absl::StrCat(Occupation(kWelder), Skills({kDrawings}, true),
                            "licences { completeness: "
                            "COMPLETENESS_COMPLETE }"));
    // Whom another tenant helps isn't counted here.
    MakeTenant("u");
    MakePerson("other", LacksGas(), "u");
  }
};

TEST_F(CornersTest, ASessionIsSeenAlikeFromEachOfThem) {
  // From the session. Of one position none is left, of three two.
  const auto served = Served();
  EXPECT_THAT(Figures(served),
              ElementsAre("many 1 1 1 1", testing::_, testing::_));
  EXPECT_THAT(Figures(served),
              testing::UnorderedElementsAre("many 1 1 1 1", "r 0 1 1 1",
                                            "early 0 0 0 1"));
  for (const v1::ServedRequirement& row : served.served_requirements()) {
    EXPECT_EQ(row.in_time(), LastId(row.requirement()) != "early");
  }
  EXPECT_EQ(served.total_size(), 3);
  EXPECT_EQ(served.no_match_reason(), v1::NO_MATCH_REASON_UNSPECIFIED);
  const v1::ServedRequirement& many = served.served_requirements(0);
  EXPECT_TRUE(MessageDifferencer::Equals(
      many,
      Text<v1::ServedRequirement>(absl::StrCat(
          "requirement: 'tenants/t/employers/e/requirements/many' "
          "title: 'Svetsare' employer_display_name: 'Verkstad' "
          "municipality_code: '1480' session: '",
          kGasSession,
          "' session_end_date { year: 2099 month: 5 day: 1 } in_time: true "
          // The gas is 1500 of the 4000 that can be learnt.
          "coverage: 3750 positions: 3 seats_left: 10 eligible_people: 1 "
          "unlocked_people: 1 possibly_unlocked_people: 1 "
          "fillable_positions: 1 ",
          "demands { kind: DEMAND_KIND_SKILL asked_concept: '", kGas,
          "' label: 'Gasteknik' weight: 1500 covered: true "
          "sentence: 'Gasteknik: täcks av utbildningen.' } "
          "demands { kind: DEMAND_KIND_SKILL asked_concept: '",
          kDrawings,
          "' label: 'Ritningsunderlag' weight: 1500 sentence: "
          "'Ritningsunderlag: återstår efter utbildningen.' } "
          "demands { kind: DEMAND_KIND_LICENCE asked_concept: '",
          kLicenceB,
          "' label: 'B' weight: 1000 sentence: 'Körkort B: återstår efter "
          "utbildningen.' }"))))
      << many.DebugString();
  EXPECT_FALSE(served.context().tie_key_id().empty());

  // From the offering, whose only session it is.
  EXPECT_TRUE(MessageDifferencer::Equals(
      ServedByOffering().served_requirements(0), many));

  // From the requirement.
  const auto covering =
      Offerings("requirement: 'tenants/t/employers/e/requirements/many'");
  ASSERT_EQ(covering.matches_size(), 1);
  EXPECT_EQ(covering.matches(0).session(), kGasSession);
  EXPECT_EQ(covering.matches(0).unlocked_people(), 1);
  EXPECT_EQ(covering.matches(0).coverage(), many.coverage());
  EXPECT_EQ(covering.matches(0).gain_positions(), 0);

  // From the people.
  const auto helped = Helped();
  EXPECT_THAT(Figures(helped), ElementsAre("lacking 4 2"));
  EXPECT_EQ(helped.helped_profiles(0).municipality_code(), "2062");
  EXPECT_EQ(helped.total_size(), 1);
  const auto offered = OfferingsFor("lacking");
  EXPECT_THAT(Figures(offered), ElementsAre("gas 4 2"));
  EXPECT_EQ(offered.matches(0).unlocked_people(), 0);
  EXPECT_THAT(Figures(OfferingsFor("perhaps")), ElementsAre("gas 0 0"));
}

TEST_F(CornersTest, WhatIsPromisedComesTrue) {
  EXPECT_EQ(Requirements("lacking", "eligible_only: true").matches_size(), 0);
  Do("ProfileService/UpdateProfile",
     absl::StrCat("profile { name: 'tenants/t/profiles/lacking' skills { ",
                  "held { skill: '", kDrawings, "' } held { skill: '", kGas,
                  "' evidence: EVIDENCE_LEVEL_EVIDENCED } } }"));
  EXPECT_EQ(Requirements("lacking", "eligible_only: true").matches_size(), 3);
  EXPECT_THAT(Figures(Helped()), IsEmpty());
  EXPECT_THAT(Figures(Served()), testing::Contains("many 0 0 1 2"));
}

TEST_F(CornersTest, AnotherTenantsPeopleAreCountedForIt) {
  EXPECT_THAT(Figures(Served("parent: 'tenants/u'")),
              testing::Contains("many 1 1 0 0"));
  EXPECT_THAT(Figures(ServedByOffering("parent: 'tenants/u'")),
              testing::Contains("many 1 1 0 0"));
  EXPECT_THAT(Figures(Helped("parent: 'tenants/u'")), ElementsAre("other 4 2"));
}

TEST_F(CornersTest, FiltersNarrowRowsAndNotWhatIsCounted) {
  const auto filtered = Served("filter: 'positions > 2'");
  EXPECT_THAT(Figures(filtered), ElementsAre("many 1 1 1 1"));
  EXPECT_EQ(filtered.total_size(), 1);
  EXPECT_THAT(Figures(Helped("filter: 'municipality_code = 2062'")),
              ElementsAre("lacking 4 2"));
  EXPECT_THAT(
      Served("view: RESOURCE_VIEW_BASIC").served_requirements(0).demands(),
      IsEmpty());
}

TEST_F(CourseMatchTest, TheBestSessionOfAnOfferingIsShown) {
  MakePerson("helped", LacksGas());
  // Ends sooner, and has fewer seats.
  Do("TrainingService/CreateSession",
     absl::StrCat("parent: '", kGasCourse,
                  "' session_id: 'soon' session { start_date { year: 2098 "
                  "month: 3 day: 1 } end_date { year: 2098 month: 5 day: 1 } "
                  "distance_learning: true seats: 2 }"));
  const auto all = ServedByOffering();
  ASSERT_EQ(all.served_requirements_size(), 1);
  EXPECT_EQ(LastId(all.served_requirements(0).session()), "soon");
  EXPECT_EQ(all.served_requirements(0).seats_left(), 2);
  EXPECT_EQ(Served().served_requirements(0).seats_left(), 10);
}

TEST_F(CourseMatchTest, MissingPrerequisitesAndAccommodationsAreNamed) {
  Do("TrainingService/UpdateOffering",
     absl::StrCat("offering { name: '", kGasCourse,
                  "' prerequisites { skills { skill: '", kHydraulics,
                  "' minimum_level: 2 } skills { skill: '", kDrawings,
                  "' } languages { language: '", kSwedish,
                  "' minimum_level: CEFR_LEVEL_B1 strength: STRENGTH_HARD } "
                  "licences { licence: '",
                  kLicenceB, "' strength: STRENGTH_HARD } } }"));
  Do("TrainingService/UpdateSession",
     absl::StrCat("session { name: '", kGasSession,
                  "' accommodations_offered: ACCOMMODATION_EXTRA_TIME "
                  "accommodations_offered: ACCOMMODATION_SIGN_LANGUAGE }"));
  MakePerson("plain", LacksGas());
  MakePerson("needs",
             LacksGas("accommodations_needed: ACCOMMODATION_QUIET_ROOM "
                      "accommodations_needed: ACCOMMODATION_EXTRA_TIME "
                      "accommodations_needed: ACCOMMODATION_STEP_FREE_ACCESS"));
  auto answer = OfferingsFor("needs");
  ASSERT_EQ(answer.matches_size(), 1);
  v1::OfferingMatch* row = answer.mutable_matches(0);
  EXPECT_THAT(row->missing_accommodations(),
              ElementsAre(v1::ACCOMMODATION_QUIET_ROOM,
                          v1::ACCOMMODATION_STEP_FREE_ACCESS));
  // Who may attend isn't promised anything yet.
  EXPECT_EQ(row->gain_positions(), 0);
  ASSERT_EQ(row->missing_prerequisites_size(), 2);
  EXPECT_TRUE(MessageDifferencer::Equals(
      row->missing_prerequisites(0),
      Text<v1::MissingPrerequisite>(
          absl::StrCat("kind: DEMAND_KIND_SKILL asked_concept: '", kHydraulics,
                       "' label: 'Hydraulik' level: 2 strength: STRENGTH_SOFT "
                       "satisfaction: SATISFACTION_NO sentence: 'Hydraulik "
                       "(minst nivå 2): efterfrågas före utbildningen och är "
                       "inte uppfyllt.'"))))
      << row->DebugString();
  EXPECT_TRUE(MessageDifferencer::Equals(
      row->missing_prerequisites(1),
      Text<v1::MissingPrerequisite>(
          absl::StrCat("kind: DEMAND_KIND_LANGUAGE asked_concept: '", kSwedish,
                       "' label: 'Svenska' level: 3 strength: STRENGTH_HARD "
                       "satisfaction: SATISFACTION_UNKNOWN sentence: 'Svenska "
                       "(krav, minst B1): efterfrågas före utbildningen. "
                       "Fråga: Kan personen svenska (minst B1)?'"))))
      << row->DebugString();

  // A need changes nothing else of the row.
  row->clear_missing_accommodations();
  EXPECT_TRUE(
      MessageDifferencer::Equals(OfferingsFor("plain").matches(0), *row));
  const auto basic = OfferingsFor("needs", "view: RESOURCE_VIEW_BASIC");
  EXPECT_THAT(basic.matches(0).missing_accommodations(), IsEmpty());
  EXPECT_THAT(basic.matches(0).missing_prerequisites(), IsEmpty());
  // Nor does a requirement's row speak of a person.
  const auto covering =
      Offerings(absl::StrCat("requirement: '", kRequirement, "'"));
  EXPECT_THAT(covering.matches(0).missing_prerequisites(), IsEmpty());
  EXPECT_THAT(covering.matches(0).missing_accommodations(), IsEmpty());
}

TEST_F(CourseMatchTest, TowardNarrowsWhatCounts) {
  MakeRequirement(
      "drive",
      absl::StrCat("title: 'Chaufför' origin: REQUIREMENT_ORIGIN_VACANCY "
                   "positions: 2 demands { occupations { occupation: '",
                   kDriver, "' } licences { licence: '", kLicenceCe,
                   "' strength: STRENGTH_HARD } }"));
  MakeOffering("ce", absl::StrCat("awarded_licences: '", kLicenceCe, "'"));
  MakePerson("p", absl::StrCat(Occupation(kWelder), Skills({kDrawings}, true),
                               "licences { held { licence: '", kLicenceB,
                               "' } completeness: COMPLETENESS_COMPLETE }"));
  EXPECT_THAT(Figures(OfferingsFor("p")), ElementsAre("ce 2 1", "gas 1 1"));
  const auto toward = [&](const std::string& field, const std::string& value) {
    return OfferingsFor("p", absl::StrCat(field, ": '", value, "'"));
  };
  EXPECT_THAT(Figures(toward("toward_requirement", kRequirement)),
              ElementsAre("gas 1 1"));
  EXPECT_THAT(Figures(toward("toward_requirement",
                             "tenants/t/employers/e/requirements/drive")),
              ElementsAre("ce 2 1"));
  EXPECT_THAT(Figures(toward("toward_occupation", kDriver)),
              ElementsAre("ce 2 1"));
  EXPECT_THAT(Figures(toward("toward_occupation_group", "weld_grp_001")),
              ElementsAre("gas 1 1"));
  // Toward what nobody asks for nothing leads.
  for (const auto& [field, value] :
       {std::pair{"toward_occupation", kFitter},
        std::pair{"toward_occupation_group", "fore_grp_001"}}) {
    const auto none = toward(field, value);
    EXPECT_THAT(none.matches(), IsEmpty());
    EXPECT_EQ(none.no_match_reason(), v1::NO_MATCH_REASON_NOTHING_COVERED);
  }
}

}  // namespace
}  // namespace kugge::integration
