// What the jobs of a segment's requirements are, in a few bytes each: as
// WishColumns of people.
#ifndef KUGGE_MATCHING_INDEX_JOB_COLUMNS_H_
#define KUGGE_MATCHING_INDEX_JOB_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matching/features.h"
#include "matching/index/documents.h"
#include "matching/types.h"

namespace kugge::matching {

// Of one job.
struct JobCodes {
  uint32_t place = 0;
  uint16_t terms = 0;
  uint16_t start = 0;
};

// Immutable once built.
class JobColumns {
 public:
  // Of the facts a code of each kind stands for some; the others aren't told.
  // Hours, shifts and remote share, and whether occupations are told.
  struct Terms {
    PlainFacts facts{};
    bool tells_occupations = false;
  };

  JobColumns() = default;
  explicit JobColumns(const SegmentDocuments<RequirementFeatures>& documents);

  // False where there are more than codes: then there are none.
  bool fits() const { return fits_; }
  // By requirement.
  const std::vector<JobCodes>& codes() const { return codes_; }
  // By code.
  const std::vector<Terms>& terms() const { return terms_; }
  const std::vector<PlainFacts>& starts() const { return starts_; }
  const std::vector<PlainFacts>& places() const { return places_; }

  size_t bytes() const;

 private:
  bool fits_ = false;
  std::vector<JobCodes> codes_;
  std::vector<Terms> terms_;
  std::vector<PlainFacts> starts_;
  std::vector<PlainFacts> places_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_JOB_COLUMNS_H_
