// Draws that are the same with every compiler and library: the standard
// distributions are not.
#ifndef KUGGE_TESTS_BENCH_RANDOM_H_
#define KUGGE_TESTS_BENCH_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kugge::bench {

// The finaliser of SplitMix64 (Steele, Lea, Flood, 2014).
inline uint64_t Mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

// SplitMix64. Cheap to make, so that each document has its own and can be made
// again without those before it.
class Random {
 public:
  Random(uint64_t seed, uint64_t stream) : state_(Mix(seed) ^ Mix(~stream)) {}

  uint64_t Next() { return Mix(state_ += 0x9E3779B97F4A7C15ull); }
  // 0 to `n` - 1; `n` is below 2^32.
  uint32_t Below(uint64_t n) {
    return static_cast<uint32_t>(((Next() >> 32) * n) >> 32);
  }
  // `least` to `most`, both included.
  uint32_t Between(uint32_t least, uint32_t most) {
    return least + Below(most - least + 1);
  }
  bool Percent(uint32_t percent) { return Below(100) < percent; }

 private:
  uint64_t state_;
};

// Positions drawn each with its own weight, in constant time: the alias method
// (Walker 1977, built as Vose 1991), in integers.
class Weighted {
 public:
  Weighted() = default;
  explicit Weighted(const std::vector<uint64_t>& weights)
      : share_(weights.size()), alias_(weights.size()) {
    uint64_t total = 0;
    for (const uint64_t weight : weights) total += weight;
    const size_t n = weights.size();
    std::vector<size_t> small;
    std::vector<size_t> large;
    // In units of the total: a column holds `total`, a weight n times itself.
    std::vector<unsigned __int128> left(n);
    for (size_t i = 0; i < n; ++i) {
      left[i] = static_cast<unsigned __int128>(weights[i]) * n;
      (left[i] < total ? small : large).push_back(i);
    }
    while (!small.empty() && !large.empty()) {
      const size_t low = small.back();
      small.pop_back();
      const size_t high = large.back();
      share_[low] = ToShare(left[low], total);
      alias_[low] = static_cast<uint32_t>(high);
      left[high] -= total - left[low];
      if (left[high] < total) {
        large.pop_back();
        small.push_back(high);
      }
    }
    for (const auto* rest : {&small, &large}) {
      for (const size_t i : *rest) {
        share_[i] = ~uint32_t{0};
        alias_[i] = static_cast<uint32_t>(i);
      }
    }
  }

  size_t Draw(Random& random) const {
    const uint32_t column = random.Below(share_.size());
    const auto coin = static_cast<uint32_t>(random.Next());
    return coin <= share_[column] ? column : alias_[column];
  }

 private:
  static uint32_t ToShare(unsigned __int128 part, uint64_t total) {
    return static_cast<uint32_t>((part << 32) / total);
  }

  std::vector<uint32_t> share_;
  std::vector<uint32_t> alias_;
};

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_RANDOM_H_
