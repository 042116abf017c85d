// The taxonomy of the full workload, as a server imports it.
#ifndef KUGGE_TESTS_BENCH_FULL_CONCEPTS_H_
#define KUGGE_TESTS_BENCH_FULL_CONCEPTS_H_

#include <string>

#include "tests/bench/full_workload.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

// The taxonomy as JSON lines. Substitutes and groups of occupations are those
// of the workload's graph. Relations between skills can't be told, a server
// derives them: relatives form families of up to four, whose labels share a
// word and which one group lists, so that each earns credit toward the others.
std::string FullConcepts(const Workload& workload, const FullWorkload& full);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_FULL_CONCEPTS_H_
