// What adds to the order of a pair beside the requirement's score, in units of
// that score: so that it can stand in the same sums of 16 bits.
#ifndef KUGGE_MATCHING_INDEX_SCORE_UNITS_H_
#define KUGGE_MATCHING_INDEX_SCORE_UNITS_H_

#include <cstdint>

#include "matching/strategy.h"
#include "matching/types.h"

namespace kugge::matching {

class ScoreUnits {
 public:
  // The strategy's score_factor is above 0.
  explicit ScoreUnits(const Strategy& strategy)
      : score_factor_(strategy.score_factor),
        reverse_factor_(strategy.reverse_factor),
        inverse_(((uint64_t{1} << kShift) + score_factor_ - 1) /
                 score_factor_) {}

  // Rounded down; an order is below 2^20.
  uint16_t Of(uint32_t order) const {
    return static_cast<uint16_t>(order * inverse_ >> kShift);
  }
  // What a part of the person's score is worth, rounded up.
  uint16_t WorthOf(Bp reverse) const {
    return Of(reverse_factor_ * reverse + score_factor_ - 1);
  }

 private:
  // The inverse is too large by less than the factor, at most 10, in 2^32: the
  // quotient is exact.
  static constexpr unsigned kShift = 32;

  uint32_t score_factor_;
  uint32_t reverse_factor_;
  uint64_t inverse_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_SCORE_UNITS_H_
