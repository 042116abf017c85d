#include "services/index/commit_feed.h"

#include <utility>

#include "storage/keys.h"

namespace kugge::index {
namespace {

using storage::Change;
using storage::Operation;
using storage::ResourceKind;
using storage::WriteSet;

enum class Effect {
  kNone,      // nothing that scores
  kDocument,  // its own features
  kOthers,    // those of other documents
};

Effect EffectOf(const Change& change) {
  switch (change.kind) {
    case ResourceKind::kProfile:
    case ResourceKind::kRequirement:
      return Effect::kDocument;
    case ResourceKind::kTenant:
    case ResourceKind::kStrategy:
    case ResourceKind::kProvider:
    case ResourceKind::kConcept:
      return Effect::kNone;
    case ResourceKind::kTaxonomy:
      // A version that goes away was not in force.
      return change.operation == Operation::kPut ? Effect::kOthers
                                                 : Effect::kNone;
    case ResourceKind::kOffering:
    case ResourceKind::kSession:
    case ResourceKind::kEmployer:
    case ResourceKind::kRegion:
      return Effect::kOthers;
  }
  return Effect::kOthers;
}

// Adds the documents that a commit writes to the group. False when they are not
// all that it changes.
bool AddDocuments(const WriteSet& writes, CommitGroup* group) {
  // Records stand in the order of the changes.
  auto write = writes.writes().begin();
  for (const Change& change : writes.changes()) {
    const Effect effect = EffectOf(change);
    if (effect == Effect::kOthers) return false;
    if (effect == Effect::kNone) continue;
    const std::string key = storage::RecordKey(change.kind, change.name);
    while (write != writes.writes().end() && write->key != key) ++write;
    if (write == writes.writes().end()) return false;
    if (write->value.has_value() != (change.operation == Operation::kPut)) {
      return false;
    }
    group->documents.push_back({change.kind, change.name, write->value});
    group->bytes += write->key.size();
    if (write->value.has_value()) group->bytes += write->value->size();
  }
  return true;
}

}  // namespace

bool CommitFeed::Wait() {
  MutexLock lock(&mutex_);
  while (waiting_.empty() && !ended_) arrived_.Wait(&mutex_);
  return !ended_;
}

void CommitFeed::End() {
  {
    MutexLock lock(&mutex_);
    ended_ = true;
  }
  arrived_.NotifyAll();
}

std::shared_ptr<const CommitGroup> CommitFeed::Next() {
  MutexLock lock(&mutex_);
  if (waiting_.empty()) return nullptr;
  std::shared_ptr<const CommitGroup> group = std::move(waiting_.front());
  waiting_.pop_front();
  waiting_bytes_ -= group->bytes;
  return group;
}

void CommitFeed::Writing(storage::Revision after,
                         absl::Span<const storage::CommitUnderWay> commits) {
  writing_ = nullptr;
  auto group = std::make_shared<CommitGroup>();
  group->after = after;
  group->last = commits.back().revision;
  for (const storage::CommitUnderWay& commit : commits) {
    if (!AddDocuments(*commit.writes, group.get())) return;
  }
  {
    MutexLock lock(&mutex_);
    if (waiting_bytes_ + group->bytes > kMostBytes) return;
    waiting_bytes_ += group->bytes;
    waiting_.push_back(group);
  }
  writing_ = std::move(group);
  arrived_.NotifyOne();
}

void CommitFeed::Written(std::shared_ptr<const storage::Snapshot> snapshot) {
  if (writing_ == nullptr) return;
  writing_->snapshot = std::move(snapshot);
  writing_->state.store(CommitGroup::State::kWritten,
                        std::memory_order_release);
  writing_ = nullptr;
  written_();
}

void CommitFeed::Failed() {
  if (writing_ == nullptr) return;
  writing_->state.store(CommitGroup::State::kFailed, std::memory_order_release);
  writing_ = nullptr;
}

}  // namespace kugge::index
