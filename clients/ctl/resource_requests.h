// Requests of the standard methods, filled by field name: every resource type
// has the same fields (AIP-131 to 135), whatever its messages are called.
#ifndef KUGGE_CLIENTS_CTL_RESOURCE_REQUESTS_H_
#define KUGGE_CLIENTS_CTL_RESOURCE_REQUESTS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/ctl/resource_types.h"
#include "google/protobuf/message.h"

namespace kugge::ctl {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// An empty message of the resource's own type.
MessagePtr NewResource(const ResourceType& type);

// A field that the message does not have is left out: tenants have no parent.
void SetText(google::protobuf::Message* message, absl::string_view field,
             absl::string_view value);
void SetSwitch(google::protobuf::Message* message, absl::string_view field,
               bool value);
void SetNumber(google::protobuf::Message* message, absl::string_view field,
               int value);
std::string GetText(const google::protobuf::Message& message,
                    absl::string_view field);

struct CreateArguments {
  std::string parent;
  std::string id;
  bool validate_only = false;
};
MessagePtr CreateRequest(const ResourceType& type, CreateArguments arguments,
                         const google::protobuf::Message& resource);

struct UpdateArguments {
  // Empty: the fields that are set.
  std::vector<std::string> mask;
  bool validate_only = false;
};
MessagePtr UpdateRequest(const ResourceType& type, UpdateArguments arguments,
                         const google::protobuf::Message& resource);

// The resources in a List answer.
std::vector<const google::protobuf::Message*> ListedResources(
    const google::protobuf::Message& response);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_RESOURCE_REQUESTS_H_
