// The change log on every store.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/change_log.h"
#include "tests/contract/stores.h"

namespace kugge::storage {
namespace {

class ChangeLogContractTest : public ContractTest {
 protected:
  Revision Log(int count) {
    WriteSet writes;
    for (int i = 0; i < count; ++i) {
      writes.LogChange({ResourceKind::kProfile,
                        absl::StrCat("tenants/t/profiles/p", i),
                        i % 2 == 0 ? Operation::kPut : Operation::kDelete});
    }
    const auto revision = store().Commit(writes, {});
    EXPECT_THAT(revision, IsOk());
    return revision.value_or(0);
  }

  // The revisions read, or the error.
  std::vector<Revision> Revisions(Revision after, size_t limit) {
    const auto sets = ReadChanges(store(), after, limit, nullptr);
    EXPECT_THAT(sets, IsOk());
    std::vector<Revision> revisions;
    if (!sets.ok()) return revisions;
    for (const ChangeSet& set : *sets) revisions.push_back(set.revision);
    return revisions;
  }
};

TEST_P(ChangeLogContractTest, EntriesComeBackUnderTheirCommitsRevision) {
  const Revision revision = Log(2);
  BetweenSteps();
  const auto sets = ReadChanges(store(), revision - 1, 100, nullptr);
  ASSERT_THAT(sets, IsOk());
  ASSERT_EQ(sets->size(), 1u);
  EXPECT_EQ(sets->front().revision, revision);
  ASSERT_EQ(sets->front().changes.size(), 2u);
  EXPECT_EQ(sets->front().changes[0].kind, ResourceKind::kProfile);
  EXPECT_EQ(sets->front().changes[0].name, "tenants/t/profiles/p0");
  EXPECT_EQ(sets->front().changes[0].operation, Operation::kPut);
  EXPECT_EQ(sets->front().changes[1].operation, Operation::kDelete);
}

TEST_P(ChangeLogContractTest, ReadsAfterARevisionAndNeverSplitsACommit) {
  const Revision a = Log(3);
  Put("zunlogged", "1");
  const Revision b = Log(3);
  BetweenSteps();
  const Revision c = Log(3);
  EXPECT_EQ(Revisions(0, 100), (std::vector<Revision>{a, b, c}));
  EXPECT_EQ(Revisions(a, 100), (std::vector<Revision>{b, c}));
  EXPECT_EQ(Revisions(0, 4), (std::vector<Revision>{a, b}));
  EXPECT_EQ(Revisions(0, 1), (std::vector<Revision>{a}));
  EXPECT_EQ(Revisions(c, 100), (std::vector<Revision>{}));
}

TEST_P(ChangeLogContractTest, ASnapshotEndsTheLog) {
  const Revision a = Log(1);
  const auto snapshot = store().TakeSnapshot();
  ASSERT_THAT(snapshot, IsOk());
  Log(1);
  const auto sets = ReadChanges(store(), 0, 100, snapshot->get());
  ASSERT_THAT(sets, IsOk());
  ASSERT_EQ(sets->size(), 1u);
  EXPECT_EQ(sets->front().revision, a);
}

TEST_P(ChangeLogContractTest, PruningIsBoundedAndLateReadersAreTold) {
  std::vector<Revision> revisions;
  for (int i = 0; i < 10; ++i) revisions.push_back(Log(1));
  EXPECT_THAT(ChangeLogCutoff(store(), 20), IsOkAndHolds(Revision{0}));
  const auto cutoff = ChangeLogCutoff(store(), 4);
  ASSERT_THAT(cutoff, IsOkAndHolds(revisions[5]));
  EXPECT_THAT(PruneChangesThrough(store(), *cutoff, 4), IsOkAndHolds(4u));
  BetweenSteps();
  EXPECT_THAT(PruneChangesThrough(store(), *cutoff, 4), IsOkAndHolds(2u));
  EXPECT_THAT(PruneChangesThrough(store(), *cutoff, 4), IsOkAndHolds(0u));
  EXPECT_THAT(ReadChanges(store(), revisions[4], 100, nullptr),
              StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_EQ(Revisions(revisions[5], 100),
            (std::vector<Revision>(revisions.begin() + 6, revisions.end())));
}

INSTANTIATE_TEST_SUITE_P(Stores, ChangeLogContractTest,
                         testing::ValuesIn(AllStores()), StoreKindName);

}  // namespace
}  // namespace kugge::storage
