// A requirement's job held against what the people of a segment ask, for a
// search: a bound on all of it in a block's sums, and for those whose sums
// leave them candidates what exactly it comes to.
#ifndef KUGGE_MATCHING_INDEX_WISH_BOUNDS_H_
#define KUGGE_MATCHING_INDEX_WISH_BOUNDS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/compiled_requirement.h"
#include "matching/index/block.h"
#include "matching/index/by_code.h"
#include "matching/index/kernels.h"
#include "matching/index/person_segment.h"
#include "matching/index/row_collector.h"
#include "matching/index/score_units.h"
#include "matching/index/wanted_lists.h"
#include "matching/index/wish_columns.h"
#include "matching/index/wish_sum.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one segment, one thread.
class WishBounds {
 public:
  // Whether a segment's wishes can be held by the sums and told by codes.
  static bool CanBound(const PersonSegment& segment, const Strategy& strategy);

  // Both outlive this. CanBound(segment, requirement.strategy()).
  WishBounds(const PersonSegment& segment,
             const CompiledRequirement& requirement);

  // Asks for the memory that Add is going to read.
  void Fetch(const Block& block) const { wanted_.Fetch(block); }
  // Adds each person's bound by the wanted occupation and the distance, but for
  // the late lists. Writes `marks`.
  void Add(const Block& block, BlockSums& sums, BlockSums& marks);
  // What is looked up afterwards, from the segment's first document on.
  std::vector<LateList> Late() const { return wanted_.Late(); }
  uint16_t late_most() const { return wanted_.late_most(); }
  // Of the lists that Add reads.
  size_t postings() const { return wanted_.postings(); }
  // The most that the wishes which the sums hold no bound for give.
  Bp rest() const { return rest_; }

  // Of the found documents of the block that Add was last called for, ascending
  // and with the bounds of their sums, leaves those whose bound was below
  // `done_from`, whom no wish refuses, and whose bound is `least` or more once
  // their wishes are told; how many. `bounds` become what Bound gives, `scores`
  // the requirement's score alone, as far as its bound goes.
  size_t Sharpen(const Block& block, uint16_t least, uint32_t done_from,
                 const BlockSums& marks, std::span<uint16_t> found,
                 BlockSums& bounds, BlockSums& scores);
  // A bound on the order in units of the requirement's score.
  uint16_t Bound(uint32_t order) const { return units_.Of(order); }
  // By the requirement's exact score. Of one whom Sharpen left.
  RowVerdict Verdict(DocNumber person, uint16_t mark, uint16_t score,
                     Pass pass);

 private:
  // What a code comes to, and what the sums hold of those who name no
  // occupation.
  struct OfTerms {
    WishSum sum{};
    uint16_t within = 0;
  };
  // Where a run of people ends in a block, and the bound on their distance.
  struct Stretch {
    DocNumber end = 0;
    uint16_t worth = 0;
  };
  // A side that asks nothing leaves its share of the order to the other.
  struct Shares {
    uint32_t score = 0;
    uint32_t reverse = 0;
    // Of the score of a person who asks nothing.
    uint32_t alone = 0;
  };

  void AddDistances(const Block& block, BlockSums& sums, BlockSums& marks);
  Bp MostOf(const RunTravel& travel) const;
  uint16_t WorthOf(const PersonRun& run);
  const OfTerms& TermsOf(const WishCodes& codes);
  WishSum Distance(const WishCodes& codes, uint16_t mark);
  // All wishes together. Of a person who asks nothing only that nothing stands
  // in the way.
  WishSum SumOf(const WishCodes& codes, const OfTerms& terms, uint16_t mark);
  uint32_t OrderOf(bool asks, uint32_t score, WishSum wishes) const {
    return asks ? shares_.score * score + shares_.reverse * wishes.score()
                : shares_.alone * score;
  }

  const PersonSegment& segment_;
  const CompiledRequirement& requirement_;
  const ScoreUnits units_;
  WantedLists wanted_;
  Shares shares_;
  Bp rest_ = 0;
  const Bp distance_weight_;
  // That of who asks about none.
  Bp no_distance_ = 0;
  uint16_t worth_of_moving_ = 0;
  // The job is fully remote: no distance is asked about.
  bool anywhere_ = false;
  std::span<const DocNumber> movers_;
  // By run; negative where it isn't known yet.
  std::vector<int32_t> worth_of_run_;
  // Of the block that Add was last called for.
  std::vector<Stretch> stretches_;
  ByCode<OfTerms, 64> terms_;
  ByCode<WishSum, 128> starts_;
  ByCode<HundredMetres, 256> homes_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_WISH_BOUNDS_H_
