// Counts the rows of a whole list, in a RowCollector's place.
#ifndef KUGGE_MATCHING_INDEX_ROW_TOTALS_H_
#define KUGGE_MATCHING_INDEX_ROW_TOTALS_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "matching/index/documents.h"
#include "matching/index/order_tally.h"
#include "matching/index/row_collector.h"
#include "matching/rank.h"
#include "matching/types.h"

namespace kugge::matching {

template <typename Document>
class RowTotals {
 public:
  // `uncertain`: the list holds UNCERTAIN rows too.
  explicit RowTotals(bool uncertain) : uncertain_(uncertain) {}

  // Whatever the order is, it is a row.
  static constexpr bool kByOrder = false;

  std::optional<uint32_t> Least(Pass pass) const {
    const bool counted =
        pass == Pass::kEligible || (pass == Pass::kUncertain && uncertain_);
    return counted ? std::optional<uint32_t>(0) : std::nullopt;
  }
  // What is sought doesn't get less by finding some.
  bool Full(Pass) const { return true; }
  size_t capacity() const { return static_cast<size_t>(-1) / 8; }

  template <typename Named>
  void Offer(const RowVerdict& verdict, const Named&) {
    if (verdict.eligibility == Eligibility::kEligible) ++offered_.eligible;
    if (verdict.eligibility == Eligibility::kUncertain) ++offered_.uncertain;
  }

  bool CountsEligible() const { return true; }
  OrderTallies& tallies() { return tallies_; }
  // Without keys no tie decides.
  void OfferTied(const SegmentDocuments<Document>&) const {}

  RankCounts Take() const {
    return {.eligible = offered_.eligible + tallies_.eligible.all(),
            .uncertain =
                uncertain_ ? offered_.uncertain + tallies_.uncertain.all() : 0};
  }

 private:
  const bool uncertain_;
  RankCounts offered_{};
  OrderTallies tallies_{};
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_ROW_TOTALS_H_
