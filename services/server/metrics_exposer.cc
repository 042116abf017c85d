#include "services/server/metrics_exposer.h"

#include <prometheus/exposer.h>
#include <prometheus/registry.h>

#include <exception>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "services/server/address.h"

namespace kugge::server {

absl::StatusOr<std::unique_ptr<MetricsExposer>> MetricsExposer::Start(
    const std::string& address, const Metrics& metrics) {
  KUGGE_ASSIGN_OR_RETURN(Address parsed, ParseAddress(address));
  // The library's listener takes numbers only.
  if (absl::EqualsIgnoreCase(parsed.host, "localhost")) {
    parsed.host = "127.0.0.1";
  }
  std::unique_ptr<prometheus::Exposer> exposer;
  try {
    exposer =
        std::make_unique<prometheus::Exposer>(parsed.WithPort(parsed.port));
  } catch (const std::exception&) {
    return absl::UnavailableError(absl::StrCat(
        "metrics_address ", address,
        " can't be listened on: another program has that port, or the address "
        "is not one of this machine"));
  }
  exposer->RegisterCollectable(metrics.registry());
  const std::vector<int> ports = exposer->GetListeningPorts();
  const int port = ports.empty() ? parsed.port : ports.front();
  return std::unique_ptr<MetricsExposer>(
      new MetricsExposer(std::move(exposer), parsed.WithPort(port)));
}

MetricsExposer::MetricsExposer(std::unique_ptr<prometheus::Exposer> exposer,
                               std::string address)
    : exposer_(std::move(exposer)), address_(std::move(address)) {}

MetricsExposer::~MetricsExposer() = default;

}  // namespace kugge::server
