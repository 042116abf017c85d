// The folder that a store lives in: marked as Kugge's, locked by one process.
//
//   KUGGE     the marker: a few lines of text, with the state of the folder
//   LOCK      locked while a process has the folder open
//   rocksdb/  the database
#ifndef KUGGE_STORAGE_ROCKSDB_DATA_FOLDER_H_
#define KUGGE_STORAGE_ROCKSDB_DATA_FOLDER_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kugge::storage {

class DataFolder {
 public:
  // Makes or takes over the folder; touches nothing in one that isn't ours.
  // Errors as OpenRocksDbStore says.
  static absl::StatusOr<std::unique_ptr<DataFolder>> Open(
      const std::string& path);
  // Gives up the lock.
  ~DataFolder();
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string database_path() const { return path_ + "/rocksdb"; }
  // Whether the first start has not been completed yet: only then may the
  // database be missing.
  bool is_new() const { return is_new_; }
  // Ends the first start: the database is there.
  absl::Status MarkComplete();

 private:
  DataFolder(std::string path, int lock)
      : path_(std::move(path)), lock_(lock) {}

  const std::string path_;
  const int lock_;
  bool is_new_ = false;
};

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ROCKSDB_DATA_FOLDER_H_
