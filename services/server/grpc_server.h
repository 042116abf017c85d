// What both listeners of gRPC have in common.
#ifndef KUGGE_SERVICES_SERVER_GRPC_SERVER_H_
#define KUGGE_SERVICES_SERVER_GRPC_SERVER_H_

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace kugge::server {

struct ListeningServer {
  std::unique_ptr<grpc::Server> server;
  // With the port that was bound.
  std::string address;
};

// Hardens `builder`, adds the health service and starts to listen. Unavailable,
// in words that name `field` of the configuration, where the address can't be
// listened on.
absl::StatusOr<ListeningServer> Listen(absl::string_view field,
                                       const std::string& address,
                                       grpc::ServerBuilder* builder);

// Whether `kugge.ready` and the server as a whole (the empty name) are SERVING.
// `kugge.live` is, from the first call on.
void SetHealth(grpc::Server* server, bool ready);

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_GRPC_SERVER_H_
