// Where new resource ids come from: random in production, seeded in tests and
// in the generator.
#ifndef KUGGE_BASE_ID_SOURCE_H_
#define KUGGE_BASE_ID_SOURCE_H_

#include <cstdint>
#include <random>
#include <string>

#include "absl/base/thread_annotations.h"
#include "base/mutex.h"

namespace kugge {

class IdSource {
 public:
  virtual ~IdSource() = default;
  // 20 characters of [a-z0-9] starting with a letter: about 100 random bits, no
  // personal data, never all digits.
  virtual std::string NewId() = 0;
};

// Ids from the operating system's entropy. Thread-safe.
class RandomIdSource final : public IdSource {
 public:
  std::string NewId() override;
};

// The same ids for the same seed, on every machine. Thread-safe.
class SeededIdSource final : public IdSource {
 public:
  explicit SeededIdSource(uint64_t seed) : engine_(seed) {}
  std::string NewId() override;

 private:
  Mutex mutex_;
  std::mt19937_64 engine_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace kugge

#endif  // KUGGE_BASE_ID_SOURCE_H_
