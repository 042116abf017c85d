// The repository on every store: resources, external ids, requests.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/taxonomy.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "storage/change_log.h"
#include "storage/etag.h"
#include "storage/repository.h"
#include "tests/contract/stores.h"

namespace kugge::storage {
namespace {

using Cause = CommitConflict::Cause;

MATCHER_P2(ConflictIs, cause, name, "") {
  const auto conflict = GetCommitConflict(arg.status());
  *result_listener << "which has status " << arg.status().ToString();
  return conflict.has_value() && conflict->cause == cause &&
         conflict->name == name;
}

template <typename M>
M Named(const std::string& name, const std::string& external_id = "") {
  M message;
  message.set_name(name);
  if constexpr (requires { message.set_external_id(external_id); }) {
    message.set_external_id(external_id);
  }
  return message;
}

class RepositoryContractTest : public ContractTest {
 protected:
  void SetUp() override {
    ContractTest::SetUp();
    ASSERT_THAT(
        CreateOne(ResourceKind::kTenant, Named<v1::Tenant>("tenants/t")),
        IsOk());
  }

  template <typename M>
  absl::StatusOr<Revision> CreateOne(ResourceKind kind, const M& resource) {
    Transaction transaction = repository().Begin();
    const absl::Status staged = transaction.Create(kind, resource);
    if (!staged.ok()) return staged;
    return repository().Commit(std::move(transaction));
  }

  template <typename M>
  absl::StatusOr<Revision> UpdateOne(ResourceKind kind, const M& before,
                                     Revision revision, const M& after) {
    Transaction transaction = repository().Begin();
    const absl::Status staged =
        transaction.Update(kind, before, revision, after);
    if (!staged.ok()) return staged;
    return repository().Commit(std::move(transaction));
  }

  template <typename M>
  absl::StatusOr<Revision> DeleteOne(ResourceKind kind, const M& before,
                                     Revision revision) {
    Transaction transaction = repository().Begin();
    const absl::Status staged = transaction.Delete(kind, before, revision);
    if (!staged.ok()) return staged;
    return repository().Commit(std::move(transaction));
  }

  std::vector<std::string> Names(const std::string& parent,
                                 const std::string& start_after, size_t limit) {
    const auto listed = repository().List<v1::Profile>(
        ResourceKind::kProfile, {parent, start_after, limit}, nullptr);
    EXPECT_THAT(listed, IsOk());
    std::vector<std::string> names;
    if (!listed.ok()) return names;
    for (const auto& stored : *listed) names.push_back(stored.resource.name());
    return names;
  }
};

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

TEST_P(RepositoryContractTest, ARequestIsRememberedForADay) {
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

TEST_P(RepositoryContractTest, RequestsGoWithTheResourceTheyWrote) {
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

TEST_P(RepositoryContractTest, ATaxonomyIsLoadedInPiecesAndSwitchedAtOnce) {
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
