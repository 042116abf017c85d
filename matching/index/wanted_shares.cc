#include "matching/index/wanted_shares.h"

#include <array>
#include <cstdint>

#include "matching/features.h"
#include "matching/index/person_segment.h"
#include "matching/index/wish_columns.h"

namespace kugge::matching {

WantedShares::WantedShares() {
  for (uint8_t largest = 1; largest <= WishColumns::kMostImportant; ++largest) {
    const uint32_t inverse = ((1u << kShift) + largest - 1) / largest;
    for (uint8_t importance = 1; importance <= largest; ++importance) {
      const std::array<WantedOccupation, 2> wanted = {
          WantedOccupation{.importance = importance},
          WantedOccupation{.importance = largest}};
      scales_[ShareOfWanted(wanted[0], wanted)] = importance * inverse;
    }
  }
}

const WantedShares& WantedShares::Get() {
  static const WantedShares shares;
  return shares;
}

}  // namespace kugge::matching
