// Bridge matches over a socket, worked out by hand from docs/scoring.md section
// 4.1.
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

constexpr char kHard[] = "tenants/t/employers/e/requirements/hard";
constexpr char kBridges[] = "include_bridge_matches: true ";

std::string Complete(absl::string_view occupation) {
  return absl::StrCat("occupations { held { occupation: '", occupation,
                      "' } completeness: COMPLETENESS_COMPLETE } ");
}

// `kind held asked relation` of each bridge of a row.
std::vector<std::string> Carriers(const v1::BridgeMatch& row) {
  std::vector<std::string> all;
  for (const v1::Bridge& bridge : row.bridges()) {
    all.push_back(absl::StrCat(v1::DemandKind_Name(bridge.kind()), " ",
                               bridge.held_label(), " ", bridge.asked_label(),
                               " ",
                               v1::ConceptRelation_Name(bridge.relation())));
    EXPECT_NE(bridge.held_concept(), "");
    EXPECT_NE(bridge.asked_concept(), "");
  }
  return all;
}

// Brief of the rows' pairs.
template <typename Rows>
std::vector<std::string> BriefBridges(const Rows& rows) {
  google::protobuf::RepeatedPtrField<v1::Match> pairs;
  for (const v1::BridgeMatch& row : rows) *pairs.Add() = row.match();
  ExpectSums(pairs);
  return Brief(pairs);
}

// "hard" asks for experience as a welder, and must have it; it takes nobody
// without a licence.
class BridgesTest : public CourseMarketTest {
 protected:
  BridgesTest() {
    MakeRequirement(
        "hard",
        absl::StrCat("title: 'Svets' origin: REQUIREMENT_ORIGIN_VACANCY "
                     "demands { occupations { occupation: '",
                     kWelder,
                     "' strength: STRENGTH_HARD } licences { licence: '",
                     kLicenceB, "' strength: STRENGTH_HARD } }"));
    MakePerson("foreman", absl::StrCat(Complete(kForeman), Licence(kLicenceB)));
    MakePerson("untold", Complete(kForeman));
    MakePerson("fitter", absl::StrCat(Complete(kFitter), Licence(kLicenceB)));
    MakePerson("driver", absl::StrCat(Complete(kDriver), Licence(kLicenceB)));
    MakePerson(
        "walker",
        absl::StrCat(Complete(kForeman),
                     "licences { completeness: COMPLETENESS_COMPLETE }"));
  }

  v1::MatchProfilesResponse ForHard(const std::string& more) const {
    return Do<v1::MatchProfilesResponse>(
        kProfilesMethod, absl::StrCat("requirement: '", kHard, "' ", more));
  }
};

TEST_F(BridgesTest, PeopleFromAnAdjacentOccupationHaveAListOfTheirOwn) {
  const auto answer = ForHard(kBridges);
  // 750 of 3000 for the occupation, 1000 for the licence, half of the rest. A
  // fitter is of the welder's group, a driver of another; the walker is refused
  // by the licence too.
  EXPECT_THAT(answer.matches(), IsEmpty());
  EXPECT_THAT(
      BriefBridges(answer.bridge_matches()),
      ElementsAre("foreman X 6250 6250 0 62500", "untold X 5250 6250 0 52500"));
  for (const v1::BridgeMatch& row : answer.bridge_matches()) {
    EXPECT_THAT(Carriers(row),
                ElementsAre("DEMAND_KIND_OCCUPATION Verkmästare Svetsare "
                            "CONCEPT_RELATION_SUBSTITUTE_75"));
    EXPECT_GT(row.match().contributions_size(), 0);
  }
  EXPECT_FALSE(answer.bridge_matches(0).uncertain());
  EXPECT_TRUE(answer.bridge_matches(1).uncertain());

  EXPECT_THAT(ForHard("").bridge_matches(), IsEmpty());
  EXPECT_EQ(
      ForHard(absl::StrCat(kBridges, "page_size: 1")).bridge_matches_size(), 1);
  EXPECT_THAT(
      ForHard(absl::StrCat(kBridges, "filter: 'municipality_code=\"2062\"'"))
          .bridge_matches(),
      IsEmpty());
  const auto brief =
      ForHard(absl::StrCat(kBridges, "view: RESOURCE_VIEW_BASIC"));
  EXPECT_THAT(brief.bridge_matches(0).match().contributions(), IsEmpty());
}

TEST_F(BridgesTest, AJobNextToTheOneWantedIsABridgeToo) {
  MakeRequirement(
      "lead", absl::StrCat("title: 'Ledare' origin: REQUIREMENT_ORIGIN_VACANCY "
                           "demands { occupations { occupation: '",
                           kForeman, "' } }"));
  MakePerson("wants",
             absl::StrCat(Occupation(kForeman),
                          "wishes { occupations { occupation: '", kWelder,
                          "' } occupations_strength: STRENGTH_HARD "
                          "} "));
  const auto answer = Requirements("wants", kBridges);
  // The person's side: 750 of 4000, half of the other 6000.
  EXPECT_THAT(BriefBridges(answer.bridge_matches()),
              ElementsAre("lead X 6500 6500 6000 63500"));
  EXPECT_EQ(answer.bridge_matches(0).match().title(), "Ledare");
  EXPECT_EQ(answer.bridge_matches(0).match().employer_display_name(),
            "Verkstad");
  EXPECT_THAT(Carriers(answer.bridge_matches(0)),
              ElementsAre("DEMAND_KIND_WANTED_OCCUPATION Verkmästare Svetsare "
                          "CONCEPT_RELATION_SUBSTITUTE_75"));
  // The same pair from the other side.
  const auto people = Do<v1::MatchProfilesResponse>(
      kProfilesMethod,
      absl::StrCat("requirement: 'tenants/t/employers/e/requirements/lead' ",
                   kBridges));
  EXPECT_THAT(BriefBridges(people.bridge_matches()),
              ElementsAre("wants X 6500 6500 6000 63500"));
  EXPECT_THAT(BriefBridges(Requirements("foreman", kBridges).bridge_matches()),
              ElementsAre("hard X 6250 6250 0 62500"));
}

TEST_F(BridgesTest, OnlyTheFirstPageHasThem) {
  MakePerson("w1", absl::StrCat(Complete(kWelder), Licence(kLicenceB)));
  MakePerson("w2", absl::StrCat(Complete(kWelder), Licence(kLicenceB)));
  const std::string ask = absl::StrCat(kBridges, "page_size: 1 ");
  const auto first = ForHard(ask);
  EXPECT_EQ(first.bridge_matches_size(), 1);
  const auto second =
      ForHard(absl::StrCat(ask, "page_token: '", first.next_page_token(), "'"));
  EXPECT_EQ(second.matches_size(), 1);
  EXPECT_THAT(second.bridge_matches(), IsEmpty());
}

TEST_F(BridgesTest, ATrainingHasNone) {
  const std::string session = absl::StrCat("session: '", kGasSession, "' ");
  const std::string offering = absl::StrCat("offering: '", kGasCourse, "' ");
  ExpectInvalid(kRequirementsMethod, session + kBridges,
                "include_bridge_matches");
  ExpectInvalid(kRequirementsMethod, offering + kBridges,
                "include_bridge_matches");
  ExpectInvalid(kProfilesMethod, session + kBridges, "include_bridge_matches");
}

}  // namespace
}  // namespace kugge::integration
