#include "tests/bench/data_folder.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/ordered_workers.h"
#include "kugge/v1/taxonomy_service.grpc.pb.h"
#include "services/server/config_loader.h"
#include "storage/rocksdb/rocksdb_store.h"
#include "tests/bench/must.h"
#include "tests/bench/report.h"

namespace kugge::bench {
namespace {

constexpr uint32_t kRowsPerCommit = 1'000;
// What one message of an import may carry is 200 KiB.
constexpr size_t kChunk = size_t{128} << 10;

struct RowRange {
  uint32_t begin = 0;
  uint32_t end = 0;
};

}  // namespace

std::unique_ptr<server::Server> StartServer(const std::string& data_dir,
                                            double* seconds) {
  config::v1::ServerConfig config;
  config.set_data_dir(data_dir);
  config.set_listen_address("127.0.0.1:0");
  config.set_health_address("127.0.0.1:0");
  config.set_metrics_address("-");
  config.set_log_level(config::v1::LOG_LEVEL_WARNING);
  server::SetDefaults(&config);
  Must(server::CheckConfig(config));
  const double begin = NowMicros();
  auto server = Must(server::Server::Start(config));
  *seconds = (NowMicros() - begin) / 1e6;
  return server;
}

void ImportConcepts(const std::string& data_dir, const std::string& concepts) {
  double seconds = 0;
  const auto server = StartServer(data_dir, &seconds);
  const auto channel = grpc::CreateChannel(server->addresses().api,
                                           grpc::InsecureChannelCredentials());
  const auto stub = v1::TaxonomyService::NewStub(channel);
  grpc::ClientContext context;
  v1::ImportTaxonomyResponse response;
  const auto stream = stub->ImportTaxonomy(&context, &response);
  for (size_t begin = 0; begin < concepts.size(); begin += kChunk) {
    v1::ImportTaxonomyRequest request;
    if (begin == 0) request.set_taxonomy_id("bench");
    request.set_file("concepts.jsonl");
    request.set_data(concepts.substr(begin, kChunk));
    if (!stream->Write(request)) break;
  }
  stream->WritesDone();
  const grpc::Status status = stream->Finish();
  Must(absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                    status.error_message()));
}

OpenStore::OpenStore(const std::string& data_dir)
    : store(Must(storage::OpenRocksDbStore(
          data_dir, {.block_cache_bytes = size_t{2} << 30}))),
      repository(Must(storage::Repository::Open(store.get()))) {}

void WriteRows(
    const OpenStore& open, uint32_t begin, uint32_t end,
    const std::function<void(uint32_t, storage::Transaction*)>& add) {
  const size_t threads = std::max(1u, std::thread::hardware_concurrency());
  OrderedWorkers<RowRange, storage::Transaction> workers(
      {.threads = threads, .ahead = 4 * threads},
      [&]() -> std::optional<RowRange> {
        if (begin == end) return std::nullopt;
        RowRange range{begin, std::min(begin + kRowsPerCommit, end)};
        begin = range.end;
        return range;
      },
      [&](const RowRange& range, const std::function<bool()>& stopped)
          -> absl::StatusOr<storage::Transaction> {
        storage::Transaction transaction = open.repository->Begin();
        for (uint32_t row = range.begin; row < range.end && !stopped(); ++row) {
          add(row, &transaction);
        }
        return transaction;
      });
  for (;;) {
    auto next = Must(workers.Next([] { return false; }));
    if (!next.has_value()) return;
    Must(open.repository->Commit(*std::move(next)).status());
  }
}

}  // namespace kugge::bench
