#include "services/server/grpc_server.h"

#include <grpc/grpc.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/server/address.h"

namespace kugge::server {
namespace {

// Measured on this version of gRPC: with the defaults, half-open connections
// stay for good and slow readers grow the process by a gigabyte.
void Harden(grpc::ServerBuilder* builder) {
  // A second server on the same port must fail, not share its calls.
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // Of one connection; more wait on the client's side.
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 32);
  builder->AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 2'000);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  builder->AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
  // Clients connect again by themselves.
  builder->AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 300'000);
}

}  // namespace

absl::StatusOr<ListeningServer> Listen(absl::string_view field,
                                       const std::string& address,
                                       grpc::ServerBuilder* builder) {
  KUGGE_ASSIGN_OR_RETURN(const Address parsed, ParseAddress(address));
  grpc::EnableDefaultHealthCheckService(true);
  Harden(builder);
  int port = 0;
  builder->AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  ListeningServer listening;
  listening.server = builder->BuildAndStart();
  if (listening.server == nullptr || port == 0) {
    return absl::UnavailableError(absl::StrCat(
        field, " ", address,
        " can't be listened on: another program has that port, or the address "
        "is not one of this machine"));
  }
  listening.address = parsed.WithPort(port);
  return listening;
}

void SetHealth(grpc::Server* server, bool ready) {
  grpc::HealthCheckServiceInterface* health = server->GetHealthCheckService();
  health->SetServingStatus("", ready);
  health->SetServingStatus("kugge.live", true);
  health->SetServingStatus("kugge.ready", ready);
}

}  // namespace kugge::server
