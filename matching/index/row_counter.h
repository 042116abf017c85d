// Counts the rows that stand before each of some keys, in a RowCollector's
// place: a search then leaves out whoever can't stand there.
#ifndef KUGGE_MATCHING_INDEX_ROW_COUNTER_H_
#define KUGGE_MATCHING_INDEX_ROW_COUNTER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "matching/index/documents.h"
#include "matching/index/order_tally.h"
#include "matching/index/row_collector.h"
#include "matching/rank.h"
#include "matching/types.h"

namespace kugge::matching {

template <typename Question, typename Document>
class RowCounter {
 public:
  using Row = typename RowCollector<Question, Document>::Row;

  // Who stands before a key is told by its order.
  static constexpr bool kByOrder = true;

  // The question and the keys outlive the counter; each key is ELIGIBLE or
  // UNCERTAIN. `eligible`: how many ELIGIBLE rows there are, `but` left out,
  // where that is known; then none is looked at for an UNCERTAIN key's sake.
  RowCounter(const Question& question, std::span<const RowKey> keys,
             const std::optional<DocumentId>& but,
             std::optional<size_t> eligible)
      : question_(question),
        keys_(keys),
        but_(but),
        eligible_(eligible),
        before_(keys.size()) {
    tallies_.eligible = OrderTally(OrdersOf(Eligibility::kEligible));
    tallies_.uncertain = OrderTally(OrdersOf(Eligibility::kUncertain));
    for (size_t i = 0; i < keys_.size(); ++i) {
      const RowKey& key = keys_[i];
      const bool among_uncertain = key.eligibility == Eligibility::kUncertain;
      std::optional<uint32_t>& least =
          among_uncertain ? least_uncertain_ : least_eligible_;
      least = std::min(key.order, least.value_or(key.order));
      if (!among_uncertain) continue;
      if (eligible_.has_value()) {
        before_[i] = *eligible_;
      } else {
        least_eligible_ = 0;
      }
    }
  }

  std::optional<uint32_t> Least(Pass pass) const {
    switch (pass) {
      case Pass::kEligible:
        // Who is UNCERTAIN for a wish's sake is met here too.
        if (!least_eligible_.has_value()) return least_uncertain_;
        return std::min(*least_eligible_,
                        least_uncertain_.value_or(*least_eligible_));
      case Pass::kUncertain:
        return least_uncertain_;
      case Pass::kNearMiss:
        return std::nullopt;
    }
    return std::nullopt;
  }
  // What is sought doesn't get less by finding some.
  bool Full(Pass) const { return true; }
  size_t capacity() const { return static_cast<size_t>(-1) / 8; }

  template <typename Named>
  void Offer(const RowVerdict& verdict, const Named& named) {
    const bool eligible = verdict.eligibility == Eligibility::kEligible;
    const std::optional<uint32_t>& least =
        eligible ? least_eligible_ : least_uncertain_;
    if (verdict.eligibility > Eligibility::kUncertain || !least.has_value() ||
        verdict.order < *least) {
      return;
    }
    Row row{.eligibility = verdict.eligibility, .order = verdict.order};
    named.Place(row);
    if (but_.has_value() && *row.id == *but_) return;
    bool tied = false;
    for (size_t i = 0; i < keys_.size(); ++i) {
      const RowKey& key = keys_[i];
      if (key.eligibility != verdict.eligibility) {
        if (eligible && !eligible_.has_value()) ++before_[i];
        continue;
      }
      if (verdict.order < key.order) continue;
      if (verdict.order == key.order) {
        if (!tied) row.tie = question_.TieWith(*row.id);
        tied = true;
        if (!(row.Key() < key)) continue;
      }
      ++before_[i];
    }
  }

  // Whether it matters how many ELIGIBLE rows of a segment there are.
  bool CountsEligible() const { return least_eligible_.has_value(); }

  // Where rows may be counted instead of offered, whom `but` names left out:
  // then those whose tie decides are offered next, out of their segment.
  OrderTallies& tallies() { return tallies_; }
  void OfferTied(const SegmentDocuments<Document>& documents) {
    for (const OrderTallies::Tied& tied : tallies_.tied) {
      Offer(tied.verdict, Numbered{documents, tied.document});
    }
    tallies_.tied.clear();
  }

  // In the order of the keys. Leaves nothing behind.
  std::vector<size_t> Take() {
    for (size_t i = 0; i < keys_.size(); ++i) {
      const RowKey& key = keys_[i];
      if (key.eligibility == Eligibility::kEligible) {
        before_[i] += tallies_.eligible.Above(key.order);
        continue;
      }
      before_[i] += tallies_.uncertain.Above(key.order);
      if (!eligible_.has_value()) before_[i] += tallies_.eligible.all();
    }
    return std::move(before_);
  }

 private:
  // A document of a segment, as Offer wants it.
  struct Numbered {
    const SegmentDocuments<Document>& documents;
    const DocNumber n;

    void Place(Row& row) const {
      row.id = &documents.IdOf(n);
      row.holder = &documents.Shared(n);
    }
  };

  std::vector<SignedOrder> OrdersOf(Eligibility eligibility) const {
    std::vector<SignedOrder> orders;
    for (const RowKey& key : keys_) {
      if (key.eligibility == eligibility) {
        orders.push_back(static_cast<SignedOrder>(key.order));
      }
    }
    return orders;
  }

  const Question& question_;
  const std::span<const RowKey> keys_;
  const std::optional<DocumentId> but_;
  const std::optional<size_t> eligible_;
  std::optional<uint32_t> least_eligible_{};
  std::optional<uint32_t> least_uncertain_{};
  std::vector<size_t> before_;
  OrderTallies tallies_{};
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_ROW_COUNTER_H_
