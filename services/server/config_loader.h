// The server's configuration: a file in JSON, flags above it, defaults below.
#ifndef KUGGE_SERVICES_SERVER_CONFIG_LOADER_H_
#define KUGGE_SERVICES_SERVER_CONFIG_LOADER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kugge/config/v1/server_config.pb.h"
#include "services/server/flags.h"

namespace kugge::server {

// The configuration to run with: every field set and checked. InvalidArgument
// names the file or the field, and what would be right.
absl::StatusOr<config::v1::ServerConfig> LoadConfig(const Flags& flags);

// Reads the JSON form; fields that it doesn't name stay empty. A field that
// there is not is an error.
absl::StatusOr<config::v1::ServerConfig> ReadConfigFile(
    const std::string& path);

// Gives every empty field the default that its comment in
// server_config.proto names.
void SetDefaults(config::v1::ServerConfig* config);

// Checks a configuration in which every field is set.
absl::Status CheckConfig(const config::v1::ServerConfig& config);

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_CONFIG_LOADER_H_
