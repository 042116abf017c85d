// For tests: what the field rules of a message ask, walked over its
// descriptors.
#ifndef KUGGE_CLIENTS_POPULATION_FIELD_RULES_CHECK_H_
#define KUGGE_CLIENTS_POPULATION_FIELD_RULES_CHECK_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "kugge/v1/field_rules.pb.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::population {

class FieldRulesCheck {
 public:
  explicit FieldRulesCheck(const matching::Taxonomy& taxonomy)
      : taxonomy_(taxonomy) {}

  // What is wrong, by path: a required field unset, a number out of bounds, a
  // list too long, a concept id that is unknown or of a wrong type.
  std::vector<std::string> Violations(const google::protobuf::Message& message);

 private:
  using Message = google::protobuf::Message;
  using Field = google::protobuf::FieldDescriptor;

  void Walk(const Message& message, const std::string& path);
  void CheckValue(const Message& message, const Field& field, int n,
                  const v1::FieldRules& rules, const std::string& at);
  void CheckConcept(const std::string& id, const v1::FieldRules& rules,
                    const std::string& at);

  const matching::Taxonomy& taxonomy_;
  std::vector<std::string> violations_;
};

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_FIELD_RULES_CHECK_H_
