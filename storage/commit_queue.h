// Group commit. Threads that commit at the same time share one synced write:
// the first to arrive leads, takes what is waiting, has it written as one
// batch, and wakes the others. While it writes, the next batch gathers. A
// mutex held from check to sync would serialise all writers instead.
#ifndef KUGGE_STORAGE_COMMIT_QUEUE_H_
#define KUGGE_STORAGE_COMMIT_QUEUE_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/mutex.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

// One waiting commit. The writer of the batch fills in `result`.
struct PendingCommit {
  const WriteSet* writes = nullptr;
  absl::Span<const Precondition> preconditions;
  absl::StatusOr<Revision> result;
};

class CommitQueue {
 public:
  // Writes `batch` (never empty) in order as one unit and fills in every
  // result. Called by one thread at a time.
  using WriteBatch = std::function<void(absl::Span<PendingCommit* const>)>;

  struct Limits {
    size_t max_commits = 256;
    // A batch ends with the commit that reaches this size.
    size_t max_bytes = size_t{4} << 20;
  };

  CommitQueue(WriteBatch write_batch, Limits limits);

  // Blocks until a batch with this commit was written. Thread-safe.
  absl::StatusOr<Revision> Commit(const WriteSet& writes,
                                  absl::Span<const Precondition> preconditions);

 private:
  // A commit with the condition its thread sleeps on.
  struct Waiter {
    PendingCommit commit;
    CondVar wake;
    bool done = false;
  };

  std::vector<PendingCommit*> Gather() const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const WriteBatch write_batch_;
  const Limits limits_;
  Mutex mutex_;
  // In order of arrival; the front one leads. Waiters live on their threads'
  // stacks and are taken out by their leader.
  std::deque<Waiter*> waiters_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_COMMIT_QUEUE_H_
