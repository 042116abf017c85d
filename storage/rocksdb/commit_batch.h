// Several commits that go to RocksDB as one write. Each sees those before it.
#ifndef KUGGE_STORAGE_ROCKSDB_COMMIT_BATCH_H_
#define KUGGE_STORAGE_ROCKSDB_COMMIT_BATCH_H_

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/key_value_store.h"
#include "storage/rocksdb/record_cache.h"

namespace kugge::storage {

class CommitBatch {
 public:
  // The commits get the revisions after `last_revision`; about so many `bytes`
  // are to be expected. `known` must last as long as the batch.
  CommitBatch(rocksdb::DB* db, const RecordCache& known, Revision last_revision,
              size_t bytes);

  // Takes in a commit and returns its revision. Aborted, with nothing taken
  // in, when a precondition doesn't hold after the commits taken in so far.
  // `writes` must last as long as the batch.
  absl::StatusOr<Revision> Add(const WriteSet& writes,
                               absl::Span<const Precondition> preconditions);

  // That of the last commit taken in.
  Revision last_revision() const { return revision_; }
  // Whether none was taken in.
  bool empty() const { return revision_ == first_revision_; }

  // What to write. Nothing can be added any more.
  absl::StatusOr<rocksdb::WriteBatch*> Finish();

 private:
  absl::Status Check(absl::Span<const Precondition> preconditions);
  // As Holds wants it.
  absl::StatusOr<Revision> FoundRevision(const Precondition& precondition);
  absl::StatusOr<Revision> FirstRevision(const Precondition& precondition);
  absl::Status Put(const rocksdb::Slice& key, absl::string_view value);
  // Brings `written_` up to date.
  void IndexTaken();

  rocksdb::DB* const db_;
  const RecordCache& known_;
  const Revision first_revision_;
  Revision revision_;
  rocksdb::WriteBatch batch_;
  std::vector<std::pair<Revision, const WriteSet*>> taken_;
  // What those taken in leave under each key: a revision, 0 for nothing. Kept
  // for as many as are needed to check others against: most batches hold one.
  std::map<std::string, Revision, std::less<>> written_;
  size_t indexed_ = 0;
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_COMMIT_BATCH_H_
