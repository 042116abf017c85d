#include "storage/rocksdb/commit_batch.h"

#include <memory>
#include <string>

#include "base/status_macros.h"
#include "storage/change_log.h"
#include "storage/keys.h"
#include "storage/rocksdb/status.h"
#include "storage/rocksdb/stored_value.h"

namespace kugge::storage {

CommitBatch::CommitBatch(rocksdb::DB* db, Revision last_revision)
    : db_(db),
      first_revision_(last_revision),
      revision_(last_revision),
      batch_(rocksdb::BytewiseComparator(), /*reserved_bytes=*/0,
             /*overwrite_key=*/true) {}

absl::StatusOr<Revision> CommitBatch::Add(
    const WriteSet& writes, absl::Span<const Precondition> preconditions) {
  KUGGE_RETURN_IF_ERROR(Check(preconditions));
  ++revision_;
  for (const WriteSet::Write& write : writes.writes()) {
    const rocksdb::Slice key = ToSlice(write.key);
    if (write.value.has_value()) {
      KUGGE_RETURN_IF_ERROR(Put(key, *write.value));
    } else {
      KUGGE_RETURN_IF_ERROR(FromRocksDb(batch_.Delete(key), "gather a delete"));
    }
  }
  if (!writes.changes().empty()) {
    KUGGE_RETURN_IF_ERROR(
        Put(ChangeKey(revision_), EncodeChanges(writes.changes())));
  }
  // The revision of this key is the store's.
  KUGGE_RETURN_IF_ERROR(Put(MetaKey(MetaField::kRevision), ""));
  return revision_;
}

rocksdb::WriteBatch* CommitBatch::Finish() { return batch_.GetWriteBatch(); }

absl::Status CommitBatch::Check(absl::Span<const Precondition> preconditions) {
  for (size_t i = 0; i < preconditions.size(); ++i) {
    KUGGE_ASSIGN_OR_RETURN(const Revision actual,
                           FoundRevision(preconditions[i]));
    if (!Holds(preconditions[i], actual)) {
      return PreconditionError({.index = i, .actual = actual});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Revision> CommitBatch::FoundRevision(
    const Precondition& precondition) {
  if (precondition.kind == Precondition::Kind::kEmptyRange) {
    return FirstRevision(precondition);
  }
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = batch_.GetFromBatchAndDB(
      db_, rocksdb::ReadOptions(), ToSlice(precondition.key), &value);
  if (status.IsNotFound()) return 0;
  KUGGE_RETURN_IF_ERROR(FromRocksDb(status, "check a precondition"));
  KUGGE_ASSIGN_OR_RETURN(const StoredView stored, DecodeStored(value));
  return stored.mod_revision;
}

absl::StatusOr<Revision> CommitBatch::FirstRevision(
    const Precondition& precondition) {
  const rocksdb::Slice end = ToSlice(precondition.end);
  rocksdb::ReadOptions options;
  if (!end.empty()) options.iterate_upper_bound = &end;
  // Owns the iterator below it.
  const std::unique_ptr<rocksdb::Iterator> iterator(batch_.NewIteratorWithBase(
      db_->DefaultColumnFamily(), db_->NewIterator(options), &options));
  iterator->Seek(ToSlice(precondition.key));
  KUGGE_RETURN_IF_ERROR(
      FromRocksDb(iterator->status(), "check a precondition"));
  if (!iterator->Valid()) return 0;
  // The bound holds for the database; the batch may show keys past it.
  if (!end.empty() && iterator->key().compare(end) >= 0) return 0;
  KUGGE_ASSIGN_OR_RETURN(const StoredView stored,
                         DecodeStored(iterator->value()));
  return stored.mod_revision;
}

absl::Status CommitBatch::Put(const rocksdb::Slice& key,
                              absl::string_view value) {
  const std::string stored = EncodeStored(revision_, value);
  return FromRocksDb(batch_.Put(key, stored), "gather a write");
}

}  // namespace kugge::storage
