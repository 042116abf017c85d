// Serves the metrics in Prometheus' text format on `/metrics`.
#ifndef KUGGE_SERVICES_SERVER_METRICS_EXPOSER_H_
#define KUGGE_SERVICES_SERVER_METRICS_EXPOSER_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "base/metrics.h"

namespace prometheus {
class Exposer;
}  // namespace prometheus

namespace kugge::server {

class MetricsExposer {
 public:
  // `address` is host:port. Unavailable, in words, where it can't be listened
  // on.
  static absl::StatusOr<std::unique_ptr<MetricsExposer>> Start(
      const std::string& address, const Metrics& metrics);
  ~MetricsExposer();

  // With the port that was bound.
  const std::string& address() const { return address_; }

 private:
  MetricsExposer(std::unique_ptr<prometheus::Exposer> exposer,
                 std::string address);

  const std::unique_ptr<prometheus::Exposer> exposer_;
  const std::string address_;
};

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_METRICS_EXPOSER_H_
