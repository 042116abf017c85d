// Keeps the k first rows of a stream of any length, in memory bounded by k. The
// tie keys, which take long to compute, are only computed where they decide.
#ifndef KUGGE_MATCHING_INDEX_BEST_ROWS_H_
#define KUGGE_MATCHING_INDEX_BEST_ROWS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace kugge::matching {

// `Row` has an `order` (larger first), an `id`, a `tie` that is meaningless
// until it is set to Question::TieWith(*id), whether it `has_tie`, and a Key()
// to order them by after that.
template <typename Row, typename Question>
class BestRows {
 public:
  // `question` outlives this.
  BestRows(size_t k, const Question& question) : k_(k), question_(question) {}

  size_t k() const { return k_; }
  bool full() const { return orders_.size() >= k_; }
  // No row of a smaller order is kept; one of this order may be, by its tie.
  uint32_t least() const { return full() ? orders_.front() : 0; }

  // k > 0. A row whose order is below least() changes nothing.
  void Add(Row row) {
    const uint32_t order = row.order;
    if (order < least()) return;
    if (!full()) {
      orders_.push_back(order);
      std::ranges::push_heap(orders_, std::greater());
    } else if (order > least()) {
      std::ranges::pop_heap(orders_, std::greater());
      orders_.back() = order;
      std::ranges::push_heap(orders_, std::greater());
    }
    __builtin_prefetch(row.id);  // its tie may decide
    if (rows_.empty()) rows_.reserve(kFirstRoom);
    rows_.push_back(std::move(row));
    if (rows_.size() >= next_shrink_) Shrink();
  }

  // The rows kept, first one first. Leaves nothing behind.
  std::vector<Row> Take() {
    Shrink();
    for (Row& row : rows_) SetTie(row);
    std::ranges::sort(rows_, {}, &Row::Key);
    return std::move(rows_);
  }

 private:
  static constexpr size_t kRoom = 256;
  static constexpr size_t kFirstRoom = 64;

  void SetTie(Row& row) const {
    if (row.has_tie) return;
    row.tie = question_.TieWith(*row.id);
    row.has_tie = true;
  }

  // Leaves k rows, or all that there are.
  void Shrink() {
    std::erase_if(rows_, [&](const Row& row) { return row.order < least(); });
    if (rows_.size() > k_) {
      // Those of the last order are more than have a place.
      const auto tied =
          std::partition(rows_.begin(), rows_.end(),
                         [&](const Row& row) { return row.order > least(); });
      std::for_each(tied, rows_.end(), [&](Row& row) { SetTie(row); });
      const auto end = rows_.begin() + static_cast<ptrdiff_t>(k_);
      std::nth_element(
          tied, end - 1, rows_.end(),
          [](const Row& a, const Row& b) { return a.Key() < b.Key(); });
      rows_.erase(end, rows_.end());
    }
    next_shrink_ = 2 * rows_.size() + kRoom;
  }

  size_t k_;
  const Question& question_;
  std::vector<Row> rows_;
  // The k largest orders: a heap with the smallest in front.
  std::vector<uint32_t> orders_;
  size_t next_shrink_ = kRoom;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_BEST_ROWS_H_
