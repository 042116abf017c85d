#include "storage/commit_queue.h"

#include <utility>

namespace kugge::storage {

CommitQueue::CommitQueue(WriteBatch write_batch, Limits limits)
    : write_batch_(std::move(write_batch)), limits_(limits) {}

CommitQueue::Waiter::Turn CommitQueue::Waiter::Await() {
  MutexLock lock(&mutex_);
  while (turn_ == Turn::kWait) told_.Wait(&mutex_);
  return turn_;
}

void CommitQueue::Waiter::Tell(Turn turn) {
  MutexLock lock(&mutex_);
  turn_ = turn;
  told_.NotifyOne();
}

absl::StatusOr<Revision> CommitQueue::Commit(
    const WriteSet& writes, absl::Span<const Precondition> preconditions) {
  Waiter self;
  self.commit.writes = &writes;
  self.commit.preconditions = preconditions;
  if (!Join(&self) && self.Await() == Waiter::Turn::kDone) {
    return std::move(self.commit.result);
  }
  const std::vector<Waiter*> batch = Gather();
  std::vector<PendingCommit*> commits;
  commits.reserve(batch.size());
  for (Waiter* const waiter : batch) commits.push_back(&waiter->commit);
  write_batch_(commits);
  // First: the disk has nothing to do until somebody leads.
  Waiter* const next = Leave(batch.size());
  if (next != nullptr) next->Tell(Waiter::Turn::kLead);
  for (Waiter* const waiter : batch) {
    if (waiter != &self) waiter->Tell(Waiter::Turn::kDone);
  }
  return std::move(self.commit.result);
}

bool CommitQueue::Join(Waiter* waiter) {
  MutexLock lock(&mutex_);
  waiters_.push_back(waiter);
  return waiters_.size() == 1;
}

std::vector<CommitQueue::Waiter*> CommitQueue::Gather() {
  std::vector<Waiter*> batch;
  size_t bytes = 0;
  MutexLock lock(&mutex_);
  for (Waiter* const waiter : waiters_) {
    if (batch.size() == limits_.max_commits || bytes >= limits_.max_bytes) {
      break;
    }
    batch.push_back(waiter);
    bytes += waiter->commit.writes->byte_size();
  }
  return batch;
}

CommitQueue::Waiter* CommitQueue::Leave(size_t batch) {
  MutexLock lock(&mutex_);
  waiters_.erase(waiters_.begin(),
                 waiters_.begin() + static_cast<std::ptrdiff_t>(batch));
  return waiters_.empty() ? nullptr : waiters_.front();
}

}  // namespace kugge::storage
