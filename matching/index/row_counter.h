// Counts the rows that stand before a key, in a RowCollector's place: a search
// then leaves out whoever can't stand there.
#ifndef KUGGE_MATCHING_INDEX_ROW_COUNTER_H_
#define KUGGE_MATCHING_INDEX_ROW_COUNTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "matching/index/row_collector.h"
#include "matching/rank.h"
#include "matching/types.h"

namespace kugge::matching {

template <typename Question, typename Document>
class RowCounter {
 public:
  using Row = typename RowCollector<Question, Document>::Row;

  // The question outlives the counter. `key` is ELIGIBLE or UNCERTAIN.
  RowCounter(const Question& question, const RowKey& key,
             const std::optional<DocumentId>& but)
      : question_(question), key_(key), but_(but) {}

  std::optional<uint32_t> Least(Pass pass) const {
    const bool among_uncertain = key_.eligibility == Eligibility::kUncertain;
    switch (pass) {
      case Pass::kEligible:
        return among_uncertain ? 0 : key_.order;
      case Pass::kUncertain:
        if (!among_uncertain) return std::nullopt;
        return key_.order;
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
    if (verdict.eligibility > key_.eligibility) return;
    if (verdict.eligibility == key_.eligibility && verdict.order < key_.order) {
      return;
    }
    Row row{.eligibility = verdict.eligibility, .order = verdict.order};
    named.Place(row);
    if (but_.has_value() && *row.id == *but_) return;
    if (row.eligibility == key_.eligibility && row.order == key_.order) {
      row.tie = question_.TieWith(*row.id);
      if (!(row.Key() < key_)) return;
    }
    ++before_;
  }

  size_t before() const { return before_; }

 private:
  const Question& question_;
  const RowKey key_;
  const std::optional<DocumentId> but_;
  size_t before_ = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_ROW_COUNTER_H_
