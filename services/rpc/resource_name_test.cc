#include "services/rpc/resource_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/rpc/errors.h"

namespace kugge::rpc {
namespace {

using ::testing::ElementsAre;

constexpr char kProfile[] = "tenants/{tenant}/profiles/{profile}";

TEST(ResourceNameTest, IdsAreTakenFromTheName) {
  const auto ids = IdsOf(kProfile, "tenants/mora/profiles/p1");
  ASSERT_TRUE(ids.has_value());
  EXPECT_THAT(*ids, ElementsAre("mora", "p1"));
}

TEST(ResourceNameTest, OtherFormsDoNotMatch) {
  for (const char* name :
       {"", "tenants", "tenants/", "tenants/mora", "tenants/mora/profiles",
        "tenants/mora/profiles/", "tenants/mora/profiles/p1/",
        "/tenants/mora/profiles/p1", "tenants/mora/profiles/p1/x/y",
        "tenants/Mora/profiles/p1", "tenants/mora/employers/p1",
        "tenants//profiles/p1", "tenants/mora/profiles/-",
        "tenants/-/profiles/p1", "tenants/mora/profiles/{profile}"}) {
    EXPECT_FALSE(NameMatches(kProfile, name)) << name;
  }
}

TEST(ResourceNameTest, ADashIsTakenOnlyWhereItIsAskedFor) {
  EXPECT_TRUE(NameMatches(kProfile, "tenants/-/profiles/p1", Dash::kAccepted));
  EXPECT_TRUE(NameMatches("taxonomies/{taxonomy}", "taxonomies/-"));
  EXPECT_TRUE(NameMatches("taxonomies/{taxonomy}", "taxonomies/jobtech-25"));
}

TEST(ResourceNameTest, ConceptsHaveTheirOwnIds) {
  constexpr char kConcept[] = "taxonomies/{taxonomy}/concepts/{concept}";
  EXPECT_TRUE(NameMatches(kConcept, "taxonomies/-/concepts/DJh5_yyF_hEM"));
  EXPECT_FALSE(NameMatches(kConcept, "taxonomies/-/concepts/welder"));
  EXPECT_FALSE(NameMatches(kConcept, "taxonomies/-/concepts/-"));
  EXPECT_FALSE(NameMatches(kProfile, "tenants/mora/profiles/DJh5_yyF_hEM"));
}

TEST(ResourceNameTest, PartsOfANameAreFoundAndJoined) {
  EXPECT_EQ(ParentOf("tenants/mora/profiles/p1"), "tenants/mora");
  EXPECT_EQ(ParentOf("tenants/mora"), "");
  EXPECT_EQ(ParentOf(""), "");
  EXPECT_EQ(LastIdOf("tenants/mora/profiles/p1"), "p1");
  EXPECT_EQ(LastIdOf("p1"), "p1");
  EXPECT_EQ(JoinName("tenants/mora", "profiles", "p1"),
            "tenants/mora/profiles/p1");
  EXPECT_EQ(JoinName("", "tenants", "mora"), "tenants/mora");
}

TEST(ResourceNameTest, WhatStandsBelowAParent) {
  EXPECT_TRUE(IsWithin("tenants/a/employers/b", "tenants/a"));
  EXPECT_TRUE(IsWithin("tenants/a/employers/b", "tenants/a/employers/b"));
  EXPECT_TRUE(IsWithin("tenants/a/employers/b/requirements/c",
                       "tenants/a/employers/-"));
  EXPECT_TRUE(IsWithin("tenants/a", ""));
  EXPECT_FALSE(IsWithin("tenants/ab/employers/b", "tenants/a"));
  EXPECT_FALSE(IsWithin("tenants/a", "tenants/a/employers/b"));
}

TEST(ResourceNameTest, AWrongNameIsToldTheForm) {
  const absl::Status status = CheckName("name", kProfile, "tenants/x");
  ASSERT_EQ(ViolationsOf(status).size(), 1);
  EXPECT_EQ(ViolationsOf(status)[0].path, "name");
  EXPECT_EQ(ViolationsOf(status)[0].description,
            "is \"tenants/x\"; must have the form "
            "tenants/{tenant}/profiles/{profile}");
  EXPECT_TRUE(CheckName("name", kProfile, "tenants/x/profiles/y").ok());
}

}  // namespace
}  // namespace kugge::rpc
