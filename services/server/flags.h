// The command line of kugged.
#ifndef KUGGE_SERVICES_SERVER_FLAGS_H_
#define KUGGE_SERVICES_SERVER_FLAGS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace kugge::server {

// What is absent was not given: the configuration file, or the default, holds.
struct Flags {
  std::optional<std::string> config = std::nullopt;
  std::optional<std::string> data_dir = std::nullopt;
  std::optional<std::string> listen_address = std::nullopt;
  std::optional<std::string> health_address = std::nullopt;
  std::optional<std::string> metrics_address = std::nullopt;
  std::optional<bool> allow_insecure = std::nullopt;
  bool version = false;
  bool help = false;
};

// Takes `--flag=value` and `--flag value`. InvalidArgument names the argument.
absl::StatusOr<Flags> ParseFlags(const std::vector<std::string>& arguments);

// What `--help` prints.
std::string HelpText();

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_FLAGS_H_
