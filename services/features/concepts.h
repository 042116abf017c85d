// Concept messages <-> the taxonomy's records, and the enums they share.
#ifndef KUGGE_SERVICES_FEATURES_CONCEPTS_H_
#define KUGGE_SERVICES_FEATURES_CONCEPTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "kugge/v1/taxonomy.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/concept_graph.h"

namespace kugge::features {

// InvalidArgument for a type that JobTech doesn't have.
absl::StatusOr<matching::ConceptRecord> ToConceptRecord(
    const v1::Concept& message);

// `taxonomy` is the resource name of the version, for the concept's name.
v1::Concept ToConceptMessage(absl::string_view taxonomy,
                             const matching::ConceptRecord& record);

v1::ConceptRelation ToRelationMessage(matching::RelationKind relation);

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_CONCEPTS_H_
