// A job held against what the people of a segment ask: what each code of the
// segment's WishColumns gives, so that a person costs a look-up a code.
#ifndef KUGGE_MATCHING_INDEX_WISH_TABLES_H_
#define KUGGE_MATCHING_INDEX_WISH_TABLES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/compiled_requirement.h"
#include "matching/constants.h"
#include "matching/index/block.h"
#include "matching/index/person_segment.h"
#include "matching/index/wish_columns.h"
#include "matching/index/wish_sum.h"
#include "matching/types.h"

namespace kugge::matching {

// What a code comes to, as ScoreWishes counts it: hours, shifts, remote share,
// and the occupation toward a job in none of those that are wanted.
WishSum SumOfTerms(const WishColumns::Terms& terms,
                   const CompiledRequirement& requirement);
WishSum SumOfStart(const WishColumns::Start& start,
                   const CompiledRequirement& requirement);

// One question, one segment, one thread.
class WishTables {
 public:
  // Both outlive this. `segment.wish_columns().fits()`.
  WishTables(const PersonSegment& segment,
             const CompiledRequirement& requirement);

  // Notes in `marks`, all zero, as WishMark, what isn't told by a code: what
  // the wish for an occupation gives, and who would move.
  void Mark(const Block& block, BlockSums& marks);

  // Whether some HARD wish of somebody can't be told to be fulfilled.
  bool some_unknown() const { return some_unknown_; }
  // All but the distance. Of a person who asks nothing only that nothing stands
  // in the way.
  WishSum WithoutDistance(const WishCodes& codes, uint16_t mark) const {
    return (terms_[codes.terms] + starts_[codes.start]).With(mark);
  }
  // The distance alone.
  WishSum Distance(const WishCodes& codes, uint16_t mark) const;
  // That of who asks about none.
  Bp no_distance() const { return no_distance_.score(); }
  // It gives nobody a larger score.
  Bp most_of_distance() const { return most_of_distance_; }

 private:
  // People who want an occupation that the job's is related to.
  struct Term {
    ListCursor cursor;
    Thousandths credit = 0;
    bool satisfying = false;
  };
  // Of the quotient of a thousand times what is left of a distance, which is
  // below 2^30, and the span that it is left of, below 2^20: exact, as the
  // inverse is too large by less than the span in 2^50.
  static constexpr unsigned kShift = 50;
  static_assert(WishColumns::kLongest < 1 << 20);

  // What a code of a distance comes to. The credit is what is left to `reach`,
  // of `span` at most, which is at least 1.
  struct Travel {
    HundredMetres maximum = 0;
    HundredMetres reach = 0;
    HundredMetres span = 1;
    // Bits of a WishSum: farther than the maximum, and where it isn't known.
    uint32_t too_far = 0;
    uint32_t unknown = 0;
    // 2^kShift by the span, rounded up.
    uint64_t inverse_of_span = 0;
  };

  Bp NotAsked(WishKind kind) const;
  void FillOccupations();
  void FillDistances();

  const PersonSegment& segment_;
  const CompiledRequirement& requirement_;
  // By code.
  std::vector<WishSum> terms_;
  std::vector<WishSum> starts_;
  std::vector<Travel> travels_;
  std::vector<HundredMetres> distances_;
  // By credit.
  std::vector<uint16_t> of_occupation_;
  std::vector<uint16_t> of_distance_;
  std::vector<Term> occupations_;
  std::span<const DocNumber> movers_;
  // The job is fully remote: no distance is asked about.
  bool anywhere_ = false;
  WishSum no_distance_{};
  Bp most_of_distance_ = 0;
  bool some_unknown_ = false;
};

// docs/scoring.md section 2, DISTANCE. Without a branch but the first: which
// way one goes is anybody's guess, and a wrong guess costs more than the rest.
inline WishSum WishTables::Distance(const WishCodes& codes,
                                    uint16_t mark) const {
  if (anywhere_) return no_distance_;
  const Travel& travel = travels_[codes.travel];
  // Whoever would move is there already.
  const HundredMetres distance =
      distances_[codes.home] & -HundredMetres{(mark & WishMark::kMoves) == 0};
  const auto left = static_cast<uint64_t>(
      std::min(std::max(travel.reach - distance, 0), travel.span));
  const uint64_t credit = kFullCredit * left * travel.inverse_of_span >> kShift;
  const uint32_t within = -uint32_t{distance <= travel.maximum};
  const uint32_t unknown = -uint32_t{distance == kUnknownDistance};
  const uint32_t otherwise =
      (travel.unknown & unknown) | (travel.too_far & ~unknown);
  return WishSum((of_distance_[credit] & within) | (otherwise & ~within));
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_WISH_TABLES_H_
