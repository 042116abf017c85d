// RocksDB with nothing around it, set up as the product's or as it comes: what
// the product's store is measured against.
#ifndef KUGGE_TESTS_BENCH_RAW_STORE_H_
#define KUGGE_TESTS_BENCH_RAW_STORE_H_

#include <rocksdb/db.h>

#include <cstdint>
#include <memory>
#include <string>

#include "tests/bench/workload.h"

namespace kugge::bench {

class RawStore {
 public:
  enum class Setup { kAsOurs, kDefault };

  explicit RawStore(const std::string& path, Setup setup = Setup::kAsOurs);

  // One synced WriteBatch with one row.
  void Write(uint64_t key, const std::string& value);

  // People's profiles, encoded, by name; then closed and opened again.
  void Fill(const Workload& workload, uint32_t people);
  // Seconds to iterate and parse all of them.
  double SecondsToParseAll() const;

 private:
  void Open();

  const std::string path_;
  const Setup setup_;
  std::unique_ptr<rocksdb::DB> db_;
};

// Bytes written to the write-ahead logs in a folder, however deep.
uint64_t LogBytes(const std::string& folder);

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_RAW_STORE_H_
