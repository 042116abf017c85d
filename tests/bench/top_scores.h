// What systems that break ties differently must still agree on: the scores of
// the best rows.
#ifndef KUGGE_TESTS_BENCH_TOP_SCORES_H_
#define KUGGE_TESTS_BENCH_TOP_SCORES_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kugge::bench {

inline constexpr size_t kTop = 10;

// One row. Those that hold the must-have (or were asked for none) come before
// those that haven't said.
struct TopScore {
  bool uncertain = false;
  uint32_t score = 0;

  friend bool operator==(const TopScore&, const TopScore&) = default;
};

// Best first, at most kTop; rows that score nothing are left out, since some
// systems don't see them.
using TopScores = std::vector<TopScore>;

// The rows up to the first uncertain one: all that a system without the notion
// gives.
inline TopScores CertainOf(const TopScores& scores) {
  TopScores certain;
  for (const TopScore& row : scores) {
    if (!row.uncertain) certain.push_back(row);
  }
  return certain;
}

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_TOP_SCORES_H_
