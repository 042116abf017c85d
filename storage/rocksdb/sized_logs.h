// Log files that have their full size before they are written. To sync a write
// that makes its file longer the file system has to write its own journal too,
// which takes as long as the bytes themselves.
#ifndef KUGGE_STORAGE_ROCKSDB_SIZED_LOGS_H_
#define KUGGE_STORAGE_ROCKSDB_SIZED_LOGS_H_

#include <rocksdb/file_system.h>

#include <memory>

namespace kugge::storage {

// `files`, but for logs. A log that wasn't closed ends with zero bytes: see
// log_tail.h.
std::shared_ptr<rocksdb::FileSystem> WithSizedLogs(
    std::shared_ptr<rocksdb::FileSystem> files);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_SIZED_LOGS_H_
