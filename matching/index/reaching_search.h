// Finds who of a block can be a row among those that its lists name: where the
// least that matters can't be had without them, nobody else need be looked at.
#ifndef KUGGE_MATCHING_INDEX_REACHING_SEARCH_H_
#define KUGGE_MATCHING_INDEX_REACHING_SEARCH_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "matching/index/block.h"
#include "matching/index/kernels.h"
#include "matching/index/standing_out.h"

namespace kugge::matching {

// `Prober` besides what SegmentSearch wants of it:
//   uint16_t base() const                 what everybody's sum begins with
//   uint16_t LeastToReach() const         nobody has such a bound whom no list
//                                         names that is added: the least that
//                                         Reach may be asked for
//   uint16_t LeastBySeveral() const       one that mostly takes several lists
//   size_t Reach(const Block&, uint16_t least, BlockSums& sums, found)
//                                         `sums`, all zero, become what lists
//                                         add, of whoever has a bound of
//                                         `least`; those go to `found`, in no
//                                         order, with some others; how many
//   void ReachAmong(const Block&, const BlockBits&, BlockSums& sums)
//                                         what they add to these documents
//   void ClearReached(const Block&, BlockSums& sums)
//                                         makes what Reach left zero again
template <typename Prober>
class ReachingSearch {
 public:
  // Rows are sought for `capacity` places.
  ReachingSearch(Prober& prober, SearchBuffers& buffers, size_t capacity)
      : prober_(prober), buffers_(buffers), capacity_(capacity) {}

  // Calls judge.One(document of the block, bound) for each of the buffers' mask
  // whose bound is at least judge.Least(), which grows as rows are found, and
  // what is returned: all others have a smaller bound than that. Calls
  // judge.Fetch(document of the block) for each a while before.
  template <typename Judge>
  uint16_t Run(const Block& block, const Judge& judge) {
    const LateLists late = prober_.Late(block);
    const uint16_t least = judge.Least();
    const size_t few = block.words * 64 / kFewOf;
    if (CountMask(block, buffers_.mask, few) <= few) {
      prober_.ReachAmong(block, buffers_.mask, buffers_.reached);
      const std::span<const uint16_t> found =
          ListMask(block, buffers_.mask, buffers_.found);
      JudgeBest(found, late, 0, judge);
      for (const uint16_t at : found) buffers_.reached[at] = 0;
      return 0;
    }
    const uint16_t from = least == 0 ? prober_.LeastBySeveral()
                                     : std::max(least, prober_.LeastToReach());
    const size_t count =
        prober_.Reach(block, from, buffers_.reached, buffers_.found);
    JudgeBest({buffers_.found.data(), count}, late, from, judge);
    prober_.ClearReached(block, buffers_.reached);
    return from;
  }

 private:
  // Where the mask holds no more than one document in so many, looking at each
  // of them is less work than asking who reaches something.
  static constexpr size_t kFewOf = 32;

  // The best by what lists add first: after them few others can be rows.
  template <typename Judge>
  void JudgeBest(std::span<const uint16_t> found, const LateLists& late,
                 uint16_t from, const Judge& judge) {
    uint32_t done_from = kAboveAll;
    if (found.size() / 4 > capacity_) {
      done_from = BoundOfBest(found, buffers_.reached, capacity_);
      JudgeThose(found, late, {done_from, kAboveAll}, from, judge);
    }
    JudgeThose(found, late, {0, done_from}, from, judge);
  }

  // Of sums from `begin` up to `end`.
  struct Sums {
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  // Without a branch that depends on a document until few are left.
  template <typename Judge>
  void JudgeThose(std::span<const uint16_t> found, const LateLists& late,
                  Sums those, uint16_t from, const Judge& judge) {
    constexpr size_t kChunk = 512;
    std::array<uint16_t, kChunk> kept;
    const uint32_t base = prober_.base();
    uint16_t least = std::max(from, judge.Least());
    while (!found.empty()) {
      const auto chunk = found.first(std::min(found.size(), kChunk));
      found = found.subspan(chunk.size());
      const uint32_t missing = base + late.most;
      const uint32_t begin =
          std::max(those.begin, least > missing ? least - missing : 0);
      size_t count = 0;
      for (const uint16_t at : chunk) {
        const uint32_t sum = buffers_.reached[at];
        kept[count] = at;
        count += size_t{sum >= begin} & size_t{sum < those.end} &
                 size_t{TestBit(buffers_.mask, at)};
      }
      size_t left = 0;
      for (size_t i = 0; i < count; ++i) {
        const uint16_t at = kept[i];
        const auto bound = static_cast<uint16_t>(base + buffers_.reached[at] +
                                                 MostOf(late, at));
        buffers_.bounds[at] = bound;
        kept[left] = at;
        left += size_t{bound >= least};
      }
      for (size_t i = 0; i < left; ++i) judge.Fetch(kept[i]);
      for (size_t i = 0; i < left; ++i) {
        const uint16_t bound = buffers_.bounds[kept[i]];
        if (bound < least) continue;
        judge.One(kept[i], bound);
        least = std::max(from, judge.Least());
      }
    }
  }

  static uint32_t MostOf(const LateLists& late, uint16_t at) {
    uint32_t most = 0;
    uint64_t paid = 0;
    for (const LateList& list : late.lists) {
      if (list.first) paid = 0;
      const uint64_t fresh = (list.bits[at / 64] >> (at % 64) & 1) & ~paid;
      paid |= fresh;
      most += list.most & static_cast<uint32_t>(-fresh);
    }
    return most;
  }

  Prober& prober_;
  SearchBuffers& buffers_;
  const size_t capacity_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_REACHING_SEARCH_H_
