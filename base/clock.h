// Time is passed in, never read: only the wiring owns a Clock, and tests own
// their own.
#ifndef KUGGE_BASE_CLOCK_H_
#define KUGGE_BASE_CLOCK_H_

#include "absl/time/time.h"

namespace kugge {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
};

// A clock that stands still until it is moved.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(absl::Time now) : now_(now) {}
  absl::Time Now() const override { return now_; }
  void Advance(absl::Duration duration) { now_ += duration; }

 private:
  absl::Time now_;
};

}  // namespace kugge

#endif  // KUGGE_BASE_CLOCK_H_
