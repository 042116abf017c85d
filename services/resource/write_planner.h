// From what a caller wants to what a transaction stages: reads what is there,
// merges, checks everything that can be checked before the commit. Shared by
// the single, the batch and the import methods.
#ifndef KUGGE_SERVICES_RESOURCE_WRITE_PLANNER_H_
#define KUGGE_SERVICES_RESOURCE_WRITE_PLANNER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/id_source.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"
#include "services/index/index.h"
#include "services/resource/resource_type.h"
#include "services/rpc/errors.h"
#include "services/rpc/validator.h"
#include "storage/repository.h"
#include "storage/transaction.h"

namespace kugge::resource {

// One resource's change. `before` is null for a creation, `after` for a
// deletion. Where all of it is replaced, `before` has only what outlives that.
struct PlannedWrite {
  const ResourceType* type = nullptr;
  std::string name;
  std::unique_ptr<google::protobuf::Message> before;
  storage::Revision before_revision = 0;
  std::unique_ptr<google::protobuf::Message> after;

  absl::Status Stage(storage::Transaction* transaction) const;
};

// What one resource of a request is checked against.
struct WriteScope {
  const ResourceType& type;
  // Revision that everything is read at.
  const index::PublishedView& view;
  absl::Time now;
  // Path of the resource in the request, such as `requests[3].profile`.
  std::string path;
};

// Thread-safe. Wrong fields are InvalidArgument with every violation; absent
// resources NotFound; a stale etag Aborted.
class WritePlanner {
 public:
  WritePlanner(const storage::Repository& repository,
               const rpc::Validator& validator, IdSource& ids)
      : repository_(repository), validator_(validator), ids_(ids) {}

  // A resource called `id`, or by a new random id where that is empty.
  absl::StatusOr<PlannedWrite> Create(
      const WriteScope& scope, absl::string_view parent, absl::string_view id,
      const google::protobuf::Message& resource) const;

  // `resource` has the name, and perhaps the etag, of what changes.
  absl::StatusOr<PlannedWrite> Update(
      const WriteScope& scope, const google::protobuf::Message& resource,
      const google::protobuf::FieldMask& mask) const;

  absl::StatusOr<PlannedWrite> Delete(const WriteScope& scope,
                                      absl::string_view name,
                                      absl::string_view etag) const;

  // The whole of `resource` under `name`, created or replaced.
  absl::StatusOr<PlannedWrite> Replace(
      const WriteScope& scope, absl::string_view name,
      const google::protobuf::Message& resource) const;

 private:
  // How much of what stands there is needed.
  enum class Part { kAll, kOutlivingReplacement };

  // Reads what stands under `name` and checks the etag against it.
  absl::Status ReadBefore(const WriteScope& scope, absl::string_view name,
                          absl::string_view etag, absl::string_view etag_path,
                          Part part, PlannedWrite* write) const;
  // Server-side fields, then every check of the resource as a whole.
  absl::Status Finish(const WriteScope& scope, PlannedWrite* write) const;

  const storage::Repository& repository_;
  const rpc::Validator& validator_;
  IdSource& ids_;
};

}  // namespace kugge::resource

#endif  // KUGGE_SERVICES_RESOURCE_WRITE_PLANNER_H_
