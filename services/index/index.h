// The published view: what every read of the service sees. A view of the store,
// derived from it and never saved: rebuilt from the records at start, then kept
// by reading the change log, of which this is the only consumer.
//
// A write's answer is given after CatchUp with the write's revision has
// returned, so whoever asks next sees it.
#ifndef KUGGE_SERVICES_INDEX_INDEX_H_
#define KUGGE_SERVICES_INDEX_INDEX_H_

#include <memory>
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

// Thread-safe. Has a thread of its own that merges the market's segments, so
// that neither readers nor writers wait for that.
class Index {
 public:
  // Builds the first view from the records. `repository` outlives the index;
  // `metrics` may be null.
  static absl::StatusOr<std::unique_ptr<Index>> Open(
      const storage::Repository& repository, Metrics* metrics);
  // Ends the merging; nobody may be using the index.
  ~Index();

  // Never null.
  std::shared_ptr<const PublishedView> Latest() const;

  // Returns once the published view shows `revision` or a later one. A record
  // that can't be read keeps the view where it is.
  absl::Status CatchUp(storage::Revision revision);

  features::Interners& interners() { return interners_; }

 private:
  class Changes;

  Index(const storage::Repository& repository, Metrics* metrics)
      : repository_(repository), metrics_(metrics) {}

  absl::Status Rebuild(std::shared_ptr<const storage::Snapshot> snapshot)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);
  absl::Status Apply(std::shared_ptr<const storage::Snapshot> snapshot)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);
  void Publish(std::shared_ptr<const PublishedView> view)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(apply_mutex_);
  // Merges segments whenever a view was published, until the index ends.
  void KeepMerging();
  // Returns false when there is nothing to merge.
  bool MergeOnce();

  const storage::Repository& repository_;
  Metrics* const metrics_;
  features::Interners interners_;
  // Held while the next view is derived; readers never wait for it.
  Mutex apply_mutex_;
  // Held only to copy or swap the pointer.
  mutable Mutex view_mutex_;
  std::shared_ptr<const PublishedView> view_ ABSL_GUARDED_BY(view_mutex_);

  Mutex merge_mutex_;
  CondVar merge_wanted_;
  bool published_ ABSL_GUARDED_BY(merge_mutex_) = false;
  bool ending_ ABSL_GUARDED_BY(merge_mutex_) = false;
  std::thread merger_;
};

}  // namespace kugge::index

#endif  // KUGGE_SERVICES_INDEX_INDEX_H_
