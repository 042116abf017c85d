// Counts rows by where their orders stand among those of some keys, many at a
// time and without a look at whom each row is about.
#ifndef KUGGE_MATCHING_INDEX_ORDER_TALLY_H_
#define KUGGE_MATCHING_INDEX_ORDER_TALLY_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "matching/index/documents.h"
#include "matching/index/row_collector.h"
#include "matching/types.h"

namespace kugge::matching {

// Orders as they are compared: none is larger than 100,000.
using SignedOrder = int32_t;

// Of the rows of one class.
class OrderTally {
 public:
  OrderTally() = default;
  // In any order; may repeat.
  explicit OrderTally(std::vector<SignedOrder> keys) : keys_(std::move(keys)) {
    std::ranges::sort(keys_);
    const auto repeats = std::ranges::unique(keys_);
    keys_.erase(repeats.begin(), repeats.end());
    above_.resize(keys_.size());
  }

  // Counts all but those of some key's order, where the tie decides: calls
  // tied(place in `orders`) for each of them. Those below 0 are none.
  template <typename Visit>
  void Add(std::span<const SignedOrder> orders, Visit tied) {
    const size_t all = CountAbove(orders, -1);
    if (all == 0) return;
    all_ += all;
    for (size_t k = 0; k < keys_.size(); ++k) {
      const size_t above = CountAbove(orders, keys_[k]);
      above_[k] += above;
      if (CountAbove(orders, keys_[k] - 1) == above) continue;
      for (size_t i = 0; i < orders.size(); ++i) {
        if (orders[i] == keys_[k]) LeaveOut(k, i, tied);
      }
    }
  }

  // Counts so many, whatever their orders are: without keys.
  void AddAll(size_t rows) { all_ += rows; }

  // How many were counted whose order is larger than the key's, which is one of
  // those given.
  size_t Above(uint32_t key) const {
    const auto place =
        std::ranges::lower_bound(keys_, static_cast<SignedOrder>(key));
    return above_[static_cast<size_t>(place - keys_.begin())];
  }
  size_t all() const { return all_; }

 private:
  // It is of the k-th key's order: it was counted as above those before.
  template <typename Visit>
  void LeaveOut(size_t k, size_t place, Visit& tied) {
    --all_;
    for (size_t passed = 0; passed < k; ++passed) --above_[passed];
    tied(place);
  }

  static size_t CountAbove(std::span<const SignedOrder> orders,
                           SignedOrder key) {
    uint32_t above = 0;
    for (const SignedOrder order : orders) above += order > key ? 1 : 0;
    return above;
  }

  // Ascending, distinct.
  std::vector<SignedOrder> keys_;
  // By key.
  std::vector<size_t> above_;
  size_t all_ = 0;
};

// Rows of a segment that are counted together: so many that what is known of
// them stays near.
struct OrderBatch {
  static constexpr size_t kMost = 256;

  // `uncertain_bits`: which class it is in, 0 for ELIGIBLE; `refused_bits`: in
  // none, 0 for one of them. In none either below `least`. Without a branch.
  void Set(size_t i, uint32_t uncertain_bits, uint32_t refused_bits,
           uint32_t order, uint32_t least) {
    const auto signed_order = static_cast<SignedOrder>(order);
    const auto over = static_cast<SignedOrder>(order - least);
    const SignedOrder in_none = (over >> 31) | AllIf(refused_bits);
    const SignedOrder is_uncertain = AllIf(uncertain_bits);
    eligible[i] = signed_order | in_none | is_uncertain;
    uncertain[i] = signed_order | in_none | ~is_uncertain;
  }

  // Of each row its order in the class that it is in; below 0 in the other.
  std::array<SignedOrder, kMost> eligible;
  std::array<SignedOrder, kMost> uncertain;

 private:
  // All bits where some is set, of fewer than 31.
  static SignedOrder AllIf(uint32_t bits) {
    return -static_cast<SignedOrder>(bits) >> 31;
  }
};

// Of both classes that a list holds, and the rows of one segment whose tie is
// still to be looked at.
struct OrderTallies {
  struct Tied {
    DocNumber document = 0;
    RowVerdict verdict{};
  };

  OrderTally eligible{};
  OrderTally uncertain{};
  std::vector<Tied> tied{};

  // Of those in a pass of whom nothing else is unknown.
  OrderTally& Of(Pass pass) {
    return pass == Pass::kEligible ? eligible : uncertain;
  }

  // Of a block that begins at `base`.
  void Add(const OrderBatch& batch, std::span<const uint16_t> places,
           DocNumber base) {
    const auto add = [&](OrderTally& tally, Eligibility eligibility,
                         const auto& orders) {
      tally.Add(std::span(orders).first(places.size()), [&](size_t i) {
        tied.push_back(
            {.document = base + places[i],
             .verdict = {.eligibility = eligibility,
                         .order = static_cast<uint32_t>(orders[i])}});
      });
    };
    add(eligible, Eligibility::kEligible, batch.eligible);
    add(uncertain, Eligibility::kUncertain, batch.uncertain);
  }
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_ORDER_TALLY_H_
