// The engine's rows -> the rows of an answer.
#ifndef KUGGE_SERVICES_MATCH_ROWS_H_
#define KUGGE_SERVICES_MATCH_ROWS_H_

#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/match.pb.h"
#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/offerings.h"
#include "matching/rank.h"
#include "services/match/row_source.h"

namespace kugge::match {

using MatchRows = google::protobuf::RepeatedPtrField<v1::Match>;

absl::Status AddRequirementRows(const RowSource& source,
                                const matching::CompiledPerson& person,
                                const std::vector<matching::Match>& found,
                                MatchRows* rows);

// People's rows are filled from the view alone.
void AddPersonRows(const RowSource& source,
                   const matching::CompiledRequirement& requirement,
                   const std::vector<matching::Match>& found, MatchRows* rows);

// An offering's row without what it covers.
absl::Status AddOfferingRows(
    const RowSource& source, const std::vector<matching::OfferingMatch>& found,
    google::protobuf::RepeatedPtrField<v1::OfferingMatch>* rows);

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_ROWS_H_
