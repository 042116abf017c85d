// Requirements with positions and offerings with their sessions, for the
// questions that go through a training: what offerings teach is what
// requirements ask for, so that they touch many.
#ifndef KUGGE_TESTS_BENCH_COURSE_WORKLOAD_H_
#define KUGGE_TESTS_BENCH_COURSE_WORKLOAD_H_

#include <cstdint>

#include "matching/features.h"
#include "tests/bench/full_workload.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

inline constexpr uint32_t kOfferings = 50'000;

// What the requirement `index` of the market is made of, and the requirement:
// one to five positions, half of them closing within the year.
Query QueryOfRequirement(const Workload& workload, uint64_t index);
matching::RequirementFeatures RequirementAt(const Workload& workload,
                                            const FullWorkload& full,
                                            uint64_t index);

matching::DocumentId OfferingId(uint64_t index);

// One to three skills of one occupation, one in twelve a driving licence or a
// language step as well, one in five with a HARD prerequisite; one to three
// sessions in the next half year.
matching::OfferingFeatures OfferingAt(const Workload& workload, uint64_t index);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_COURSE_WORKLOAD_H_
