#include "storage/rocksdb/rocksdb_store.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/perf_level.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/log.h"
#include "base/mutex.h"
#include "base/status_macros.h"
#include "storage/commit_queue.h"
#include "storage/keys.h"
#include "storage/migrations/migrator.h"
#include "storage/rocksdb/commit_batch.h"
#include "storage/rocksdb/data_folder.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/log_tail.h"
#include "storage/rocksdb/options.h"
#include "storage/rocksdb/record_cache.h"
#include "storage/rocksdb/rocksdb_store_env.h"
#include "storage/rocksdb/sized_logs.h"
#include "storage/rocksdb/status.h"
#include "storage/rocksdb/stored_value.h"

namespace kugge::storage {
namespace {

absl::StatusOr<VersionedValue> ToVersioned(const rocksdb::Slice& bytes) {
  KUGGE_ASSIGN_OR_RETURN(const StoredView stored, DecodeStored(bytes));
  return VersionedValue{.value = std::string(stored.value),
                        .mod_revision = stored.mod_revision};
}

// Of what is written for the batch.
size_t ExpectedBytes(absl::Span<PendingCommit* const> batch) {
  // An entry of the change log, and what RocksDB adds to the rows.
  constexpr size_t kBesides = 160;
  size_t bytes = 0;
  for (const PendingCommit* const pending : batch) {
    bytes += pending->writes->byte_size() + kBesides;
  }
  return bytes;
}

class RocksDbStore final : public KeyValueStore {
 public:
  RocksDbStore(std::shared_ptr<Database> database, Revision revision,
               Metrics* metrics)
      : database_(std::move(database)),
        metrics_(metrics),
        latest_revision_(revision),
        assigned_revision_(revision),
        queue_([this](absl::Span<PendingCommit* const> batch) { Write(batch); },
               CommitQueue::Limits()) {}

  absl::StatusOr<std::optional<VersionedValue>> Get(
      absl::string_view key, const Snapshot* snapshot) const override;
  absl::StatusOr<std::vector<std::optional<VersionedValue>>> MultiGet(
      absl::Span<const std::string> keys,
      const Snapshot* snapshot) const override;
  absl::StatusOr<std::unique_ptr<Cursor>> Scan(
      const KeyRange& range, const Snapshot* snapshot) const override;
  absl::StatusOr<std::unique_ptr<Snapshot>> TakeSnapshot() const override;
  absl::StatusOr<Revision> Commit(
      const WriteSet& writes,
      absl::Span<const Precondition> preconditions) override {
    return queue_.Commit(writes, preconditions);
  }
  Revision LatestRevision() const override {
    return latest_revision_.load(std::memory_order_acquire);
  }
  void Observe(CommitObserver* observer) override {
    MutexLock lock(&observer_mutex_);
    observer_ = observer;
  }

 private:
  // Called by one thread at a time.
  void Write(absl::Span<PendingCommit* const> batch);
  // Writes what was gathered and tells the observer.
  absl::Status WriteObserved(absl::Span<PendingCommit* const> batch,
                             CommitBatch* commits);
  // The commit that a read shows at least. Asked before the read: what comes
  // later may not be in it.
  Revision ReadAt(const Snapshot* snapshot) const {
    return snapshot == nullptr ? LatestRevision() : snapshot->revision();
  }
  // Tells `observer`, if there is one, of the commits while the disk works, and
  // keeps their records.
  absl::Status WriteAndTell(absl::Span<PendingCommit* const> batch,
                            CommitBatch* commits, CommitObserver* observer);
  void Tell(absl::Span<PendingCommit* const> batch,
            CommitObserver* observer) const;
  std::shared_ptr<const Snapshot> SnapshotOfLatest() const;
  // What the cache knows of the keys that are written ends here.
  void ForgetRecords(absl::Span<PendingCommit* const> batch);
  void KeepRecords(absl::Span<PendingCommit* const> batch);
  absl::Status Recover();
  absl::Status WriteSynced(rocksdb::WriteBatch* writes);

  rocksdb::DB* db() const { return database_->db.get(); }

  // shared_ptr: snapshots and cursors may outlive the store.
  const std::shared_ptr<Database> database_;
  Metrics* const metrics_;
  std::atomic<Revision> latest_revision_;
  // The two below belong to the thread that writes. A revision that was given
  // to a failed write is never given again: that write may come back from the
  // log after a crash.
  Revision assigned_revision_;
  // Of the last write; OK once writes work again.
  absl::Status failure_;
  // Held while the observer is told.
  Mutex observer_mutex_;
  CommitObserver* observer_ ABSL_GUARDED_BY(observer_mutex_) = nullptr;
  CommitQueue queue_;
};

absl::StatusOr<std::optional<VersionedValue>> RocksDbStore::Get(
    absl::string_view key, const Snapshot* snapshot) const {
  const Revision read_at = ReadAt(snapshot);
  std::optional<VersionedValue> known = database_->records.Find(key, read_at);
  if (known.has_value()) return known;
  rocksdb::PinnableSlice bytes;
  const rocksdb::Status status =
      db()->Get(ReadOptionsAt(snapshot), db()->DefaultColumnFamily(),
                ToSlice(key), &bytes);
  if (status.IsNotFound()) return std::nullopt;
  KUGGE_RETURN_IF_ERROR(FromRocksDb(status, "read a record"));
  KUGGE_ASSIGN_OR_RETURN(VersionedValue found, ToVersioned(bytes));
  database_->records.NoteRead(key, found.value, found.mod_revision, read_at);
  return found;
}

absl::StatusOr<std::vector<std::optional<VersionedValue>>>
RocksDbStore::MultiGet(absl::Span<const std::string> keys,
                       const Snapshot* snapshot) const {
  // Without a snapshot each key could be read at a moment of its own.
  std::unique_ptr<Snapshot> own;
  if (snapshot == nullptr) {
    KUGGE_ASSIGN_OR_RETURN(own, TakeSnapshot());
    snapshot = own.get();
  }
  std::vector<std::optional<VersionedValue>> values(keys.size());
  std::vector<size_t> unknown;
  std::vector<rocksdb::Slice> slices;
  for (size_t i = 0; i < keys.size(); ++i) {
    values[i] = database_->records.Find(keys[i], snapshot->revision());
    if (values[i].has_value()) continue;
    unknown.push_back(i);
    slices.emplace_back(keys[i]);
  }
  if (unknown.empty()) return values;
  std::vector<rocksdb::PinnableSlice> bytes(slices.size());
  std::vector<rocksdb::Status> statuses(slices.size());
  db()->MultiGet(ReadOptionsAt(snapshot), db()->DefaultColumnFamily(),
                 slices.size(), slices.data(), bytes.data(), statuses.data());
  for (size_t i = 0; i < unknown.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    KUGGE_RETURN_IF_ERROR(FromRocksDb(statuses[i], "read a record"));
    std::optional<VersionedValue>& value = values[unknown[i]];
    KUGGE_ASSIGN_OR_RETURN(value, ToVersioned(bytes[i]));
    database_->records.NoteRead(keys[unknown[i]], value->value,
                                value->mod_revision, snapshot->revision());
  }
  return values;
}

absl::StatusOr<std::unique_ptr<Cursor>> RocksDbStore::Scan(
    const KeyRange& range, const Snapshot* snapshot) const {
  auto cursor = std::make_unique<RocksDbCursor>(database_, range, snapshot,
                                                ReadAt(snapshot));
  KUGGE_RETURN_IF_ERROR(cursor->status());
  return cursor;
}

absl::StatusOr<std::unique_ptr<Snapshot>> RocksDbStore::TakeSnapshot() const {
  auto snapshot = std::make_unique<RocksDbSnapshot>(database_);
  KUGGE_RETURN_IF_ERROR(snapshot->LoadRevision());
  return snapshot;
}

void RocksDbStore::Write(absl::Span<PendingCommit* const> batch) {
  const auto start = std::chrono::steady_clock::now();
  absl::Status status = Recover();
  CommitBatch commits(db(), database_->records, assigned_revision_,
                      ExpectedBytes(batch));
  for (PendingCommit* const pending : batch) {
    pending->result =
        status.ok() ? commits.Add(*pending->writes, pending->preconditions)
                    : status;
  }
  if (commits.empty()) return;
  assigned_revision_ = commits.last_revision();
  status = WriteObserved(batch, &commits);
  int written = 0;
  for (PendingCommit* const pending : batch) {
    if (!pending->result.ok()) continue;
    if (!status.ok()) pending->result = status;
    ++written;
  }
  if (metrics_ == nullptr) return;
  metrics_->CountCommit(
      absl::FromChrono(std::chrono::steady_clock::now() - start), written);
}

absl::Status RocksDbStore::WriteObserved(absl::Span<PendingCommit* const> batch,
                                         CommitBatch* commits) {
  ForgetRecords(batch);
  MutexLock lock(&observer_mutex_);
  CommitObserver* const observer = observer_;
  const absl::Status status = WriteAndTell(batch, commits, observer);
  if (status.ok()) {
    latest_revision_.store(assigned_revision_, std::memory_order_release);
    if (observer != nullptr) observer->Written(SnapshotOfLatest());
  } else {
    ForgetRecords(batch);
    if (observer != nullptr) observer->Failed();
  }
  return status;
}

absl::Status RocksDbStore::WriteAndTell(absl::Span<PendingCommit* const> batch,
                                        CommitBatch* commits,
                                        CommitObserver* observer) {
  bool told = false;
  const std::function<void()> tell = [&] {
    told = true;
    // First: it has others begin to work.
    if (observer != nullptr) Tell(batch, observer);
    KeepRecords(batch);
  };
  const absl::StatusOr<rocksdb::WriteBatch*> writes = commits->Finish();
  absl::Status status = writes.status();
  if (status.ok()) {
    const WhileSyncing meanwhile(tell);
    status = WriteSynced(*writes);
  }
  // It didn't get as far as the disk.
  if (!told) tell();
  return status;
}

void RocksDbStore::Tell(absl::Span<PendingCommit* const> batch,
                        CommitObserver* observer) const {
  std::vector<CommitUnderWay> under_way;
  under_way.reserve(batch.size());
  for (const PendingCommit* const pending : batch) {
    if (!pending->result.ok()) continue;
    under_way.push_back(
        {.revision = *pending->result, .writes = pending->writes});
  }
  observer->Writing(latest_revision_.load(std::memory_order_relaxed),
                    under_way);
}

void RocksDbStore::ForgetRecords(absl::Span<PendingCommit* const> batch) {
  for (const PendingCommit* const pending : batch) {
    if (!pending->result.ok()) continue;
    for (const WriteSet::Write& write : pending->writes->writes()) {
      database_->records.NoteWriting(write.key, *pending->result);
    }
  }
  database_->records.NoteWriting(MetaKey(MetaField::kRevision),
                                 assigned_revision_);
}

void RocksDbStore::KeepRecords(absl::Span<PendingCommit* const> batch) {
  for (const PendingCommit* const pending : batch) {
    if (!pending->result.ok()) continue;
    for (const WriteSet::Write& write : pending->writes->writes()) {
      if (!IsRecordKey(write.key)) continue;
      if (write.value.has_value()) {
        database_->records.NoteWritten(write.key, *write.value,
                                       *pending->result);
      } else {
        // The same group may have put it before.
        database_->records.NoteWriting(write.key, *pending->result);
      }
    }
  }
}

// Only for the thread whose turn it is to write.
std::shared_ptr<const Snapshot> RocksDbStore::SnapshotOfLatest() const {
  auto snapshot = std::make_shared<RocksDbSnapshot>(database_);
  snapshot->SetRevision(assigned_revision_);
  return snapshot;
}

// After a failed write RocksDB takes no more until it is resumed, which works
// once there is room on the disk again.
absl::Status RocksDbStore::Recover() {
  if (failure_.ok()) return absl::OkStatus();
  if (!db()->Resume().ok()) return failure_;
  failure_ = absl::OkStatus();
  Log(LogLevel::kInfo, "storage_writes_again");
  return absl::OkStatus();
}

absl::Status RocksDbStore::WriteSynced(rocksdb::WriteBatch* writes) {
  rocksdb::WriteOptions options;
  options.sync = true;
  // RocksDB counts for each thread what nobody reads here: a microsecond a
  // commit.
  const rocksdb::PerfLevel counted = rocksdb::GetPerfLevel();
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
  const rocksdb::Status status = db()->Write(options, writes);
  rocksdb::SetPerfLevel(counted);
  if (status.ok()) return absl::OkStatus();
  failure_ = FromRocksDb(status, "write a commit");
  Log(LogLevel::kError, "storage_write_failed", {{"why", status.ToString()}});
  return failure_;
}

absl::StatusOr<std::shared_ptr<Database>> OpenDatabase(
    const std::string& path, const RocksDbStoreOptions& options,
    rocksdb::Env* env) {
  auto database = std::make_shared<Database>(options.block_cache_bytes / 2);
  KUGGE_ASSIGN_OR_RETURN(database->folder, DataFolder::Open(path));
  rocksdb::Options rocksdb_options = MakeRocksDbOptions(options);
  rocksdb_options.create_if_missing = database->folder->is_new();
  database->env = rocksdb::NewCompositeEnv(WithSizedLogs(env->GetFileSystem()));
  rocksdb_options.env = database->env.get();
  KUGGE_RETURN_IF_ERROR(TrimLogs(database->folder->database_path()));
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(
      rocksdb_options, database->folder->database_path(), &db);
  if (status.IsInvalidArgument() && !database->folder->is_new()) {
    return absl::DataLossError(absl::StrCat(
        "data folder ", path, " was in use but its database can't be opened (",
        status.ToString(), "): restore it, or name an empty folder"));
  }
  KUGGE_RETURN_IF_ERROR(
      FromRocksDb(status, absl::StrCat("open data folder ", path)));
  database->db.reset(db);
  return database;
}

}  // namespace

absl::StatusOr<std::unique_ptr<KeyValueStore>> OpenRocksDbStoreOn(
    const std::string& path, const RocksDbStoreOptions& options,
    rocksdb::Env* env) {
  KUGGE_ASSIGN_OR_RETURN(std::shared_ptr<Database> database,
                         OpenDatabase(path, options, env));
  DataFolder* const folder = database->folder.get();
  KUGGE_ASSIGN_OR_RETURN(
      const Revision revision,
      ReadRevision(database->db.get(), rocksdb::ReadOptions()));
  auto store = std::make_unique<RocksDbStore>(std::move(database), revision,
                                              options.metrics);
  KUGGE_RETURN_IF_ERROR(Migrate(*store));
  if (folder->is_new()) KUGGE_RETURN_IF_ERROR(folder->MarkComplete());
  return store;
}

absl::StatusOr<std::unique_ptr<KeyValueStore>> OpenRocksDbStore(
    const std::string& path, const RocksDbStoreOptions& options) {
  return OpenRocksDbStoreOn(path, options, rocksdb::Env::Default());
}

}  // namespace kugge::storage
