// What must hold between the fields of a resource; what one field alone must
// fulfil stands in the proto (validator.h).
#ifndef KUGGE_SERVICES_RPC_RESOURCE_RULES_H_
#define KUGGE_SERVICES_RPC_RESOURCE_RULES_H_

#include "absl/strings/string_view.h"
#include "services/rpc/errors.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace kugge::rpc {

// Adds what is wrong with a whole resource: a Profile, Employer, Requirement,
// Offering, Session, Region, Strategy or Concept. Other messages have no such
// rules. Paths start with `path`, if any, and a dot. Call it on what would be
// stored, after a mask is applied, beside Validator::Check.
void CheckResource(const google::protobuf::Message& resource,
                   absl::string_view path, Violations* violations);

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_RESOURCE_RULES_H_
