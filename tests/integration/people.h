// Job seekers of one tenant, made and listed: what tests of lists and batches
// share.
#ifndef KUGGE_TESTS_INTEGRATION_PEOPLE_H_
#define KUGGE_TESTS_INTEGRATION_PEOPLE_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kugge/v1/profile_service.pb.h"
#include "tests/integration/harness.h"

namespace kugge::integration {

inline constexpr char kList[] = "ProfileService/ListProfiles";
inline constexpr char kPeople[] = "parent: 'tenants/t' ";
inline constexpr char kSeeker[] = "kind: PROFILE_KIND_JOB_SEEKER ";

// The ids of the listed profiles, in their order.
inline std::vector<std::string> NamesOf(const Reply& reply) {
  std::vector<std::string> names;
  const auto answer = reply.As<v1::ListProfilesResponse>();
  for (const auto& profile : answer.profiles()) {
    names.push_back(profile.name().substr(sizeof("tenants/t/profiles")));
  }
  return names;
}

// A server with the tenant "t".
class PeopleTest : public IntegrationTest {
 protected:
  PeopleTest() { MakeTenant("t"); }

  void MakePerson(const std::string& id, const std::string& body) const {
    Do("ProfileService/CreateProfile",
       absl::StrCat(kPeople, "profile_id: '", id, "' profile { ", body, " }"));
  }
  std::vector<std::string> List(const std::string& more) const {
    return NamesOf(Do(kList, absl::StrCat(kPeople, more)));
  }
};

}  // namespace kugge::integration

#endif  // KUGGE_TESTS_INTEGRATION_PEOPLE_H_
