// Sets that questions ask for again and again, kept as long as there is room:
// those used last in one half of it, those used before them in the other.
#ifndef KUGGE_MATCHING_INDEX_KEPT_SETS_H_
#define KUGGE_MATCHING_INDEX_KEPT_SETS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "base/mutex.h"
#include "matching/index/number_set.h"

namespace kugge::matching {

// Thread-safe.
class KeptSets {
 public:
  using Key = std::vector<int64_t>;
  // Shared with the questions that use it.
  using Pointer = std::shared_ptr<const NumberSet>;

  explicit KeptSets(size_t most_bytes) : most_bytes_(most_bytes) {}

  // The set of that key; `make()` makes it where it isn't kept, and is given no
  // lock: two who ask at once may both make it.
  template <typename Make>
  Pointer Get(const Key& key, Make make) {
    if (Pointer kept = Find(key); kept != nullptr) return kept;
    auto made = std::make_shared<const NumberSet>(make());
    Keep(key, made);
    return made;
  }

  size_t bytes() const {
    MutexLock lock(&mutex_);
    return recent_bytes_ + before_bytes_;
  }

 private:
  using Map = absl::flat_hash_map<Key, Pointer>;

  Pointer Find(const Key& key) {
    MutexLock lock(&mutex_);
    if (const auto it = recent_.find(key); it != recent_.end()) {
      return it->second;
    }
    const auto it = before_.find(key);
    if (it == before_.end()) return nullptr;
    Pointer found = it->second;
    AddRecent(key, found);
    return found;
  }
  void Keep(const Key& key, const Pointer& set) {
    MutexLock lock(&mutex_);
    AddRecent(key, set);
  }
  void AddRecent(const Key& key, const Pointer& set)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!recent_.try_emplace(key, set).second) return;
    recent_bytes_ += set->bytes();
    if (2 * recent_bytes_ <= most_bytes_) return;
    before_ = std::move(recent_);
    before_bytes_ = std::exchange(recent_bytes_, 0);
    recent_.clear();
  }

  const size_t most_bytes_;
  mutable Mutex mutex_;
  Map recent_ ABSL_GUARDED_BY(mutex_);
  Map before_ ABSL_GUARDED_BY(mutex_);
  size_t recent_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t before_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_KEPT_SETS_H_
