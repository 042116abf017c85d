// What a benchmark program was asked to do.
#ifndef KUGGE_TESTS_BENCH_OPTIONS_H_
#define KUGGE_TESTS_BENCH_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kugge::bench {

struct Options {
  // Figures to print, such as "P5"; empty: all that the program has.
  std::vector<std::string> only{};
  uint32_t people = 1'000'000;
  uint32_t requirements = 200'000;
  size_t queries = 1'000;
  // How long the measuring of one figure may take, roughly; the number of
  // queries and passes bends to it.
  double seconds = 20;
  bool quick = false;
  bool big = false;
  // How libpq reaches a PostgreSQL that may be filled; empty: none.
  std::string postgres{};
  // Where files may be made; removed by whoever gave it.
  std::string folder = "/tmp";

  bool Wants(const std::string& id) const;
  // Asked for by name.
  bool Names(const std::string& id) const;
};

// Exits with 2 and a word on the usage where they make no sense.
Options ParseOptions(int argc, char** argv);

// How many of `options.queries` fit into the time when one takes `micros`, and
// how often each can be repeated (at most `most_passes`).
struct Plan {
  size_t queries = 0;
  size_t passes = 0;
};
Plan PlanFor(const Options& options, double micros, size_t most_passes = 7);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_OPTIONS_H_
