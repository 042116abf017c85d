// Imports: rows come in on a stream and are written many at a time; each gets
// its verdict once it is safe on disk and visible, or refused.
#ifndef KUGGE_SERVICES_RESOURCE_IMPORT_HANDLER_H_
#define KUGGE_SERVICES_RESOURCE_IMPORT_HANDLER_H_

#include <atomic>
#include <functional>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "services/resource/resource_handler.h"
#include "services/resource/resource_type.h"
#include "services/resource/write_planner.h"
#include "services/rpc/request_context.h"
#include "storage/repository.h"

namespace kugge::resource {

// A stream of Import{Resource}s, with its messages' types forgotten.
struct ImportStream {
  // An empty request and response of the stream's types.
  const google::protobuf::Message* request = nullptr;
  const google::protobuf::Message* response = nullptr;
  // Blocks for the next request; false at the end. Called by one thread, not
  // the one that writes.
  std::function<bool(google::protobuf::Message* request)> read;
  // False once the client is gone.
  std::function<bool(const google::protobuf::Message& response)> write;
};

// Imports that run at once; more get RESOURCE_EXHAUSTED. Each holds a serving
// thread for as long as its client sends, so they must not take them all.
inline constexpr int kMostImportsAtOnce = 8;

// Thread-safe.
class ImportHandler {
 public:
  // All outlive the handler.
  ImportHandler(storage::Repository& repository, index::Index& index,
                const WritePlanner& planner)
      : repository_(repository), index_(index), planner_(planner) {}

  // Runs until the stream ends. Rows that were answered as created or replaced
  // stay, whatever happens to later ones.
  absl::Status Import(const ResourceType& type, const ImportStream& stream,
                      rpc::RequestContext& call) const;

 private:
  storage::Repository& repository_;
  index::Index& index_;
  const WritePlanner& planner_;
  mutable std::atomic<int> running_ = 0;
};

}  // namespace kugge::resource

#endif  // KUGGE_SERVICES_RESOURCE_IMPORT_HANDLER_H_
