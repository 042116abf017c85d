#include "services/server/run.h"

#include <grpc/support/log.h>
#include <signal.h>

#include <cstdio>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/log.h"
#include "services/server/config_loader.h"
#include "services/server/flags.h"
#include "services/server/server.h"

namespace kugge::server {
namespace {

constexpr int kCannotStart = 1;
constexpr int kWrongConfiguration = 2;

int Fail(int exit_code, const absl::Status& status) {
  std::fprintf(stderr, "kugged: %s\n", std::string(status.message()).c_str());
  return exit_code;
}

LogLevel LevelOf(config::v1::LogLevel level) {
  switch (level) {
    case config::v1::LOG_LEVEL_DEBUG:
      return LogLevel::kDebug;
    case config::v1::LOG_LEVEL_WARNING:
      return LogLevel::kWarning;
    case config::v1::LOG_LEVEL_ERROR:
      return LogLevel::kError;
    default:
      return LogLevel::kInfo;
  }
}

// gRPC's own lines in our form. While the server starts, its errors are ours
// as well, in better words; later ones, such as that no file descriptor is
// left, nobody else tells.
void LogGrpcStart(gpr_log_func_args* line) {
  Log(LogLevel::kDebug, "grpc",
      {{"file", line->file}, {"line", line->line}, {"text", line->message}});
}

void LogGrpc(gpr_log_func_args* line) {
  Log(line->severity == GPR_LOG_SEVERITY_ERROR ? LogLevel::kWarning
                                               : LogLevel::kDebug,
      "grpc",
      {{"file", line->file}, {"line", line->line}, {"text", line->message}});
}

// The signals that stop the server, blocked in every thread so that only
// sigwait gets them. A full disk and a client that is gone are errors of calls,
// not the end of the process.
sigset_t SetUpSignals() {
  signal(SIGXFSZ, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGTERM);
  sigaddset(&stops, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stops, nullptr);
  return stops;
}

void LogStart(const config::v1::ServerConfig& config) {
  Log(LogLevel::kInfo, "start",
      {{"version", KUGGE_VERSION},
       {"store", config::v1::Store_Name(config.store())},
       {"data_dir", config.data_dir()},
       {"listen_address", config.listen_address()},
       {"health_address", config.health_address()},
       {"metrics_address", config.metrics_address()},
       {"allow_insecure", config.allow_insecure()},
       {"reflection", config::v1::Reflection_Name(config.reflection())},
       {"max_threads", config.max_threads()},
       {"block_cache_mib", config.block_cache_mib()}});
}

int Serve(const config::v1::ServerConfig& config) {
  const sigset_t stops = SetUpSignals();
  gpr_set_log_function(LogGrpcStart);
  SetMinimumLogLevel(LevelOf(config.log_level()));
  LogStart(config);
  absl::StatusOr<std::unique_ptr<Server>> server = Server::Start(config);
  if (!server.ok()) return Fail(kCannotStart, server.status());
  gpr_set_log_function(LogGrpc);
  int number = 0;
  sigwait(&stops, &number);
  Log(LogLevel::kInfo, "stopping", {{"signal", number}});
  (*server)->Stop();
  Log(LogLevel::kInfo, "stopped");
  return 0;
}

}  // namespace

int Run(const std::vector<std::string>& arguments) {
  const absl::StatusOr<Flags> flags = ParseFlags(arguments);
  if (!flags.ok()) return Fail(kWrongConfiguration, flags.status());
  if (flags->help) {
    std::fputs(HelpText().c_str(), stdout);
    return 0;
  }
  if (flags->version) {
    std::puts("kugged " KUGGE_VERSION);
    return 0;
  }
  const absl::StatusOr<config::v1::ServerConfig> config = LoadConfig(*flags);
  if (!config.ok()) return Fail(kWrongConfiguration, config.status());
  return Serve(*config);
}

}  // namespace kugge::server
