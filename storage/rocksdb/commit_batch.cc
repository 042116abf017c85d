#include "storage/rocksdb/commit_batch.h"

#include <array>
#include <memory>
#include <optional>

#include "base/status_macros.h"
#include "storage/change_log.h"
#include "storage/keys.h"
#include "storage/rocksdb/log_tail.h"
#include "storage/rocksdb/status.h"
#include "storage/rocksdb/stored_value.h"

namespace kugge::storage {

CommitBatch::CommitBatch(rocksdb::DB* db, const RecordCache& known,
                         Revision last_revision, size_t bytes)
    : db_(db),
      known_(known),
      first_revision_(last_revision),
      revision_(last_revision),
      batch_(bytes) {}

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
  taken_.emplace_back(revision_, &writes);
  return revision_;
}

absl::StatusOr<rocksdb::WriteBatch*> CommitBatch::Finish() {
  // The revision of this key is the store's; its value ends the commit.
  KUGGE_RETURN_IF_ERROR(
      Put(MetaKey(MetaField::kRevision), absl::string_view(&kEndOfCommit, 1)));
  return &batch_;
}

void CommitBatch::IndexTaken() {
  for (; indexed_ < taken_.size(); ++indexed_) {
    const auto& [revision, writes] = taken_[indexed_];
    for (const WriteSet::Write& write : writes->writes()) {
      written_[write.key] = write.value.has_value() ? revision : 0;
    }
    if (!writes->changes().empty()) written_[ChangeKey(revision)] = revision;
    written_[MetaKey(MetaField::kRevision)] = revision;
  }
}

absl::Status CommitBatch::Check(absl::Span<const Precondition> preconditions) {
  if (!preconditions.empty()) IndexTaken();
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
  const auto written = written_.find(precondition.key);
  if (written != written_.end()) return written->second;
  const std::optional<Revision> known = known_.FindRevision(precondition.key);
  if (known.has_value()) return *known;
  rocksdb::PinnableSlice value;
  const rocksdb::Status status =
      db_->Get(rocksdb::ReadOptions(), db_->DefaultColumnFamily(),
               ToSlice(precondition.key), &value);
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
  const std::unique_ptr<rocksdb::Iterator> stored(db_->NewIterator(options));
  stored->Seek(ToSlice(precondition.key));
  auto written = written_.lower_bound(precondition.key);
  const auto written_end = precondition.end.empty()
                               ? written_.end()
                               : written_.lower_bound(precondition.end);
  for (; written != written_end; ++written) {
    const rocksdb::Slice key = ToSlice(written->first);
    if (stored->Valid() && stored->key().compare(key) < 0) break;
    if (written->second != 0) return written->second;
    if (stored->Valid() && stored->key() == key) stored->Next();
  }
  KUGGE_RETURN_IF_ERROR(FromRocksDb(stored->status(), "check a precondition"));
  if (!stored->Valid()) return 0;
  KUGGE_ASSIGN_OR_RETURN(const StoredView first, DecodeStored(stored->value()));
  return first.mod_revision;
}

absl::Status CommitBatch::Put(const rocksdb::Slice& key,
                              absl::string_view value) {
  const auto revision = EncodeRevision(revision_);
  const std::array<rocksdb::Slice, 2> stored = {
      rocksdb::Slice(revision.data(), revision.size()), ToSlice(value)};
  return FromRocksDb(
      batch_.Put(rocksdb::SliceParts(&key, 1),
                 rocksdb::SliceParts(stored.data(), stored.size())),
      "gather a write");
}

}  // namespace kugge::storage
