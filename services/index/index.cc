#include "services/index/index.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/status_macros.h"
#include "services/index/loader.h"
#include "storage/change_log.h"

namespace kugge::index {
namespace {

using matching::Market;
using matching::Writers;

// How many changes are gathered before they are turned into features.
constexpr size_t kChangesPerRead = 4096;
// No view published for so long: writers are pausing.
constexpr std::chrono::milliseconds kPause(50);
// Documents enough for a merge come within so long: 4,000 a second and more,
// for which merging as usual would take an eighth of a core.
constexpr std::chrono::milliseconds kRush(8);

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
  index->Report();
  index->deriver_ =
      std::thread([deriving = index.get()] { deriving->KeepDeriving(); });
  index->merger_ =
      std::thread([merging = index.get()] { merging->KeepMerging(); });
  repository.store().Observe(&index->feed_);
  return index;
}

Index::~Index() {
  if (!merger_.joinable()) return;
  repository_.store().Observe(nullptr);
  feed_.End();
  {
    MutexLock lock(&merge_mutex_);
    ending_ = true;
  }
  merge_wanted_.NotifyAll();
  deriver_.join();
  merger_.join();
}

std::shared_ptr<const PublishedView> Index::Latest() const {
  MutexLock lock(&view_mutex_);
  return view_;
}

absl::Status Index::CatchUp(storage::Revision revision) {
  if (Latest()->revision >= revision) return absl::OkStatus();
  MutexLock lock(&apply_mutex_);
  // Most waited for the thread that derives.
  if (Latest()->revision >= revision) return absl::OkStatus();
  // It may not have come to it.
  DeriveAhead();
  if (Latest()->revision >= revision) return absl::OkStatus();
  KUGGE_ASSIGN_OR_RETURN(std::shared_ptr<const storage::Snapshot> snapshot,
                         repository_.store().TakeSnapshot());
  if (snapshot->revision() <= Latest()->revision) return absl::OkStatus();
  const absl::Status applied = Apply(snapshot);
  // The log was pruned past the view: start over from the records.
  if (absl::IsOutOfRange(applied)) return Rebuild(std::move(snapshot));
  return applied;
}

absl::Status Index::Rebuild(std::shared_ptr<const storage::Snapshot> snapshot) {
  auto view = std::make_shared<PublishedView>();
  view->snapshot = std::move(snapshot);
  view->revision = view->snapshot->revision();
  const Loader loader(repository_, *view->snapshot, interners_);
  KUGGE_RETURN_IF_ERROR(
      loader.LoadTaxonomy(&view->taxonomy_name, &view->taxonomy));
  KUGGE_ASSIGN_OR_RETURN(matching::MarketChanges everything,
                         loader.LoadAll(*view->taxonomy));
  view->market = Market().Apply(std::move(everything));
  Publish(std::move(view));
  return absl::OkStatus();
}

absl::Status Index::Apply(std::shared_ptr<const storage::Snapshot> snapshot) {
  const std::shared_ptr<const PublishedView> before = Latest();
  TouchedResources touched;
  for (storage::Revision after = before->revision;
       after < snapshot->revision();) {
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
  const std::shared_ptr<const Market> market = view->market;
  {
    MutexLock lock(&view_mutex_);
    // What was ahead may have been published meanwhile.
    if (view_ != nullptr && view_->revision >= view->revision) return;
    // What is ahead stays only as far as it follows on this view.
    while (!ahead_.empty() && ahead_.front().group->last <= view->revision) {
      retired_.push_back(std::move(ahead_.front().market));
      ahead_.pop_front();
    }
    if (!ahead_.empty() && ahead_.front().group->after != view->revision) {
      ahead_.clear();
    }
    Swap(std::move(view));
  }
  NoteMarket(*market);
}

void Index::Swap(std::shared_ptr<const PublishedView> view) {
  if (view_ != nullptr) retired_.push_back(std::move(view_));
  view_ = std::move(view);
}

void Index::FreeRetired() {
  std::vector<std::shared_ptr<const void>> retired;
  MutexLock lock(&view_mutex_);
  retired.swap(retired_);
}

void Index::KeepDeriving() {
  while (feed_.Wait()) {
    {
      MutexLock lock(&apply_mutex_);
      DeriveAhead();
    }
    FreeRetired();
  }
}

void Index::DeriveAhead() {
  while (const std::shared_ptr<const CommitGroup> group = feed_.Next()) {
    const std::optional<Base> base = BaseFor(*group);
    // Read from the log by whoever waits for it.
    if (!base.has_value()) continue;
    const Loader loader(repository_, *base->view->snapshot, interners_);
    absl::StatusOr<matching::MarketChanges> changes =
        loader.LoadWritten(*base->view->taxonomy, group->documents);
    // The same error comes from the log, to the one whose write it is.
    if (!changes.ok()) continue;
    std::shared_ptr<const Market> market =
        base->market->Apply(*std::move(changes));
    {
      MutexLock lock(&view_mutex_);
      ahead_.push_back({group, std::move(market)});
    }
    PublishWritten();
  }
}

std::optional<Index::Base> Index::BaseFor(const CommitGroup& group) {
  MutexLock lock(&view_mutex_);
  // The last group may have failed since; nothing follows on it.
  while (!ahead_.empty() &&
         ahead_.back().group->state == CommitGroup::State::kFailed) {
    retired_.push_back(std::move(ahead_.back().market));
    ahead_.pop_back();
  }
  if (ahead_.empty()) {
    if (view_->revision != group.after) return std::nullopt;
    return Base{.view = view_, .market = view_->market};
  }
  if (ahead_.back().group->last != group.after) return std::nullopt;
  return Base{.view = view_, .market = ahead_.back().market};
}

void Index::PublishWritten() {
  std::shared_ptr<const Market> market;
  {
    MutexLock lock(&view_mutex_);
    while (!ahead_.empty() &&
           ahead_.front().group->state == CommitGroup::State::kWritten) {
      auto view = std::make_shared<PublishedView>(*view_);
      view->revision = ahead_.front().group->last;
      view->snapshot = ahead_.front().group->snapshot;
      view->market = std::move(ahead_.front().market);
      ahead_.pop_front();
      market = view->market;
      Swap(std::move(view));
    }
  }
  if (market != nullptr) NoteMarket(*market);
}

void Index::KeepMerging() {
  while (const std::optional<Writers> writers = AwaitMerging()) {
    bool ending = false;
    while (!ending && MergeOnce(*writers)) {
      FreeRetired();
      Report();
      MutexLock lock(&merge_mutex_);
      ending = ending_;
    }
    FreeRetired();
    Report();
  }
}

std::optional<Writers> Index::AwaitMerging() {
  const auto begin = std::chrono::steady_clock::now();
  MutexLock lock(&merge_mutex_);
  while (!ending_) {
    if (merge_due_) {
      merge_due_ = false;
      const auto waited = std::chrono::steady_clock::now() - begin;
      return waited < kRush ? Writers::kRushing : Writers::kBusy;
    }
    merger_rests_ = !published_;
    if (merger_rests_) {
      merge_wanted_.Wait(&merge_mutex_);
      merger_rests_ = false;
      continue;
    }
    published_ = false;
    const bool told = merge_wanted_.WaitFor(&merge_mutex_, kPause);
    if (!told && !published_ && !merge_due_ && !ending_) {
      return Writers::kPausing;
    }
    // More came, or a wake-up for no reason: the pause begins anew.
    published_ = true;
  }
  return std::nullopt;
}

bool Index::MergeOnce(Writers writers) {
  std::optional<matching::MarketMerge> merge =
      Latest()->market->PlanMerge(writers);
  if (!merge.has_value()) return false;
  merge->Run();
  MutexLock lock(&apply_mutex_);
  // Writes went on meanwhile: the merge goes into the market as it is now, and
  // into those that are about to follow it.
  std::vector<
      std::pair<std::shared_ptr<const Market>, std::shared_ptr<const Market>>>
      merged;
  {
    MutexLock view_lock(&view_mutex_);
    merged.emplace_back(view_->market, nullptr);
    for (const Ahead& ahead : ahead_) {
      merged.emplace_back(ahead.market, nullptr);
    }
  }
  for (auto& [before, after] : merged) after = before->With(*merge);
  // Some may have been published since, but there are no others.
  const auto after = [&](const std::shared_ptr<const Market>& market) {
    return std::ranges::find(merged, market,
                             [](const auto& pair) { return pair.first; })
        ->second;
  };
  MutexLock view_lock(&view_mutex_);
  auto view = std::make_shared<PublishedView>(*view_);
  view->market = after(view_->market);
  Swap(std::move(view));
  for (Ahead& ahead : ahead_) ahead.market = after(ahead.market);
  return true;
}

void Index::NoteMarket(const Market& market) {
  bool wake = false;
  {
    MutexLock lock(&merge_mutex_);
    const bool due = market.WantsMerge();
    wake = merger_rests_ || (due && !merge_due_);
    published_ = true;
    merge_due_ |= due;
    merger_rests_ = false;
  }
  if (wake) merge_wanted_.NotifyOne();
}

void Index::Report() const {
  if (metrics_ == nullptr) return;
  const std::shared_ptr<const PublishedView> view = Latest();
  const Market& market = *view->market;
  metrics_->SetIndexDocuments("profile",
                              static_cast<double>(market.people().size()));
  metrics_->SetIndexDocuments(
      "requirement", static_cast<double>(market.requirements().size()));
  metrics_->SetIndexDocuments("offering",
                              static_cast<double>(market.offerings().size()));
  metrics_->SetIndexBytes(static_cast<double>(market.index_bytes()));
  metrics_->SetIndexRevision(static_cast<double>(view->revision));
}

}  // namespace kugge::index
