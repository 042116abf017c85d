#include "clients/population/field_rules_check.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace kugge::population {

std::vector<std::string> FieldRulesCheck::Violations(
    const google::protobuf::Message& message) {
  violations_.clear();
  Walk(message, message.GetDescriptor()->name());
  return violations_;
}

void FieldRulesCheck::Walk(const Message& message, const std::string& path) {
  const google::protobuf::Descriptor& descriptor = *message.GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const Field& field = *descriptor.field(i);
    const v1::FieldRules& rules = field.options().GetExtension(v1::rules);
    const std::string at = absl::StrCat(path, ".", field.name());
    const google::protobuf::Reflection& reflection = *message.GetReflection();
    const int count = field.is_repeated()
                          ? reflection.FieldSize(message, &field)
                      : reflection.HasField(message, &field) ? 1
                                                             : 0;
    if (rules.required() && count == 0) violations_.push_back(at + " unset");
    if (field.is_repeated() &&
        count > (rules.max_items() == 0
                     ? 100
                     : static_cast<int>(rules.max_items()))) {
      violations_.push_back(at + " too long");
    }
    for (int n = 0; n < count; ++n) {
      CheckValue(message, field, n, rules, at);
    }
  }
}

void FieldRulesCheck::CheckValue(const Message& message, const Field& field,
                                 int n, const v1::FieldRules& rules,
                                 const std::string& at) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  if (field.cpp_type() == Field::CPPTYPE_MESSAGE) {
    Walk(field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, n)
                             : reflection.GetMessage(message, &field),
         at);
  } else if (field.cpp_type() == Field::CPPTYPE_INT32) {
    const int value = field.is_repeated()
                          ? reflection.GetRepeatedInt32(message, &field, n)
                          : reflection.GetInt32(message, &field);
    if ((rules.has_minimum() && value < rules.minimum()) ||
        (rules.has_maximum() && value > rules.maximum())) {
      violations_.push_back(absl::StrCat(at, " is ", value));
    }
  } else if (field.cpp_type() == Field::CPPTYPE_STRING &&
             rules.concept_types_size() > 0) {
    CheckConcept(field.is_repeated()
                     ? reflection.GetRepeatedString(message, &field, n)
                     : reflection.GetString(message, &field),
                 rules, at);
  }
}

void FieldRulesCheck::CheckConcept(const std::string& id,
                                   const v1::FieldRules& rules,
                                   const std::string& at) {
  const matching::ConceptIndex index = taxonomy_.Find(id);
  if (index == matching::kNoConcept) {
    violations_.push_back(absl::StrCat(at, ": no concept ", id));
    return;
  }
  const absl::string_view kind =
      matching::ConceptKindName(taxonomy_.record(index).kind);
  for (const std::string& type : rules.concept_types()) {
    if (kind == type) return;
  }
  violations_.push_back(absl::StrCat(at, ": ", id, " is a ", kind));
}

}  // namespace kugge::population
