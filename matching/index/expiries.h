// People of a segment by the day they are no longer to be matched, earliest
// first: a day gives those who have expired without a look at the others.
#ifndef KUGGE_MATCHING_INDEX_EXPIRIES_H_
#define KUGGE_MATCHING_INDEX_EXPIRIES_H_

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "matching/features.h"
#include "matching/index/documents.h"
#include "matching/types.h"

namespace kugge::matching {

// Immutable once built.
class Expiries {
 public:
  Expiries() = default;
  explicit Expiries(const SegmentDocuments<PersonFeatures>& documents) {
    for (DocNumber n = 0; n < documents.size(); ++n) {
      const Days day = documents[n].expire_day;
      if (day != kNoDay) days_.emplace_back(day, n);
    }
    std::ranges::sort(days_);
    days_.shrink_to_fit();
  }

  // Those who are no longer to be matched on the day, by when that began.
  std::vector<DocNumber> ExpiredOn(Days today) const {
    std::vector<DocNumber> expired;
    for (const auto& [day, person] : days_) {
      if (day > today) break;
      expired.push_back(person);
    }
    return expired;
  }

  size_t bytes() const {
    return days_.capacity() * sizeof(std::pair<Days, DocNumber>);
  }

 private:
  std::vector<std::pair<Days, DocNumber>> days_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_EXPIRIES_H_
