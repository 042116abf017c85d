// From a concept to what a compiled query has to say of it: one or two array
// accesses a look-up. Built once a query, in time that grows with what the
// query says and not with the taxonomy.
#ifndef KUGGE_MATCHING_CONCEPT_TABLE_H_
#define KUGGE_MATCHING_CONCEPT_TABLE_H_

#include <algorithm>
#include <bit>
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

  // Entries of one concept keep their order.
  explicit ConceptTable(std::vector<Row> rows) {
    std::ranges::stable_sort(rows, {}, &Row::first);
    slots_.resize(std::bit_ceil(2 * rows.size() + 1));
    shift_ = 64 - std::countr_zero(slots_.size());
    entries_.reserve(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      const bool first = i == 0 || rows[i - 1].first != rows[i].first;
      Slot& slot = slots_[PlaceOf(rows[i].first)];
      if (first) slot = {.concept_index = rows[i].first, .begin = Size()};
      entries_.push_back(std::move(rows[i].second));
      slot.end = Size();
    }
  }

  std::span<const Entry> Find(ConceptIndex wanted) const {
    return Within(RangeOf(wanted));
  }

  // Where a concept's entries stand.
  struct Range {
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  Range RangeOf(ConceptIndex wanted) const {
    if (entries_.empty()) return {};
    const Slot& slot = slots_[PlaceOf(wanted)];
    return {slot.begin, slot.end};
  }
  std::span<const Entry> Within(Range range) const {
    return {entries_.data() + range.begin, entries_.data() + range.end};
  }
  // Calls visit(concept, range) for each concept that has entries, in no
  // particular order.
  template <typename Visit>
  void ForEachConcept(Visit visit) const {
    for (const Slot& slot : slots_) {
      if (slot.end != 0) {
        visit(slot.concept_index, Range{slot.begin, slot.end});
      }
    }
  }

 private:
  // An empty slot has begin = end = 0.
  struct Slot {
    ConceptIndex concept_index = kNoConcept;
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  uint32_t Size() const { return static_cast<uint32_t>(entries_.size()); }

  // The concept's slot, or the empty one where it would stand: Fibonacci
  // hashing (Knuth, The Art of Computer Programming 3, 6.4), linear probing.
  size_t PlaceOf(ConceptIndex wanted) const {
    size_t place = uint64_t{wanted} * 0x9E3779B97F4A7C15u >> shift_;
    while (slots_[place].end != 0 && slots_[place].concept_index != wanted) {
      place = (place + 1) & (slots_.size() - 1);
    }
    return place;
  }

  // A power of two of them, at most half of them used.
  std::vector<Slot> slots_;
  int shift_ = 63;
  std::vector<Entry> entries_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_CONCEPT_TABLE_H_
