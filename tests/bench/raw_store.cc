#include "tests/bench/raw_store.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "kugge/v1/profile.pb.h"
#include "storage/rocksdb/options.h"
#include "tests/bench/names.h"
#include "tests/bench/report.h"
#include "tests/bench/service_market.h"

namespace kugge::bench {
namespace {

void MustBeOk(const rocksdb::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

}  // namespace

RawStore::RawStore(const std::string& path) : path_(path) { Open(); }

void RawStore::Open() {
  rocksdb::Options options = storage::MakeRocksDbOptions({});
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  MustBeOk(rocksdb::DB::Open(options, path_, &db));
  db_.reset(db);
}

void RawStore::Write(uint64_t key, const std::string& value) {
  rocksdb::WriteBatch batch;
  MustBeOk(batch.Put(ProfileName(key), value));
  rocksdb::WriteOptions options;
  options.sync = true;
  MustBeOk(db_->Write(options, &batch));
}

void RawStore::Fill(const Workload& workload, uint32_t people) {
  constexpr uint32_t kRows = 1'000;
  rocksdb::WriteBatch batch;
  for (uint32_t i = 0; i < people; ++i) {
    MustBeOk(batch.Put(ProfileName(i),
                       ToProfile(workload.PersonAt(i), i).SerializeAsString()));
    if ((i + 1) % kRows != 0 && i + 1 != people) continue;
    MustBeOk(db_->Write(rocksdb::WriteOptions(), &batch));
    batch.Clear();
  }
  MustBeOk(db_->Flush(rocksdb::FlushOptions()));
  db_.reset();
  Open();
}

double RawStore::SecondsToParseAll() const {
  const double begin = NowMicros();
  const std::unique_ptr<rocksdb::Iterator> it(
      db_->NewIterator(rocksdb::ReadOptions()));
  v1::Profile profile;
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    if (!profile.ParseFromArray(it->value().data(),
                                static_cast<int>(it->value().size()))) {
      std::abort();
    }
  }
  MustBeOk(it->status());
  return (NowMicros() - begin) / 1e6;
}

uint64_t LogBytes(const std::string& folder) {
  uint64_t bytes = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".log") bytes += entry.file_size();
  }
  return bytes;
}

}  // namespace kugge::bench
