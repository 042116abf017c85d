// A listener with nothing but health (grpc.health.v1), for probes: it answers
// before the store is open and while calls are drained.
//
//   kugge.live   SERVING as long as the process can answer at all
//   kugge.ready  SERVING while the API answers; so is the empty name
#ifndef KUGGE_SERVICES_SERVER_HEALTH_LISTENER_H_
#define KUGGE_SERVICES_SERVER_HEALTH_LISTENER_H_

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace kugge::server {

class HealthListener {
 public:
  // Live and not ready.
  static absl::StatusOr<std::unique_ptr<HealthListener>> Start(
      const std::string& address);
  ~HealthListener();

  void SetReady(bool ready);
  // With the port that was bound.
  const std::string& address() const { return address_; }

 private:
  HealthListener() = default;

  // Answers UNIMPLEMENTED to every other method.
  grpc::CallbackGenericService no_method_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_HEALTH_LISTENER_H_
