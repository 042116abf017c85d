// Goes through one segment for one pass of a question that only counts, block
// by block, in a SegmentSearch's place: where many of a block stand before a
// key they are counted all at once, else it is left to the search. What counts
// whatever its order is (kByOrder) is counted all at once everywhere.
#ifndef KUGGE_MATCHING_INDEX_SEGMENT_COUNT_H_
#define KUGGE_MATCHING_INDEX_SEGMENT_COUNT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "matching/index/block.h"
#include "matching/index/documents.h"
#include "matching/index/order_tally.h"
#include "matching/index/row_collector.h"
#include "matching/index/search.h"
#include "matching/index/standing_out.h"
#include "matching/types.h"

namespace kugge::matching {

// `Counts` is what a direction knows of a block as a whole:
//   void LeaveOut(const Block&, BlockBits& mask)
//                         clears who is no candidate, or isn't to be counted
//   bool WishesMayBeUnknown()
//                         whether some of the pass of ELIGIBLE ones may be
//                         UNCERTAIN by a wish
//   size_t Count(const Block&, Pass, uint32_t least, OrderTallies&)
//                         counts those of the buffers' mask, which the prober
//                         restricted, that reach the order; about how many a
//                         search would have judged for that
//   void CountAll(const Block&, Pass, OrderTallies&)
//                         counts all of them that are rows, orders untold
template <typename Prober, typename Counts, typename Counter>
class SegmentCount {
 public:
  using Search = SegmentSearch<Prober, Counter>;

  // All outlive this; `search` is of the same segment. `admits`, of a counter
  // that doesn't count by order: who passes the filter; null: all.
  SegmentCount(Prober& prober, Counts& counts, Search& search,
               const DocSet& gone, Counter& counter,
               std::function<bool(DocNumber)> admits,
               const std::function<bool()>& cancelled, SearchBuffers& buffers)
      : prober_(prober),
        counts_(counts),
        search_(search),
        gone_(gone),
        counter_(counter),
        admits_(std::move(admits)),
        cancelled_(cancelled),
        buffers_(buffers) {}

  // False when it was cancelled.
  bool Run(std::span<const DocRange> ranges, Pass pass) {
    if (pass == Pass::kEligible && !counter_.CountsEligible() &&
        !counts_.WishesMayBeUnknown()) {
      return true;
    }
    const auto narrowed = prober_.Narrow(ranges, pass);
    bool going_on = true;
    ForEachGroup(
        narrowed, [&](DocRange cover, std::span<const DocRange> group) {
          ForEachBlock(cover, CountedBlockLength, [&](const Block& block) {
            if (going_on) going_on = LookThrough(block, group, pass);
          });
        });
    return going_on;
  }

 private:
  // Whoever a block holds, counting costs about as much as this share of its
  // documents would one by one.
  static constexpr size_t kShareOfBlock = 128;
  // Blocks that are searched where one that was counted held too few; after
  // them it is tried again.
  static constexpr size_t kSearched = 7;

  bool LookThrough(const Block& block, std::span<const DocRange> ranges,
                   Pass pass) {
    const std::optional<uint32_t> least = counter_.Least(pass);
    if (!least.has_value()) return true;
    if (to_search_ > 0) {
      --to_search_;
      return SearchThrough(block, ranges, pass);
    }
    if (cancelled_ && cancelled_()) return false;
    BlockBits& mask = buffers_.mask;
    FillRanges(block, ranges, mask);
    gone_.ClearIn(block.base / 64, {mask.data(), block.words});
    counts_.LeaveOut(block, mask);
    prober_.Fetch(block);
    prober_.Restrict(block, pass, mask);
    if constexpr (!Counter::kByOrder) {
      if (admits_) LeaveOutFiltered(block, mask);
      counts_.CountAll(block, pass, counter_.tallies());
      return true;
    }
    const size_t few = block.words * 64 / kShareOfBlock;
    if (CountMask(block, mask, few) < few)
      return SearchThrough(block, ranges, pass);
    if (counts_.Count(block, pass, *least, counter_.tallies()) < few) {
      to_search_ = kSearched;
    }
    counter_.OfferTied(prober_.documents());
    return true;
  }

  void LeaveOutFiltered(const Block& block, BlockBits& mask) const {
    ForEachOf(block, mask, [&](size_t at) {
      if (!admits_(block.base + static_cast<DocNumber>(at))) ClearBit(mask, at);
    });
  }

  bool SearchThrough(const Block& block, std::span<const DocRange> ranges,
                     Pass pass) {
    here_.clear();
    for (const DocRange& range : ranges) {
      const DocRange part{std::max(range.begin, block.documents.begin),
                          std::min(range.end, block.documents.end)};
      if (part.begin < part.end) here_.push_back(part);
    }
    return search_.Run(here_, pass);
  }

  Prober& prober_;
  Counts& counts_;
  Search& search_;
  const DocSet& gone_;
  Counter& counter_;
  const std::function<bool(DocNumber)> admits_;
  const std::function<bool()>& cancelled_;
  SearchBuffers& buffers_;
  // Blocks that are searched before the next is counted.
  size_t to_search_ = 0;
  std::vector<DocRange> here_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_SEGMENT_COUNT_H_
