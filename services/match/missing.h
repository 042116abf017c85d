// What stands between a person and an offering of their list, and is no gap:
// prerequisites that they aren't known to satisfy, adaptations that the session
// lacks. Neither moves a row.
#ifndef KUGGE_SERVICES_MATCH_MISSING_H_
#define KUGGE_SERVICES_MATCH_MISSING_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/match.pb.h"
#include "matching/compiled_person.h"
#include "matching/features.h"
#include "services/match/row_source.h"

namespace kugge::match {

// Fills `missing_prerequisites`.
void AddMissingPrerequisites(const RowSource& source,
                             const matching::CompiledPerson& person,
                             const matching::OfferingFeatures& offering,
                             v1::OfferingMatch* row);

// Fills `missing_accommodations` of rows whose sessions are told. Reads the
// person's record, and those of the sessions where the person needs something.
absl::Status AddMissingAccommodations(
    const RowSource& source, const std::string& profile,
    google::protobuf::RepeatedPtrField<v1::OfferingMatch>* rows);

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_MISSING_H_
