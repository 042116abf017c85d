// Which requirements a training serves: docs/scoring.md 8.4, from the session
// and from the offering.
#ifndef KUGGE_MATCHING_SERVING_H_
#define KUGGE_MATCHING_SERVING_H_

#include "absl/status/statusor.h"
#include "matching/course.h"
#include "matching/course_rank.h"
#include "matching/features.h"
#include "matching/market.h"

namespace kugge::matching {

// `session`: a usable one of the course; null: of each requirement the best of
// the course's usable ones, of which there is one. Errors: CANCELLED.
absl::StatusOr<CourseAnswer<ServedRequirement>> RequirementsServed(
    const Market& market, const CompiledCourse& course,
    const SessionFeatures* session,
    const CourseRequest<RequirementFeatures>& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_SERVING_H_
