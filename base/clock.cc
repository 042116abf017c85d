#include "base/clock.h"

#include "absl/time/clock.h"

namespace kugge {

absl::Time SystemClock::Now() const { return absl::Now(); }

}  // namespace kugge
