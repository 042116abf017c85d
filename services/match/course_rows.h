// The engine's rows of a course's questions -> the rows of an answer.
#ifndef KUGGE_SERVICES_MATCH_COURSE_ROWS_H_
#define KUGGE_SERVICES_MATCH_COURSE_ROWS_H_

#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/match.pb.h"
#include "matching/course.h"
#include "matching/course_rank.h"
#include "services/match/row_source.h"

namespace kugge::match {

absl::Status AddServedRows(
    const RowSource& source, const matching::CompiledCourse& course,
    const std::vector<matching::ServedRequirement>& found,
    google::protobuf::RepeatedPtrField<v1::ServedRequirement>* rows);

// People's rows are filled from the view alone.
void AddHelpedRows(const RowSource& source,
                   const std::vector<matching::HelpedPerson>& found,
                   google::protobuf::RepeatedPtrField<v1::HelpedProfile>* rows);

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_COURSE_ROWS_H_
