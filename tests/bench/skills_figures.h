// The figures of the engine alone, on the skills-only workload unless they say
// otherwise. Each prints its own lines.
#ifndef KUGGE_TESTS_BENCH_SKILLS_FIGURES_H_
#define KUGGE_TESTS_BENCH_SKILLS_FIGURES_H_

#include <memory>
#include <vector>

#include "tests/bench/engine_side.h"
#include "tests/bench/options.h"
#include "tests/bench/taat.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

// What the figures share, so that it is made once.
struct SkillsBench {
  explicit SkillsBench(const Options& bench_options);

  const Options& options;
  Workload workload;
  std::vector<Query> queries;
  EngineSide engine;
  // By Filter.
  std::vector<AskedList> asked;
  Taat taat;
};

// The engine's ids against looking at everybody, and its scores against the
// term-at-a-time baseline, also with a delta of changes.
void PrintExactness(SkillsBench& bench);
// Against the term-at-a-time baseline, and queries a second on two threads.
void PrintBaseline(SkillsBench& bench);
// Against Xapian and PostgreSQL, as far as they were built in.
void PrintPeers(SkillsBench& bench);
// With a delta of changes against none; while changes run against idle.
void PrintFreshness(SkillsBench& bench);
// The score of everything that a requirement and a person may ask, against
// skills alone, in both directions.
void PrintFullScore(SkillsBench& bench);
// Everybody's requirements in one go against the same questions one by one.
void PrintMatchAll(SkillsBench& bench);
// Bytes and seconds.
void PrintMemory(const SkillsBench& bench);
// How the time grows from 200,000 over 1,000,000 to (asked for) 5,000,000.
void PrintGrowth(const Options& options);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_SKILLS_FIGURES_H_
