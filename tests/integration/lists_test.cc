// Lists and the official regions.
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

class ListTest : public PeopleTest {
 protected:
  // All pages of a list, one after the other.
  std::vector<std::string> Pages(const std::string& more, int size) const {
    std::vector<std::string> all;
    std::string token;
    do {
      const Reply page =
          Do(kList, absl::StrCat(kPeople, more, " page_size: ", size,
                                 " page_token: '", token, "'"));
      const std::vector<std::string> names = NamesOf(page);
      EXPECT_LE(names.size(), static_cast<size_t>(size));
      all.insert(all.end(), names.begin(), names.end());
      token = page.As<v1::ListProfilesResponse>().next_page_token();
    } while (!token.empty() && all.size() < 100);
    return all;
  }
};

TEST_F(ListTest, PagesTogetherAreTheList) {
  std::vector<std::string> names;
  for (char c = 'a'; c <= 'm'; ++c) {
    names.push_back(absl::StrCat("p", std::string(1, c)));
    MakePerson(names.back(), kSeeker);
  }
  EXPECT_THAT(List(""), ElementsAreArray(names));
  for (const int size : {1, 4, 12, 13, 14}) {
    EXPECT_THAT(Pages("", size), ElementsAreArray(names)) << size;
  }
  std::ranges::reverse(names);
  for (const char* order :
       {"order_by: 'update_time desc'", "order_by: 'create_time desc'",
        "order_by: 'name desc'"}) {
    for (const int size : {1, 4, 13}) {
      EXPECT_THAT(Pages(order, size), ElementsAreArray(names)) << order;
    }
  }
}

TEST_F(ListTest, OrderFollowsTheLastWrite) {
  for (const char* id : {"pa", "pb", "pc"}) MakePerson(id, kSeeker);
  Do("ProfileService/UpdateProfile",
     "profile { name: 'tenants/t/profiles/pb' kind: PROFILE_KIND_STUDENT }");
  EXPECT_THAT(List("order_by: 'update_time desc'"),
              ElementsAre("pb", "pc", "pa"));
  EXPECT_THAT(List("order_by: 'update_time'"), ElementsAre("pa", "pc", "pb"));
}

TEST_F(ListTest, TokenIsGoodForItsRequestAlone) {
  for (const char* id : {"pa", "pb", "pc"}) MakePerson(id, kSeeker);
  MakeTenant("other");
  const std::string token = Do(kList, absl::StrCat(kPeople, "page_size: 1"))
                                .As<v1::ListProfilesResponse>()
                                .next_page_token();
  ASSERT_NE(token, "");
  const auto with = [](absl::string_view t) {
    return absl::StrCat("page_token: '", t, "' ");
  };
  // Another page size is the same request.
  EXPECT_THAT(List(absl::StrCat(with(token), "page_size: 2")),
              ElementsAre("pb", "pc"));
  std::string tampered = token;
  tampered[token.size() / 2] = tampered[token.size() / 2] == 'A' ? 'B' : 'A';
  for (const std::string& request :
       {absl::StrCat("parent: 'tenants/other' ", with(token)),
        absl::StrCat(kPeople, with(token), "filter: 'kind = STUDENT'"),
        absl::StrCat(kPeople, with(token), "order_by: 'update_time'"),
        absl::StrCat(kPeople, with(tampered)),
        absl::StrCat(kPeople, with(token.substr(1))),
        absl::StrCat(kPeople, with(absl::StrCat(token, "AAAA"))),
        absl::StrCat(kPeople, with("made up"))}) {
    ExpectInvalid(kList, request, "page_token");
  }
  // A token of one method in another.
  ExpectInvalid("EmployerService/ListEmployers",
                absl::StrCat(kPeople, with(token)), "page_token");
}

TEST_F(ListTest, FilterNarrows) {
  MakePerson("pa", absl::StrCat(kSeeker, "home { municipality_code: '2062' }"));
  MakePerson("pb",
             "kind: PROFILE_KIND_STUDENT "
             "home { municipality_code: '2061' } "
             "graduation_date { year: 2031 month: 6 day: 1 }");
  MakePerson("pc", absl::StrCat(kSeeker, "external_id: 'k-17'"));
  const auto filtered = [&](const std::string& filter) {
    return List(absl::StrCat("filter: '", filter, "'"));
  };
  EXPECT_THAT(filtered("kind = JOB_SEEKER"), ElementsAre("pa", "pc"));
  EXPECT_THAT(filtered("home.municipality_code = 206*"),
              ElementsAre("pa", "pb"));
  EXPECT_THAT(filtered("NOT home:*"), ElementsAre("pc"));
  EXPECT_THAT(filtered("kind = STUDENT graduation_date < 2031-07-01"),
              ElementsAre("pb"));
  EXPECT_THAT(filtered("kind = STUDENT OR external_id = \"k-17\""),
              ElementsAre("pb", "pc"));
  EXPECT_THAT(filtered("external_id = nobody"), IsEmpty());
  EXPECT_THAT(Pages("filter: 'kind = JOB_SEEKER'", 1), ElementsAre("pa", "pc"));
}

TEST_F(ListTest, BasicViewLeavesOutTheRest) {
  MakePerson("pa", absl::StrCat(kSeeker,
                                "home { municipality_code: '2062' } wishes { "
                                "minimum_remote_percent: 50 }"));
  for (const char* view : {"", "view: RESOURCE_VIEW_BASIC"}) {
    const auto basic =
        Do(kList, absl::StrCat(kPeople, view)).As<v1::ListProfilesResponse>();
    EXPECT_FALSE(basic.profiles(0).has_wishes());
    EXPECT_TRUE(basic.profiles(0).has_home());
    EXPECT_NE(basic.profiles(0).etag(), "");
  }
  const auto full = Do<v1::ListProfilesResponse>(
      kList, absl::StrCat(kPeople, "view: RESOURCE_VIEW_FULL"));
  EXPECT_TRUE(full.profiles(0).has_wishes());
  const std::string name = "name: 'tenants/t/profiles/pa' ";
  EXPECT_TRUE(Do<v1::Profile>("ProfileService/GetProfile", name).has_wishes());
  EXPECT_FALSE(Do<v1::Profile>("ProfileService/GetProfile",
                               name + "view: RESOURCE_VIEW_BASIC")
                   .has_wishes());
}

TEST_F(ListTest, DashListsBelowEveryParent) {
  for (const char* employer : {"e1", "e2"}) {
    Do("EmployerService/CreateEmployer",
       absl::StrCat("parent: 'tenants/t' employer_id: '", employer,
                    "' employer { display_name: 'E' }"));
    Do("EmployerService/CreateRequirement",
       absl::StrCat("parent: 'tenants/t/employers/", employer,
                    "' requirement_id: 'r' requirement { title: 'R' origin: "
                    "REQUIREMENT_ORIGIN_VACANCY }"));
  }
  MakeTenant("other");
  const auto list = [&](const std::string& parent) {
    std::vector<std::string> names;
    const auto found = Do<v1::ListRequirementsResponse>(
        "EmployerService/ListRequirements",
        absl::StrCat("parent: '", parent, "'"));
    for (const auto& r : found.requirements()) names.push_back(r.name());
    return names;
  };
  const std::string r1 = "tenants/t/employers/e1/requirements/r";
  const std::string r2 = "tenants/t/employers/e2/requirements/r";
  EXPECT_THAT(list("tenants/t/employers/-"), ElementsAre(r1, r2));
  EXPECT_THAT(list("tenants/t/employers/e2"), ElementsAre(r2));
  EXPECT_THAT(list("tenants/other/employers/-"), IsEmpty());
  const auto got = Do<v1::BatchGetRequirementsResponse>(
      "EmployerService/BatchGetRequirements",
      absl::StrCat("parent: 'tenants/t/employers/-' names: '", r2, "' names: '",
                   r1, "'"));
  ASSERT_EQ(got.requirements_size(), 2);
  EXPECT_EQ(got.requirements(0).name(), r2);
  EXPECT_EQ(got.requirements(1).name(), r1);
}

TEST_F(ListTest, BadPagesAndOrdersAreRefused) {
  ExpectInvalid(kList, absl::StrCat(kPeople, "page_size: -1"), "page_size");
  ExpectInvalid(kList, absl::StrCat(kPeople, "order_by: 'kind'"), "order_by");
  ExpectInvalid(kList, absl::StrCat(kPeople, "order_by: 'name name'"),
                "order_by");
  for (const char* filter :
       {"no_such_field = 1", "kind = NOBODY", "kind >", "(kind = STUDENT",
        "kind < STUDENT", "accommodations_needed:*", "name", "f(x)"}) {
    ExpectInvalid(kList, absl::StrCat(kPeople, "filter: '", filter, "'"),
                  "filter");
  }
  MakePerson("pa", kSeeker);
  EXPECT_THAT(List("page_size: 2000000000"), ElementsAre("pa"));
}

TEST_F(ListTest, OfficialRegionsAreThereAndReadOnly) {
  const auto all = Do<v1::ListRegionsResponse>("TenantService/ListRegions", "");
  std::set<std::string> of_counties;
  for (const auto& region : all.regions()) {
    if (!region.name().starts_with("regions/county-")) continue;
    of_counties.insert(region.municipality_codes().begin(),
                       region.municipality_codes().end());
  }
  EXPECT_EQ(of_counties.size(), 290u);
  const auto dalarna =
      Do<v1::Region>("TenantService/GetRegion", "name: 'regions/county-20'");
  EXPECT_EQ(dalarna.municipality_codes_size(), 15);
  EXPECT_EQ(Call("TenantService/GetRegion", "name: 'regions/county-99'").code,
            grpc::StatusCode::NOT_FOUND);
  ExpectInvalid("TenantService/UpdateRegion",
                "region { name: 'regions/county-20' display_name: 'X' }",
                "region.name");
  ExpectInvalid("TenantService/DeleteRegion", "name: 'regions/county-20'",
                "name");
}

}  // namespace
}  // namespace kugge::integration
