#include "storage/resource_kind.h"

#include <string>

#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kugge::storage {
namespace {

struct NameCase {
  ResourceKind kind;
  std::string name;
  std::string parent;
};

TEST(ResourceKindTest, FullNamesAreAccepted) {
  const NameCase cases[] = {
      {ResourceKind::kTenant, "tenants/t", ""},
      {ResourceKind::kRegion, "regions/fa-12", ""},
      {ResourceKind::kRegion, "tenants/t/regions/mora", "tenants/t"},
      {ResourceKind::kStrategy, "tenants/t/strategies/s", "tenants/t"},
      {ResourceKind::kProfile, "tenants/t/profiles/p", "tenants/t"},
      {ResourceKind::kEmployer, "tenants/t/employers/e", "tenants/t"},
      {ResourceKind::kRequirement, "tenants/t/employers/e/requirements/r",
       "tenants/t/employers/e"},
      {ResourceKind::kProvider, "tenants/t/providers/p", "tenants/t"},
      {ResourceKind::kOffering, "tenants/t/providers/p/offerings/o",
       "tenants/t/providers/p"},
      {ResourceKind::kSession, "tenants/t/providers/p/offerings/o/sessions/s",
       "tenants/t/providers/p/offerings/o"},
      {ResourceKind::kTaxonomy, "taxonomies/jobtech-25", ""},
      {ResourceKind::kConcept, "taxonomies/jobtech-25/concepts/DJh5_yyF_hEM",
       "taxonomies/jobtech-25"},
  };
  for (const NameCase& c : cases) {
    EXPECT_THAT(CheckName(c.kind, c.name), IsOk());
    EXPECT_EQ(ParentName(c.name), c.parent);
    EXPECT_EQ(ParentKind(c.kind, c.name).has_value(), !c.parent.empty());
    EXPECT_THAT(NamePrefix(c.kind, c.parent),
                IsOkAndHolds(c.name.substr(0, c.name.rfind('/') + 1)));
  }
}

TEST(ResourceKindTest, MalformedNamesAreRefusedWithTheRightShape) {
  for (const std::string& name :
       {std::string(), std::string("tenants/t"),
        std::string("tenants/t/profiles"), std::string("tenants/t/profiles/"),
        std::string("tenants//profiles/p"), std::string("tenants/t/profiles/-"),
        std::string("/tenants/t/profiles/p"),
        std::string("tenants/t/profiles/p/"),
        std::string("tenants/t/profiles/p q"),
        std::string("tenants/t/profiles/\xc3\xa5"),
        std::string("tenants/t/profiles/p\0", 21),
        "tenants/t/profiles/" + std::string(64, 'p')}) {
    EXPECT_THAT(CheckName(ResourceKind::kProfile, name),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         testing::HasSubstr("tenants/{id}/profiles/{id}")))
        << name;
  }
}

TEST(ResourceKindTest, TrailingIdsOfAParentMayBeWildcards) {
  EXPECT_THAT(NamePrefix(ResourceKind::kRequirement, "tenants/t/employers/-"),
              IsOkAndHolds("tenants/t/employers/"));
  EXPECT_THAT(NamePrefix(ResourceKind::kRequirement, "tenants/-/employers/-"),
              IsOkAndHolds("tenants/"));
  EXPECT_THAT(
      NamePrefix(ResourceKind::kSession, "tenants/t/providers/p/offerings/-"),
      IsOkAndHolds("tenants/t/providers/p/offerings/"));
  for (const char* bad :
       {"", "tenants/-/employers/e", "tenants/t", "tenants/t/providers/p",
        "tenants/t/employers/", "tenants/t/employers/e/"}) {
    EXPECT_THAT(NamePrefix(ResourceKind::kRequirement, bad),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << bad;
  }
}

TEST(ResourceKindTest, EveryChildKindNamesItsParentKind) {
  EXPECT_EQ(AllResourceKinds().size(), 11u);
  for (const ResourceKind kind : AllResourceKinds()) {
    EXPECT_EQ(ResourceKindFromNumber(static_cast<uint32_t>(kind)), kind);
    EXPECT_NE(ResourceKindName(kind), "unknown");
  }
  EXPECT_EQ(ResourceKindFromNumber(0), std::nullopt);
  EXPECT_EQ(ResourceKindFromNumber(12), std::nullopt);
}

}  // namespace
}  // namespace kugge::storage
