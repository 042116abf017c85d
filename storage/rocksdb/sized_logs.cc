#include "storage/rocksdb/sized_logs.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"

namespace kugge::storage {
namespace {

// Of the WhileSyncing that lives on this thread, until it was done.
thread_local const std::function<void()>* work_while_syncing = nullptr;

class SizedLog final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  explicit SizedLog(std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)) {}

  rocksdb::IOStatus Append(const rocksdb::Slice& data,
                           const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* context) override {
    written_ += data.size();
    return target()->Append(data, options, context);
  }
  rocksdb::IOStatus Append(const rocksdb::Slice& data,
                           const rocksdb::IOOptions& options,
                           const rocksdb::DataVerificationInfo& verification,
                           rocksdb::IODebugContext* context) override {
    written_ += data.size();
    return target()->Append(data, options, verification, context);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* context) override {
    if (work_while_syncing != nullptr) {
      // Only begins to write; what becomes of it Sync tells.
      target()->RangeSync(0, written_, options, context).PermitUncheckedError();
      (*std::exchange(work_while_syncing, nullptr))();
    }
    return target()->Sync(options, context);
  }

 private:
  uint64_t written_ = 0;
};

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
    std::unique_ptr<rocksdb::FSWritableFile> file;
    rocksdb::IOStatus status =
        target()->NewWritableFile(name, sized, &file, context);
    if (status.ok()) *result = std::make_unique<SizedLog>(std::move(file));
    return status;
  }
};

}  // namespace

std::shared_ptr<rocksdb::FileSystem> WithSizedLogs(
    const std::shared_ptr<rocksdb::FileSystem>& files) {
  return std::make_shared<SizedLogs>(files);
}

WhileSyncing::WhileSyncing(const std::function<void()>& work) {
  work_while_syncing = &work;
}

WhileSyncing::~WhileSyncing() { work_while_syncing = nullptr; }

}  // namespace kugge::storage
