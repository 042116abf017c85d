// Counts whoever no wish refuses, for a total that holds them whatever their
// order is.
#ifndef KUGGE_MATCHING_INDEX_WISH_TOTALS_H_
#define KUGGE_MATCHING_INDEX_WISH_TOTALS_H_

#include <cstddef>

#include "matching/index/block.h"
#include "matching/index/order_tally.h"
#include "matching/index/row_collector.h"
#include "matching/index/wish_sum.h"

namespace kugge::matching {

// Of those of `mask`, who are in the pass as far as demands go. `sum_of(place
// in the block)` is the WishSum of one.
template <typename SumOf>
void CountUnrefused(const Block& block, const BlockBits& mask, Pass pass,
                    SumOf sum_of, OrderTallies& tallies) {
  size_t rows = 0;
  size_t unknown = 0;
  ForEachOf(block, mask, [&](size_t at) {
    const WishSum sum = sum_of(at);
    const bool row = sum.refused_bits() == 0;
    rows += size_t{row};
    unknown += size_t{row} & size_t{sum.unknown_bits() != 0};
  });
  tallies.Of(pass).AddAll(rows - unknown);
  tallies.uncertain.AddAll(unknown);
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_WISH_TOTALS_H_
