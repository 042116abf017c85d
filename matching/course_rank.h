// The questions that start from a training: which requirements it serves, and
// whom it helps most. docs/scoring.md section 8.
#ifndef KUGGE_MATCHING_COURSE_RANK_H_
#define KUGGE_MATCHING_COURSE_RANK_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/course.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

// Where a row stands; what a page token holds. Smaller comes first. The
// criteria are turned so that smaller is better: -fillable, -unlocked people,
// 10,000 - coverage; for people: -gain_positions, -gain_requirements, 0.
struct CourseKey {
  std::array<int64_t, 3> criteria{};
  Tie tie{};
  DocumentId to{};

  friend auto operator<=>(const CourseKey&, const CourseKey&) = default;
};

template <typename Document>
struct CourseRequest {
  // The asking tenant, whose people count.
  TenantIndex tenant = 0;
  Days today = 0;
  size_t k = 10;
  // Rows strictly after this one; absent: from the first.
  std::optional<CourseKey> after{};
  // Only rows of these municipalities (sorted); absent: of all.
  std::optional<std::vector<MunicipalityIndex>> municipalities{};
  // Narrows the rows further, never whom or what is counted; empty: all.
  std::function<bool(const Document&)> filter{};
  // Polled now and then; true ends the question with CANCELLED.
  std::function<bool()> cancelled{};
};

// One requirement that a session serves.
struct ServedRequirement {
  CourseKey key{};
  DocumentId requirement{};
  std::string requirement_reference{};
  // The session meant: the one asked about, or the offering's best for it.
  DocumentId session{};
  std::string session_reference{};
  Days end_day = kNoDay;
  bool in_time = false;
  Bp coverage = 0;
  // Places of the demands that the course would satisfy, ascending.
  std::vector<uint32_t> closes{};
  uint32_t positions = 0;
  uint32_t seats_left = 0;
  uint64_t eligible_people = 0;
  uint64_t unlocked_people = 0;
  uint64_t possibly_unlocked_people = 0;
  uint32_t fillable = 0;

  friend bool operator==(const ServedRequirement&,
                         const ServedRequirement&) = default;
};

// One person whom a session helps.
struct HelpedPerson {
  CourseKey key{};
  DocumentId person{};
  std::string person_reference{};
  uint64_t gain_positions = 0;
  uint64_t gain_requirements = 0;

  friend bool operator==(const HelpedPerson&, const HelpedPerson&) = default;
};

template <typename Row>
struct CourseAnswer {
  std::vector<Row> rows{};
  // The list goes on after the last row here.
  bool more = false;
  // Rows of the whole list, whatever page this is.
  size_t total = 0;
  // Requirements that the course covers something of, before the filter.
  size_t requirements_touched = 0;
  // No session can be used.
  bool no_session = false;
};

// Requirements that the offering serves. `session`: that one alone; absent: of
// each requirement its best. Errors: CANCELLED.
absl::StatusOr<CourseAnswer<ServedRequirement>> TopRequirements(
    const Market& market, const CompiledCourse& course,
    const std::optional<DocumentId>& session,
    const CourseRequest<RequirementFeatures>& request);

// People whom the session helps. Errors: CANCELLED.
absl::StatusOr<CourseAnswer<HelpedPerson>> TopPeople(
    const Market& market, const CompiledCourse& course,
    const DocumentId& session, const CourseRequest<PersonFeatures>& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_COURSE_RANK_H_
