// What only the durable store promises: refusals at the door, damage noticed,
// a failing disk survived. The rest is in tests/contract.
#include "storage/rocksdb/rocksdb_store.h"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/testing/status_matchers.h"
#include "base/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/storage/v1/record.pb.h"
#include "storage/keys.h"
#include "storage/records.h"
#include "storage/rocksdb/rocksdb_store_env.h"

namespace kugge::storage {
namespace {

using testing::HasSubstr;

absl::StatusOr<Revision> PutOne(KeyValueStore& store, const std::string& key,
                                const std::string& value) {
  WriteSet writes;
  writes.Put(key, value);
  return store.Commit(writes, {});
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// The one write-ahead log with something in it.
std::string LogFile(const std::string& folder) {
  std::string found;
  for (const auto& entry :
       std::filesystem::directory_iterator(folder + "/rocksdb")) {
    if (entry.path().extension() != ".log" || entry.file_size() == 0) continue;
    EXPECT_EQ(found, "") << "two logs";
    found = entry.path().string();
  }
  EXPECT_NE(found, "");
  return found;
}

constexpr int kCommits = 20;

// A folder as a killed process leaves it: kCommits in the log, none in tables.
void FillLog(const std::string& folder) {
  const auto store = OpenRocksDbStore(folder, {});
  ASSERT_THAT(store, IsOk());
  for (int i = 0; i < kCommits; ++i) {
    ASSERT_THAT(PutOne(**store, absl::StrCat("z", i), std::string(200, 'v')),
                IsOk());
  }
}

int CountCommits(const KeyValueStore& store) {
  int count = 0;
  while (store.Get(absl::StrCat("z", count), nullptr)->has_value()) ++count;
  return count;
}

TEST(RocksDbStoreTest, ANewerSchemaIsRefusedInWords) {
  const TempFolder folder;
  {
    const auto store = OpenRocksDbStore(folder.path(), {});
    ASSERT_THAT(store, IsOk());
    v1::StoreSchema schema;
    schema.set_version(7);
    ASSERT_THAT(
        PutOne(**store, MetaKey(MetaField::kSchema), EncodeRecord(schema)),
        IsOk());
  }
  EXPECT_THAT(OpenRocksDbStore(folder.path(), {}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "data folder has schema 7, this program knows up to 1: "
                       "use a newer program"));
}

TEST(RocksDbStoreTest, ASecondStoreOnTheSameFolderIsRefused) {
  const TempFolder folder;
  auto first = OpenRocksDbStore(folder.path(), {});
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(OpenRocksDbStore(folder.path(), {}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("in use by another process")));
  EXPECT_THAT(PutOne(**first, "zk", "still works"), IsOk());
  first->reset();
  EXPECT_THAT(OpenRocksDbStore(folder.path(), {}), IsOk());
}

TEST(RocksDbStoreTest, AForeignFolderIsRefusedAndLeftAlone) {
  const TempFolder folder;
  WriteFile(folder.path() + "/CURRENT", "of another database");
  EXPECT_THAT(OpenRocksDbStore(folder.path(), {}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("not a Kugge data folder")));
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/rocksdb"));
}

TEST(RocksDbStoreTest, ADatabaseThatVanishedIsNotReplacedByAnEmptyOne) {
  const TempFolder folder;
  FillLog(folder.path());
  std::filesystem::remove_all(folder.path() + "/rocksdb");
  EXPECT_THAT(OpenRocksDbStore(folder.path(), {}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("restore it")));
}

TEST(RocksDbStoreTest, AFirstStartThatWasInterruptedStartsAgain) {
  const TempFolder folder;
  WriteFile(folder.path() + "/KUGGE",
            "Kugge data folder, layout 1\nstate: new\n");
  EXPECT_THAT(OpenRocksDbStore(folder.path(), {}), IsOk());
}

TEST(RocksDbStoreTest, ALogCutInItsLastCommitLosesThatOneOnly) {
  const TempFolder folder;
  FillLog(folder.path());
  const std::string log = LogFile(folder.path());
  const std::string bytes = ReadFile(log);
  // The last commit has more than 250 bytes.
  for (const size_t cut : {1, 7, 100, 250}) {
    const TempFolder copy;
    std::filesystem::copy(folder.path(), copy.path(),
                          std::filesystem::copy_options::recursive);
    WriteFile(LogFile(copy.path()), bytes.substr(0, bytes.size() - cut));
    const auto store = OpenRocksDbStore(copy.path(), {});
    ASSERT_THAT(store, IsOk()) << "cut " << cut;
    EXPECT_EQ(CountCommits(**store), kCommits - 1);
    EXPECT_THAT(PutOne(**store, "znew", "goes on"), IsOk());
  }
}

TEST(RocksDbStoreTest, ALogDamagedBeforeItsEndIsRefused) {
  const TempFolder folder;
  FillLog(folder.path());
  const std::string bytes = ReadFile(LogFile(folder.path()));
  for (const size_t percent : {5, 30, 50, 70, 90}) {
    const TempFolder copy;
    std::filesystem::copy(folder.path(), copy.path(),
                          std::filesystem::copy_options::recursive);
    std::string damaged = bytes;
    damaged[bytes.size() * percent / 100] ^= 0x10;
    WriteFile(LogFile(copy.path()), damaged);
    EXPECT_THAT(OpenRocksDbStore(copy.path(), {}),
                StatusIs(absl::StatusCode::kDataLoss,
                         HasSubstr("could not open data folder")))
        << "at " << percent << " %";
  }
}

// What goes wrong with the disk at the moment.
enum class Fault { kNone, kFull, kError, kSyncError };

class FaultyFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyFile(std::unique_ptr<rocksdb::FSWritableFile> file,
             const std::atomic<Fault>* fault)
      : FSWritableFileOwnerWrapper(std::move(file)), fault_(fault) {}

  rocksdb::IOStatus Append(const rocksdb::Slice& data,
                           const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
    if (fault_->load() == Fault::kFull) {
      return rocksdb::IOStatus::NoSpace("no space left");
    }
    if (fault_->load() == Fault::kError) {
      return rocksdb::IOStatus::IOError("input/output error");
    }
    return FSWritableFileOwnerWrapper::Append(data, options, context);
  }
  rocksdb::IOStatus Append(const rocksdb::Slice& data,
                           const rocksdb::IOOptions& options,
                           const rocksdb::DataVerificationInfo&,
                           rocksdb::IODebugContext* context) override {
    return Append(data, options, context);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* context) override {
    if (fault_->load() == Fault::kSyncError) {
      return rocksdb::IOStatus::IOError("input/output error");
    }
    return FSWritableFileOwnerWrapper::Sync(options, context);
  }

 private:
  const std::atomic<Fault>* const fault_;
};

// The machine's file system, but appending and syncing can fail.
class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FaultyFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FaultyFileSystem"; }

  rocksdb::IOStatus NewWritableFile(
      const std::string& name, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* result,
      rocksdb::IODebugContext* context) override {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    const rocksdb::IOStatus status =
        target()->NewWritableFile(name, options, &file, context);
    if (status.ok()) {
      *result = std::make_unique<FaultyFile>(std::move(file), &fault);
    }
    return status;
  }

  std::atomic<Fault> fault = Fault::kNone;
};

class FailingDiskTest : public testing::Test {
 protected:
  void Open() {
    auto store = OpenRocksDbStoreOn(folder_.path(), {}, env_.get());
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  const TempFolder folder_;
  const std::shared_ptr<FaultyFileSystem> files_ =
      std::make_shared<FaultyFileSystem>();
  const std::unique_ptr<rocksdb::Env> env_ = rocksdb::NewCompositeEnv(files_);
  std::unique_ptr<KeyValueStore> store_;
};

TEST_F(FailingDiskTest, AFullDiskRefusesWritesServesReadsAndRecovers) {
  Open();
  ASSERT_THAT(PutOne(*store_, "za", "before"), IsOk());
  const Revision before = store_->LatestRevision();
  files_->fault = Fault::kFull;
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(PutOne(*store_, "zb", "lost"),
                StatusIs(absl::StatusCode::kResourceExhausted));
    EXPECT_EQ((*store_->Get("za", nullptr))->value, "before");
    EXPECT_FALSE(store_->Get("zb", nullptr)->has_value());
    EXPECT_EQ(store_->LatestRevision(), before);
  }
  files_->fault = Fault::kNone;
  // RocksDB looks for room every five seconds on its own.
  absl::StatusOr<Revision> after = absl::UnknownError("not tried");
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!after.ok() && std::chrono::steady_clock::now() < deadline) {
    after = PutOne(*store_, "zc", "after");
  }
  ASSERT_THAT(after, IsOk());
  EXPECT_GT(*after, before + 1) << "a failed write's revision came again";
  store_.reset();
  Open();
  EXPECT_EQ((*store_->Get("za", nullptr))->value, "before");
  EXPECT_EQ((*store_->Get("zc", nullptr))->value, "after");
  EXPECT_FALSE(store_->Get("zb", nullptr)->has_value());
}

TEST_F(FailingDiskTest, ARecordThatWasNotWrittenIsNotRemembered) {
  Open();
  const absl::StatusOr<Revision> first = PutOne(*store_, "ra", "before");
  ASSERT_THAT(first, IsOk());
  for (const Fault fault : {Fault::kSyncError, Fault::kError}) {
    files_->fault = fault;
    EXPECT_THAT(PutOne(*store_, "ra", "lost"),
                StatusIs(absl::StatusCode::kUnavailable));
    const auto read = store_->Get("ra", nullptr);
    ASSERT_THAT(read, IsOk());
    EXPECT_EQ((*read)->value, "before");
    EXPECT_EQ((*read)->mod_revision, *first);
    const auto snapshot = store_->TakeSnapshot();
    ASSERT_THAT(snapshot, IsOk());
    EXPECT_EQ((*store_->Get("ra", snapshot->get()))->value, "before");
  }
  files_->fault = Fault::kNone;
}

// Reads a record while it is written.
class ReadsMeanwhile final : public CommitObserver {
 public:
  explicit ReadsMeanwhile(const KeyValueStore& store) : store_(store) {}
  void Writing(Revision, absl::Span<const CommitUnderWay>) override { Read(); }
  void Written(std::shared_ptr<const Snapshot>) override { Read(); }
  void Failed() override { Read(); }

  std::string seen;

 private:
  void Read() {
    const auto found = store_.Get("ra", nullptr);
    ASSERT_THAT(found, IsOk());
    absl::StrAppend(&seen, found->has_value() ? (*found)->value : "none", "; ");
  }

  const KeyValueStore& store_;
};

TEST_F(FailingDiskTest, ARecordIsReadOnceItIsDurable) {
  Open();
  ReadsMeanwhile reads(*store_);
  store_->Observe(&reads);
  ASSERT_THAT(PutOne(*store_, "ra", "one"), IsOk());
  ASSERT_THAT(PutOne(*store_, "ra", "two"), IsOk());
  files_->fault = Fault::kSyncError;
  EXPECT_THAT(PutOne(*store_, "ra", "lost"),
              StatusIs(absl::StatusCode::kUnavailable));
  files_->fault = Fault::kNone;
  EXPECT_EQ(reads.seen, "none; one; one; two; two; two; ");
  store_->Observe(nullptr);
}

// The order in which a store tells what became of its commits.
class Calls final : public CommitObserver {
 public:
  void Writing(Revision after,
               absl::Span<const CommitUnderWay> commits) override {
    EXPECT_GT(commits.front().revision, after);
    calls += absl::StrCat("writing after ", after, "; ");
  }
  void Written(std::shared_ptr<const Snapshot> snapshot) override {
    calls += absl::StrCat("written ", snapshot->revision(), "; ");
  }
  void Failed() override { calls += "failed; "; }

  std::string calls;
};

TEST_F(FailingDiskTest, TheObserverHearsOfAFailure) {
  Open();
  Calls calls;
  store_->Observe(&calls);
  const absl::StatusOr<Revision> first = PutOne(*store_, "za", "before");
  ASSERT_THAT(first, IsOk());
  files_->fault = Fault::kError;
  EXPECT_THAT(PutOne(*store_, "za", "lost"),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(calls.calls,
            absl::StrCat("writing after ", *first - 1, "; written ", *first,
                         "; writing after ", *first, "; failed; "));
  files_->fault = Fault::kNone;
  store_->Observe(nullptr);
}

TEST_F(FailingDiskTest, AnInputOutputErrorLeavesReadsAndWhatWasAcknowledged) {
  Open();
  ASSERT_THAT(PutOne(*store_, "za", "before"), IsOk());
  files_->fault = Fault::kError;
  EXPECT_THAT(PutOne(*store_, "zb", "lost"),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ((*store_->Get("za", nullptr))->value, "before");
  auto cursor = store_->Scan({"z", ""}, nullptr);
  ASSERT_THAT(cursor, IsOk());
  EXPECT_TRUE((*cursor)->Valid());
  files_->fault = Fault::kNone;
  (*cursor).reset();
  store_.reset();
  Open();
  EXPECT_EQ((*store_->Get("za", nullptr))->value, "before");
  EXPECT_THAT(PutOne(*store_, "zc", "after"), IsOk());
}

}  // namespace
}  // namespace kugge::storage
