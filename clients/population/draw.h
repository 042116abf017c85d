// Random draws that are the same on every machine. The standard library's
// distributions differ between implementations; its engines don't.
#ifndef KUGGE_CLIENTS_POPULATION_DRAW_H_
#define KUGGE_CLIENTS_POPULATION_DRAW_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "absl/strings/string_view.h"

namespace kugge::population {

// A seed for one stream of draws of a run, so that more people don't change
// which requirements are drawn.
uint64_t StreamSeed(uint64_t seed, absl::string_view stream);

class Draw {
 public:
  explicit Draw(uint64_t seed) : engine_(seed) {}

  // 0 to `n` - 1, each as likely; 0 for an `n` of 0.
  uint64_t Below(uint64_t n);
  // `least` to `most`, both included. `least` must not exceed `most`.
  int Between(int least, int most);
  // True `percent` times in a hundred.
  bool Percent(int percent) { return Between(0, 99) < percent; }

  template <typename T>
  const T& OneOf(const std::vector<T>& values) {
    return values[Below(values.size())];
  }

 private:
  std::mt19937_64 engine_;
};

// Draws of a position, each with its own weight.
class WeightedPositions {
 public:
  WeightedPositions() = default;
  explicit WeightedPositions(const std::vector<uint64_t>& weights);

  // A position drawn by weight. Undefined where every weight is 0.
  size_t Pick(Draw& draw) const;
  // Up to `count` different positions, in the order they were drawn; all of
  // them, in their own order, where there are no more.
  std::vector<size_t> PickSome(Draw& draw, size_t count) const;

  size_t size() const { return cumulated_.size(); }
  bool empty() const { return cumulated_.empty() || cumulated_.back() == 0; }

 private:
  std::vector<uint64_t> cumulated_;
};

// Weights of a list sorted by how common its members are: the first is drawn
// about seven times as often as the thirty-first.
std::vector<uint64_t> RankWeights(size_t count);

// floor(16 * x^0.7) for x up to 511, larger ones taken as 511. In integers:
// libraries' pow() differ.
uint64_t SixteenthsOfPower07(uint64_t x);

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_DRAW_H_
