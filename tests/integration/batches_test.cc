// Batches: all of a request or none of it.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/employer_service.pb.h"
#include "kugge/v1/profile_service.pb.h"
#include "kugge/v1/tenant_service.pb.h"
#include "kugge/v1/training_service.pb.h"
#include "tests/integration/harness.h"
#include "tests/integration/people.h"

namespace kugge::integration {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class BatchTest : public PeopleTest {};

TEST_F(BatchTest, IsAllOrNothing) {
  const auto create = [](const std::string& requests) {
    return absl::StrCat(kPeople, requests);
  };
  const auto request = [](const std::string& id, const std::string& body) {
    return absl::StrCat("requests { parent: 'tenants/t' profile_id: '", id,
                        "' profile { ", body, " } } ");
  };
  constexpr char kCreate[] = "ProfileService/BatchCreateProfiles";
  const std::string good = request("pa", kSeeker) + request("pb", kSeeker);
  ExpectInvalid(
      kCreate,
      create(good + request("pc", absl::StrCat(kSeeker,
                                               "wishes { "
                                               "minimum_remote_percent: "
                                               "101 }"))),
      "requests[2].profile.wishes.minimum_remote_percent");
  ExpectInvalid(kCreate, create(good + request("pa", kSeeker)), "requests[2]");
  ExpectInvalid(kCreate,
                create(good + "requests { parent: 'tenants/u' "
                              "profile { kind: PROFILE_KIND_STUDENT } }"),
                "requests[2].parent");
  ExpectInvalid(kCreate, kPeople, "requests");
  Do(kCreate, create(good + "validate_only: true"));
  EXPECT_THAT(List(""), IsEmpty());

  Do(kCreate, create(good));
  EXPECT_THAT(List(""), ElementsAre("pa", "pb"));
  const auto change = [](const std::string& id) {
    return absl::StrCat("requests { profile { name: 'tenants/t/profiles/", id,
                        "' kind: PROFILE_KIND_STUDENT } } ");
  };
  EXPECT_EQ(Call("ProfileService/BatchUpdateProfiles",
                 create(change("pa") + change("none")))
                .code,
            grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(List("filter: 'kind = STUDENT'"), IsEmpty());
  Do("ProfileService/BatchUpdateProfiles", create(change("pb") + change("pa")));
  EXPECT_THAT(List("filter: 'kind = STUDENT'"), ElementsAre("pa", "pb"));

  const auto removal = [](const std::string& id) {
    return absl::StrCat("requests { name: 'tenants/t/profiles/", id, "' } ");
  };
  EXPECT_EQ(Call("ProfileService/BatchDeleteProfiles",
                 create(removal("pa") + removal("none")))
                .code,
            grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(List(""), ElementsAre("pa", "pb"));
  Do("ProfileService/BatchDeleteProfiles",
     create(removal("pa") + removal("pb")));
  EXPECT_THAT(List(""), IsEmpty());
}

TEST_F(BatchTest, GetNamesWhatIsMissing) {
  MakePerson("pa", kSeeker);
  const Reply missing = Call("ProfileService/BatchGetProfiles",
                             absl::StrCat(kPeople,
                                          "names: 'tenants/t/profiles/pa' "
                                          "names: 'tenants/t/profiles/pb'"));
  EXPECT_EQ(missing.code, grpc::StatusCode::NOT_FOUND);
  EXPECT_THAT(missing.text, testing::HasSubstr("tenants/t/profiles/pb"));
  ExpectInvalid("ProfileService/BatchGetProfiles",
                absl::StrCat(kPeople, "names: 'tenants/u/profiles/pa'"),
                "names[0]");
}

}  // namespace
}  // namespace kugge::integration
