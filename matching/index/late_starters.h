// People of a segment by the first day they can work, latest first: a day gives
// those who can't have begun by then without a look at the others.
#ifndef KUGGE_MATCHING_INDEX_LATE_STARTERS_H_
#define KUGGE_MATCHING_INDEX_LATE_STARTERS_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "matching/features.h"
#include "matching/index/documents.h"
#include "matching/types.h"

namespace kugge::matching {

// Immutable once built.
class LateStarters {
 public:
  LateStarters() = default;
  explicit LateStarters(const SegmentDocuments<PersonFeatures>& documents) {
    for (DocNumber n = 0; n < documents.size(); ++n) {
      const Days start = documents[n].wishes.earliest_start;
      if (start != kNoDay) starts_.emplace_back(start, n);
    }
    std::ranges::sort(starts_, std::ranges::greater());
    starts_.shrink_to_fit();
  }

  // Calls visit(person) for those whose earliest start is told and after `day`.
  template <typename Visit>
  void ForEachAfter(Days day, Visit visit) const {
    for (const auto& [start, person] : starts_) {
      if (start <= day) return;
      visit(person);
    }
  }

  size_t bytes() const {
    return starts_.capacity() * sizeof(std::pair<Days, DocNumber>);
  }

 private:
  std::vector<std::pair<Days, DocNumber>> starts_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_LATE_STARTERS_H_
