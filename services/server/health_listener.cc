#include "services/server/health_listener.h"

#include <chrono>
#include <utility>

#include "base/status_macros.h"
#include "services/server/grpc_server.h"

namespace kugge::server {

absl::StatusOr<std::unique_ptr<HealthListener>> HealthListener::Start(
    const std::string& address) {
  std::unique_ptr<HealthListener> listener(new HealthListener);
  grpc::ServerBuilder builder;
  builder.RegisterCallbackGenericService(&listener->no_method_);
  // A question for health has no more than a name.
  builder.SetMaxReceiveMessageSize(1024);
  KUGGE_ASSIGN_OR_RETURN(
      ListeningServer listening,
      Listen({.field = "health_address", .address = address}, &builder));
  listener->address_ = std::move(listening.address);
  listener->server_ = std::move(listening.server);
  listener->SetReady(false);
  return listener;
}

// Whoever watches health has an open call: it is ended at once.
HealthListener::~HealthListener() {
  if (server_ != nullptr) server_->Shutdown(std::chrono::system_clock::now());
}

void HealthListener::SetReady(bool ready) { SetHealth(server_.get(), ready); }

}  // namespace kugge::server
