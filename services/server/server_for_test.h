// A server in a folder of a test, listening on ports that were free.
#ifndef KUGGE_SERVICES_SERVER_SERVER_FOR_TEST_H_
#define KUGGE_SERVICES_SERVER_SERVER_FOR_TEST_H_

#include <grpc/grpc.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <chrono>
#include <memory>
#include <string>

#include "grpc/health/v1/health.grpc.pb.h"
#include "kugge/config/v1/server_config.pb.h"
#include "services/server/config_loader.h"

namespace kugge::server {

inline config::v1::ServerConfig ConfigForTest(const std::string& data_dir) {
  config::v1::ServerConfig config;
  config.set_data_dir(data_dir);
  config.set_listen_address("127.0.0.1:0");
  config.set_health_address("127.0.0.1:0");
  // Their listener takes up to two seconds to close.
  config.set_metrics_address("-");
  config.set_block_cache_mib(8);
  SetDefaults(&config);
  return config;
}

inline std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address) {
  grpc::ChannelArguments arguments;
  // Each its own connection: gRPC shares those of equal channels.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

// A deadline that only a hung server misses.
inline void SetDeadline(grpc::ClientContext* context) {
  context->set_deadline(std::chrono::system_clock::now() +
                        std::chrono::seconds(60));
}

// The health of `service` there; UNKNOWN where the call fails.
inline grpc::health::v1::HealthCheckResponse::ServingStatus HealthAt(
    const std::string& address, const std::string& service) {
  grpc::ClientContext context;
  SetDeadline(&context);
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(service);
  grpc::health::v1::HealthCheckResponse response;
  const auto stub = grpc::health::v1::Health::NewStub(ChannelTo(address));
  if (!stub->Check(&context, request, &response).ok()) {
    return grpc::health::v1::HealthCheckResponse::UNKNOWN;
  }
  return response.status();
}

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_SERVER_FOR_TEST_H_
