// What a person's side comes to, put together from what the codes of one thing
// each come to.
#ifndef KUGGE_MATCHING_INDEX_WISH_SUM_H_
#define KUGGE_MATCHING_INDEX_WISH_SUM_H_

#include <cstdint>

#include "matching/pair_score.h"
#include "matching/types.h"

namespace kugge::matching {

// What is noted of a document beside its codes: in the low bits what the wish
// for an occupation gives.
struct WishMark {
  static constexpr uint16_t kScore = 0x3FFF;
  static constexpr uint16_t kRightOccupation = 1u << 14;
  // The person would move there.
  static constexpr uint16_t kMoves = 1u << 15;
};

// The person's score in the low 16 bits, and what stands in the way.
class WishSum {
 public:
  static constexpr uint32_t kRefused = 1u << 16;
  static constexpr uint32_t kUnknown = 1u << 17;
  // A HARD wish for occupations, refused where no satisfying one is marked.
  static constexpr uint32_t kWrongOccupation = 1u << 18;
  // The job is fully remote.
  static constexpr uint32_t kAnywhere = 1u << 19;

  WishSum() = default;
  explicit WishSum(uint32_t bits) : bits_(bits) {}
  WishSum(Bp score, const Hurdles& hurdles)
      : bits_(score | (hurdles.refused > 0 ? kRefused : 0) |
              (hurdles.unknown > 0 ? kUnknown : 0)) {}

  uint32_t bits() const { return bits_; }
  Bp score() const { return bits_ & 0xFFFF; }
  // 0: nothing HARD is refused, or not known.
  uint32_t refused_bits() const { return bits_ & kRefused; }
  uint32_t unknown_bits() const { return bits_ & kUnknown; }

  // The scores together, and all that stands in the way.
  WishSum operator+(WishSum other) const {
    return WishSum((score() + other.score()) |
                   ((bits_ | other.bits_) & ~0xFFFFu));
  }
  // With a WishMark. Without a branch.
  WishSum With(uint16_t mark) const {
    static_assert(uint32_t{WishMark::kRightOccupation} << 4 ==
                  kWrongOccupation);
    const uint32_t right = uint32_t{mark} << 4;
    const uint32_t wrong = bits_ & ~right & kWrongOccupation;
    // Two places further down stands kRefused.
    return WishSum((bits_ + (mark & WishMark::kScore)) | wrong >> 2);
  }

 private:
  uint32_t bits_ = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_WISH_SUM_H_
