#include "services/server/server.h"

#include <cstddef>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "storage/memory/memory_store.h"
#include "storage/rocksdb/rocksdb_store.h"

namespace kugge::server {
namespace {

void LogListening(absl::string_view what, const std::string& address) {
  Log(LogLevel::kInfo, "listening", {{"address", address}, {"what", what}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const config::v1::ServerConfig& config) {
  std::unique_ptr<Server> server(new Server(config));
  KUGGE_RETURN_IF_ERROR(server->StartParts());
  return server;
}

Server::~Server() { Stop(); }

absl::Status Server::StartParts() {
  const absl::Time begin = absl::Now();
  KUGGE_ASSIGN_OR_RETURN(health_,
                         HealthListener::Start(config_.health_address()));
  LogListening("health", health_->address());
  if (config_.metrics_address() != "-") {
    KUGGE_ASSIGN_OR_RETURN(
        exposer_, MetricsExposer::Start(config_.metrics_address(), metrics_));
    LogListening("metrics", exposer_->address());
  }
  KUGGE_RETURN_IF_ERROR(OpenStore());
  KUGGE_ASSIGN_OR_RETURN(repository_, storage::Repository::Open(store_.get()));
  KUGGE_ASSIGN_OR_RETURN(index_, index::Index::Open(*repository_, &metrics_));
  services_ = std::make_unique<Services>(config_, clock_, &metrics_,
                                         *repository_, *index_);
  KUGGE_ASSIGN_OR_RETURN(api_, ApiListener::Start(config_, services_->All()));
  LogListening("api", api_->address());
  housekeeping_ = std::make_unique<Housekeeping>(
      *store_, clock_,
      HousekeepingOptions{.change_log_entries = config_.change_log_entries(),
                          .insecure_address = config_.allow_insecure()
                                                  ? api_->address()
                                                  : std::string()});
  health_->SetReady(true);
  Log(LogLevel::kInfo, "ready",
      {{"seconds", absl::ToDoubleSeconds(absl::Now() - begin)},
       {"revision", index_->Latest()->revision}});
  return absl::OkStatus();
}

absl::Status Server::OpenStore() {
  if (config_.store() == config::v1::STORE_MEMORY) {
    KUGGE_ASSIGN_OR_RETURN(store_, storage::MakeMemoryStore());
    return absl::OkStatus();
  }
  const storage::RocksDbStoreOptions options{
      .block_cache_bytes = static_cast<size_t>(config_.block_cache_mib()) << 20,
      .metrics = &metrics_};
  KUGGE_ASSIGN_OR_RETURN(
      store_, storage::OpenRocksDbStore(config_.data_dir(), options));
  return absl::OkStatus();
}

BoundAddresses Server::addresses() const {
  return {.api = api_->address(),
          .health = health_->address(),
          .metrics = exposer_ == nullptr ? "" : exposer_->address()};
}

void Server::Stop() {
  if (services_ != nullptr) services_->BeginStop();
  if (health_ != nullptr) health_->SetReady(false);
  if (api_ != nullptr) api_->Drain(absl::Seconds(config_.drain_seconds()));
  housekeeping_.reset();
  api_.reset();
  services_.reset();
  index_.reset();
  repository_.reset();
  store_.reset();
  exposer_.reset();
  health_.reset();
}

}  // namespace kugge::server
