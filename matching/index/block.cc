#include "matching/index/block.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "base/mutex.h"

namespace kugge::matching {
namespace {

// As many as questions were ever asked at once.
class BufferPool {
 public:
  std::unique_ptr<SearchBuffers> Take() {
    {
      MutexLock lock(&mutex_);
      if (!free_.empty()) {
        std::unique_ptr<SearchBuffers> buffers = std::move(free_.back());
        free_.pop_back();
        return buffers;
      }
    }
    return std::make_unique<SearchBuffers>();
  }

  void Return(std::unique_ptr<SearchBuffers> buffers) {
    MutexLock lock(&mutex_);
    free_.push_back(std::move(buffers));
  }

 private:
  Mutex mutex_;
  std::vector<std::unique_ptr<SearchBuffers>> free_ ABSL_GUARDED_BY(mutex_);
};

BufferPool& Pool() {
  // Never destroyed: threads may search until the process ends.
  static auto* const pool = new BufferPool;
  return *pool;
}

}  // namespace

LentBuffers::LentBuffers() : buffers_(Pool().Take()) {}
LentBuffers::~LentBuffers() { Pool().Return(std::move(buffers_)); }

}  // namespace kugge::matching
