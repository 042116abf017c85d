#include "tests/bench/raw_store.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

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

// What was written to a log: its file may be longer.
uint64_t WrittenBytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string block(size_t{1} << 20, '\0');
  uint64_t written = 0;
  for (uint64_t begin = 0; file; begin += block.size()) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    const absl::string_view read(block.data(),
                                 static_cast<size_t>(file.gcount()));
    const size_t last = read.find_last_not_of('\0');
    if (last != absl::string_view::npos) written = begin + last + 1;
  }
  return written;
}

}  // namespace

RawStore::RawStore(const std::string& path, Setup setup)
    : path_(path), setup_(setup) {
  Open();
}

void RawStore::Open() {
  rocksdb::Options options;
  if (setup_ == Setup::kAsOurs) options = storage::MakeRocksDbOptions({});
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
    if (entry.path().extension() == ".log") bytes += WrittenBytes(entry.path());
  }
  return bytes;
}

}  // namespace kugge::bench
