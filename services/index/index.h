// The published view: what every read of the service sees. A view of the store,
// derived from it and never saved: rebuilt from the records at start, then kept
// up with the commits. What a commit makes of the view is derived while the
// disk is waited for, and published once it is durable (ADR 0018); where that
// can't be, from the change log, of which this is the only consumer.
//
// A write's answer is given after CatchUp with the write's revision has
// returned, so whoever asks next sees it.
#ifndef KUGGE_SERVICES_INDEX_INDEX_H_
#define KUGGE_SERVICES_INDEX_INDEX_H_

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/metrics.h"
#include "base/mutex.h"
#include "matching/market.h"
#include "matching/taxonomy/taxonomy.h"
#include "services/features/interner.h"
#include "services/index/commit_feed.h"
#include "storage/repository.h"

namespace kugge::index {

// One moment: nothing read through it mixes revisions. Immutable. The parts are
// shared because readers outlive the publication of the next view.
struct PublishedView {
  std::shared_ptr<const storage::Snapshot> snapshot;
  storage::Revision revision = 0;
  std::shared_ptr<const matching::Market> market;
  // The version in force; an empty taxonomy where there is none.
  std::shared_ptr<const matching::Taxonomy> taxonomy;
  // `taxonomies/{taxonomy}`, or empty.
  std::string taxonomy_name;
};

// Municipality codes of an official or a tenant's own region as of `snapshot`;
// none where there is no such region.
std::vector<std::string> MunicipalitiesOf(const storage::Repository& repository,
                                          const storage::Snapshot* snapshot,
                                          absl::string_view region);

// Thread-safe. Has two threads of its own: one derives what follows from
// commits while they are written, one merges the market's segments, so that
// neither readers nor writers wait for that.
class Index {
 public:
  // Builds the first view from the records. `repository` outlives the index;
  // `metrics` may be null. The index observes the repository's store.
  static absl::StatusOr<std::unique_ptr<Index>> Open(
      const storage::Repository& repository, Metrics* metrics);
  // Ends the threads; nobody may be using the index.
  ~Index();

  // Never null.
  std::shared_ptr<const PublishedView> Latest() const;

  // Returns once the published view shows `revision` or a later one. A record
  // that can't be read keeps the view where it is.
  absl::Status CatchUp(storage::Revision revision);

  features::Interners& interners() { return interners_; }

 private:
  // What a group of commits makes of the market, not yet to be seen.
  struct Ahead {
    std::shared_ptr<const CommitGroup> group;
    std::shared_ptr<const matching::Market> market;
  };
  // What the next market is derived from.
  struct Base {
    std::shared_ptr<const PublishedView> view;
    // That of `view` or of a group ahead of it.
    std::shared_ptr<const matching::Market> market;
  };

  Index(const storage::Repository& repository, Metrics* metrics)
      : repository_(repository),
        metrics_(metrics),
        feed_([this] { PublishWritten(); }) {}

  absl::Status Rebuild(std::shared_ptr<const storage::Snapshot> snapshot)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);
  // From the change log.
  absl::Status Apply(std::shared_ptr<const storage::Snapshot> snapshot)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);
  void Publish(std::shared_ptr<const PublishedView> view)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);

  // Derives what follows from the commits that were fed, until the index ends.
  void KeepDeriving();
  void DeriveAhead() ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);
  // Nothing where the group doesn't follow on what is known.
  std::optional<Base> BaseFor(const CommitGroup& group)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);
  // Publishes the last view ahead that is durable. Waits for nobody: the store
  // calls it.
  void PublishWritten();
  // Takes `view` in place of the published one.
  void Swap(std::shared_ptr<const PublishedView> view)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(view_mutex_);
  // Frees what is no longer published, where nobody waits for it.
  void FreeRetired();

  // Merges segments as views are published, until the index ends.
  void KeepMerging();
  // Waits until there may be something to merge; nothing once the index ends.
  std::optional<matching::Writers> AwaitMerging();
  // Returns false when there is nothing to merge.
  bool MergeOnce(matching::Writers writers);
  // Tells the thread that merges of a published market.
  void NoteMarket(const matching::Market& market);
  void Report() const;

  const storage::Repository& repository_;
  Metrics* const metrics_;
  features::Interners interners_;
  CommitFeed feed_;
  // Held while the next view is derived; readers never wait for it.
  Mutex apply_mutex_;
  // Held only to copy or swap pointers.
  mutable Mutex view_mutex_;
  std::shared_ptr<const PublishedView> view_ ABSL_GUARDED_BY(view_mutex_);
  // Each follows on the one before it, the first on `view_`. Added to and
  // changed under apply_mutex_ as well.
  std::deque<Ahead> ahead_ ABSL_GUARDED_BY(view_mutex_);
  // May be the last references to much.
  std::vector<std::shared_ptr<const void>> retired_
      ABSL_GUARDED_BY(view_mutex_);

  Mutex merge_mutex_;
  CondVar merge_wanted_;
  bool published_ ABSL_GUARDED_BY(merge_mutex_) = false;
  bool merge_due_ ABSL_GUARDED_BY(merge_mutex_) = false;
  // Whether the thread that merges waits without an end.
  bool merger_rests_ ABSL_GUARDED_BY(merge_mutex_) = false;
  bool ending_ ABSL_GUARDED_BY(merge_mutex_) = false;
  std::thread deriver_;
  std::thread merger_;
};

}  // namespace kugge::index

#endif  // KUGGE_SERVICES_INDEX_INDEX_H_
