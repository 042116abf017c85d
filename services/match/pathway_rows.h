// The engine's ways -> those of an answer.
#ifndef KUGGE_SERVICES_MATCH_PATHWAY_ROWS_H_
#define KUGGE_SERVICES_MATCH_PATHWAY_ROWS_H_

#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/match.pb.h"
#include "matching/compiled_person.h"
#include "matching/pathways.h"
#include "services/match/row_source.h"

namespace kugge::match {

// `person` is whom the ways were planned for.
absl::Status AddPathways(const RowSource& source,
                         const matching::CompiledPerson& person,
                         const std::vector<matching::Pathway>& found,
                         google::protobuf::RepeatedPtrField<v1::Pathway>* rows);

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_PATHWAY_ROWS_H_
