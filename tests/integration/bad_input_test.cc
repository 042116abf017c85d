// Wrong input over the wire: each gets one clear error that names the field,
// nothing of it is written, and the server answers on.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/employer_service.pb.h"
#include "kugge/v1/profile_service.pb.h"
#include "kugge/v1/taxonomy_service.pb.h"
#include "tests/integration/market.h"

namespace kugge::integration {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

using BadInputTest = MarketTest;

using Case = std::pair<std::string, std::string>;

TEST_F(BadInputTest, NamesParentsAndIds) {
  const std::string long_id(64, 'x');
  for (const char* name :
       {"", "tenants/t", "tenants/t/profiles/", "profiles/x",
        "tenants/t/profiles/x/y", "tenants/T T/profiles/x", "tenants//profiles",
        "tenants/t/employers/x", "/tenants/t/profiles/x",
        "tenants/-/profiles/-", "tenants/../profiles/x"}) {
    ExpectInvalid("ProfileService/GetProfile",
                  absl::StrCat("name: '", name, "'"), "name");
    ExpectInvalid("ProfileService/DeleteProfile",
                  absl::StrCat("name: '", name, "'"), "name");
    ExpectInvalid("MatchService/MatchRequirements",
                  absl::StrCat("profile: '", name, "'"), "profile");
  }
  for (const char* parent :
       {"", "tenants", "tenants/t/employers/e", "tenants/-", "t"}) {
    ExpectInvalid("ProfileService/CreateProfile",
                  absl::StrCat("parent: '", parent,
                               "' profile { kind: PROFILE_KIND_STUDENT }"),
                  "parent");
  }
  for (const std::string& id :
       {std::string("A B"), std::string("-"), std::string("x/y"), long_id}) {
    ExpectInvalid("ProfileService/CreateProfile",
                  absl::StrCat("parent: 'tenants/t' profile_id: '", id,
                               "' profile { kind: PROFILE_KIND_STUDENT }"),
                  "profile_id");
  }
  ExpectInvalid("ProfileService/CreateProfile",
                "parent: 'tenants/t' request_id: 'no uuid' "
                "profile { kind: PROFILE_KIND_STUDENT }",
                "request_id");
  ExpectInvalid("ProfileService/CreateProfile", "parent: 'tenants/t'",
                "profile");
  ExpectInvalid("ProfileService/CreateProfile",
                "parent: 'tenants/t' profile { }", "profile.kind");
  ExpectInvalid("ProfileService/UpdateProfile",
                "profile { kind: PROFILE_KIND_STUDENT }", "profile.name");
  ExpectInvalid("MatchService/MatchOfferings", "", "requirement");
  EXPECT_EQ(Do<v1::ListProfilesResponse>("ProfileService/ListProfiles",
                                         "parent: 'tenants/t'")
                .profiles_size(),
            0);
}

TEST_F(BadInputTest, Questions) {
  MakePerson("p", Perfect());
  const std::string base = absl::StrCat("requirement: '", kRequirement, "' ");
  const Case cases[] = {
      {"page_size: -1", "page_size"},
      {"page_token: 'x'", "page_token"},
      {absl::StrCat("page_token: '", std::string(2001, 'x'), "'"),
       "page_token"},
      {"filter: 'name = x'", "filter"},
      {absl::StrCat("filter: '", std::string(2001, 'x'), "'"), "filter"},
      {"filter: '((((((((((((((((((((((((kind = STUDENT'", "filter"},
      {"strategy: 'default'", "strategy"},
      {"parent: 'tenants/-'", "parent"},
      {"view: 9", "view"}};
  for (const auto& [more, field] : cases) {
    ExpectInvalid("MatchService/MatchProfiles", base + more, field);
  }
  EXPECT_EQ(People("page_size: 2147483647").total_size(), 1);
  for (const char* method :
       {"MatchService/MatchProfiles", "MatchService/MatchOfferings"}) {
    EXPECT_EQ(
        Call(method, "requirement: 'tenants/t/employers/e/requirements/none'")
            .code,
        grpc::StatusCode::NOT_FOUND);
  }
}

TEST_F(BadInputTest, ManyFaultsAreToldAtOnceAndLargeOnesAreCut) {
  const Reply many = Call("ProfileService/CreateProfile",
                          "parent: 'tenants/t' profile { kind: 77 "
                          "home { municipality_code: 'x' } "
                          "wishes { minimum_remote_percent: 101 } }");
  EXPECT_THAT(
      many.fields,
      testing::IsSupersetOf({"profile.kind", "profile.home.municipality_code",
                             "profile.wishes.minimum_remote_percent"}));
  const Reply huge =
      Call("ProfileService/CreateProfile",
           absl::StrCat("parent: 'tenants/t' profile { kind: 1 external_id: '",
                        std::string(100000, 'x'), "' }"));
  EXPECT_EQ(huge.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_LT(huge.text.size(), 1100u);
  // More than a request may hold.
  EXPECT_FALSE(Call("ProfileService/CreateProfile",
                    absl::StrCat("parent: 'tenants/t' profile { external_id: '",
                                 std::string(300000, 'x'), "' }"))
                   .ok());
  EXPECT_EQ(People().total_size(), 0);
}

TEST_F(BadInputTest, BytesThatAreNoMessage) {
  v1::CreateProfileRequest request;
  request.set_parent("tenants/t");
  request.mutable_profile()->set_kind(v1::PROFILE_KIND_STUDENT);
  const std::string good = request.SerializeAsString();
  for (const std::string& bytes :
       {std::string("\xff\xff\xff\xff"), good.substr(0, good.size() - 1),
        std::string("\x0a\x02\xc3\x28"), std::string(1, '\0')}) {
    const Reply reply =
        client().CallBytes("ProfileService/CreateProfile", bytes);
    EXPECT_FALSE(reply.ok());
    EXPECT_NE(reply.code, grpc::StatusCode::UNAVAILABLE) << reply;
  }
  EXPECT_EQ(client().CallBytes("ProfileService/NoSuchMethod", good).code,
            grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(People().total_size(), 0);
}

TEST_F(BadInputTest, Taxonomies) {
  const auto import = [&](const std::string& id, const std::string& lines) {
    return ImportTaxonomy(id, lines);
  };
  const std::string good = kSmallTaxonomy;
  struct Wrong {
    std::string id;
    std::string lines;
    std::string told;
  };
  for (const Wrong& wrong : std::vector<Wrong>{
           {"A B", good, "taxonomy_id"},
           {"", good, "taxonomy_id"},
           {"x", good.substr(0, 500), "concepts.jsonl, line"},
           {"x", "{\"id\":\"abc\"}\n", "concepts.jsonl, line 1"},
           {"x", "{\"no_such_field\":1}\n", "concepts.jsonl, line 1"},
           {"x", "[]\n", "concepts.jsonl, line 1"},
           {"x", "\xff\xfe\n", "concepts.jsonl"}}) {
    const Reply reply = import(wrong.id, wrong.lines);
    EXPECT_EQ(reply.code, grpc::StatusCode::INVALID_ARGUMENT)
        << wrong.told << ": " << reply;
    EXPECT_THAT(reply.text, HasSubstr(wrong.told));
  }
  EXPECT_EQ(Do<v1::ListTaxonomiesResponse>("TaxonomyService/ListTaxonomies", "")
                .taxonomies_size(),
            1);
  EXPECT_EQ(Call("TaxonomyService/GetConcept",
                 "name: 'taxonomies/-/concepts/none_skl_999'")
                .code,
            grpc::StatusCode::NOT_FOUND);
  ExpectInvalid("TaxonomyService/GetConcept",
                "name: 'taxonomies/-/concepts/no id'", "name");
  ExpectInvalid("TaxonomyService/SearchConcepts", "query: ''", "query");
  ExpectInvalid("TaxonomyService/SearchConcepts", "query: 'x' types: 'no-type'",
                "types[0]");
  ExpectInvalid("TaxonomyService/ResolveConcepts", "", "ids");
}

}  // namespace
}  // namespace kugge::integration
