// Names that a resource holds of others: they must exist, and be of the same
// tenant or official.
#ifndef KUGGE_SERVICES_RESOURCE_REFERENCES_H_
#define KUGGE_SERVICES_RESOURCE_REFERENCES_H_

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "services/rpc/errors.h"
#include "storage/repository.h"

namespace kugge::resource {

// Adds a violation for each name in `resource` that doesn't exist at
// `snapshot`. `name` is the resource's own. Errors are those of the store.
absl::Status CheckReferences(const storage::Repository& repository,
                             const storage::Snapshot* snapshot,
                             const google::protobuf::Message& resource,
                             absl::string_view name, absl::string_view path,
                             rpc::Violations* violations);

}  // namespace kugge::resource

#endif  // KUGGE_SERVICES_RESOURCE_REFERENCES_H_
