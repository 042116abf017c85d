// What the store is writing at the moment, kept for the index: the documents of
// each group of commits, and what became of the group.
#ifndef KUGGE_SERVICES_INDEX_COMMIT_FEED_H_
#define KUGGE_SERVICES_INDEX_COMMIT_FEED_H_

#include <atomic>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/types/span.h"
#include "base/mutex.h"
#include "storage/key_value_store.h"
#include "storage/resource_kind.h"

namespace kugge::index {

// A document that a commit writes or removes.
struct WrittenDocument {
  storage::ResourceKind kind;
  std::string name;
  // The record's bytes; none: removed.
  std::optional<std::string> record;
};

// Commits that become durable as one unit, right after the commit `after`.
struct CommitGroup {
  enum class State { kWriting, kWritten, kFailed };

  storage::Revision after = 0;
  storage::Revision last = 0;
  // In the order of the commits.
  std::vector<WrittenDocument> documents;
  size_t bytes = 0;
  // Shows `last`; there once `state` is kWritten.
  std::shared_ptr<const storage::Snapshot> snapshot;
  std::atomic<State> state = State::kWriting;
};

// Thread-safe. Groups whose documents depend on more than their own records and
// what was there before (an employer's site, a region, a taxonomy, a session
// changed) are left out, and so is everything while too much waits: whoever
// reads the feed finds a gap and goes to the change log.
class CommitFeed final : public storage::CommitObserver {
 public:
  // `written` is called after a group that was fed became kWritten.
  explicit CommitFeed(std::function<void()> written)
      : written_(std::move(written)) {}

  // Waits for a group; false once the feed has ended.
  bool Wait();
  void End();
  // The next group, in the order of revisions; null when none waits. Shared
  // with the feed as long as the group is being written.
  std::shared_ptr<const CommitGroup> Next();

  void Writing(storage::Revision after,
               absl::Span<const storage::CommitUnderWay> commits) override;
  void Written(std::shared_ptr<const storage::Snapshot> snapshot) override;
  void Failed() override;

 private:
  static constexpr size_t kMostBytes = size_t{64} << 20;

  const std::function<void()> written_;
  // The group being written, if it was fed. Only for those who write.
  std::shared_ptr<CommitGroup> writing_;

  Mutex mutex_;
  CondVar arrived_;
  std::deque<std::shared_ptr<const CommitGroup>> waiting_
      ABSL_GUARDED_BY(mutex_);
  size_t waiting_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace kugge::index

#endif  // KUGGE_SERVICES_INDEX_COMMIT_FEED_H_
