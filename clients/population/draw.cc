#include "clients/population/draw.h"

#include <algorithm>

namespace kugge::population {

uint64_t StreamSeed(uint64_t seed, absl::string_view stream) {
  // FNV-1a over the name, then the finisher of splitmix64 (Steele, Lea and
  // Flood, "Fast splittable pseudorandom number generators", 2014).
  uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : stream) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  uint64_t z = seed + 0x9e3779b97f4a7c15ULL * (hash | 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

uint64_t Draw::Below(uint64_t n) {
  if (n == 0) return 0;
  // Values beyond the largest multiple of n are drawn again: no bias.
  const uint64_t limit = UINT64_MAX - UINT64_MAX % n;
  uint64_t value = engine_();
  while (value >= limit) value = engine_();
  return value % n;
}

int Draw::Between(int least, int most) {
  return least +
         static_cast<int>(Below(static_cast<uint64_t>(most - least) + 1));
}

WeightedPositions::WeightedPositions(const std::vector<uint64_t>& weights) {
  cumulated_.reserve(weights.size());
  uint64_t sum = 0;
  for (const uint64_t weight : weights) {
    sum += weight;
    cumulated_.push_back(sum);
  }
}

size_t WeightedPositions::Pick(Draw& draw) const {
  const uint64_t at = draw.Below(cumulated_.back());
  return static_cast<size_t>(
      std::upper_bound(cumulated_.begin(), cumulated_.end(), at) -
      cumulated_.begin());
}

std::vector<size_t> WeightedPositions::PickSome(Draw& draw,
                                                size_t count) const {
  std::vector<size_t> picked;
  if (empty() || count == 0) return picked;
  picked.reserve(std::min(count, size()));
  if (count >= size()) {
    for (size_t i = 0; i < size(); ++i) picked.push_back(i);
    return picked;
  }
  const auto is_new = [&picked](size_t position) {
    return std::find(picked.begin(), picked.end(), position) == picked.end();
  };
  // Bounded: a list whose weight lies on few members would be drawn for ever.
  for (size_t tries = 0; picked.size() < count && tries < 20 * count; ++tries) {
    const size_t position = Pick(draw);
    if (is_new(position)) picked.push_back(position);
  }
  for (size_t i = 0; picked.size() < count; ++i) {
    if (is_new(i)) picked.push_back(i);
  }
  return picked;
}

std::vector<uint64_t> RankWeights(size_t count) {
  std::vector<uint64_t> weights;
  weights.reserve(count);
  for (size_t rank = 0; rank < count; ++rank) {
    weights.push_back(10'000 / (rank + 5));
  }
  return weights;
}

uint64_t SixteenthsOfPower07(uint64_t x) {
  using Wide = unsigned __int128;
  x = std::min<uint64_t>(x, 511);
  Wide power = Wide{1} << 40;  // 16^10
  for (int i = 0; i < 7; ++i) power *= x;
  const auto tenth_power = [](uint64_t y) {
    Wide product = 1;
    for (int i = 0; i < 10; ++i) product *= y;
    return product;
  };
  uint64_t root = 0;
  while (tenth_power(root + 1) <= power) ++root;
  return root;
}

}  // namespace kugge::population
