// How RocksDB is set up, each choice with its reason.
#ifndef KUGGE_STORAGE_ROCKSDB_OPTIONS_H_
#define KUGGE_STORAGE_ROCKSDB_OPTIONS_H_

#include <rocksdb/options.h>

#include "storage/rocksdb/rocksdb_store.h"

namespace kugge::storage {

rocksdb::Options MakeRocksDbOptions(const RocksDbStoreOptions& options);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_OPTIONS_H_
