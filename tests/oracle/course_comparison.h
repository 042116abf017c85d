// The questions that go through a training, asked of the engine and of the
// oracle: docs/scoring.md sections 6, 8 and 9.
#ifndef KUGGE_TESTS_ORACLE_COURSE_COMPARISON_H_
#define KUGGE_TESTS_ORACLE_COURSE_COMPARISON_H_

#include <string>

#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/course.h"
#include "matching/features.h"
#include "tests/oracle/asker.h"
#include "tests/oracle/oracle_courses.h"

namespace kugge::oracle {

// Each returns the first difference in words; empty when there is none.

std::string CompareOfferings(Asker& asker, const State& state,
                             const matching::CompiledPerson& person);
std::string CompareOfferings(Asker& asker, const State& state,
                             const matching::CompiledRequirement& requirement);

// What some offering and one of its sessions serve, and whom they help; where
// the market is small, also that the engine's corners agree with each other.
std::string CompareCourses(Asker& asker, const State& state,
                           const matching::Scoring& scoring);

// The ways of some person through several trainings.
std::string ComparePathways(Asker& asker, const State& state,
                            const matching::Scoring& scoring);

// One course, who asks about it, and the oracle's answers to them.
struct Asked {
  const State& state;
  const Question& question;
  const Courses& courses;
  const matching::CompiledCourse& course;
};

// The engine's corners of one usable session against each other, and against
// the predicate pair by pair.
std::string CompareTriangle(Asker& asker, const Asked& asked,
                            const matching::SessionFeatures& session);

}  // namespace kugge::oracle

#endif  // KUGGE_TESTS_ORACLE_COURSE_COMPARISON_H_
