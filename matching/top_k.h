// Keeps the k first rows of a stream of any length, in memory bounded by k.
#ifndef KUGGE_MATCHING_TOP_K_H_
#define KUGGE_MATCHING_TOP_K_H_

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace kugge::matching {

// `Row` is ordered by operator<, first row smallest.
template <typename Row>
class TopK {
 public:
  explicit TopK(size_t k) : k_(k) {}

  bool full() const { return heap_.size() >= k_; }
  // The last row kept. Requires full() and k > 0.
  const Row& last() const { return heap_.front(); }
  size_t k() const { return k_; }

  void Add(Row row) {
    if (k_ == 0) return;
    if (heap_.size() == k_) {
      if (!(row < heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.back() = std::move(row);
    } else {
      heap_.push_back(std::move(row));
    }
    std::push_heap(heap_.begin(), heap_.end());
  }

  // The rows kept, first one first. Leaves nothing behind.
  std::vector<Row> Take() {
    std::sort_heap(heap_.begin(), heap_.end());
    return std::move(heap_);
  }

 private:
  size_t k_;
  // A heap whose front is the row that would go first.
  std::vector<Row> heap_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TOP_K_H_
