#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kugge/v1/profile.pb.h"
#include "services/index/index.h"
#include "storage/repository.h"
#include "storage/rocksdb/rocksdb_store.h"
#include "tests/bench/must.h"
#include "tests/bench/names.h"
#include "tests/bench/raw_store.h"
#include "tests/bench/report.h"
#include "tests/bench/service_figures.h"

namespace kugge::bench {
namespace {

constexpr size_t kManyWriters = 32;
// As kugged has it where nothing is configured.
constexpr size_t kServersCache = size_t{256} << 20;
// What RocksDB adds to a row in its log, beside the key.
constexpr uint64_t kRowOverhead = 24;

// The part of the server that a write goes through, from the message to its
// being visible.
class WritePath {
 public:
  WritePath(const Workload& workload, const std::string& data_dir,
            uint32_t people)
      : workload_(workload),
        people_(people),
        store_(Must(storage::OpenRocksDbStore(
            data_dir, {.block_cache_bytes = kServersCache}))),
        repository_(Must(storage::Repository::Open(store_.get()))),
        index_(Must(index::Index::Open(*repository_, nullptr))) {}

  // How long an upsert took, from its beginning.
  struct Took {
    double read = 0;
    double durable = 0;
    double visible = 0;
  };

  // Whom the upsert `number` writes.
  uint64_t Person(uint64_t number) const { return Mix(number) % people_; }

  // Writes person `number` of a row of different ones anew, durably, and
  // returns when everybody sees it. Making up the person is not counted.
  Took Upsert(uint64_t number) {
    const uint64_t index = Person(number);
    const std::string name = ProfileName(index);
    const v1::Profile after =
        ToProfile(workload_.PersonAt(people_ + number), index);
    const double begin = NowMicros();
    for (;;) {
      // What is replaced is read as the server does (WritePlanner::Replace).
      v1::Profile before;
      const storage::Revision before_revision = Must(repository_->GetFields(
          storage::ResourceKind::kProfile, name,
          {v1::Profile::kNameFieldNumber, v1::Profile::kExternalIdFieldNumber,
           v1::Profile::kCreateTimeFieldNumber},
          nullptr, &before));
      const double read = NowMicros() - begin;
      storage::Transaction transaction = repository_->Begin();
      Must(transaction.Update(storage::ResourceKind::kProfile, before,
                              before_revision, after));
      const auto revision = repository_->Commit(std::move(transaction));
      // Another writer may have drawn the same person.
      if (absl::IsAborted(revision.status())) continue;
      const double durable = NowMicros() - begin;
      Must(index_->CatchUp(Must(revision)));
      return {.read = read, .durable = durable, .visible = NowMicros() - begin};
    }
  }

 private:
  const Workload& workload_;
  const uint32_t people_;
  std::unique_ptr<storage::KeyValueStore> store_;
  std::unique_ptr<storage::Repository> repository_;
  std::unique_ptr<index::Index> index_;
};

// Rows a second of so many threads; `write` is given a number of its own.
template <typename WriteFn>
double RateOf(size_t writers, double seconds, std::atomic<uint64_t>& next,
              WriteFn write) {
  std::atomic<uint64_t> written = 0;
  const double begin = NowMicros();
  std::vector<std::thread> threads;
  threads.reserve(writers);
  for (size_t i = 0; i < writers; ++i) {
    threads.emplace_back([&] {
      while (NowMicros() - begin < seconds * 1e6) {
        write(next++);
        ++written;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(written) / (NowMicros() - begin) * 1e6;
}

// As many bytes as an upsert adds to the log.
std::string EqualValue(WritePath& path, const std::string& data_dir,
                       std::atomic<uint64_t>& next) {
  constexpr uint64_t kRows = 200;
  const uint64_t before = LogBytes(data_dir);
  for (uint64_t i = 0; i < kRows; ++i) path.Upsert(next++);
  const uint64_t after = LogBytes(data_dir);
  const uint64_t row = after > before ? (after - before) / kRows : 1'000;
  return std::string(
      row - std::min(row - 1, ProfileName(1'000).size() + kRowOverhead), 'v');
}

void PrintAlternating(const Options& options, WritePath& path, RawStore& raw,
                      RawStore& plain, const std::string& value,
                      std::atomic<uint64_t>& next) {
  std::vector<double> ours;
  std::vector<double> read;
  std::vector<double> durable;
  std::vector<double> theirs;
  std::vector<double> plainly;
  std::vector<double> after_read;
  const double begin = NowMicros();
  while (NowMicros() - begin < std::min(options.seconds, 8.0) * 1e6) {
    const uint64_t number = next++;
    const WritePath::Took took = path.Upsert(number);
    read.push_back(took.read);
    durable.push_back(took.durable);
    ours.push_back(took.visible);
    after_read.push_back(took.visible - took.read);
    const double start = NowMicros();
    raw.Write(path.Person(number), value);
    const double between = NowMicros();
    plain.Write(path.Person(number), value);
    theirs.push_back(between - start);
    plainly.push_back(NowMicros() - between);
  }
  const double upsert = Quantile(ours, 0.5);
  const double write = Quantile(theirs, 0.5);
  Figure("P8.upsert", "row", static_cast<double>(value.size()), "bytes");
  Figure("P8.upsert", "p50", upsert, "us");
  Figure("P8.upsert", "read_p50", Quantile(read, 0.5), "us");
  Figure("P8.upsert", "durable_p50", Quantile(durable, 0.5), "us");
  Figure("P8.upsert", "p99", Quantile(ours, 0.99), "us");
  Figure("P8.upsert", "raw_p50", write, "us");
  Figure("P8.upsert", "ratio", write / upsert, "x", Goal::kAtLeast, 0.95);
  // With RocksDB's options as they come.
  Figure("P8.upsert", "default_raw_p50", Quantile(plainly, 0.5), "us");
  Figure("P8.upsert", "default_raw_ratio", Quantile(plainly, 0.5) / upsert,
         "x");
  // What a raw write doesn't do either: reading what is replaced.
  Figure("P8.upsert", "after_read_ratio", write / Quantile(after_read, 0.5),
         "x");
}

void PrintWriters(const Options& options, WritePath& path, RawStore& raw,
                  const std::string& value, std::atomic<uint64_t>& next) {
  const size_t rounds = options.quick ? 2 : 5;
  const double seconds = options.quick ? 0.5 : 1;
  const auto upsert = [&](uint64_t number) { path.Upsert(number); };
  const auto write = [&](uint64_t number) {
    raw.Write(path.Person(number), value);
  };
  std::vector<double> ones;
  std::vector<double> manys;
  std::vector<double> ratios;
  std::vector<double> raw_ratios;
  for (size_t round = 0; round < rounds; ++round) {
    ones.push_back(RateOf(1, seconds, next, upsert));
    manys.push_back(RateOf(kManyWriters, seconds, next, upsert));
    ratios.push_back(manys.back() / ones.back());
    const double raw_one = RateOf(1, seconds, next, write);
    raw_ratios.push_back(RateOf(kManyWriters, seconds, next, write) / raw_one);
  }
  Figure("P8.writers", "one", Quantile(ones, 0.5), "rows/s");
  Figure("P8.writers", "thirty_two", Quantile(manys, 0.5), "rows/s");
  Figure("P8.writers", "raw_ratio", Quantile(raw_ratios, 0.5), "x");
  Figure("P8.writers", "ratio", Quantile(ratios, 0.5), "x", Goal::kAtLeast,
         2.5);
}

}  // namespace

void PrintWrites(const Options& options, const Workload& workload,
                 const ServiceMarket& market, uint32_t people) {
  WritePath path(workload, market.data_dir(), people);
  RawStore raw(absl::StrCat(options.folder, "/raw-writes"));
  RawStore plain(absl::StrCat(options.folder, "/plain-writes"),
                 RawStore::Setup::kDefault);
  std::atomic<uint64_t> next = 0;
  const std::string value = EqualValue(path, market.data_dir(), next);
  PrintAlternating(options, path, raw, plain, value, next);
  PrintWriters(options, path, raw, value, next);
}

void PrintReady(const Options& options, const Workload& workload,
                const ServiceMarket& market) {
  constexpr size_t kRounds = 3;
  RawStore raw(absl::StrCat(options.folder, "/raw-people"));
  raw.Fill(workload, options.people);
  std::vector<double> ready;
  std::vector<double> bare;
  for (size_t round = 0; round < kRounds; ++round) {
    bare.push_back(raw.SecondsToParseAll());
    double seconds = 0;
    market.Start(&seconds);
    ready.push_back(seconds);
  }
  Figure("P10.ready", "bare", Quantile(bare, 0.5), "s");
  Figure("P10.ready", "server", Quantile(ready, 0.5), "s");
  Figure("P10.ready", "ratio", Quantile(ready, 0.5) / Quantile(bare, 0.5), "x",
         Goal::kAtMost, 4);
}

}  // namespace kugge::bench
