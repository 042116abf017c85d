// What the handlers of this folder know of each resource: enough to write the
// standard methods once, over descriptors, for all of them.
#ifndef KUGGE_SERVICES_RESOURCE_RESOURCE_TYPE_H_
#define KUGGE_SERVICES_RESOURCE_RESOURCE_TYPE_H_

#include <memory>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "storage/resource_kind.h"

namespace kugge::resource {

struct ResourceType {
  storage::ResourceKind kind;
  const google::protobuf::Message* prototype;
  // Name of its field in requests and of its id field: "profile", "profile_id".
  absl::string_view singular;
  // Name of its field in answers and its collection: "profiles".
  absl::string_view plural;
  // Fields of the BASIC view.
  std::span<const absl::string_view> basic_fields;

  std::unique_ptr<google::protobuf::Message> New() const {
    return std::unique_ptr<google::protobuf::Message>(prototype->New());
  }
};

extern const ResourceType kTenant;
extern const ResourceType kRegion;
extern const ResourceType kStrategy;
extern const ResourceType kProfile;
extern const ResourceType kEmployer;
extern const ResourceType kRequirement;
extern const ResourceType kProvider;
extern const ResourceType kOffering;
extern const ResourceType kSession;

// The type whose collection a name ends in; null where there is none.
const ResourceType* TypeOfName(absl::string_view name);

// Clears what the BASIC view leaves out.
void KeepBasicFields(const ResourceType& type,
                     google::protobuf::Message* resource);

}  // namespace kugge::resource

#endif  // KUGGE_SERVICES_RESOURCE_RESOURCE_TYPE_H_
