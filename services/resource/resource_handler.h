// The standard methods (AIP-131 to 135, 231 to 235), written once over
// descriptors: a service's method names the resource type and hands over.
//
// Requests are those of the service protos; the fields they share are read by
// name (fields.h). Every read goes through the published view; every write is
// one commit, visible in the view before the method returns.
#ifndef KUGGE_SERVICES_RESOURCE_RESOURCE_HANDLER_H_
#define KUGGE_SERVICES_RESOURCE_RESOURCE_HANDLER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/index/index.h"
#include "services/resource/resource_type.h"
#include "services/resource/write_planner.h"
#include "services/rpc/page_token.h"
#include "services/rpc/request_context.h"
#include "storage/repository.h"

namespace kugge::resource {

// Thread-safe.
class ResourceHandler {
 public:
  using Message = google::protobuf::Message;
  using Context = rpc::RequestContext;

  // All outlive the handler.
  ResourceHandler(storage::Repository& repository, index::Index& index,
                  const WritePlanner& planner, const rpc::PageTokens& tokens)
      : repository_(repository),
        index_(index),
        planner_(planner),
        tokens_(tokens) {}

  absl::Status Get(const ResourceType& type, const Message& request,
                   Context& call, Message* resource) const;
  absl::Status List(const ResourceType& type, const Message& request,
                    Context& call, Message* response) const;
  absl::Status Create(const ResourceType& type, const Message& request,
                      Context& call, Message* resource) const;
  absl::Status Update(const ResourceType& type, const Message& request,
                      Context& call, Message* resource) const;
  absl::Status Delete(const ResourceType& type, const Message& request,
                      Context& call) const;

  absl::Status BatchGet(const ResourceType& type, const Message& request,
                        Context& call, Message* response) const;
  absl::Status BatchCreate(const ResourceType& type, const Message& request,
                           Context& call, Message* response) const;
  absl::Status BatchUpdate(const ResourceType& type, const Message& request,
                           Context& call, Message* response) const;
  absl::Status BatchDelete(const ResourceType& type, const Message& request,
                           Context& call) const;

  // The view that a call reads: the latest, which shows at least what the call
  // asks for. Unavailable where that revision isn't reached.
  absl::StatusOr<std::shared_ptr<const index::PublishedView>> View(
      Context& call) const;

 private:
  // Plans the writes of a request at a view.
  using Plan = std::function<absl::StatusOr<std::vector<PlannedWrite>>(
      const index::PublishedView& view)>;
  // Hands a written resource, with its etag, to the answer. Not called for
  // deletions.
  using Answer = absl::FunctionRef<void(const Message& resource)>;

  // Plans, commits, waits for the view, answers. Repeats of a request id answer
  // as the first did; a lost race without an etag is planned anew.
  absl::Status Write(const ResourceType& type, const Message& request,
                     Context& call, const Plan& plan, Answer answer) const;
  absl::StatusOr<storage::Revision> Commit(
      const std::vector<PlannedWrite>& writes,
      const storage::RequestId& request_id, storage::RequestRecord record,
      storage::Revision expected_record) const;
  absl::Status Replay(const ResourceType& type,
                      const storage::RequestRecord& record, Context& call,
                      Answer answer) const;

  storage::Repository& repository_;
  index::Index& index_;
  const WritePlanner& planner_;
  const rpc::PageTokens& tokens_;
};

// A failed commit in the words of the API.
absl::Status CommitError(const absl::Status& status);

}  // namespace kugge::resource

#endif  // KUGGE_SERVICES_RESOURCE_RESOURCE_HANDLER_H_
