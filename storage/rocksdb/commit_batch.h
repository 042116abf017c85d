// Several commits that go to RocksDB as one write. Each sees those before it.
#ifndef KUGGE_STORAGE_ROCKSDB_COMMIT_BATCH_H_
#define KUGGE_STORAGE_ROCKSDB_COMMIT_BATCH_H_

#include <rocksdb/db.h>
#include <rocksdb/utilities/write_batch_with_index.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

class CommitBatch {
 public:
  // The commits get the revisions after `last_revision`.
  CommitBatch(rocksdb::DB* db, Revision last_revision);

  // Takes in a commit and returns its revision. Aborted, with nothing taken
  // in, when a precondition doesn't hold after the commits taken in so far.
  absl::StatusOr<Revision> Add(const WriteSet& writes,
                               absl::Span<const Precondition> preconditions);

  // That of the last commit taken in.
  Revision last_revision() const { return revision_; }
  // Whether none was taken in.
  bool empty() const { return revision_ == first_revision_; }

  // What to write. Nothing can be added any more.
  rocksdb::WriteBatch* Finish();

 private:
  absl::Status Check(absl::Span<const Precondition> preconditions);
  // As Holds wants it.
  absl::StatusOr<Revision> FoundRevision(const Precondition& precondition);
  absl::StatusOr<Revision> FirstRevision(const Precondition& precondition);
  absl::Status Put(const rocksdb::Slice& key, absl::string_view value);

  rocksdb::DB* const db_;
  const Revision first_revision_;
  Revision revision_;
  // Indexed, so that a commit can be checked against those before it.
  rocksdb::WriteBatchWithIndex batch_;
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_COMMIT_BATCH_H_
