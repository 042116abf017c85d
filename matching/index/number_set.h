// A set of numbers from 0 on: a list where there are few, else a bit each.
#ifndef KUGGE_MATCHING_INDEX_NUMBER_SET_H_
#define KUGGE_MATCHING_INDEX_NUMBER_SET_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kugge::matching {

using NumberBits = std::vector<uint64_t>;

inline bool HasBit(const NumberBits& bits, uint32_t n) {
  return (bits[n / 64] >> (n % 64) & 1) != 0;
}
inline void SetBit(NumberBits& bits, uint32_t n) {
  bits[n / 64] |= uint64_t{1} << (n % 64);
}
// Those of [begin, end).
inline void SetRange(NumberBits& bits, uint32_t begin, uint32_t end) {
  for (; begin < end && begin % 64 != 0; ++begin) SetBit(bits, begin);
  for (; begin + 64 <= end; begin += 64) bits[begin / 64] = ~uint64_t{0};
  for (; begin < end; ++begin) SetBit(bits, begin);
}
inline void ClearBit(NumberBits& bits, uint32_t n) {
  bits[n / 64] &= ~(uint64_t{1} << (n % 64));
}
inline size_t CountBits(const NumberBits& bits) {
  size_t count = 0;
  for (const uint64_t word : bits) {
    count += static_cast<size_t>(std::popcount(word));
  }
  return count;
}

class NumberSet {
 public:
  NumberSet() = default;
  // Ascending, distinct.
  explicit NumberSet(std::vector<uint32_t> list) : list_(std::move(list)) {}
  explicit NumberSet(NumberBits bits)
      : is_list_(false), bits_(std::move(bits)) {}

  // Whether so many numbers below 64 * words stand better in a list: one of two
  // in 64 takes as much memory as bits do.
  static bool IsShort(size_t count, size_t words) { return count <= words; }

  // Of numbers in any order, which may repeat, below 64 * words.
  static NumberSet Of(std::vector<uint32_t> numbers, size_t words) {
    if (!IsShort(numbers.size(), words)) {
      NumberBits bits(words, 0);
      for (const uint32_t n : numbers) SetBit(bits, n);
      return NumberSet(std::move(bits));
    }
    if (!std::ranges::is_sorted(numbers)) std::ranges::sort(numbers);
    const auto repeats = std::ranges::unique(numbers);
    numbers.erase(repeats.begin(), repeats.end());
    numbers.shrink_to_fit();
    return NumberSet(std::move(numbers));
  }

  // Of those that have a bit.
  static NumberSet Of(NumberBits bits) {
    if (!IsShort(CountBits(bits), bits.size())) {
      return NumberSet(std::move(bits));
    }
    std::vector<uint32_t> list;
    NumberSet(std::move(bits)).ForEach([&](uint32_t n) { list.push_back(n); });
    return NumberSet(std::move(list));
  }

  bool is_list() const { return is_list_; }
  // The one that is_list() tells; the other is empty.
  const std::vector<uint32_t>& list() const { return list_; }
  const NumberBits& bits() const { return bits_; }

  bool Has(uint32_t n) const {
    return is_list_ ? std::ranges::binary_search(list_, n) : HasBit(bits_, n);
  }
  size_t Count() const { return list_.size() + CountBits(bits_); }
  // Leaves of `bits` what is in the set.
  void Restrict(NumberBits& bits) const {
    if (!is_list_) {
      for (size_t i = 0; i < bits.size(); ++i) bits[i] &= bits_[i];
      return;
    }
    NumberBits kept(bits.size(), 0);
    for (const uint32_t n : list_) {
      kept[n / 64] |= bits[n / 64] & uint64_t{1} << (n % 64);
    }
    bits = std::move(kept);
  }

  // What is left of it without `others`, which are in it.
  NumberSet Without(const NumberSet& others) && {
    if (is_list_) {
      std::erase_if(list_, [&](uint32_t n) { return others.Has(n); });
      return std::move(*this);
    }
    others.ForEach([&](uint32_t n) { ClearBit(bits_, n); });
    return Of(std::move(bits_));
  }

  template <typename Visit>
  void ForEach(Visit visit) const {
    for (const uint32_t n : list_) visit(n);
    for (size_t word = 0; word < bits_.size(); ++word) {
      for (uint64_t left = bits_[word]; left != 0; left &= left - 1) {
        visit(static_cast<uint32_t>(
            word * 64 + static_cast<size_t>(std::countr_zero(left))));
      }
    }
  }

  size_t bytes() const {
    return list_.capacity() * sizeof(uint32_t) +
           bits_.capacity() * sizeof(uint64_t);
  }

 private:
  bool is_list_ = true;
  std::vector<uint32_t> list_;
  NumberBits bits_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_NUMBER_SET_H_
