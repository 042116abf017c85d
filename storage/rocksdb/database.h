// The open database and what reads it at one moment: snapshots and cursors.
#ifndef KUGGE_STORAGE_ROCKSDB_DATABASE_H_
#define KUGGE_STORAGE_ROCKSDB_DATABASE_H_

#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "storage/key_value_store.h"
#include "storage/keys.h"
#include "storage/rocksdb/data_folder.h"
#include "storage/rocksdb/record_cache.h"
#include "storage/rocksdb/status.h"
#include "storage/rocksdb/stored_value.h"

namespace kugge::storage {

// The open database. Members go in reverse order: the folder stays locked
// until the database is closed.
struct Database {
  explicit Database(size_t record_cache_bytes) : records(record_cache_bytes) {}

  RecordCache records;
  std::unique_ptr<DataFolder> folder;
  std::unique_ptr<rocksdb::Env> env;
  std::unique_ptr<rocksdb::DB> db;
};

// The revision that the store shows at `options`' snapshot.
inline absl::StatusOr<Revision> ReadRevision(
    rocksdb::DB* db, const rocksdb::ReadOptions& options) {
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = db->Get(options, db->DefaultColumnFamily(),
                                         MetaKey(MetaField::kRevision), &value);
  if (status.IsNotFound()) return 0;
  KUGGE_RETURN_IF_ERROR(FromRocksDb(status, "read the revision"));
  KUGGE_ASSIGN_OR_RETURN(const StoredView stored, DecodeStored(value));
  return stored.mod_revision;
}

class RocksDbSnapshot final : public Snapshot {
 public:
  explicit RocksDbSnapshot(std::shared_ptr<Database> database)
      : database_(std::move(database)),
        snapshot_(database_->db->GetSnapshot()) {}
  ~RocksDbSnapshot() override { database_->db->ReleaseSnapshot(snapshot_); }
  RocksDbSnapshot(const RocksDbSnapshot&) = delete;
  RocksDbSnapshot& operator=(const RocksDbSnapshot&) = delete;

  // When nobody can have written after that revision.
  void SetRevision(Revision revision) { revision_ = revision; }
  absl::Status LoadRevision() {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    KUGGE_ASSIGN_OR_RETURN(revision_,
                           ReadRevision(database_->db.get(), options));
    return absl::OkStatus();
  }
  Revision revision() const override { return revision_; }
  const rocksdb::Snapshot* get() const { return snapshot_; }

 private:
  // shared_ptr: a snapshot may outlive the store.
  const std::shared_ptr<Database> database_;
  const rocksdb::Snapshot* const snapshot_;
  Revision revision_ = 0;
};

inline rocksdb::ReadOptions ReadOptionsAt(const Snapshot* snapshot) {
  rocksdb::ReadOptions options;
  if (snapshot != nullptr) {
    // Only snapshots of this store may be given to it.
    options.snapshot = static_cast<const RocksDbSnapshot*>(snapshot)->get();
  }
  return options;
}

inline bool IsRecordKey(absl::string_view key) {
  return !key.empty() && key[0] == static_cast<char>(KeySpace::kRecord);
}

class RocksDbCursor final : public Cursor {
 public:
  // Shows the commit `read_at` or a later one.
  RocksDbCursor(std::shared_ptr<Database> database, const KeyRange& range,
                const Snapshot* snapshot, Revision read_at)
      : database_(std::move(database)),
        end_(range.end),
        end_slice_(end_),
        read_at_(read_at) {
    rocksdb::ReadOptions options = ReadOptionsAt(snapshot);
    if (!end_.empty()) options.iterate_upper_bound = &end_slice_;
    iterator_.reset(database_->db->NewIterator(options));
    iterator_->Seek(range.begin);
    Load();
  }

  bool Valid() const override { return iterator_->Valid() && status_.ok(); }
  void Next() override {
    iterator_->Next();
    Load();
  }
  absl::string_view key() const override { return ToView(iterator_->key()); }
  absl::string_view value() const override { return stored_.value; }
  Revision mod_revision() const override { return stored_.mod_revision; }
  absl::Status status() const override {
    if (!status_.ok()) return status_;
    return FromRocksDb(iterator_->status(), "walk a range");
  }

 private:
  void Load() {
    if (!iterator_->Valid()) return;
    const absl::StatusOr<StoredView> stored = DecodeStored(iterator_->value());
    status_ = stored.status();
    if (!stored.ok()) return;
    stored_ = *stored;
    if (IsRecordKey(key())) {
      database_->records.NoteScanned(key(), stored_.value, stored_.mod_revision,
                                     read_at_);
    }
  }

  // shared_ptr: a cursor may outlive the store.
  const std::shared_ptr<Database> database_;
  const std::string end_;
  // The iterator points at it.
  const rocksdb::Slice end_slice_;
  const Revision read_at_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  StoredView stored_;
  absl::Status status_;
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_DATABASE_H_
