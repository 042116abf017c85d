// The durable store: RocksDB in a folder of this machine. Names none of
// RocksDB's types, so that they stay inside this folder of the source.
#ifndef KUGGE_STORAGE_ROCKSDB_ROCKSDB_STORE_H_
#define KUGGE_STORAGE_ROCKSDB_ROCKSDB_STORE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "base/metrics.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

struct RocksDbStoreOptions {
  // For reading: half of it a cache of uncompressed blocks, indexes and
  // filters, half of it one of records.
  size_t block_cache_bytes = size_t{128} << 20;
  // Writes gathered in memory before they become a file.
  size_t write_buffer_bytes = size_t{64} << 20;
  // Told of every synced commit; may be null. Must outlive the store.
  Metrics* metrics = nullptr;
};

// Opens the data folder `path`, which is made when it is missing or empty, and
// migrates it to the schema of this program. Blocks while the log of a crashed
// run is replayed. Refuses, in words for an operator:
// FailedPrecondition: a folder with other files in it, a folder that another
//   process has open, a schema newer than this program;
// DataLoss: damaged files, or a database gone from a folder that had one;
// InvalidArgument, PermissionDenied, ResourceExhausted: the path itself.
// A tail of the log cut by a crash, which nobody got an answer for, is fine.
absl::StatusOr<std::unique_ptr<KeyValueStore>> OpenRocksDbStore(
    const std::string& path, const RocksDbStoreOptions& options);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_ROCKSDB_STORE_H_
