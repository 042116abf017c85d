// Whom a session helps most: docs/scoring.md 8.4, from the session to people.
#ifndef KUGGE_MATCHING_HELPING_H_
#define KUGGE_MATCHING_HELPING_H_

#include "absl/status/statusor.h"
#include "matching/course.h"
#include "matching/course_rank.h"
#include "matching/features.h"
#include "matching/market.h"

namespace kugge::matching {

// `session`: a usable one of the course. Errors: CANCELLED.
absl::StatusOr<CourseAnswer<HelpedPerson>> PeopleHelped(
    const Market& market, const CompiledCourse& course,
    const SessionFeatures& session,
    const CourseRequest<PersonFeatures>& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_HELPING_H_
