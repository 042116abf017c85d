#include "storage/rocksdb/sized_logs.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"

namespace kugge::storage {
namespace {

class SizedLogs final : public rocksdb::FileSystemWrapper {
 public:
  explicit SizedLogs(const std::shared_ptr<rocksdb::FileSystem>& files)
      : FileSystemWrapper(files) {}
  const char* Name() const override { return "KuggeSizedLogs"; }

  rocksdb::IOStatus NewWritableFile(
      const std::string& name, const rocksdb::FileOptions& options,
      std::unique_ptr<rocksdb::FSWritableFile>* result,
      rocksdb::IODebugContext* context) override {
    if (!absl::EndsWith(name, ".log")) {
      return target()->NewWritableFile(name, options, result, context);
    }
    rocksdb::FileOptions sized = options;
    // RocksDB reserves room for a whole log anyway.
    sized.fallocate_with_keep_size = false;
    return target()->NewWritableFile(name, sized, result, context);
  }
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> WithSizedLogs(
    std::shared_ptr<rocksdb::FileSystem> files) {
  return std::make_shared<SizedLogs>(std::move(files));
}

}  // namespace kugge::storage
