// Credits toward wanted occupations, scaled by how much each is wanted.
#ifndef KUGGE_MATCHING_INDEX_WANTED_SHARES_H_
#define KUGGE_MATCHING_INDEX_WANTED_SHARES_H_

#include <array>
#include <cstdint>

#include "matching/constants.h"
#include "matching/types.h"

namespace kugge::matching {

// By the thousandths that ShareOfWanted makes of an importance and the largest
// one, where neither is above WishColumns::kMostImportant: no two shares that
// differ have the same.
class WantedShares {
 public:
  static const WantedShares& Get();

  // As ScaledByImportance, without a division.
  Thousandths Scaled(Thousandths credit, Level share) const {
    return static_cast<Thousandths>(uint64_t{credit} * scales_[share] >>
                                    kShift);
  }

 private:
  // A credit times an importance is at most 10,000, and an inverse too large by
  // less than 10 in 2^20: the quotient is exact.
  static constexpr unsigned kShift = 20;

  WantedShares();

  // The importance by the largest, rounded up.
  std::array<uint32_t, kFullCredit + 1> scales_{};
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_WANTED_SHARES_H_
