// The figures of the questions about a region, over gRPC.
#ifndef KUGGE_TESTS_BENCH_REGION_FIGURES_H_
#define KUGGE_TESTS_BENCH_REGION_FIGURES_H_

#include <string>

#include "tests/bench/options.h"

namespace kugge::bench {

// G10 and G11, as far as they are asked for.
void PrintRegions(const Options& options, const std::string& address);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_REGION_FIGURES_H_
