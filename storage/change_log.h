// The ordered log of what was changed, without bodies: revision, kind, name,
// operation. It feeds the index, watchers and replicas. Stores write it in the
// same batch as the records; this file reads and prunes it.
#ifndef KUGGE_STORAGE_CHANGE_LOG_H_
#define KUGGE_STORAGE_CHANGE_LOG_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

// What one commit changed.
struct ChangeSet {
  Revision revision = 0;
  std::vector<Change> changes;
};

// The value that a store keeps under ChangeKey(revision).
std::string EncodeChanges(absl::Span<const Change> changes);

// The commits after revision `after`, oldest first, at `snapshot` (null = the
// latest). Stops once `limit` changes are gathered, but never within a commit,
// so an answer is empty only when there is nothing left. Commits that logged
// nothing don't occur. OutOfRange when changes after `after` were pruned: the
// reader has to start over from the records.
absl::StatusOr<std::vector<ChangeSet>> ReadChanges(const KeyValueStore& store,
                                                   Revision after, size_t limit,
                                                   const Snapshot* snapshot);

// Removes the log up to and including revision `through`, at most `limit`
// commits of it a call. Returns how many were removed; 0 = done. Aborted when
// another thread prunes at the same time.
absl::StatusOr<size_t> PruneChangesThrough(KeyValueStore& store,
                                           Revision through, size_t limit);

// The revision to prune through so that the newest `keep` commits of the log
// stay; 0 when there are not more than that.
absl::StatusOr<Revision> ChangeLogCutoff(const KeyValueStore& store,
                                         size_t keep);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_CHANGE_LOG_H_
