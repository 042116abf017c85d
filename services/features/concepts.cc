#include "services/features/concepts.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace kugge::features {

absl::StatusOr<matching::ConceptRecord> ToConceptRecord(
    const v1::Concept& message) {
  const auto kind = matching::ConceptKindFromName(message.type());
  if (!kind.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("type: is \"", message.type(),
                     "\"; must be a JobTech type such as \"skill\""));
  }
  matching::ConceptRecord record;
  record.id = message.id();
  record.kind = *kind;
  record.label = message.preferred_label();
  record.label_en = message.preferred_label_en();
  record.definition = message.definition();
  record.code = message.code();
  record.alternative_labels = {message.alternative_labels().begin(),
                               message.alternative_labels().end()};
  record.deprecated = message.deprecated();
  record.replaced_by = message.replaced_by();
  record.broader = {message.broader().begin(), message.broader().end()};
  record.related = {message.related().begin(), message.related().end()};
  for (const v1::Substitute& substitute : message.substitutes()) {
    record.substitutes.push_back({substitute.concept_id(), substitute.grade()});
  }
  record.legacy_ids = {message.legacy_ids().begin(),
                       message.legacy_ids().end()};
  return record;
}

v1::Concept ToConceptMessage(absl::string_view taxonomy,
                             const matching::ConceptRecord& record) {
  v1::Concept message;
  message.set_name(absl::StrCat(taxonomy, "/concepts/", record.id));
  message.set_id(record.id);
  message.set_type(std::string(matching::ConceptKindName(record.kind)));
  message.set_preferred_label(record.label);
  message.set_preferred_label_en(record.label_en);
  message.set_definition(record.definition);
  message.set_code(record.code);
  message.mutable_alternative_labels()->Add(record.alternative_labels.begin(),
                                            record.alternative_labels.end());
  message.set_deprecated(record.deprecated);
  message.set_replaced_by(record.replaced_by);
  message.mutable_broader()->Add(record.broader.begin(), record.broader.end());
  message.mutable_related()->Add(record.related.begin(), record.related.end());
  for (const matching::Substitute& substitute : record.substitutes) {
    v1::Substitute* added = message.add_substitutes();
    added->set_concept_id(substitute.id);
    added->set_grade(substitute.grade);
  }
  message.mutable_legacy_ids()->Add(record.legacy_ids.begin(),
                                    record.legacy_ids.end());
  return message;
}

v1::ConceptRelation ToRelationMessage(matching::RelationKind relation) {
  return static_cast<v1::ConceptRelation>(static_cast<int>(relation) +
                                          v1::CONCEPT_RELATION_EXACT);
}

}  // namespace kugge::features
