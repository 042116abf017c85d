// Requests that are remembered, and taxonomies that are switched, on every
// store.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/taxonomy.pb.h"
#include "storage/change_log.h"
#include "storage/repository.h"
#include "storage/request_log.h"
#include "tests/contract/repository_fixture.h"

namespace kugge::storage {
namespace {

using RequestContractTest = RepositoryContractTest;

TEST_P(RequestContractTest, ARequestIsRememberedForADay) {
  const RequestId id{"caller", "d9b1"};
  const absl::Time start = absl::FromUnixSeconds(1'700'000'000);
  const auto profile = Named<v1::Profile>("tenants/t/profiles/a");
  Transaction transaction = repository().Begin();
  ASSERT_THAT(transaction.Create(ResourceKind::kProfile, profile), IsOk());
  const RequestRecord record{
      repository().Digest("body"), {profile.name()}, start};
  transaction.RecordRequest(id, record, 0);
  ASSERT_THAT(repository().Commit(std::move(transaction)), IsOk());
  BetweenSteps();
  const auto soon =
      repository().FindRequest(id, start + absl::Hours(23), nullptr);
  ASSERT_THAT(soon, IsOk());
  ASSERT_TRUE(soon->record.has_value());
  EXPECT_EQ(soon->record->digest, repository().Digest("body"));
  EXPECT_EQ(soon->record->resource_names, record.resource_names);
  EXPECT_EQ(soon->record->commit_time, start);
  EXPECT_FALSE(repository()
                   .FindRequest({"another caller", "d9b1"}, start, nullptr)
                   ->record.has_value());
  // A race for the same id: the second must read back.
  Transaction again = repository().Begin();
  again.RecordRequest(id, record, 0);
  EXPECT_THAT(repository().Commit(std::move(again)),
              ConflictIs(Cause::kRequestSeen, ""));
  const absl::Time later = start + absl::Hours(24);
  const auto expired = repository().FindRequest(id, later, nullptr);
  ASSERT_THAT(expired, IsOk());
  EXPECT_FALSE(expired->record.has_value());
  // Used anew before the old entry was swept: the sweep keeps the new one.
  Transaction anew = repository().Begin();
  anew.RecordRequest(id, {"other", {}, later}, expired->revision);
  ASSERT_THAT(repository().Commit(std::move(anew)), IsOk());
  EXPECT_THAT(ExpireRequests(store(), later + absl::Hours(1), 100),
              IsOkAndHolds(1u));
  EXPECT_TRUE(repository().FindRequest(id, later, nullptr)->record.has_value());
  EXPECT_THAT(ExpireRequests(store(), later + absl::Hours(25), 100),
              IsOkAndHolds(1u));
  EXPECT_EQ(repository().FindRequest(id, later, nullptr)->revision, 0u);
  EXPECT_THAT(ExpireRequests(store(), later + absl::Hours(25), 100),
              IsOkAndHolds(0u));
}

TEST_P(RequestContractTest, RequestsGoWithTheResourceTheyWrote) {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  const auto profile = Named<v1::Profile>("tenants/t/profiles/a");
  Transaction create = repository().Begin();
  ASSERT_THAT(create.Create(ResourceKind::kProfile, profile), IsOk());
  create.RecordRequest({"caller", "create"}, {"digest", {profile.name()}, now},
                       0);
  const auto made = repository().Commit(std::move(create));
  ASSERT_THAT(made, IsOk());
  BetweenSteps();
  Transaction remove = repository().Begin();
  ASSERT_THAT(remove.Delete(ResourceKind::kProfile, profile, *made), IsOk());
  remove.RecordRequest({"caller", "delete"}, {"digest", {profile.name()}, now},
                       0);
  ASSERT_THAT(repository().Commit(std::move(remove)), IsOk());
  BetweenSteps();
  EXPECT_EQ(
      repository().FindRequest({"caller", "create"}, now, nullptr)->revision,
      0u);
  // A repeat of the delete itself still gets its first result.
  EXPECT_TRUE(repository()
                  .FindRequest({"caller", "delete"}, now, nullptr)
                  ->record.has_value());
}

TEST_P(RequestContractTest, ATaxonomyIsLoadedInPiecesAndSwitchedAtOnce) {
  const Revision before = store().LatestRevision();
  for (int piece = 0; piece < 3; ++piece) {
    Transaction transaction = repository().Begin();
    for (int i = 0; i < 1000; ++i) {
      ASSERT_THAT(transaction.PutUnlogged(
                      ResourceKind::kConcept,
                      Named<v1::Concept>(absl::StrCat(
                          "taxonomies/jt-1/concepts/c", piece * 1000 + i))),
                  IsOk());
    }
    ASSERT_THAT(repository().Commit(std::move(transaction)), IsOk());
    BetweenSteps();
  }
  EXPECT_THAT(ReadChanges(store(), before, 10, nullptr),
              IsOkAndHolds(testing::IsEmpty()));
  EXPECT_EQ(repository().TaxonomyInForce(nullptr)->name, "");
  for (const char* name : {"taxonomies/jt-1", "taxonomies/jt-2"}) {
    const auto in_force = repository().TaxonomyInForce(nullptr);
    ASSERT_THAT(in_force, IsOk());
    Transaction transaction = repository().Begin();
    ASSERT_THAT(
        transaction.Create(ResourceKind::kTaxonomy, Named<v1::Taxonomy>(name)),
        IsOk());
    ASSERT_THAT(transaction.SetTaxonomyInForce(name, in_force->revision),
                IsOk());
    ASSERT_THAT(repository().Commit(std::move(transaction)), IsOk());
    BetweenSteps();
    EXPECT_EQ(repository().TaxonomyInForce(nullptr)->name, name);
  }
  Transaction late = repository().Begin();
  ASSERT_THAT(late.SetTaxonomyInForce("taxonomies/jt-1", 0), IsOk());
  EXPECT_THAT(repository().Commit(std::move(late)),
              ConflictIs(Cause::kTaxonomySwitched, "taxonomies/jt-1"));
  size_t removed = 0;
  for (;;) {
    const auto batch = repository().DeleteUnlogged(ResourceKind::kConcept,
                                                   "taxonomies/jt-1", 700);
    ASSERT_THAT(batch, IsOk());
    EXPECT_LE(*batch, 700u);
    if (*batch == 0) break;
    removed += *batch;
  }
  EXPECT_EQ(removed, 3000u);
}

INSTANTIATE_TEST_SUITE_P(Stores, RequestContractTest,
                         testing::ValuesIn(AllStores()), StoreKindName);

}  // namespace
}  // namespace kugge::storage
