// Filters that were read before, by their text: a case worker's region comes
// with each of its questions, and reading it takes as long as a tenth of one.
#ifndef KUGGE_SERVICES_MATCH_KEPT_FILTERS_H_
#define KUGGE_SERVICES_MATCH_KEPT_FILTERS_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/mutex.h"

namespace kugge::match {

// Safe to share between threads.
template <typename Filter>
class KeptFilters {
 public:
  // Keeps those last asked for: at least `most`, at most twice as many.
  explicit KeptFilters(size_t most) : most_(most) {}

  // The text's filter; where it isn't kept, that of read(), which depends on
  // the text alone. Errors aren't kept.
  template <typename Read>
  absl::StatusOr<Filter> Get(absl::string_view text, Read read) {
    {
      MutexLock lock(&mutex_);
      if (const auto it = recent_.find(text); it != recent_.end()) {
        return it->second;
      }
      if (const auto it = older_.find(text); it != older_.end()) {
        Filter filter = it->second;
        Keep(text, filter);
        return filter;
      }
    }
    absl::StatusOr<Filter> filter = read();
    if (filter.ok()) {
      MutexLock lock(&mutex_);
      Keep(text, *filter);
    }
    return filter;
  }

 private:
  using Filters = absl::flat_hash_map<std::string, Filter>;

  void Keep(absl::string_view text, const Filter& filter)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (recent_.size() >= most_) older_ = std::exchange(recent_, Filters());
    recent_.insert_or_assign(text, filter);
  }

  const size_t most_;
  Mutex mutex_;
  // Those asked for since there were `most` of them, and the ones before.
  Filters recent_ ABSL_GUARDED_BY(mutex_);
  Filters older_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_KEPT_FILTERS_H_
