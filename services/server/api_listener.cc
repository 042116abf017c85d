#include "services/server/api_listener.h"

#include <grpcpp/resource_quota.h>

#include <cstddef>
#include <utility>

#include "absl/time/clock.h"
#include "base/status_macros.h"
#include "services/server/grpc_server.h"

namespace kugge::server {
absl::StatusOr<std::unique_ptr<ApiListener>> ApiListener::Start(
    const config::v1::ServerConfig& config,
    const std::vector<grpc::Service*>& services) {
  grpc::ServerBuilder builder;
  for (grpc::Service* service : services) builder.RegisterService(service);
  const int message_bytes = config.max_batch_message_kib() << 10;
  builder.SetMaxReceiveMessageSize(message_bytes);
  grpc::ResourceQuota quota("kugge_api");
  // One thread always waits for the next call.
  quota.SetMaxThreads(config.max_threads() + 1);
  // Every thread's message, and as much again for what waits to be sent.
  quota.Resize(size_t{2} * static_cast<size_t>(config.max_threads() + 1) *
               static_cast<size_t>(message_bytes));
  builder.SetResourceQuota(quota);
  // A thread that is done waits for the next call: with fewer that may wait,
  // gRPC ends it and makes a new one for nearly every call under load. One
  // queue, so that a call never waits for threads of another.
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS,
                              config.max_threads() + 1);
  KUGGE_ASSIGN_OR_RETURN(
      ListeningServer listening,
      Listen({.field = "listen_address",
              .address = config.listen_address(),
              .reflection = config.reflection() != config::v1::REFLECTION_OFF},
             &builder));
  SetHealth(listening.server.get(), true);
  return std::unique_ptr<ApiListener>(new ApiListener(
      std::move(listening.server), std::move(listening.address)));
}

ApiListener::~ApiListener() = default;

void ApiListener::Drain(absl::Duration longest) {
  SetHealth(server_.get(), false);
  server_->Shutdown(absl::ToChronoTime(absl::Now() + longest));
}

}  // namespace kugge::server
