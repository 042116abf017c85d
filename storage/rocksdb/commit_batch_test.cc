#include "storage/rocksdb/commit_batch.h"

#include <rocksdb/db.h>

#include <deque>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/testing/status_matchers.h"
#include "base/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/keys.h"
#include "storage/rocksdb/stored_value.h"

namespace kugge::storage {
namespace {

using Model = std::map<std::string, Revision>;

class CommitBatchTest : public testing::Test {
 protected:
  void SetUp() override {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* db = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, folder_.path(), &db).ok());
    db_.reset(db);
  }

  // What the database holds, by the revision that wrote it, records alone.
  Model Contents() {
    Model contents;
    const std::unique_ptr<rocksdb::Iterator> it(
        db_->NewIterator(rocksdb::ReadOptions()));
    for (it->Seek("z"); it->Valid(); it->Next()) {
      const auto stored = DecodeStored(it->value());
      EXPECT_THAT(stored, IsOk());
      contents[it->key().ToString()] = stored->mod_revision;
    }
    return contents;
  }

  void Write(CommitBatch& batch) {
    const auto writes = batch.Finish();
    ASSERT_THAT(writes, IsOk());
    ASSERT_TRUE(db_->Write(rocksdb::WriteOptions(), *writes).ok());
  }

  const TempFolder folder_;
  std::unique_ptr<rocksdb::DB> db_;
  RecordCache cache_{size_t{1} << 20};
};

// What a precondition finds in the model.
Revision Found(const Model& model, const Precondition& precondition) {
  if (precondition.kind == Precondition::Kind::kEmptyRange) {
    const auto first = model.lower_bound(precondition.key);
    if (first == model.end()) return 0;
    if (!precondition.end.empty() && first->first >= precondition.end) return 0;
    return first->second;
  }
  const auto found = model.find(precondition.key);
  return found == model.end() ? 0 : found->second;
}

TEST_F(CommitBatchTest, EachCommitIsCheckedAgainstThoseBeforeIt) {
  constexpr uint64_t kSeed = 3;
  std::mt19937_64 random(kSeed);
  const auto key = [&] { return absl::StrCat("z", random() % 6); };
  Model model;
  Revision revision = 0;
  size_t refused = 0;
  size_t taken = 0;
  for (int round = 0; round < 300; ++round) {
    // Kept: a batch refers to them.
    std::deque<WriteSet> sets;
    CommitBatch batch(db_.get(), cache_, revision, 0);
    for (uint64_t i = 1 + random() % 5; i > 0; --i) {
      WriteSet& writes = sets.emplace_back();
      for (uint64_t n = 1 + random() % 2; n > 0; --n) {
        if (random() % 2 == 0) {
          writes.Put(key(), "v");
        } else {
          writes.Delete(key());
        }
      }
      std::string from = key();
      std::string to = random() % 4 == 0 ? "" : key();
      if (!to.empty() && to < from) std::swap(from, to);
      const std::vector<Precondition> any = {
          Precondition::Absent(key()), Precondition::Exists(key()),
          Precondition::AtRevision(key(), revision),
          Precondition::EmptyRange({from, to})};
      const Precondition& wanted = any[random() % any.size()];
      const auto added = batch.Add(writes, {wanted});
      const Revision found = Found(model, wanted);
      ASSERT_EQ(added.ok(), Holds(wanted, found))
          << "seed " << kSeed << " round " << round;
      if (!added.ok()) {
        const auto failed = GetFailedPrecondition(added.status());
        ASSERT_TRUE(failed.has_value()) << added.status();
        EXPECT_EQ(failed->actual, found);
        ++refused;
        continue;
      }
      ++taken;
      EXPECT_EQ(*added, ++revision);
      for (const WriteSet::Write& write : writes.writes()) {
        if (write.value.has_value()) {
          model[write.key] = revision;
        } else {
          model.erase(write.key);
        }
      }
    }
    if (batch.empty()) continue;
    for (const WriteSet& writes : sets) {
      for (const WriteSet::Write& write : writes.writes()) {
        cache_.NoteWriting(write.key, revision);
      }
    }
    EXPECT_EQ(batch.last_revision(), revision);
    Write(batch);
    ASSERT_EQ(Contents(), model) << "seed " << kSeed << " round " << round;
    // As a read of some key does.
    const std::string read = key();
    if (model.contains(read))
      cache_.NoteRead(read, "value", model[read], revision);
  }
  EXPECT_GT(refused, 100u);
  EXPECT_GT(taken, 100u);
}

TEST_F(CommitBatchTest, TheStoresRevisionIsThatOfTheLastCommit) {
  WriteSet first;
  first.Put("za", "1");
  WriteSet second;
  second.Put("zb", "2");
  CommitBatch batch(db_.get(), cache_, 41, 0);
  ASSERT_THAT(batch.Add(first, {}), IsOkAndHolds(42u));
  ASSERT_THAT(batch.Add(second, {}), IsOkAndHolds(43u));
  Write(batch);
  std::string bytes;
  ASSERT_TRUE(
      db_->Get(rocksdb::ReadOptions(), MetaKey(MetaField::kRevision), &bytes)
          .ok());
  const auto stored = DecodeStored(bytes);
  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(stored->mod_revision, 43u);
}

}  // namespace
}  // namespace kugge::storage
