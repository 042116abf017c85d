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

struct ListenOptions {
  // Of the configuration, for errors.
  absl::string_view field;
  std::string address;
  bool reflection = false;
};

// Hardens `builder`, adds the health service and starts to listen. Unavailable,
// in words that name the field, where the address can't be listened on.
absl::StatusOr<ListeningServer> Listen(const ListenOptions& options,
                                       grpc::ServerBuilder* builder);

// Whether `kugge.ready` and the server as a whole (the empty name) are SERVING.
// `kugge.live` is, from the first call on.
void SetHealth(grpc::Server* server, bool ready);

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_GRPC_SERVER_H_
