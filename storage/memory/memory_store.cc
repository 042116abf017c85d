#include "storage/memory/memory_store.h"

#include <utility>

#include "base/mutex.h"
#include "base/status_macros.h"
#include "storage/change_log.h"
#include "storage/keys.h"
#include "storage/memory/versioned_map.h"
#include "storage/migrations/migrator.h"

namespace kugge::storage {
namespace {

// shared_ptr: snapshots and cursors may outlive the store.
struct State {
  Mutex mutex;
  VersionedMap map ABSL_GUARDED_BY(mutex);
  Revision revision ABSL_GUARDED_BY(mutex) = 0;
};

// Holds the pin of one revision.
class MemorySnapshot final : public Snapshot {
 public:
  explicit MemorySnapshot(std::shared_ptr<State> state)
      : state_(std::move(state)) {
    MutexLock lock(&state_->mutex);
    revision_ = state_->revision;
    state_->map.Pin(revision_);
  }
  ~MemorySnapshot() override {
    MutexLock lock(&state_->mutex);
    state_->map.Unpin(revision_);
  }
  MemorySnapshot(const MemorySnapshot&) = delete;
  MemorySnapshot& operator=(const MemorySnapshot&) = delete;

  Revision revision() const override { return revision_; }

 private:
  const std::shared_ptr<State> state_;
  Revision revision_ = 0;
};

class MemoryCursor final : public Cursor {
 public:
  // `own` keeps `revision` alive when the caller gave no snapshot.
  MemoryCursor(std::shared_ptr<State> state, const KeyRange& range,
               Revision revision, std::unique_ptr<MemorySnapshot> own)
      : state_(std::move(state)),
        own_(std::move(own)),
        end_(range.end),
        revision_(revision) {
    MutexLock lock(&state_->mutex);
    entry_ = state_->map.First(range.begin, /*after=*/false, end_, revision_);
  }

  bool Valid() const override { return entry_.has_value(); }
  void Next() override {
    MutexLock lock(&state_->mutex);
    entry_ = state_->map.First(entry_->key, /*after=*/true, end_, revision_);
  }
  absl::string_view key() const override { return entry_->key; }
  absl::string_view value() const override { return entry_->value.value; }
  Revision mod_revision() const override { return entry_->value.mod_revision; }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  const std::shared_ptr<State> state_;
  const std::unique_ptr<MemorySnapshot> own_;
  const std::string end_;
  const Revision revision_;
  std::optional<VersionedMap::Entry> entry_;
};

// The revision that shows whether `precondition` holds: the key's, or that of
// the range's first key.
Revision FoundRevision(const State& state, const Precondition& precondition)
    ABSL_EXCLUSIVE_LOCKS_REQUIRED(state.mutex) {
  if (precondition.kind == Precondition::Kind::kEmptyRange) {
    const auto first = state.map.First(precondition.key, /*after=*/false,
                                       precondition.end, state.revision);
    return first.has_value() ? first->value.mod_revision : 0;
  }
  const auto found = state.map.Get(precondition.key, state.revision);
  return found.has_value() ? found->mod_revision : 0;
}

class MemoryStore final : public KeyValueStore {
 public:
  absl::StatusOr<std::optional<VersionedValue>> Get(
      absl::string_view key, const Snapshot* snapshot) const override {
    MutexLock lock(&state_->mutex);
    return state_->map.Get(std::string(key), RevisionOf(snapshot));
  }

  absl::StatusOr<std::vector<std::optional<VersionedValue>>> MultiGet(
      absl::Span<const std::string> keys,
      const Snapshot* snapshot) const override {
    MutexLock lock(&state_->mutex);
    std::vector<std::optional<VersionedValue>> values;
    values.reserve(keys.size());
    for (const std::string& key : keys) {
      values.push_back(state_->map.Get(key, RevisionOf(snapshot)));
    }
    return values;
  }

  absl::StatusOr<std::unique_ptr<Cursor>> Scan(
      const KeyRange& range, const Snapshot* snapshot) const override {
    std::unique_ptr<MemorySnapshot> own;
    if (snapshot == nullptr) {
      own = std::make_unique<MemorySnapshot>(state_);
      snapshot = own.get();
    }
    return std::make_unique<MemoryCursor>(state_, range, snapshot->revision(),
                                          std::move(own));
  }

  absl::StatusOr<std::unique_ptr<Snapshot>> TakeSnapshot() const override {
    return std::make_unique<MemorySnapshot>(state_);
  }

  absl::StatusOr<Revision> Commit(
      const WriteSet& writes,
      absl::Span<const Precondition> preconditions) override {
    MutexLock commit_lock(&commit_mutex_);
    KUGGE_ASSIGN_OR_RETURN(const Revision before, Check(preconditions));
    const CommitUnderWay under_way{.revision = before + 1, .writes = &writes};
    if (observer_ != nullptr) observer_->Writing(before, {&under_way, 1});
    Write(writes, under_way.revision);
    if (observer_ != nullptr) {
      observer_->Written(std::make_shared<const MemorySnapshot>(state_));
    }
    return under_way.revision;
  }

  Revision LatestRevision() const override {
    MutexLock lock(&state_->mutex);
    return state_->revision;
  }

  void Observe(CommitObserver* observer) override {
    MutexLock lock(&commit_mutex_);
    observer_ = observer;
  }

 private:
  // The revision at which the preconditions hold.
  absl::StatusOr<Revision> Check(
      absl::Span<const Precondition> preconditions) const {
    MutexLock lock(&state_->mutex);
    for (size_t i = 0; i < preconditions.size(); ++i) {
      const Revision actual = FoundRevision(*state_, preconditions[i]);
      if (!Holds(preconditions[i], actual)) {
        return PreconditionError({.index = i, .actual = actual});
      }
    }
    return state_->revision;
  }

  void Write(const WriteSet& writes, Revision revision) {
    MutexLock lock(&state_->mutex);
    state_->revision = revision;
    for (const WriteSet::Write& write : writes.writes()) {
      state_->map.Set(write.key, write.value, revision);
    }
    if (!writes.changes().empty()) {
      state_->map.Set(ChangeKey(revision), EncodeChanges(writes.changes()),
                      revision);
    }
    state_->map.Set(MetaKey(MetaField::kRevision), std::string(), revision);
  }

  Revision RevisionOf(const Snapshot* snapshot) const
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(state_->mutex) {
    return snapshot == nullptr ? state_->revision : snapshot->revision();
  }

  const std::shared_ptr<State> state_ = std::make_shared<State>();
  // Held from check to write, while the observer is told, and never under
  // State's, which snapshots take.
  Mutex commit_mutex_;
  CommitObserver* observer_ ABSL_GUARDED_BY(commit_mutex_) = nullptr;
};

}  // namespace

absl::StatusOr<std::unique_ptr<KeyValueStore>> MakeMemoryStore() {
  auto store = std::make_unique<MemoryStore>();
  KUGGE_RETURN_IF_ERROR(Migrate(*store));
  return store;
}

}  // namespace kugge::storage
