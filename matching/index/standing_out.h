// Who of a block is looked at first, so that the rest need not be: by a sample
// of the sums, and by a coarse count of bounds.
#ifndef KUGGE_MATCHING_INDEX_STANDING_OUT_H_
#define KUGGE_MATCHING_INDEX_STANDING_OUT_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "matching/index/block.h"

namespace kugge::matching {

// How many documents of the block the mask holds; more than `enough` count as
// one more than that.
inline size_t CountMask(const Block& block, const BlockBits& mask,
                        size_t enough) {
  size_t count = 0;
  for (size_t word = 0; word < block.words && count <= enough; ++word) {
    count += static_cast<size_t>(std::popcount(mask[word]));
  }
  return std::min(count, enough + 1);
}

// A sum that some times as many documents of the mask reach as are `wanted`, by
// a sample; 0 where there are hardly more.
inline uint16_t OutstandingSum(const Block& block, const BlockBits& mask,
                               const BlockSums& sums, size_t wanted) {
  constexpr size_t kSample = 256;
  constexpr size_t kTimes = 2;
  const size_t all = CountMask(block, mask, kBlockDocuments);
  if (all / (4 * kTimes) <= wanted) return 0;
  // Some documents each of some words.
  constexpr size_t kWords = 16;
  std::array<uint16_t, kSample> sample;
  size_t count = 0;
  const size_t step = std::max<size_t>(1, block.words / kWords);
  for (size_t word = 0; word < block.words && count < kSample; word += step) {
    uint64_t bits = mask[word];
    const size_t last = std::min(count + kSample / kWords, kSample);
    for (; bits != 0 && count < last; bits &= bits - 1) {
      sample[count++] =
          sums[word * 64 + static_cast<size_t>(std::countr_zero(bits))];
    }
  }
  if (count == 0) return 0;
  const size_t rank = count * kTimes * wanted / all;
  const auto at = sample.begin() + static_cast<ptrdiff_t>(rank);
  std::nth_element(sample.begin(), at,
                   sample.begin() + static_cast<ptrdiff_t>(count),
                   std::greater());
  return *at;
}

// A bound that about `wanted` of the found ones reach, by a coarse count.
inline uint32_t BoundOfBest(std::span<const uint16_t> found,
                            const BlockSums& bounds, size_t wanted) {
  constexpr uint32_t kStep = 64;
  std::array<uint16_t, 0x10000 / kStep> counts{};
  size_t end = 0;
  for (const uint16_t at : found) {
    const size_t step = bounds[at] / kStep;
    ++counts[step];
    end = std::max(end, step + 1);
  }
  size_t reached = 0;
  for (size_t step = end; step-- > 0;) {
    reached += counts[step];
    if (reached >= wanted) return static_cast<uint32_t>(step) * kStep;
  }
  return 0;
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_STANDING_OUT_H_
