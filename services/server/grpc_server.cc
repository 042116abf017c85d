#include "services/server/grpc_server.h"

#include <grpc/grpc.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/security/server_credentials.h>

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "grpc/health/v1/health.pb.h"
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

// Reflection of one server. A program that links gRPC's reflection has it on
// every server, so it is taken off where it is not wanted.
class ReflectionOption final : public grpc::ServerBuilderOption {
 public:
  using Plugins = std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>;

  explicit ReflectionOption(bool wanted) : wanted_(wanted) {}

  void UpdateArguments(grpc::ChannelArguments* /*arguments*/) override {}
  void UpdatePlugins(Plugins* plugins) override {
    auto reflection =
        std::make_unique<grpc::reflection::ProtoServerReflectionPlugin>();
    std::erase_if(*plugins, [&](const auto& plugin) {
      return plugin->name() == reflection->name();
    });
    if (!wanted_) return;
    plugins->push_back(std::move(reflection));
    // gRPC serves health without its descriptor, which reflection needs.
    grpc::health::v1::HealthCheckRequest::descriptor();
  }

 private:
  const bool wanted_;
};

}  // namespace

absl::StatusOr<ListeningServer> Listen(const ListenOptions& options,
                                       grpc::ServerBuilder* builder) {
  KUGGE_ASSIGN_OR_RETURN(const Address parsed, ParseAddress(options.address));
  grpc::EnableDefaultHealthCheckService(true);
  Harden(builder);
  builder->SetOption(std::make_unique<ReflectionOption>(options.reflection));
  int port = 0;
  builder->AddListeningPort(options.address, grpc::InsecureServerCredentials(),
                            &port);
  ListeningServer listening;
  listening.server = builder->BuildAndStart();
  if (listening.server == nullptr || port == 0) {
    return absl::UnavailableError(absl::StrCat(
        options.field, " ", options.address,
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
