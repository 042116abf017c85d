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
  // A commit and what its thread sleeps on: a mutex of its own, so that those
  // who are woken together don't queue for one.
  class Waiter {
   public:
    enum class Turn {
      kWait,
      kLead,  // write a batch
      kDone,  // the commit was written, or refused
    };

    Turn Await();
    // The waiter may be gone when this returns, but not before.
    void Tell(Turn turn);

    PendingCommit commit;

   private:
    Mutex mutex_;
    CondVar told_;
    Turn turn_ ABSL_GUARDED_BY(mutex_) = Turn::kWait;
  };

  // Adds a waiter; true when it leads.
  bool Join(Waiter* waiter);
  // Those that the one in front, who leads, writes: it stays in front
  // meanwhile, so nobody else leads.
  std::vector<Waiter*> Gather();
  // Takes out so many and returns who leads next, or null.
  Waiter* Leave(size_t batch);

  const WriteBatch write_batch_;
  const Limits limits_;
  // Nobody is woken while it is held.
  Mutex mutex_;
  // In order of arrival; the front one leads. Waiters live on their threads'
  // stacks and are taken out by their leader.
  std::deque<Waiter*> waiters_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_COMMIT_QUEUE_H_
