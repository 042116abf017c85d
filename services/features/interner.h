// Small numbers for strings, for the lifetime of the process: tenants,
// employers, providers and concept ids that no taxonomy knows.
#ifndef KUGGE_SERVICES_FEATURES_INTERNER_H_
#define KUGGE_SERVICES_FEATURES_INTERNER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "base/mutex.h"

namespace kugge::features {

// Thread-safe. A number is never given twice.
class Interner {
 public:
  // The number of `text`, a new one where it has none: 0, 1, 2, ...
  uint32_t Intern(absl::string_view text) {
    MutexLock lock(&mutex_);
    return numbers_.try_emplace(text, static_cast<uint32_t>(numbers_.size()))
        .first->second;
  }

  // The number of `text`, or nothing where it was never interned.
  std::optional<uint32_t> Find(absl::string_view text) const {
    MutexLock lock(&mutex_);
    const auto found = numbers_.find(text);
    if (found == numbers_.end()) return std::nullopt;
    return found->second;
  }

 private:
  mutable Mutex mutex_;
  absl::flat_hash_map<std::string, uint32_t> numbers_ ABSL_GUARDED_BY(mutex_);
};

// The numbers that features of one process share.
struct Interners {
  Interner tenants;
  Interner employers;
  Interner providers;
  Interner unknown_concepts;
};

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_INTERNER_H_
