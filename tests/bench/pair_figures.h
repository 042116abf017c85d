// The figures of the questions about one person and one requirement, over gRPC.
#ifndef KUGGE_TESTS_BENCH_PAIR_FIGURES_H_
#define KUGGE_TESTS_BENCH_PAIR_FIGURES_H_

#include <string>

#include "tests/bench/course_market.h"
#include "tests/bench/options.h"

namespace kugge::bench {

// G4, G5 and G6, as far as they are asked for.
void PrintPairs(const Options& options, const std::string& address,
                const CourseMarket& market);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_PAIR_FIGURES_H_
