#include "clients/ctl/names.h"

#include <string>

#include "clients/ctl/args.h"
#include "clients/ctl/match_question.h"
#include "clients/ctl/resource_types.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kugge::ctl {
namespace {

using testing::HasSubstr;
using testing::Pair;

std::string Complete(const char* noun, const char* text) {
  const auto name =
      CompleteName(FindResourceType(noun)->collections, "demo", text);
  return name.ok() ? *name : std::string(name.status().message());
}

TEST(NamesTest, ShortNamesAreCompletedWithTheTenant) {
  EXPECT_EQ(Complete("profile", "x"), "tenants/demo/profiles/x");
  EXPECT_EQ(Complete("profile", "profiles/x"), "tenants/demo/profiles/x");
  EXPECT_EQ(Complete("tenant", "x"), "tenants/x");
  EXPECT_EQ(Complete("requirement", "acme/r"),
            "tenants/demo/employers/acme/requirements/r");
  EXPECT_EQ(Complete("requirement", "employers/acme/requirements/r"),
            "tenants/demo/employers/acme/requirements/r");
  EXPECT_EQ(Complete("session", "p/o/s"),
            "tenants/demo/providers/p/offerings/o/sessions/s");
}

TEST(NamesTest, FullNamesAreKept) {
  EXPECT_EQ(Complete("profile", "tenants/mora/profiles/x"),
            "tenants/mora/profiles/x");
  EXPECT_EQ(Complete("tenant", "tenants/mora"), "tenants/mora");
  EXPECT_EQ(Complete("region", "regions/county-20"), "regions/county-20");
  EXPECT_EQ(Complete("region", "ovansiljan"),
            "tenants/demo/regions/ovansiljan");
}

TEST(NamesTest, WhatNamesNothingIsRefusedWithWhatWouldBeRight) {
  for (const char* text : {"", "a/b", "/x", "x/", "tenants/t/employers/x",
                           "tenants/t/profiles/x/y"}) {
    EXPECT_THAT(Complete("profile", text),
                HasSubstr("does not name a profile: write PROFILE or "
                          "tenants/{tenant}/profiles/{profile}"))
        << text;
  }
  EXPECT_THAT(Complete("requirement", "r"), HasSubstr("EMPLOYER/REQUIREMENT"));
  EXPECT_THAT(Complete("strategy", "a/b"), HasSubstr("/{strategy}"));
  EXPECT_TRUE(IsUsageError(CompleteName({"tenants"}, "demo", "a/b").status()));
}

TEST(NamesTest, AParentThatIsNotGivenIsTheTenantIfThatCanBe) {
  const auto parent = [](const char* noun, const char* text) {
    return CompleteParent(FindResourceType(noun)->collections, "demo", text)
        .value_or("refused");
  };
  EXPECT_EQ(parent("profile", ""), "tenants/demo");
  EXPECT_EQ(parent("requirement", ""), "refused");
  EXPECT_EQ(parent("session", "p/o"), "tenants/demo/providers/p/offerings/o");
  EXPECT_EQ(parent("requirement", "acme"), "tenants/demo/employers/acme");
  EXPECT_EQ(parent("profile", "mora"), "tenants/mora");
  EXPECT_EQ(parent("tenant", ""), "");
  EXPECT_EQ(parent("tenant", "x"), "refused");
}

TEST(NamesTest, ANameSplitsIntoParentAndId) {
  EXPECT_THAT(SplitName("tenants/t/profiles/p"), Pair("tenants/t", "p"));
  EXPECT_THAT(SplitName("tenants/t"), Pair("", "t"));
  EXPECT_THAT(SplitName(""), Pair("", ""));
}

TEST(NamesTest, WhatAQuestionStartsFromIsToldByTheForm) {
  EXPECT_THAT(*CompleteOrigin({"profile", "requirement"}, "demo", "x"),
              Pair("profile", "tenants/demo/profiles/x"));
  EXPECT_THAT(
      *CompleteOrigin({"profile", "requirement"}, "demo", "acme/r"),
      Pair("requirement", "tenants/demo/employers/acme/requirements/r"));
  EXPECT_THAT(*CompleteOrigin({"profile", "requirement"}, "demo",
                              "tenants/t/employers/e/requirements/r"),
              Pair("requirement", "tenants/t/employers/e/requirements/r"));
  EXPECT_THAT(
      *CompleteOrigin({"profile", "offering", "session"}, "demo", "p/o"),
      Pair("offering", "tenants/demo/providers/p/offerings/o"));
  EXPECT_THAT(
      *CompleteOrigin({"profile", "offering", "session"}, "demo", "p/o/s"),
      Pair("session", "tenants/demo/providers/p/offerings/o/sessions/s"));
  const auto refused =
      CompleteOrigin({"profile", "requirement"}, "demo", "a/b/c");
  EXPECT_TRUE(IsUsageError(refused.status()));
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("PROFILE or EMPLOYER/REQUIREMENT"));
}

}  // namespace
}  // namespace kugge::ctl
