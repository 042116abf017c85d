// A person's wishes held against the jobs of a segment: what each code of the
// segment's JobColumns gives, so that a requirement costs a look-up a code.
#ifndef KUGGE_MATCHING_INDEX_JOB_TABLES_H_
#define KUGGE_MATCHING_INDEX_JOB_TABLES_H_

#include <array>
#include <cstdint>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/index/block.h"
#include "matching/index/job_columns.h"
#include "matching/index/requirement_segment.h"
#include "matching/index/wish_sum.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one segment, one thread.
class JobTables {
 public:
  // Both outlive this. `segment.job_columns().fits()`, and the person asks
  // something.
  JobTables(const RequirementSegment& segment, const CompiledPerson& person);

  // Notes in `marks`, all zero, as WishMark, what the wish for an occupation
  // gives.
  void Mark(const Block& block, BlockSums& marks);

  // Whether some HARD wish can't be told to be fulfilled by some job.
  bool some_unknown() const;
  // Without a branch.
  WishSum SumOf(const JobCodes& codes, uint16_t mark) const {
    const WishSum sum = (terms_[codes.terms] + starts_[codes.start]).With(mark);
    const uint32_t here = -uint32_t{(sum.bits() & WishSum::kAnywhere) == 0};
    return sum + WishSum((places_[codes.place].bits() & here) |
                         (no_distance_ & ~here));
  }

 private:
  // Requirements whose job is in an occupation that is related to a wanted one.
  struct Term {
    ListCursor cursor;
    uint16_t score = 0;
    bool satisfying = false;
  };

  WishSum SumOfTerms(const JobColumns::Terms& terms) const;
  // Of the wishes of one kind alone.
  WishSum SumOfKind(WishKind kind, const PlainFacts& facts) const;
  void FillOccupations(const RequirementSegment& segment);

  const CompiledPerson& person_;
  std::array<Bp, kWishKindCount> not_asked_{};
  // By code.
  std::vector<WishSum> terms_;
  std::vector<WishSum> starts_;
  std::vector<WishSum> places_;
  Bp no_distance_ = 0;
  std::vector<Term> occupations_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_JOB_TABLES_H_
