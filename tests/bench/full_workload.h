// The same people and questions with everything else a real one carries: months
// in occupations, languages with levels, licences, education, what the person
// wants of a job, and a graph in which concepts have relatives.
#ifndef KUGGE_TESTS_BENCH_FULL_WORKLOAD_H_
#define KUGGE_TESTS_BENCH_FULL_WORKLOAD_H_

#include <cstdint>

#include "matching/features.h"
#include "matching/taxonomy/concept_graph.h"
#include "tests/bench/documents.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

// Concepts go on after the occupations: languages, of which Swedish is the
// first, driving licences and education fields.
inline constexpr matching::ConceptIndex kSwedish = kConcepts;
inline constexpr uint32_t kLanguages = 20;
inline constexpr matching::ConceptIndex kFirstLicence = kSwedish + kLanguages;
inline constexpr uint32_t kLicences = 6;
inline constexpr matching::ConceptIndex kFirstField = kFirstLicence + kLicences;
inline constexpr uint32_t kFields = 40;
inline constexpr size_t kAllConcepts = kFirstField + kFields;

// The day of all questions.
inline constexpr matching::Days kToday = 20'800;

class FullWorkload {
 public:
  // `workload` outlives it.
  explicit FullWorkload(const Workload& workload) : workload_(workload) {}

  // Skills with their Relatives, occupations with their group and substitutes.
  matching::ConceptGraph Graph() const;
  matching::PersonFeatures PersonAt(uint64_t index) const;
  // Of a query: its direct skills, the rest left to the graph.
  matching::RequirementFeatures RequirementOf(const Query& query,
                                              uint64_t index) const;

 private:
  void AddSkills(const Person& person, Random& random,
                 matching::PersonFeatures& features) const;
  void AddWishes(const Person& person, Random& random,
                 matching::PersonFeatures& features) const;

  const Workload& workload_;
};

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_FULL_WORKLOAD_H_
