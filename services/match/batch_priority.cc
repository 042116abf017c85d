#include "services/match/batch_priority.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include <algorithm>

namespace kugge::match {
namespace {

// This much nicer than the server is: about 3 % of a core that a call wants as
// well.
constexpr int kNicer = 15;
constexpr int kNicest = 19;

}  // namespace

// Where the system refuses, the work is done at its own priority.
void YieldToCalls() {
  pthread_setname_np(pthread_self(), "batch");
  // Of the calling thread alone, on Linux (setpriority(2), sched(7)).
  const int nice = getpriority(PRIO_PROCESS, 0) + kNicer;
  setpriority(PRIO_PROCESS, 0, std::min(nice, kNicest));
  const sched_param none{};
  sched_setscheduler(0, SCHED_BATCH, &none);
}

}  // namespace kugge::match
