// Log files that have their full size before they are written, and what can be
// done while the disk writes them. To sync a write that makes its file longer
// the file system has to write its own journal too, which takes about a third
// of the time.
#ifndef KUGGE_STORAGE_ROCKSDB_SIZED_LOGS_H_
#define KUGGE_STORAGE_ROCKSDB_SIZED_LOGS_H_

#include <rocksdb/file_system.h>

#include <functional>
#include <memory>

namespace kugge::storage {

// `files`, but for logs. A log that wasn't closed ends with zero bytes: see
// log_tail.h.
std::shared_ptr<rocksdb::FileSystem> WithSizedLogs(
    const std::shared_ptr<rocksdb::FileSystem>& files);

// As long as it lives: has `work` done when this thread syncs such a log next,
// after the disk was given the bytes and before it is waited for. Once, or
// never; `work` may not touch the database. One at a time a thread.
class WhileSyncing {
 public:
  explicit WhileSyncing(const std::function<void()>& work);
  ~WhileSyncing();
  WhileSyncing(const WhileSyncing&) = delete;
  WhileSyncing& operator=(const WhileSyncing&) = delete;
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_SIZED_LOGS_H_
