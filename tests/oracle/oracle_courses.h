// Section 8 of docs/scoring.md as the oracle reads it: every person held
// against every requirement twice, as they are and as they would be after the
// session. One object answers one asking tenant on one day.
#ifndef KUGGE_TESTS_ORACLE_ORACLE_COURSES_H_
#define KUGGE_TESTS_ORACLE_ORACLE_COURSES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "matching/features.h"
#include "matching/types.h"
#include "tests/oracle/oracle.h"

namespace kugge::oracle {

// Section 6: open, seats left, and a start day that is told and isn't past.
bool IsUsable(const matching::SessionFeatures& session, matching::Days today);

matching::Days EndDay(const matching::SessionFeatures& session,
                      const matching::OfferingFeatures& offering);

// 0 for distance learning; kUnknownDistance when a point isn't known.
matching::HundredMetres SessionDistance(
    const matching::SessionFeatures& session,
    const std::optional<matching::Point>& point);

// Section 6.2, point 5.
bool SuitsPerson(const matching::SessionFeatures& session,
                 matching::HundredMetres distance,
                 const matching::Wishes& wishes);

// Section 6.1; `closes` are places in the requirement's list.
struct Coverage {
  uint32_t coverage = 0;
  std::vector<uint32_t> closes;
};
Coverage CoverageOf(const PairScorer& scorer,
                    const matching::RequirementFeatures& requirement,
                    const matching::OfferingFeatures& offering);

bool InTime(matching::Days end_day,
            const matching::RequirementFeatures& requirement);

// A session and the offering that it is of.
struct Run {
  const matching::OfferingFeatures& offering;
  const matching::SessionFeatures& session;
};

// Section 8.1.
matching::PersonFeatures After(const matching::PersonFeatures& person,
                               const Run& run);

// Section 8.2.
enum class Attends { kCannot, kMay, kCan };

// Section 8.3.
enum class Effect { kNone, kPossiblyUnlocks, kUnlocks };

// What a session does to the people of a requirement.
struct PeopleCounts {
  uint64_t eligible = 0;
  uint64_t unlocked = 0;
  uint64_t possibly_unlocked = 0;
};

// What a session gives a person.
struct GainCounts {
  uint64_t positions = 0;
  uint64_t requirements = 0;
};

// Section 8.4, the rows of requirements and of people.
struct ServedRow {
  matching::DocumentId requirement;
  std::string reference;
  matching::DocumentId session;
  std::string session_reference;
  matching::Tie tie;
  matching::Days end_day = matching::kNoDay;
  bool in_time = false;
  Coverage coverage;
  uint32_t positions = 0;
  uint32_t seats_left = 0;
  PeopleCounts people;
  uint64_t fillable = 0;
};
struct HelpedRow {
  matching::DocumentId person;
  std::string reference;
  matching::Tie tie;
  GainCounts gain;
};

template <typename Row>
struct CourseList {
  bool no_session = true;
  // Candidate requirements that the course covers something of.
  size_t touched = 0;
  std::vector<Row> rows;
};

// Keeps references.
class Courses {
 public:
  Courses(const Oracle& oracle, const Relations& relations,
          const Documents& documents, const Question& question)
      : oracle_(oracle),
        documents_(documents),
        question_(question),
        scorer_(relations, *question.strategy) {}

  Attends Attendance(const matching::PersonFeatures& person,
                     const Run& run) const;
  Effect EffectOf(const matching::PersonFeatures& person, const Run& run,
                  const matching::RequirementFeatures& requirement) const;
  bool Unlocks(const matching::PersonFeatures& person, const Run& run,
               const matching::RequirementFeatures& requirement) const {
    return EffectOf(person, run, requirement) == Effect::kUnlocks;
  }
  bool PossiblyUnlocks(const matching::PersonFeatures& person, const Run& run,
                       const matching::RequirementFeatures& requirement) const {
    return EffectOf(person, run, requirement) == Effect::kPossiblyUnlocks;
  }

  PeopleCounts PeopleOf(const Run& run,
                        const matching::RequirementFeatures& requirement) const;
  // `toward` narrows the requirements that count.
  GainCounts GainOf(const matching::PersonFeatures& person, const Run& run,
                    const RequirementFilter& toward) const;

  // Absent `session`: the best one of each requirement. `filter` narrows the
  // rows.
  CourseList<ServedRow> Served(
      const matching::OfferingFeatures& offering,
      const std::optional<matching::DocumentId>& session,
      const RequirementFilter& filter) const;
  CourseList<HelpedRow> Helped(const matching::OfferingFeatures& offering,
                               const matching::DocumentId& session,
                               const PersonFilter& filter) const;

 private:
  using Pair = std::pair<matching::DocumentId, matching::DocumentId>;

  // Before any session; each pair is scored once.
  matching::Eligibility Now(
      const matching::PersonFeatures& person,
      const matching::RequirementFeatures& requirement) const;
  bool TeachesWhatIsMissing(
      const matching::PersonFeatures& person,
      const matching::OfferingFeatures& offering,
      const matching::RequirementFeatures& requirement) const;
  const matching::SessionFeatures* UsableSession(
      const matching::OfferingFeatures& offering,
      const std::optional<matching::DocumentId>& session) const;
  size_t Touched(const matching::OfferingFeatures& offering) const;
  ServedRow RowOf(const Run& run,
                  const matching::RequirementFeatures& requirement) const;

  const Oracle& oracle_;
  const Documents& documents_;
  const Question question_;
  const PairScorer scorer_;
  mutable std::map<Pair, matching::Eligibility> now_;
};

}  // namespace kugge::oracle

#endif  // KUGGE_TESTS_ORACLE_ORACLE_COURSES_H_
