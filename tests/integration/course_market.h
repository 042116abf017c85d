// A market in which one offering teaches what the requirement "r" asks for, the
// figures of its questions in short, and the means to ask them.
#ifndef KUGGE_TESTS_INTEGRATION_COURSE_MARKET_H_
#define KUGGE_TESTS_INTEGRATION_COURSE_MARKET_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/integration/market.h"

namespace kugge::integration {

inline constexpr char kRequirementsMethod[] = "MatchService/MatchRequirements";
inline constexpr char kProfilesMethod[] = "MatchService/MatchProfiles";
inline constexpr char kOfferingsMethod[] = "MatchService/MatchOfferings";
inline constexpr char kGasCourse[] = "tenants/t/providers/p/offerings/gas";
inline constexpr char kGasSession[] =
    "tenants/t/providers/p/offerings/gas/sessions/s";

inline std::string LastId(const std::string& name) {
  return name.substr(name.rfind('/') + 1);
}

// Everything that the requirement "r" asks for but the gas; `more` besides.
inline std::string LacksGas(const std::string& more = "") {
  return absl::StrCat(Occupation(kWelder), Skills({kDrawings}, true),
                      Licence(kLicenceB), more);
}

// `id fillable unlocked possibly eligible` of each row.
inline std::vector<std::string> Figures(
    const v1::MatchRequirementsResponse& answer) {
  std::vector<std::string> all;
  for (const v1::ServedRequirement& row : answer.served_requirements()) {
    all.push_back(absl::StrCat(
        LastId(row.requirement()), " ", row.fillable_positions(), " ",
        row.unlocked_people(), " ", row.possibly_unlocked_people(), " ",
        row.eligible_people()));
  }
  return all;
}

// `id positions requirements` of each row.
inline std::vector<std::string> Figures(
    const v1::MatchProfilesResponse& answer) {
  std::vector<std::string> all;
  for (const v1::HelpedProfile& row : answer.helped_profiles()) {
    all.push_back(absl::StrCat(LastId(row.profile()), " ", row.gain_positions(),
                               " ", row.gain_requirements()));
  }
  return all;
}

inline std::vector<std::string> Figures(
    const v1::MatchOfferingsResponse& answer) {
  std::vector<std::string> all;
  for (const v1::OfferingMatch& row : answer.matches()) {
    all.push_back(absl::StrCat(LastId(row.offering()), " ",
                               row.gain_positions(), " ",
                               row.gain_requirements()));
  }
  return all;
}

// One offering teaches gas technique, with ten seats in 2099.
class CourseMarketTest : public MarketTest {
 protected:
  CourseMarketTest() {
    MakeProvider();
    MakeTraining("gas", kGas);
  }

  void MakeTraining(const std::string& id, const std::string& skill,
                    const std::string& more = "") const {
    MakeOffering(id,
                 absl::StrCat("taught_skills { skill: '", skill, "' } ", more));
  }
  v1::MatchRequirementsResponse Served(const std::string& more = "") const {
    return Do<v1::MatchRequirementsResponse>(
        kRequirementsMethod,
        absl::StrCat("session: '", kGasSession, "' ", more));
  }
  v1::MatchRequirementsResponse ServedByOffering(
      const std::string& more = "") const {
    return Do<v1::MatchRequirementsResponse>(
        kRequirementsMethod,
        absl::StrCat("offering: '", kGasCourse, "' ", more));
  }
  v1::MatchProfilesResponse Helped(const std::string& more = "") const {
    return Do<v1::MatchProfilesResponse>(
        kProfilesMethod, absl::StrCat("session: '", kGasSession, "' ", more));
  }
  v1::MatchOfferingsResponse OfferingsFor(const std::string& person,
                                          const std::string& more = "") const {
    return Offerings(
        absl::StrCat("profile: 'tenants/t/profiles/", person, "' ", more));
  }
  void ExpectNotFound(const std::string& method,
                      const std::string& text) const {
    EXPECT_EQ(Call(method, text).code, grpc::StatusCode::NOT_FOUND) << text;
  }
};

}  // namespace kugge::integration

#endif  // KUGGE_TESTS_INTEGRATION_COURSE_MARKET_H_
