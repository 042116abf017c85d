// The server: everything below, wired together once.
//
//   health listener -> metrics -> store -> repository -> index -> services ->
//   API listener -> housekeeping
//
// They start in this order and end in the opposite one, so a probe is answered
// while the store replays its log, and until the last call is over.
#ifndef KUGGE_SERVICES_SERVER_SERVER_H_
#define KUGGE_SERVICES_SERVER_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "kugge/config/v1/server_config.pb.h"
#include "services/index/index.h"
#include "services/server/api_listener.h"
#include "services/server/health_listener.h"
#include "services/server/housekeeping.h"
#include "services/server/metrics_exposer.h"
#include "services/server/services.h"
#include "storage/key_value_store.h"
#include "storage/repository.h"

namespace kugge::server {

// Where it listens, with the ports that were bound.
struct BoundAddresses {
  std::string api;
  std::string health;
  // Empty: metrics are not served.
  std::string metrics;
};

class Server {
 public:
  // Returns once calls are answered. `config` must have passed CheckConfig.
  // Errors are words for an operator: an address that is taken, a folder that
  // is not ours or is in use, a store that is damaged or newer.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const config::v1::ServerConfig& config);
  // Stops.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Not ready from now on; ends MatchAll, waits for the other calls that run,
  // at most drain_seconds, closes the store. A second call does nothing.
  void Stop();

  // As long as it runs.
  BoundAddresses addresses() const;
  Metrics& metrics() { return metrics_; }

 private:
  explicit Server(const config::v1::ServerConfig& config) : config_(config) {}

  absl::Status StartParts();
  absl::Status OpenStore();

  const config::v1::ServerConfig config_;
  const SystemClock clock_;
  Metrics metrics_;
  std::unique_ptr<HealthListener> health_;
  std::unique_ptr<MetricsExposer> exposer_;
  std::unique_ptr<storage::KeyValueStore> store_;
  std::unique_ptr<storage::Repository> repository_;
  std::unique_ptr<index::Index> index_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<ApiListener> api_;
  std::unique_ptr<Housekeeping> housekeeping_;
};

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_SERVER_H_
