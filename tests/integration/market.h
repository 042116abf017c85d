// A tenant with an employer in Göteborg and one requirement, and the means to
// ask who matches it.
//
// The requirement asks for a welder, gas technique (HARD), drawings and licence
// B (HARD). By docs/scoring.md with the `default` strategy the weights are 3000
// for the welder, 1500 for each skill and 1000 for the licence; language,
// authorisation and education aren't asked and give 500 each.
#ifndef KUGGE_TESTS_INTEGRATION_MARKET_H_
#define KUGGE_TESTS_INTEGRATION_MARKET_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "gtest/gtest.h"
#include "kugge/v1/match_service.pb.h"
#include "tests/integration/concepts.h"
#include "tests/integration/harness.h"

namespace kugge::integration {

inline constexpr char kRequirement[] = "tenants/t/employers/e/requirements/r";

inline std::string Occupation(absl::string_view id) {
  return absl::StrCat("occupations { held { occupation: '", id, "' } } ");
}
inline std::string Licence(absl::string_view id) {
  return absl::StrCat("licences { held { licence: '", id, "' } } ");
}
inline std::string Skills(const std::vector<std::string>& ids,
                          bool complete = false) {
  std::string text = "skills { ";
  for (const std::string& id : ids) {
    absl::StrAppend(&text, "held { skill: '", id, "' } ");
  }
  return absl::StrCat(
      text, complete ? "completeness: COMPLETENESS_COMPLETE " : "", "} ");
}
// All that the requirement asks for.
inline std::string Perfect() {
  return absl::StrCat(Occupation(kWelder), Skills({kGas, kDrawings}),
                      Licence(kLicenceB));
}
inline std::string RequirementBody(const std::string& more = "") {
  return absl::Substitute(
      "title: 'Svetsare' origin: REQUIREMENT_ORIGIN_VACANCY site_id: 's' "
      "demands { occupations { occupation: '$0' } "
      "skills { skill: '$1' strength: STRENGTH_HARD } skills { skill: '$2' } "
      "licences { licence: '$3' strength: STRENGTH_HARD } } $4 ",
      kWelder, kGas, kDrawings, kLicenceB, more);
}

class MarketTest : public IntegrationTest {
 protected:
  MarketTest() {
    EXPECT_TRUE(ImportTaxonomy("small", kSmallTaxonomy).ok());
    MakeTenant("t");
    Do("EmployerService/CreateEmployer",
       "parent: 'tenants/t' employer_id: 'e' employer { display_name: "
       "'Verkstad' "
       "sites { site_id: 's' place { municipality_code: '1480' } } }");
    MakeRequirement("r", RequirementBody());
  }

  void MakeRequirement(const std::string& id, const std::string& body) const {
    Do("EmployerService/CreateRequirement",
       absl::StrCat("parent: 'tenants/t/employers/e' requirement_id: '", id,
                    "' requirement { ", body, " }"));
  }
  // In `tenant`.
  void MakePerson(const std::string& id, const std::string& body,
                  const std::string& tenant = "t") const {
    Do("ProfileService/CreateProfile",
       absl::StrCat("parent: 'tenants/", tenant, "' profile_id: '", id,
                    "' profile { kind: PROFILE_KIND_JOB_SEEKER ", body, " }"));
  }
  void MakeProvider() const {
    Do("TrainingService/CreateProvider",
       "parent: 'tenants/t' provider_id: 'p' provider { display_name: 'Skola' "
       "}");
  }
  // With one session in 2099, at a distance.
  void MakeOffering(const std::string& id, const std::string& body) const {
    Do("TrainingService/CreateOffering",
       absl::StrCat("parent: 'tenants/t/providers/p' offering_id: '", id,
                    "' offering { title: 'Kurs' length_weeks: 8 ", body, " }"));
    Do("TrainingService/CreateSession",
       absl::StrCat(
           "parent: 'tenants/t/providers/p/offerings/", id,
           "' session_id: 's' session { start_date { year: 2099 month: "
           "3 day: 1 } end_date { year: 2099 month: 5 day: 1 } "
           "distance_learning: true seats: 10 }"));
  }

  v1::MatchProfilesResponse People(const std::string& more = "") const {
    return Do<v1::MatchProfilesResponse>(
        "MatchService/MatchProfiles",
        absl::StrCat("requirement: '", kRequirement, "' ", more));
  }
  v1::MatchRequirementsResponse Requirements(
      const std::string& person, const std::string& more = "") const {
    return Do<v1::MatchRequirementsResponse>(
        "MatchService/MatchRequirements",
        absl::StrCat("profile: 'tenants/t/profiles/", person, "' ", more));
  }
  v1::MatchOfferingsResponse Offerings(const std::string& origin) const {
    return Do<v1::MatchOfferingsResponse>("MatchService/MatchOfferings",
                                          origin);
  }
};

// `id:eligibility:score:potential:reverse:order` of each row, short enough to
// compare a whole list at once. E, U, N, X.
template <typename Rows>
std::vector<std::string> Brief(const Rows& rows) {
  std::vector<std::string> all;
  for (const v1::Match& row : rows) {
    all.push_back(absl::StrCat(row.name().substr(row.name().rfind('/') + 1),
                               " ", std::string(1, " EUNX"[row.eligibility()]),
                               " ", row.score(), " ", row.potential_score(),
                               " ", row.reverse_score(), " ", row.order_key()));
  }
  return all;
}

// Each row's lines sum to its scores, as the proto promises.
template <typename Rows>
void ExpectSums(const Rows& rows) {
  for (const v1::Match& row : rows) {
    int score = 0, potential = 0, reverse = 0;
    for (const auto& line : row.contributions()) {
      EXPECT_EQ(line.contribution(),
                (line.weight() * line.credit() + 500) / 1000);
      EXPECT_EQ(line.potential_contribution(),
                (line.weight() * line.potential_credit() + 500) / 1000);
      score += line.contribution();
      potential += line.potential_contribution();
    }
    for (const auto& line : row.reverse_contributions()) {
      EXPECT_EQ(line.contribution(),
                (line.weight() * line.credit() + 500) / 1000);
      reverse += line.contribution();
    }
    EXPECT_EQ(score, row.score()) << row.name();
    EXPECT_EQ(potential, row.potential_score()) << row.name();
    EXPECT_EQ(reverse, row.reverse_score()) << row.name();
  }
}

}  // namespace kugge::integration

#endif  // KUGGE_TESTS_INTEGRATION_MARKET_H_
