#include "services/server/config_loader.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <limits>
#include <sstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "services/server/address.h"

namespace kugge::server {
namespace {

using config::v1::ServerConfig;

constexpr char kNone[] = "-";
constexpr int kMostBatchThreads = 1024;

absl::Status WrongField(absl::string_view field, absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("configuration field ", field, " ", what));
}

absl::Status CheckRange(absl::string_view field, int64_t value, int64_t least,
                        int64_t most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return WrongField(field, absl::StrCat("is ", value, "; must be from ", least,
                                        " to ", most));
}

absl::StatusOr<Address> CheckAddress(absl::string_view field,
                                     absl::string_view text) {
  absl::StatusOr<Address> address = ParseAddress(text);
  if (!address.ok()) return WrongField(field, address.status().message());
  return address;
}

absl::Status CheckAddresses(const ServerConfig& config) {
  KUGGE_ASSIGN_OR_RETURN(
      const Address api,
      CheckAddress("listen_address", config.listen_address()));
  KUGGE_RETURN_IF_ERROR(
      CheckAddress("health_address", config.health_address()).status());
  if (config.metrics_address() != kNone) {
    KUGGE_ASSIGN_OR_RETURN(
        const Address metrics,
        CheckAddress("metrics_address", config.metrics_address()));
    if (metrics.is_unix()) {
      return WrongField("metrics_address",
                        "is unix:path; must be host:port or -");
    }
  }
  if (!api.is_loopback() && !config.allow_insecure()) {
    return WrongField(
        "listen_address",
        absl::StrCat("is ", config.listen_address(),
                     ", which others than this machine may reach, and there "
                     "are no identities yet; must be a loopback address such "
                     "as 127.0.0.1:7400, or set allow_insecure"));
  }
  return absl::OkStatus();
}

absl::Status CheckEnums(const ServerConfig& config) {
  if (!config::v1::Reflection_IsValid(config.reflection())) {
    return WrongField("reflection", "must be REFLECTION_ON or REFLECTION_OFF");
  }
  if (!config::v1::LogLevel_IsValid(config.log_level())) {
    return WrongField(
        "log_level",
        "must be LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARNING "
        "or LOG_LEVEL_ERROR");
  }
  if (!config::v1::Store_IsValid(config.store())) {
    return WrongField("store", "must be STORE_ROCKSDB or STORE_MEMORY");
  }
  return absl::OkStatus();
}

void ApplyFlags(const Flags& flags, ServerConfig* config) {
  if (flags.data_dir) config->set_data_dir(*flags.data_dir);
  if (flags.listen_address) config->set_listen_address(*flags.listen_address);
  if (flags.health_address) config->set_health_address(*flags.health_address);
  if (flags.metrics_address) {
    config->set_metrics_address(*flags.metrics_address);
  }
  if (flags.allow_insecure) config->set_allow_insecure(*flags.allow_insecure);
}

}  // namespace

absl::StatusOr<ServerConfig> LoadConfig(const Flags& flags) {
  ServerConfig config;
  if (flags.config) {
    KUGGE_ASSIGN_OR_RETURN(config, ReadConfigFile(*flags.config));
  }
  ApplyFlags(flags, &config);
  SetDefaults(&config);
  KUGGE_RETURN_IF_ERROR(CheckConfig(config));
  return config;
}

absl::StatusOr<ServerConfig> ReadConfigFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) {
    return absl::InvalidArgumentError(
        absl::StrCat("configuration file ", path,
                     " can't be opened: ", std::strerror(errno)));
  }
  std::ostringstream contents;
  contents << file.rdbuf();
  const std::string json = contents.str();
  if (json.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("configuration file ", path,
                     " is empty or can't be read; {} would be all defaults"));
  }
  ServerConfig config;
  const auto status =
      google::protobuf::util::JsonStringToMessage(json, &config);
  if (!status.ok()) {
    const auto text = status.message();
    return absl::InvalidArgumentError(
        absl::StrCat("configuration file ", path,
                     " is not the JSON form of kugge.config.v1.ServerConfig: ",
                     absl::string_view(text.data(), text.size())));
  }
  return config;
}

void SetDefaults(ServerConfig* config) {
  const auto text = [](std::string* field, const char* value) {
    if (field->empty()) *field = value;
  };
  const auto number = [config](auto get, auto set, auto value) {
    if ((config->*get)() == 0) (config->*set)(value);
  };
  text(config->mutable_data_dir(), "./kugge-data");
  text(config->mutable_listen_address(), "127.0.0.1:7400");
  text(config->mutable_health_address(), "127.0.0.1:7401");
  text(config->mutable_metrics_address(), "127.0.0.1:7402");
  using C = ServerConfig;
  number(&C::reflection, &C::set_reflection, config::v1::REFLECTION_ON);
  number(&C::max_threads, &C::set_max_threads, 64);
  number(&C::max_message_kib, &C::set_max_message_kib, 256);
  number(&C::max_batch_message_kib, &C::set_max_batch_message_kib, 4096);
  number(&C::max_call_seconds, &C::set_max_call_seconds, 60);
  number(&C::drain_seconds, &C::set_drain_seconds, 10);
  number(&C::log_level, &C::set_log_level, config::v1::LOG_LEVEL_INFO);
  number(&C::store, &C::set_store, config::v1::STORE_ROCKSDB);
  number(&C::block_cache_mib, &C::set_block_cache_mib, 256);
  number(&C::change_log_entries, &C::set_change_log_entries, 1'000'000);
  // 0 where the system doesn't tell.
  const auto cores = static_cast<int>(std::thread::hardware_concurrency());
  number(&C::batch_threads, &C::set_batch_threads,
         std::clamp(cores, 1, kMostBatchThreads));
}

absl::Status CheckConfig(const ServerConfig& config) {
  KUGGE_RETURN_IF_ERROR(CheckAddresses(config));
  KUGGE_RETURN_IF_ERROR(CheckEnums(config));
  KUGGE_RETURN_IF_ERROR(
      CheckRange("max_threads", config.max_threads(), 1, 4096));
  KUGGE_RETURN_IF_ERROR(CheckRange(
      "max_batch_message_kib", config.max_batch_message_kib(), 1, 64 * 1024));
  KUGGE_RETURN_IF_ERROR(CheckRange("max_message_kib", config.max_message_kib(),
                                   1, config.max_batch_message_kib()));
  KUGGE_RETURN_IF_ERROR(CheckRange("max_call_seconds",
                                   config.max_call_seconds(), 1, 24 * 60 * 60));
  KUGGE_RETURN_IF_ERROR(
      CheckRange("drain_seconds", config.drain_seconds(), 1, 60 * 60));
  KUGGE_RETURN_IF_ERROR(
      CheckRange("block_cache_mib", config.block_cache_mib(), 1, 1024 * 1024));
  KUGGE_RETURN_IF_ERROR(CheckRange("batch_threads", config.batch_threads(), 1,
                                   kMostBatchThreads));
  return CheckRange("change_log_entries", config.change_log_entries(), 1,
                    std::numeric_limits<int64_t>::max());
}

}  // namespace kugge::server
