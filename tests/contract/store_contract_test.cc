// What every store promises: reads, ranges, snapshots, commits.
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/key_value_store.h"
#include "storage/store_meta.h"
#include "tests/contract/stores.h"

namespace kugge::storage {
namespace {

using testing::Field;
using testing::Optional;

using StoreContractTest = ContractTest;

TEST_P(StoreContractTest, AValueComesBackWithTheRevisionThatWroteIt) {
  const Revision first = Put("zk", "one");
  const Revision second = Put("zk", std::string("t\0wo", 4));
  EXPECT_LT(first, second);
  BetweenSteps();
  const auto found = store().Get("zk", nullptr);
  ASSERT_THAT(found, IsOk());
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->value, std::string("t\0wo", 4));
  EXPECT_EQ((*found)->mod_revision, second);
  EXPECT_EQ(store().LatestRevision(), second);
}

TEST_P(StoreContractTest, AnAbsentKeyIsNothingAndAnEmptyValueIsAValue) {
  Put("zempty", "");
  BetweenSteps();
  EXPECT_EQ(Read("zempty"), "");
  EXPECT_EQ(Read("znone"), "(absent)");
}

TEST_P(StoreContractTest, RevisionsGrowAcrossSteps) {
  Revision last = 0;
  for (int i = 0; i < 5; ++i) {
    const Revision revision = Put("zk", absl::StrCat(i));
    EXPECT_GT(revision, last);
    last = revision;
    BetweenSteps();
    EXPECT_EQ(store().LatestRevision(), last);
  }
}

TEST_P(StoreContractTest, ACommitWritesAndDeletesTogether) {
  Put("za", "1");
  Put("zb", "2");
  WriteSet writes;
  writes.Delete("za");
  writes.Put("zb", "3");
  writes.Put("zc", "4");
  writes.Delete("znone");
  const auto revision = store().Commit(writes, {});
  ASSERT_THAT(revision, IsOk());
  BetweenSteps();
  EXPECT_EQ(ReadRange({"z", ""}),
            absl::StrCat("zb=3@", *revision, " zc=4@", *revision));
}

TEST_P(StoreContractTest, TheLastWriteOfAKeyInACommitWins) {
  WriteSet writes;
  writes.Put("za", "1");
  writes.Delete("za");
  writes.Put("zb", "1");
  writes.Put("zb", "2");
  ASSERT_THAT(store().Commit(writes, {}), IsOk());
  BetweenSteps();
  EXPECT_EQ(Read("za"), "(absent)");
  EXPECT_EQ(Read("zb"), "2");
}

TEST_P(StoreContractTest, MultiGetAnswersInTheOrderOfItsKeys) {
  Put("za", "1");
  const Revision second = Put("zb", "2");
  BetweenSteps();
  const auto found = store().MultiGet({"zb", "znone", "za", "zb"}, nullptr);
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->size(), 4u);
  EXPECT_THAT((*found)[0], Optional(Field(&VersionedValue::value, "2")));
  EXPECT_THAT((*found)[0],
              Optional(Field(&VersionedValue::mod_revision, second)));
  EXPECT_EQ((*found)[1], std::nullopt);
  EXPECT_THAT((*found)[2], Optional(Field(&VersionedValue::value, "1")));
  EXPECT_THAT((*found)[3], Optional(Field(&VersionedValue::value, "2")));
}

TEST_P(StoreContractTest, MultiGetOfNothingIsEmpty) {
  EXPECT_THAT(store().MultiGet({}, nullptr), IsOkAndHolds(testing::IsEmpty()));
}

TEST_P(StoreContractTest, ScanIsHalfOpenAndOrderedByUnsignedBytes) {
  WriteSet writes;
  for (const char* key : {"zb", "za\xff", "za", "zc", "z\x01", "zaa"}) {
    writes.Put(key, "v");
  }
  const auto committed = store().Commit(writes, {});
  ASSERT_THAT(committed, IsOk());
  BetweenSteps();
  const std::string at = absl::StrCat("=v@", *committed);
  EXPECT_EQ(ReadRange({"za", "zb"}),
            absl::StrCat("za", at, " zaa", at, " za\xff", at));
  EXPECT_EQ(ReadRange({"zb", ""}), absl::StrCat("zb", at, " zc", at));
  EXPECT_EQ(ReadRange({"zd", ""}), "");
  EXPECT_EQ(ReadRange({"zb", "zb"}), "");
  EXPECT_EQ(ReadRange({"zc", "za"}), "");
}

TEST_P(StoreContractTest, ASnapshotStandsStill) {
  Put("za", "old");
  Put("zb", "gone");
  const Revision before = store().LatestRevision();
  const auto snapshot = store().TakeSnapshot();
  ASSERT_THAT(snapshot, IsOk());
  EXPECT_EQ((*snapshot)->revision(), before);
  WriteSet writes;
  writes.Put("za", "new");
  writes.Delete("zb");
  writes.Put("zc", "born");
  ASSERT_THAT(store().Commit(writes, {}), IsOk());
  EXPECT_EQ(Read("za", snapshot->get()), "old");
  EXPECT_EQ(Read("zb", snapshot->get()), "gone");
  EXPECT_EQ(Read("zc", snapshot->get()), "(absent)");
  EXPECT_EQ(ReadRange({"z", ""}, snapshot->get()),
            absl::StrCat("za=old@", before - 1, " zb=gone@", before));
  const auto found = store().MultiGet({"zb", "zc"}, snapshot->get());
  ASSERT_THAT(found, IsOk());
  EXPECT_THAT((*found)[0], Optional(Field(&VersionedValue::value, "gone")));
  EXPECT_EQ((*found)[1], std::nullopt);
  EXPECT_EQ(Read("za"), "new");
}

TEST_P(StoreContractTest, ACursorWithoutSnapshotShowsTheMomentItWasMade) {
  Put("za", "1");
  const Revision b = Put("zb", "1");
  const auto cursor = store().Scan({"z", ""}, nullptr);
  ASSERT_THAT(cursor, IsOk());
  WriteSet writes;
  writes.Put("zb", "2");
  writes.Put("zc", "2");
  ASSERT_THAT(store().Commit(writes, {}), IsOk());
  ASSERT_TRUE((*cursor)->Valid());
  (*cursor)->Next();
  ASSERT_TRUE((*cursor)->Valid());
  EXPECT_EQ((*cursor)->key(), "zb");
  EXPECT_EQ((*cursor)->value(), "1");
  EXPECT_EQ((*cursor)->mod_revision(), b);
  (*cursor)->Next();
  EXPECT_FALSE((*cursor)->Valid());
  EXPECT_THAT((*cursor)->status(), IsOk());
}

TEST_P(StoreContractTest, SnapshotsMayBeGivenUpInAnyOrder) {
  std::vector<std::unique_ptr<Snapshot>> snapshots;
  for (int i = 0; i < 6; ++i) {
    if (i == 3) {
      WriteSet writes;
      writes.Delete("zk");
      ASSERT_THAT(store().Commit(writes, {}), IsOk());
    } else {
      Put("zk", absl::StrCat(i));
    }
    auto snapshot = store().TakeSnapshot();
    ASSERT_THAT(snapshot, IsOk());
    snapshots.push_back(*std::move(snapshot));
  }
  for (const int i : {4, 0, 3, 5}) {
    snapshots[i].reset();
    EXPECT_EQ(Read("zk", snapshots[1].get()), "1");
    EXPECT_EQ(Read("zk", snapshots[2].get()), "2");
    EXPECT_EQ(Read("zk"), "5");
  }
}

TEST_P(StoreContractTest, AtRevisionHoldsForThatRevisionOnly) {
  const Revision first = Put("zk", "1");
  const Revision second = Put("zk", "2");
  BetweenSteps();
  WriteSet writes;
  writes.Put("zk", "3");
  const auto stale =
      store().Commit(writes, {Precondition::AtRevision("zk", first)});
  EXPECT_THAT(stale, StatusIs(absl::StatusCode::kAborted));
  const auto failed = GetFailedPrecondition(stale.status());
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->index, 0u);
  EXPECT_EQ(failed->actual, second);
  EXPECT_EQ(Read("zk"), "2");
  EXPECT_THAT(store().Commit(writes, {Precondition::AtRevision("zk", second)}),
              IsOk());
  EXPECT_EQ(Read("zk"), "3");
}

TEST_P(StoreContractTest, AbsentHoldsAgainAfterADelete) {
  Put("zk", "1");
  WriteSet writes;
  writes.Put("zk", "2");
  const auto taken = store().Commit(writes, {Precondition::Absent("zk")});
  EXPECT_THAT(taken, StatusIs(absl::StatusCode::kAborted));
  WriteSet deletes;
  deletes.Delete("zk");
  ASSERT_THAT(store().Commit(deletes, {}), IsOk());
  BetweenSteps();
  EXPECT_THAT(store().Commit(writes, {Precondition::Absent("zk")}), IsOk());
}

TEST_P(StoreContractTest, ExistsHoldsForAnyRevision) {
  WriteSet writes;
  writes.Put("zother", "1");
  EXPECT_THAT(store().Commit(writes, {Precondition::Exists("zk")}),
              StatusIs(absl::StatusCode::kAborted));
  Put("zk", "1");
  BetweenSteps();
  EXPECT_THAT(store().Commit(writes, {Precondition::Exists("zk")}), IsOk());
}

TEST_P(StoreContractTest, EmptyRangeLooksAtTheRangeOnly) {
  Put("za", "1");
  Put("zd", "1");
  BetweenSteps();
  WriteSet writes;
  writes.Put("zb", "1");
  EXPECT_THAT(store().Commit(writes, {Precondition::EmptyRange({"zb", "zd"})}),
              IsOk());
  EXPECT_THAT(store().Commit(writes, {Precondition::EmptyRange({"zb", "zd"})}),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(store().Commit(writes, {Precondition::EmptyRange({"zd", ""})}),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(store().Commit(writes, {Precondition::EmptyRange({"ze", ""})}),
              IsOk());
}

TEST_P(StoreContractTest, AFailedCommitWritesNothingAndNamesThePrecondition) {
  Put("za", "1");
  const Revision before = store().LatestRevision();
  WriteSet writes;
  writes.Put("zb", "1");
  writes.LogChange({ResourceKind::kTenant, "tenants/t", Operation::kPut});
  const auto result = store().Commit(
      writes, {Precondition::Exists("za"), Precondition::Absent("za")});
  const auto failed = GetFailedPrecondition(result.status());
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->index, 1u);
  EXPECT_THAT(std::string(result.status().message()),
              testing::Not(testing::HasSubstr("za")));
  BetweenSteps();
  EXPECT_EQ(Read("zb"), "(absent)");
  EXPECT_EQ(store().LatestRevision(), before);
}

TEST_P(StoreContractTest, ManyThreadsCountWithoutLosingOne) {
  constexpr int kThreads = 16;
  constexpr int kRounds = 10;
  Put("zcount", "0");
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([this] {
      for (int round = 0; round < kRounds;) {
        const auto found = store().Get("zcount", nullptr);
        ASSERT_THAT(found, IsOk());
        WriteSet writes;
        writes.Put("zcount", absl::StrCat(std::stoi((*found)->value) + 1));
        const auto result = store().Commit(
            writes,
            {Precondition::AtRevision("zcount", (*found)->mod_revision)});
        if (result.ok()) {
          ++round;
        } else {
          ASSERT_THAT(result, StatusIs(absl::StatusCode::kAborted));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  BetweenSteps();
  EXPECT_EQ(Read("zcount"), absl::StrCat(kThreads * kRounds));
}

TEST_P(StoreContractTest, OfManyThreadsThatWantAKeyExactlyOneGetsIt) {
  constexpr int kThreads = 16;
  for (int round = 0; round < 20; ++round) {
    const std::string key = absl::StrCat("zprize", round);
    std::vector<absl::StatusOr<Revision>> results(
        kThreads, absl::UnknownError("not run"));
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([this, t, &key, &results] {
        WriteSet writes;
        writes.Put(key, absl::StrCat(t));
        // One that needs nothing goes along and must not suffer.
        writes.Put(absl::StrCat(key, "/", t), "mine");
        results[t] = store().Commit(writes, {Precondition::Absent(key)});
        WriteSet own;
        own.Put(absl::StrCat(key, "-", t), "own");
        EXPECT_THAT(store().Commit(own, {}), IsOk());
      });
    }
    for (std::thread& thread : threads) thread.join();
    int winners = 0;
    for (int t = 0; t < kThreads; ++t) {
      const std::string mine = Read(absl::StrCat(key, "/", t));
      EXPECT_EQ(Read(absl::StrCat(key, "-", t)), "own");
      if (results[t].ok()) {
        ++winners;
        EXPECT_EQ(Read(key), absl::StrCat(t));
        EXPECT_EQ(mine, "mine");
      } else {
        EXPECT_THAT(results[t], StatusIs(absl::StatusCode::kAborted));
        EXPECT_EQ(mine, "(absent)");
      }
    }
    EXPECT_EQ(winners, 1);
  }
}

TEST_P(StoreContractTest, ACommitIsSeenByReadsThatStartAfterIt) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([this, t] {
      const std::string key = absl::StrCat("zown", t);
      for (int i = 0; i < 20; ++i) {
        const Revision revision = Put(key, absl::StrCat(i));
        EXPECT_GE(store().LatestRevision(), revision);
        const auto snapshot = store().TakeSnapshot();
        ASSERT_THAT(snapshot, IsOk());
        EXPECT_GE((*snapshot)->revision(), revision);
        EXPECT_EQ(Read(key, snapshot->get()), absl::StrCat(i));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_P(StoreContractTest, KeysOfTheStoreAreMadeOnceAndKept) {
  const auto before = ReadStoreMeta(store());
  ASSERT_THAT(before, IsOk());
  EXPECT_EQ(before->tie_key.size(), 16u);
  EXPECT_EQ(before->tie_key_id.size(), 16u);
  EXPECT_EQ(before->hash_key.size(), 32u);
  BetweenSteps();
  const auto after = ReadStoreMeta(store());
  ASSERT_THAT(after, IsOk());
  EXPECT_EQ(before->tie_key, after->tie_key);
  EXPECT_EQ(before->tie_key_id, after->tie_key_id);
  EXPECT_EQ(before->hash_key, after->hash_key);
}

TEST_P(StoreContractTest, SnapshotsAndCursorsMayOutliveTheStore) {
  auto other = GetParam().make();
  ASSERT_NE(other->store(), nullptr);
  auto snapshot = other->store()->TakeSnapshot();
  auto cursor = other->store()->Scan({"", ""}, nullptr);
  ASSERT_THAT(snapshot, IsOk());
  ASSERT_THAT(cursor, IsOk());
  other.reset();
  EXPECT_GT((*snapshot)->revision(), 0u);
  EXPECT_TRUE((*cursor)->Valid());
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContractTest,
                         testing::ValuesIn(AllStores()), StoreKindName);

}  // namespace
}  // namespace kugge::storage
