// Markets with both people and requirements, for the figures that ask on behalf
// of people.
#ifndef KUGGE_TESTS_BENCH_MARKETS_H_
#define KUGGE_TESTS_BENCH_MARKETS_H_

#include <memory>

#include "matching/market.h"
#include "tests/bench/full_workload.h"
#include "tests/bench/skills_figures.h"

namespace kugge::bench {

// Shared, as everywhere else.
using MarketPointer = std::shared_ptr<const matching::Market>;

// As many as the options say, with everything that a real one carries.
MarketPointer FullMarket(const SkillsBench& bench, const FullWorkload& full);

// The same people and requirements with skills alone.
MarketPointer SkillsMarket(const SkillsBench& bench);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_MARKETS_H_
