// What is done now and then beside the calls: old parts of the change log and
// of the idempotency entries are removed, and an insecure listener is named in
// the log.
#ifndef KUGGE_SERVICES_SERVER_HOUSEKEEPING_H_
#define KUGGE_SERVICES_SERVER_HOUSEKEEPING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "storage/key_value_store.h"

namespace kugge::server {

struct HousekeepingOptions {
  // Commits that the change log keeps.
  int64_t change_log_entries = 1'000'000;
  // An address beyond loopback that has no identities; empty: none.
  std::string insecure_address;
};

// Removes what is over `change_log_entries` commits, oldest first, and expired
// idempotency entries, some at a time; `stopped` is asked in between. Returns
// at the first error; what was removed stays so.
absl::Status TidyStore(storage::KeyValueStore& store, const Clock& clock,
                       int64_t change_log_entries,
                       absl::FunctionRef<bool()> stopped);

// A thread that does its round at once and then every minute, until destroyed.
class Housekeeping {
 public:
  // `store` and `clock` outlive it.
  Housekeeping(storage::KeyValueStore& store, const Clock& clock,
               HousekeepingOptions options);
  // Waits for the step under way, not for the round.
  ~Housekeeping();
  Housekeeping(const Housekeeping&) = delete;
  Housekeeping& operator=(const Housekeeping&) = delete;

 private:
  void Loop();
  void Round();
  bool Stopping();
  // Returns whether to go on.
  bool WaitAMinute();

  storage::KeyValueStore& store_;
  const Clock& clock_;
  const HousekeepingOptions options_;
  Mutex mutex_;
  CondVar stopping_changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  // Last, so that it ends before what it uses.
  std::jthread thread_;
};

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_HOUSEKEEPING_H_
