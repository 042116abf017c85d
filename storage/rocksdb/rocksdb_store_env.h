// OpenRocksDbStore on a file system of the caller's, for tests of what the
// store does when the disk fails. Only this folder may include it.
#ifndef KUGGE_STORAGE_ROCKSDB_ROCKSDB_STORE_ENV_H_
#define KUGGE_STORAGE_ROCKSDB_ROCKSDB_STORE_ENV_H_

#include <rocksdb/env.h>

#include <memory>
#include <string>

#include "storage/rocksdb/rocksdb_store.h"

namespace kugge::storage {

// `env` must outlive the store and everything that it gave out.
absl::StatusOr<std::unique_ptr<KeyValueStore>> OpenRocksDbStoreOn(
    const std::string& path, const RocksDbStoreOptions& options,
    rocksdb::Env* env);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_ROCKSDB_STORE_ENV_H_
