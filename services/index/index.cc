#include "services/index/index.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/status_macros.h"
#include "services/index/loader.h"
#include "storage/change_log.h"

namespace kugge::index {
namespace {

// How many changes are gathered before they are turned into features.
constexpr size_t kChangesPerRead = 4096;

}  // namespace

absl::StatusOr<std::unique_ptr<Index>> Index::Open(
    const storage::Repository& repository, Metrics* metrics) {
  auto index = std::unique_ptr<Index>(new Index(repository, metrics));
  KUGGE_ASSIGN_OR_RETURN(std::shared_ptr<const storage::Snapshot> snapshot,
                         repository.store().TakeSnapshot());
  {
    MutexLock lock(&index->apply_mutex_);
    KUGGE_RETURN_IF_ERROR(index->Rebuild(std::move(snapshot)));
  }
  index->merger_ =
      std::thread([merging = index.get()] { merging->KeepMerging(); });
  return index;
}

Index::~Index() {
  if (!merger_.joinable()) return;
  {
    MutexLock lock(&merge_mutex_);
    ending_ = true;
  }
  merge_wanted_.NotifyAll();
  merger_.join();
}

void Index::KeepMerging() {
  while (true) {
    {
      MutexLock lock(&merge_mutex_);
      while (!published_ && !ending_) merge_wanted_.Wait(&merge_mutex_);
      if (ending_) return;
      published_ = false;
    }
    while (MergeOnce()) {
      MutexLock lock(&merge_mutex_);
      if (ending_) return;
    }
  }
}

bool Index::MergeOnce() {
  std::optional<matching::MarketMerge> merge = Latest()->market->PlanMerge();
  if (!merge.has_value()) return false;
  merge->Run();
  MutexLock lock(&apply_mutex_);
  // Writes went on meanwhile: the merge goes into the market as it is now.
  const std::shared_ptr<const PublishedView> before = Latest();
  auto view = std::make_shared<PublishedView>(*before);
  view->market = before->market->With(*merge);
  Publish(std::move(view));
  return true;
}

std::shared_ptr<const PublishedView> Index::Latest() const {
  MutexLock lock(&view_mutex_);
  return view_;
}

absl::Status Index::CatchUp(storage::Revision revision) {
  if (Latest()->revision >= revision) return absl::OkStatus();
  MutexLock lock(&apply_mutex_);
  // Another writer's turn may have shown this one's write too.
  if (Latest()->revision >= revision) return absl::OkStatus();
  KUGGE_ASSIGN_OR_RETURN(std::shared_ptr<const storage::Snapshot> snapshot,
                         repository_.store().TakeSnapshot());
  const absl::Status applied = Apply(snapshot);
  // The log was pruned past the view: start over from the records.
  if (absl::IsOutOfRange(applied)) return Rebuild(std::move(snapshot));
  return applied;
}

absl::Status Index::Rebuild(std::shared_ptr<const storage::Snapshot> snapshot) {
  auto view = std::make_shared<PublishedView>();
  view->snapshot = snapshot;
  view->revision = snapshot->revision();
  const Loader loader(repository_, *snapshot, interners_);
  KUGGE_RETURN_IF_ERROR(
      loader.LoadTaxonomy(&view->taxonomy_name, &view->taxonomy));
  KUGGE_ASSIGN_OR_RETURN(matching::MarketChanges everything,
                         loader.LoadAll(*view->taxonomy));
  view->market = matching::Market().Apply(std::move(everything));
  Publish(std::move(view));
  return absl::OkStatus();
}

absl::Status Index::Apply(std::shared_ptr<const storage::Snapshot> snapshot) {
  const std::shared_ptr<const PublishedView> before = Latest();
  TouchedResources touched;
  for (storage::Revision after = before->revision;;) {
    KUGGE_ASSIGN_OR_RETURN(
        const std::vector<storage::ChangeSet> sets,
        storage::ReadChanges(repository_.store(), after, kChangesPerRead,
                             snapshot.get()));
    if (sets.empty()) break;
    for (const storage::ChangeSet& set : sets) {
      for (const storage::Change& change : set.changes) touched.Add(change);
    }
    after = sets.back().revision;
  }
  if (touched.taxonomy_changed()) return Rebuild(std::move(snapshot));

  const Loader loader(repository_, *snapshot, interners_);
  KUGGE_ASSIGN_OR_RETURN(matching::MarketChanges changes,
                         loader.LoadTouched(*before->taxonomy, touched));
  auto view = std::make_shared<PublishedView>(*before);
  view->revision = snapshot->revision();
  view->snapshot = std::move(snapshot);
  view->market = before->market->Apply(std::move(changes));
  Publish(std::move(view));
  return absl::OkStatus();
}

void Index::Publish(std::shared_ptr<const PublishedView> view) {
  if (metrics_ != nullptr) {
    const matching::Market& market = *view->market;
    metrics_->SetIndexDocuments("profile",
                                static_cast<double>(market.people().size()));
    metrics_->SetIndexDocuments(
        "requirement", static_cast<double>(market.requirements().size()));
    metrics_->SetIndexDocuments("offering",
                                static_cast<double>(market.offerings().size()));
    metrics_->SetIndexBytes(static_cast<double>(market.index_bytes()));
    metrics_->SetIndexRevision(static_cast<double>(view->revision));
  }
  // The old view may be the last reference to a large market: freed unlocked.
  {
    MutexLock lock(&view_mutex_);
    view_.swap(view);
  }
  {
    MutexLock lock(&merge_mutex_);
    published_ = true;
  }
  merge_wanted_.NotifyOne();
}

}  // namespace kugge::index
