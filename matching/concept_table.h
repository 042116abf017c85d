// From a concept to what a compiled query has to say of it: one array access a
// look-up, no hashing. Built once a query.
#ifndef KUGGE_MATCHING_CONCEPT_TABLE_H_
#define KUGGE_MATCHING_CONCEPT_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "matching/taxonomy/concept_graph.h"

namespace kugge::matching {

template <typename Entry>
class ConceptTable {
 public:
  using Row = std::pair<ConceptIndex, Entry>;

  ConceptTable() = default;

  // `concepts` is the graph's size; concepts beyond it are found too, more
  // slowly. Entries of one concept keep their order.
  ConceptTable(size_t concepts, std::vector<Row> rows) : slot_(concepts, 0) {
    std::ranges::stable_sort(rows, {}, &Row::first);
    begin_.push_back(0);
    begin_.push_back(0);  // slot 0: nothing
    entries_.reserve(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      entries_.push_back(std::move(rows[i].second));
      if (i + 1 == rows.size() || rows[i + 1].first != rows[i].first) {
        SetSlot(rows[i].first, static_cast<uint32_t>(begin_.size()) - 1);
        begin_.push_back(static_cast<uint32_t>(entries_.size()));
      }
    }
  }

  std::span<const Entry> Find(ConceptIndex wanted) const {
    const uint32_t slot = SlotOf(wanted);
    if (slot == 0) return {};
    return {entries_.data() + begin_[slot], entries_.data() + begin_[slot + 1]};
  }

 private:
  void SetSlot(ConceptIndex index, uint32_t slot) {
    if (index < slot_.size()) {
      slot_[index] = slot;
    } else {
      beyond_.emplace_back(index, slot);
    }
  }

  uint32_t SlotOf(ConceptIndex index) const {
    if (index < slot_.size()) return slot_[index];
    const auto it = std::ranges::lower_bound(
        beyond_, index, {}, &std::pair<ConceptIndex, uint32_t>::first);
    return it != beyond_.end() && it->first == index ? it->second : 0;
  }

  std::vector<uint32_t> slot_;
  std::vector<uint32_t> begin_;
  std::vector<Entry> entries_;
  // Concepts that the taxonomy version doesn't know, sorted.
  std::vector<std::pair<ConceptIndex, uint32_t>> beyond_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_CONCEPT_TABLE_H_
