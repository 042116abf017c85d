// Goes through one segment for one pass of a question, block by block: who may
// be a row at all, what their sums are, and a verdict on those whose sum is
// large enough. What is left out could not have been a row.
#ifndef KUGGE_MATCHING_INDEX_SEARCH_H_
#define KUGGE_MATCHING_INDEX_SEARCH_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "matching/index/block.h"
#include "matching/index/documents.h"
#include "matching/index/row_collector.h"
#include "matching/rank.h"
#include "matching/strategy.h"
#include "matching/types.h"

namespace kugge::matching {

// Whether sums of 16 bits have room for bounds on the wishes beside the
// requirement's score, in units of that score.
inline bool CanHoldWishes(const Strategy& strategy) {
  return strategy.score_factor > 0 && strategy.reverse_factor > 0 &&
         strategy.reverse_factor <= 2 * strategy.score_factor;
}

// Lists that a block's sums leave out, and the most that they add together.
struct LateLists {
  std::span<const LateList> lists{};
  uint16_t most = 0;
};

// `Prober` is what a direction knows of a segment:
//   Narrow(ranges, Pass)                  those that can hold some of the pass
//   void Fetch(const Block&)              it will be summed soon
//   void Restrict(const Block&, Pass, BlockBits& mask)
//                                         clears who can't be in the pass
//   size_t Postings(const Block&) const   about how many Sum would read
//   void Sum(const Block&, BlockSums&)    the requirement's score of everybody,
//                                         but for the lists of Late
//   LateLists Late(const Block&)          what is looked up afterwards
//   uint16_t LeastSum(uint32_t order) const
//                                         no smaller sum reaches the order
//   void Prefetch(DocNumber)              it will be judged soon
//   RowVerdict Judge(DocNumber, uint16_t bound, uint16_t least, Pass)
//                                         by its sum and the most that its late
//                                         lists add; NOT_ELIGIBLE for less than
//                                         `least` once they are looked up
//   RowVerdict JudgeAlone(DocNumber, Pass)
//                                         without a sum
// and, where it can:
//   bool Sharpens() const                 whether it does as follows
//   size_t Sharpen(const Block&, uint16_t least, uint32_t done_from, found)
//                                         of the found ones those whose bound
//                                         is below done_from and a closer bound
//                                         at least `least`: that takes its
//                                         place, in `found` and `bounds`
//   uint16_t LeastSharp(uint32_t order) const
//                                         no smaller one of those reaches it
//   const Documents& documents() const
// A verdict on a document that isn't the pass's is NOT_ELIGIBLE.
template <typename Prober, typename Collector>
class SegmentSearch {
 public:
  // `admits(n)`: the candidates that pass the filter.
  SegmentSearch(Prober& prober, const DocSet& gone, Collector& collector,
                std::function<bool(DocNumber)> admits,
                const std::function<bool()>& cancelled, SearchBuffers& buffers)
      : prober_(prober),
        gone_(gone),
        collector_(collector),
        admits_(std::move(admits)),
        cancelled_(cancelled),
        buffers_(buffers) {}

  // False when it was cancelled.
  bool Run(std::span<const DocRange> ranges, Pass pass) {
    const auto narrowed = prober_.Narrow(ranges, pass);
    bool going_on = true;
    // Short blocks until there is something to compare with.
    const auto length = [&] {
      return collector_.Full(pass) ? BlockLength() : FirstBlockLength();
    };
    ForEachGroup(narrowed,
                 [&](DocRange cover, std::span<const DocRange> group) {
                   ForEachBlock(cover, length, [&](const Block& block) {
                     if (!going_on || !collector_.Least(pass).has_value())
                       return;
                     going_on = !cancelled_ || !cancelled_();
                     if (going_on) LookThrough(block, group, pass);
                   });
                 });
    return going_on;
  }

 private:
  // Reading a posting costs about this share of judging a pair alone.
  static constexpr size_t kPostingsPerPair = 1024;
  // Candidates that are fetched ahead of the one that is judged.
  static constexpr size_t kAhead = 8;

  void LookThrough(const Block& block, std::span<const DocRange> ranges,
                   Pass pass) {
    BlockBits& mask = buffers_.mask;
    FillRanges(block, ranges, mask);
    if (!gone_.empty()) {
      for (size_t word = 0; word < block.words; ++word) {
        mask[word] &= ~gone_.Word(block.base / 64 + word);
      }
    }
    prober_.Fetch(block);
    prober_.Restrict(block, pass, mask);
    if (pass == Pass::kNearMiss || FewLeft(block)) {
      JudgeEachAlone(block, pass);
    } else {
      JudgeBySum(block, pass);
    }
  }

  // Whether judging everybody who is left alone is less work than sums.
  bool FewLeft(const Block& block) const {
    const size_t few =
        (prober_.Postings(block) + block.words * 8) / kPostingsPerPair;
    size_t left = 0;
    for (size_t word = 0; word < block.words && left <= few; ++word) {
      left += static_cast<size_t>(std::popcount(buffers_.mask[word]));
    }
    return left <= few;
  }

  void JudgeEachAlone(const Block& block, Pass pass) {
    for (size_t word = 0; word < block.words; ++word) {
      for (uint64_t bits = buffers_.mask[word]; bits != 0; bits &= bits - 1) {
        const DocNumber n = block.base + static_cast<DocNumber>(word * 64) +
                            static_cast<DocNumber>(std::countr_zero(bits));
        if (!admits_(n)) continue;
        const RowVerdict verdict = prober_.JudgeAlone(n, pass);
        const bool near = verdict.eligibility == Eligibility::kNearMiss;
        if (near != (pass == Pass::kNearMiss)) continue;
        collector_.Offer(verdict, Numbered{prober_, n});
      }
    }
  }

  static constexpr uint32_t kAboveAll = 0x10000;

  void JudgeBySum(const Block& block, Pass pass) {
    prober_.Sum(block, buffers_.sums);
    const LateLists late = prober_.Late(block);
    buffers_.fresh.resize(std::max(buffers_.fresh.size(), late.lists.size()));
    // While everybody could be a row, those who stand out come first: after
    // them few others can.
    uint32_t done_from = kAboveAll;
    if (LeastSum(pass) == 0) {
      const uint16_t outstanding = OutstandingSum(block);
      if (outstanding > 0) {
        JudgeFrom(block, late, outstanding, done_from, pass);
        done_from = outstanding;
      }
    }
    const uint16_t least = LeastSum(pass);
    if (least < done_from) JudgeFrom(block, late, least, done_from, pass);
  }

  // A sum that some times as many reach as there can be rows, by a sample; 0
  // where there are hardly more.
  uint16_t OutstandingSum(const Block& block) const {
    constexpr size_t kSample = 256;
    constexpr size_t kTimes = 2;
    size_t all = 0;
    for (size_t word = 0; word < block.words; ++word) {
      all += static_cast<size_t>(std::popcount(buffers_.mask[word]));
    }
    if (all / (4 * kTimes) <= collector_.capacity()) return 0;
    // Some documents each of some words.
    constexpr size_t kWords = 16;
    std::array<uint16_t, kSample> sample;
    size_t count = 0;
    const size_t step = std::max<size_t>(1, block.words / kWords);
    for (size_t word = 0; word < block.words && count < kSample; word += step) {
      uint64_t bits = buffers_.mask[word];
      const size_t last = std::min(count + kSample / kWords, kSample);
      for (; bits != 0 && count < last; bits &= bits - 1) {
        sample[count++] =
            buffers_
                .sums[word * 64 + static_cast<size_t>(std::countr_zero(bits))];
      }
    }
    if (count == 0) return 0;
    const size_t rank = count * kTimes * collector_.capacity() / all;
    const auto at = sample.begin() + static_cast<ptrdiff_t>(rank);
    std::nth_element(sample.begin(), at,
                     sample.begin() + static_cast<ptrdiff_t>(count),
                     std::greater());
    return *at;
  }

  static constexpr bool kCanSharpen =
      requires(const Prober& prober) { prober.Sharpens(); };

  // Judges whose bound is at least `from`, but for those from `done_from` on.
  void JudgeFrom(const Block& block, const LateLists& late, uint16_t from,
                 uint32_t done_from, Pass pass) {
    const size_t count = BestKernels().collect(
        buffers_.sums.data(), buffers_.mask.data(), block.words, from,
        late.lists, late.most, buffers_.fresh.data(), buffers_.bounds.data(),
        buffers_.found.data());
    std::span<uint16_t> found(buffers_.found.data(), count);
    if constexpr (kCanSharpen) {
      if (prober_.Sharpens()) {
        found = found.first(
            prober_.Sharpen(block, LeastBound(pass), done_from, found));
        done_from = kAboveAll;
      }
    }
    if (done_from == kAboveAll && found.size() / 4 > collector_.capacity()) {
      // The best first, so that the rest need not be looked at.
      done_from = BoundOfBest(found, collector_.capacity());
      for (const uint16_t at : found) {
        if (buffers_.bounds[at] >= done_from) JudgeOne(block, at, 0, pass);
      }
    }
    uint16_t least = LeastBound(pass);
    for (size_t i = 0; i < found.size(); ++i) {
      if (i + kAhead < found.size()) {
        prober_.Prefetch(block.base + found[i + kAhead]);
      }
      const uint16_t at = found[i];
      const uint16_t bound = buffers_.bounds[at];
      if (bound >= done_from || bound < least) continue;
      JudgeOne(block, at, least, pass);
      least = LeastBound(pass);
    }
  }

  uint16_t LeastSum(Pass pass) const {
    const std::optional<uint32_t> order = collector_.Least(pass);
    return order.has_value() ? prober_.LeastSum(*order)
                             : std::numeric_limits<uint16_t>::max();
  }
  // Of the bounds that are compared last.
  uint16_t LeastBound(Pass pass) const {
    if constexpr (kCanSharpen) {
      const std::optional<uint32_t> order = collector_.Least(pass);
      if (order.has_value() && prober_.Sharpens()) {
        return prober_.LeastSharp(*order);
      }
    }
    return LeastSum(pass);
  }

  // A bound that about `wanted` of the found ones reach, by a coarse count.
  uint32_t BoundOfBest(std::span<const uint16_t> found, size_t wanted) const {
    constexpr uint32_t kStep = 32;
    std::array<uint16_t, 0x10000 / kStep> counts{};
    size_t end = 0;
    for (const uint16_t at : found) {
      const size_t step = buffers_.bounds[at] / kStep;
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

  void JudgeOne(const Block& block, uint16_t at, uint16_t least, Pass pass) {
    const DocNumber n = block.base + at;
    const RowVerdict verdict =
        prober_.Judge(n, buffers_.bounds[at], least, pass);
    if (verdict.eligibility == Eligibility::kNearMiss || !admits_(n)) return;
    collector_.Offer(verdict, Numbered{prober_, n});
  }

  // A document of the segment, as RowCollector::Offer wants it.
  struct Numbered {
    const Prober& prober;
    const DocNumber n;

    void Place(typename Collector::Row& row) const {
      row.id = &prober.documents().IdOf(n);
      row.holder = &prober.documents().Shared(n);
    }
  };

  Prober& prober_;
  const DocSet& gone_;
  Collector& collector_;
  const std::function<bool(DocNumber)> admits_;
  const std::function<bool()>& cancelled_;
  SearchBuffers& buffers_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_SEARCH_H_
