#include "storage/commit_queue.h"

#include <utility>

namespace kugge::storage {

CommitQueue::CommitQueue(WriteBatch write_batch, Limits limits)
    : write_batch_(std::move(write_batch)), limits_(limits) {}

absl::StatusOr<Revision> CommitQueue::Commit(
    const WriteSet& writes, absl::Span<const Precondition> preconditions) {
  Waiter self;
  self.commit.writes = &writes;
  self.commit.preconditions = preconditions;
  std::vector<PendingCommit*> batch;
  {
    MutexLock lock(&mutex_);
    waiters_.push_back(&self);
    while (!self.done && waiters_.front() != &self) self.wake.Wait(&mutex_);
    if (self.done) return std::move(self.commit.result);
    batch = Gather();
  }
  // Stays at the front meanwhile, so nobody else leads.
  write_batch_(batch);
  MutexLock lock(&mutex_);
  for (size_t i = 0; i < batch.size(); ++i) {
    Waiter* const waiter = waiters_.front();
    waiters_.pop_front();
    waiter->done = true;
    // Under the mutex: once it is released, `waiter` may be gone.
    if (waiter != &self) waiter->wake.NotifyOne();
  }
  if (!waiters_.empty()) waiters_.front()->wake.NotifyOne();
  return std::move(self.commit.result);
}

std::vector<PendingCommit*> CommitQueue::Gather() const {
  std::vector<PendingCommit*> batch;
  size_t bytes = 0;
  for (Waiter* const waiter : waiters_) {
    if (batch.size() == limits_.max_commits || bytes >= limits_.max_bytes) {
      break;
    }
    batch.push_back(&waiter->commit);
    bytes += waiter->commit.writes->byte_size();
  }
  return batch;
}

}  // namespace kugge::storage
