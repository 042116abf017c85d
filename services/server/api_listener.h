// The listener of the public API. Synchronous, with a bound on threads: calls
// beyond it get RESOURCE_EXHAUSTED, health and reflection besides.
#ifndef KUGGE_SERVICES_SERVER_API_LISTENER_H_
#define KUGGE_SERVICES_SERVER_API_LISTENER_H_

#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kugge/config/v1/server_config.pb.h"

namespace kugge::server {

class ApiListener {
 public:
  // Answers calls from now on. The services outlive it.
  static absl::StatusOr<std::unique_ptr<ApiListener>> Start(
      const config::v1::ServerConfig& config,
      const std::vector<grpc::Service*>& services);
  ~ApiListener();

  // Takes no more calls and waits for those that run, at most `longest`; then
  // cancels them. To be called once.
  void Drain(absl::Duration longest);
  // With the port that was bound.
  const std::string& address() const { return address_; }

 private:
  ApiListener(std::unique_ptr<grpc::Server> server, std::string address)
      : server_(std::move(server)), address_(std::move(address)) {}

  const std::unique_ptr<grpc::Server> server_;
  const std::string address_;
};

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_API_LISTENER_H_
