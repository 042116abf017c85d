// The repository on every store: resources, their families, external ids.
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "storage/change_log.h"
#include "storage/etag.h"
#include "storage/repository.h"
#include "tests/contract/repository_fixture.h"

namespace kugge::storage {
namespace {

TEST_P(RepositoryContractTest, AResourceLivesFromCreateToDelete) {
  const auto profile = Named<v1::Profile>("tenants/t/profiles/p1");
  const auto created = CreateOne(ResourceKind::kProfile, profile);
  ASSERT_THAT(created, IsOk());
  EXPECT_THAT(CreateOne(ResourceKind::kProfile, profile),
              ConflictIs(Cause::kExists, profile.name()));
  BetweenSteps();
  auto found = repository().Get<v1::Profile>(ResourceKind::kProfile,
                                             profile.name(), nullptr);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->revision, *created);
  auto changed = found->resource;
  changed.set_external_id("case-7");
  const auto updated = UpdateOne(ResourceKind::kProfile, found->resource,
                                 found->revision, changed);
  ASSERT_THAT(updated, IsOk());
  BetweenSteps();
  EXPECT_THAT(UpdateOne(ResourceKind::kProfile, found->resource,
                        found->revision, changed),
              ConflictIs(Cause::kStale, profile.name()));
  EXPECT_THAT(DeleteOne(ResourceKind::kProfile, changed, *updated), IsOk());
  BetweenSteps();
  EXPECT_THAT(repository().Get<v1::Profile>(ResourceKind::kProfile,
                                            profile.name(), nullptr),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(UpdateOne(ResourceKind::kProfile, changed, *updated, changed),
              ConflictIs(Cause::kMissing, profile.name()));
  const auto log = ReadChanges(store(), *created - 1, 100, nullptr);
  ASSERT_THAT(log, IsOk());
  ASSERT_EQ(log->size(), 3u);
  EXPECT_EQ((*log)[2].changes[0].operation, Operation::kDelete);
}

TEST_P(RepositoryContractTest, MalformedNamesAreRefusedBeforeTheStore) {
  EXPECT_THAT(CreateOne(ResourceKind::kProfile,
                        Named<v1::Profile>("tenants/t/profiles/")),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(repository().Get<v1::Profile>(ResourceKind::kProfile,
                                            "tenants/t/employers/e", nullptr),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_P(RepositoryContractTest, AChildNeedsItsParent) {
  const auto requirement =
      Named<v1::Requirement>("tenants/t/employers/e1/requirements/r1");
  EXPECT_THAT(CreateOne(ResourceKind::kRequirement, requirement),
              ConflictIs(Cause::kParentMissing, "tenants/t/employers/e1"));
  Transaction both = repository().Begin();
  ASSERT_THAT(both.Create(ResourceKind::kEmployer,
                          Named<v1::Employer>("tenants/t/employers/e1")),
              IsOk());
  ASSERT_THAT(both.Create(ResourceKind::kRequirement, requirement), IsOk());
  EXPECT_THAT(repository().Commit(std::move(both)), IsOk());
}

TEST_P(RepositoryContractTest, AParentWithChildrenStays) {
  const auto employer = Named<v1::Employer>("tenants/t/employers/e1");
  const auto requirement =
      Named<v1::Requirement>("tenants/t/employers/e1/requirements/r1");
  const auto made = CreateOne(ResourceKind::kEmployer, employer);
  ASSERT_THAT(made, IsOk());
  // A neighbour whose name starts the same is no child.
  ASSERT_THAT(CreateOne(ResourceKind::kEmployer,
                        Named<v1::Employer>("tenants/t/employers/e10")),
              IsOk());
  ASSERT_THAT(CreateOne(ResourceKind::kRequirement,
                        Named<v1::Requirement>(
                            "tenants/t/employers/e10/requirements/r")),
              IsOk());
  EXPECT_THAT(repository().HasChildren(ResourceKind::kEmployer, employer.name(),
                                       nullptr),
              IsOkAndHolds(false));
  const auto child = CreateOne(ResourceKind::kRequirement, requirement);
  ASSERT_THAT(child, IsOk());
  BetweenSteps();
  EXPECT_THAT(repository().HasChildren(ResourceKind::kEmployer, employer.name(),
                                       nullptr),
              IsOkAndHolds(true));
  EXPECT_THAT(DeleteOne(ResourceKind::kEmployer, employer, *made),
              ConflictIs(Cause::kHasChildren, employer.name()));
  ASSERT_THAT(DeleteOne(ResourceKind::kRequirement, requirement, *child),
              IsOk());
  EXPECT_THAT(DeleteOne(ResourceKind::kEmployer, employer, *made), IsOk());
}

TEST_P(RepositoryContractTest, ListingIsOneRangeInNameOrderAndPages) {
  ASSERT_THAT(CreateOne(ResourceKind::kTenant, Named<v1::Tenant>("tenants/u")),
              IsOk());
  for (const char* name : {"tenants/t/profiles/c", "tenants/t/profiles/a",
                           "tenants/u/profiles/b", "tenants/t/profiles/b"}) {
    ASSERT_THAT(CreateOne(ResourceKind::kProfile, Named<v1::Profile>(name)),
                IsOk());
  }
  BetweenSteps();
  EXPECT_THAT(
      Names("tenants/t", "", 10),
      testing::ElementsAre("tenants/t/profiles/a", "tenants/t/profiles/b",
                           "tenants/t/profiles/c"));
  EXPECT_THAT(
      Names("tenants/t", "", 2),
      testing::ElementsAre("tenants/t/profiles/a", "tenants/t/profiles/b"));
  EXPECT_THAT(Names("tenants/t", "tenants/t/profiles/b", 2),
              testing::ElementsAre("tenants/t/profiles/c"));
  EXPECT_THAT(Names("tenants/-", "", 10), testing::SizeIs(4));
  EXPECT_THAT(Names("tenants/u", "tenants/u/profiles/b", 10),
              testing::IsEmpty());
}

TEST_P(RepositoryContractTest, MultiGetLeavesRoomForWhatIsAbsent) {
  const auto made = CreateOne(ResourceKind::kProfile,
                              Named<v1::Profile>("tenants/t/profiles/a"));
  ASSERT_THAT(made, IsOk());
  const auto found = repository().MultiGet<v1::Profile>(
      ResourceKind::kProfile,
      {"tenants/t/profiles/none", "tenants/t/profiles/a"}, nullptr);
  ASSERT_THAT(found, IsOk());
  EXPECT_FALSE((*found)[0].has_value());
  ASSERT_TRUE((*found)[1].has_value());
  EXPECT_EQ((*found)[1]->revision, *made);
}

TEST_P(RepositoryContractTest, AnExternalIdIsUniqueBelowItsParentOnly) {
  const auto first = Named<v1::Profile>("tenants/t/profiles/a", "case-1");
  const auto made = CreateOne(ResourceKind::kProfile, first);
  ASSERT_THAT(made, IsOk());
  EXPECT_THAT(CreateOne(ResourceKind::kProfile,
                        Named<v1::Profile>("tenants/t/profiles/b", "case-1")),
              ConflictIs(Cause::kExternalIdTaken, "tenants/t/profiles/b"));
  ASSERT_THAT(CreateOne(ResourceKind::kTenant, Named<v1::Tenant>("tenants/u")),
              IsOk());
  EXPECT_THAT(CreateOne(ResourceKind::kProfile,
                        Named<v1::Profile>("tenants/u/profiles/b", "case-1")),
              IsOk());
  EXPECT_THAT(CreateOne(ResourceKind::kEmployer,
                        Named<v1::Employer>("tenants/t/employers/a", "case-1")),
              IsOk());
  BetweenSteps();
  EXPECT_THAT(repository().FindByExternalId(ResourceKind::kProfile, "tenants/t",
                                            "case-1", nullptr),
              IsOkAndHolds("tenants/t/profiles/a"));
  EXPECT_THAT(repository().FindByExternalId(ResourceKind::kProfile, "tenants/t",
                                            "case-2", nullptr),
              StatusIs(absl::StatusCode::kNotFound));
  // Given up by the delete, free again.
  ASSERT_THAT(DeleteOne(ResourceKind::kProfile, first, *made), IsOk());
  BetweenSteps();
  EXPECT_THAT(CreateOne(ResourceKind::kProfile,
                        Named<v1::Profile>("tenants/t/profiles/b", "case-1")),
              IsOk());
}

TEST_P(RepositoryContractTest, ExternalIdsCanBeSwappedInOneCommit) {
  const auto a = Named<v1::Profile>("tenants/t/profiles/a", "one");
  const auto b = Named<v1::Profile>("tenants/t/profiles/b", "two");
  const auto made_a = CreateOne(ResourceKind::kProfile, a);
  const auto made_b = CreateOne(ResourceKind::kProfile, b);
  ASSERT_THAT(made_a, IsOk());
  ASSERT_THAT(made_b, IsOk());
  Transaction swap = repository().Begin();
  ASSERT_THAT(swap.Update(ResourceKind::kProfile, a, *made_a,
                          Named<v1::Profile>(a.name(), "two")),
              IsOk());
  ASSERT_THAT(swap.Update(ResourceKind::kProfile, b, *made_b,
                          Named<v1::Profile>(b.name(), "one")),
              IsOk());
  ASSERT_THAT(repository().Commit(std::move(swap)), IsOk());
  BetweenSteps();
  EXPECT_THAT(repository().FindByExternalId(ResourceKind::kProfile, "tenants/t",
                                            "one", nullptr),
              IsOkAndHolds(b.name()));
  EXPECT_THAT(repository().FindByExternalId(ResourceKind::kProfile, "tenants/t",
                                            "two", nullptr),
              IsOkAndHolds(a.name()));
}

TEST_P(RepositoryContractTest, OneTransactionHoldsAResourceOnce) {
  Transaction transaction = repository().Begin();
  const auto a = Named<v1::Profile>("tenants/t/profiles/a", "one");
  ASSERT_THAT(transaction.Create(ResourceKind::kProfile, a), IsOk());
  EXPECT_THAT(transaction.Create(ResourceKind::kProfile, a),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(
      transaction.Create(ResourceKind::kProfile,
                         Named<v1::Profile>("tenants/t/profiles/b", "one")),
      StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_P(RepositoryContractTest, NoKeyHoldsWhatAClientChose) {
  Transaction transaction = repository().Begin();
  ASSERT_THAT(transaction.Create(
                  ResourceKind::kProfile,
                  Named<v1::Profile>("tenants/t/profiles/a", "case-4711")),
              IsOk());
  transaction.RecordRequest({"caller-4711", "request-4711"},
                            {repository().Digest("body-4711"),
                             {"tenants/t/profiles/a"},
                             absl::FromUnixSeconds(1000)},
                            0);
  ASSERT_THAT(repository().Commit(std::move(transaction)), IsOk());
  const auto cursor = store().Scan({"", ""}, nullptr);
  ASSERT_THAT(cursor, IsOk());
  for (; (*cursor)->Valid(); (*cursor)->Next()) {
    EXPECT_THAT(std::string((*cursor)->key()),
                testing::Not(testing::HasSubstr("4711")));
  }
}

TEST_P(RepositoryContractTest, EtagsAreRevisionsInOtherClothes) {
  EXPECT_THAT(ParseEtag(EtagOf(42)), IsOkAndHolds(Revision{42}));
  EXPECT_NE(EtagOf(42), EtagOf(43));
  for (const char* bad : {"", "42", "000000000000002A", "0000000000000000",
                          "00000000000000zz", "-00000000000002a"}) {
    EXPECT_THAT(ParseEtag(bad), StatusIs(absl::StatusCode::kInvalidArgument))
        << bad;
  }
}

INSTANTIATE_TEST_SUITE_P(Stores, RepositoryContractTest,
                         testing::ValuesIn(AllStores()), StoreKindName);

}  // namespace
}  // namespace kugge::storage
