// Sums for many numbers at once, sliced by bit: adding the same to those of a
// mask takes a few operations for each 64 of them, however many they are.
#ifndef KUGGE_MATCHING_INDEX_SLICED_SUMS_H_
#define KUGGE_MATCHING_INDEX_SLICED_SUMS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "matching/index/kernels.h"

namespace kugge::matching {

// Of the numbers below kNumbers, each sum below 2^64.
//
// Level b holds bit b of every sum. What is added to a level waits there until
// another comes; then both go in at once, and what they carry is added to the
// next level: the carry-save adders of Harley and Seal's population count, so
// that an addition costs some two steps whatever the sums have come to.
class SlicedSums {
 public:
  static constexpr size_t kWords = 32;
  static constexpr size_t kNumbers = 64 * kWords;
  // A bit a number.
  using Mask = std::array<uint64_t, kWords>;

  // All sums are 0 again.
  void Clear() { std::ranges::fill(levels_, Level{}); }

  void Add(const Mask& mask, uint64_t value) {
    for (; value != 0; value &= value - 1) {
      AddTo(static_cast<size_t>(std::countr_zero(value)), mask);
    }
  }

  // To be called between the last Add and what follows.
  void Settle() {
    for (size_t b = 0; b < levels_.size(); ++b) {
      if (!levels_[b].waits) continue;
      Level& level = levels_[b];
      Mask carry;
      for (size_t i = 0; i < kWords; ++i) {
        carry[i] = level.sum[i] & level.waiting[i];
        level.sum[i] ^= level.waiting[i];
      }
      level.waits = false;
      AddTo(b + 1, carry);
    }
  }

  uint64_t Of(size_t number) const {
    uint64_t sum = 0;
    for (size_t b = 0; b < levels_.size(); ++b) {
      sum |= (levels_[b].sum[number / 64] >> (number % 64) & 1) << b;
    }
    return sum;
  }
  // Whose sum is no less than `least`.
  Mask AtLeast(uint64_t least) const {
    Mask greater{};
    Mask equal;
    equal.fill(
        levels_.size() < 64 && least >> levels_.size() != 0 ? 0 : ~uint64_t{0});
    for (size_t b = levels_.size(); b-- > 0;) {
      const uint64_t wanted = (least >> b & 1) != 0 ? ~uint64_t{0} : 0;
      const Mask& sum = levels_[b].sum;
      for (size_t i = 0; i < kWords; ++i) {
        greater[i] |= equal[i] & sum[i] & ~wanted;
        equal[i] &= ~(sum[i] ^ wanted);
      }
    }
    for (size_t i = 0; i < kWords; ++i) greater[i] |= equal[i];
    return greater;
  }

 private:
  struct Level {
    Mask sum{};
    Mask waiting{};
    bool waits = false;
  };

  // `added` is in no level.
  void AddTo(size_t b, const Mask& added) {
    std::array<Mask, 2> carries;
    const Mask* carried = &added;
    // No sum reaches 2^64: nothing is carried there.
    for (; b < 64; ++b) {
      if (b >= levels_.size()) levels_.resize(b + 1);
      Level& level = levels_[b];
      if (!level.waits) {
        level.waiting = *carried;
        level.waits = true;
        return;
      }
      Mask& carry = carries[b % 2];
      kernels_->add_bits(level.waiting.data(), carried->data(), kWords,
                         level.sum.data(), carry.data());
      level.waits = false;
      carried = &carry;
    }
  }

  const Kernels* kernels_ = &BestKernels();
  std::vector<Level> levels_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_SLICED_SUMS_H_
