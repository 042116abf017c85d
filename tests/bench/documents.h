// The skills-only workload as the engine takes it: every weight on skills, no
// wishes, no relations, so that a score is a sum of the held terms' weights and
// every other system can compute the same.
#ifndef KUGGE_TESTS_BENCH_DOCUMENTS_H_
#define KUGGE_TESTS_BENCH_DOCUMENTS_H_

#include <cstdint>
#include <memory>

#include "matching/compiled_requirement.h"
#include "matching/features.h"
#include "matching/strategy.h"
#include "matching/taxonomy/concept_graph.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

// Concepts: the skills, then the occupations.
inline constexpr matching::ConceptIndex kFirstOccupation = kSkills;
inline constexpr size_t kConcepts = kSkills + kOccupations;

// No concept has relatives.
matching::ConceptGraph PlainGraph();
matching::Strategy SkillsOnlyStrategy();

// Spread over all first bytes; IndexOf gives `index` back.
matching::DocumentId PersonId(uint64_t index);
matching::DocumentId RequirementId(uint64_t index);
uint64_t IndexOf(const matching::DocumentId& id);

// The held occupation stands in it too: it costs no score, and tells where the
// document belongs.
matching::PersonFeatures ToFeatures(const Person& person, uint64_t index);

// The question; with `must`, that term is HARD.
matching::RequirementFeatures ToFeatures(const Query& query, uint64_t index,
                                         bool must);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_DOCUMENTS_H_
