#include "services/server/housekeeping.h"

#include <pthread.h>

#include <chrono>
#include <utility>

#include "absl/status/statusor.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "storage/change_log.h"
#include "storage/request_log.h"

namespace kugge::server {
namespace {

constexpr auto kPeriod = std::chrono::minutes(1);
// Entries removed in one commit: a write of a client waits for no more.
constexpr size_t kEntriesAStep = 1000;

}  // namespace

absl::Status TidyStore(storage::KeyValueStore& store, const Clock& clock,
                       int64_t change_log_entries,
                       absl::FunctionRef<bool()> stopped) {
  storage::Revision cutoff = 0;
  // Finding the cutoff reads the log; there are no more commits than revisions.
  const auto keep = static_cast<size_t>(change_log_entries);
  if (store.LatestRevision() > keep) {
    KUGGE_ASSIGN_OR_RETURN(cutoff, storage::ChangeLogCutoff(store, keep));
  }
  for (size_t removed = cutoff == 0 ? 0 : 1; removed > 0 && !stopped();) {
    KUGGE_ASSIGN_OR_RETURN(
        removed, storage::PruneChangesThrough(store, cutoff, kEntriesAStep));
  }
  for (size_t seen = 1; seen > 0 && !stopped();) {
    KUGGE_ASSIGN_OR_RETURN(
        seen, storage::ExpireRequests(store, clock.Now(), kEntriesAStep));
  }
  return absl::OkStatus();
}

Housekeeping::Housekeeping(storage::KeyValueStore& store, const Clock& clock,
                           HousekeepingOptions options)
    : store_(store),
      clock_(clock),
      options_(std::move(options)),
      thread_([this] { Loop(); }) {
  pthread_setname_np(thread_.native_handle(), "housekeeping");
}

Housekeeping::~Housekeeping() {
  {
    const MutexLock lock(&mutex_);
    stopping_ = true;
  }
  stopping_changed_.NotifyAll();
}

void Housekeeping::Loop() {
  do {
    Round();
  } while (WaitAMinute());
}

void Housekeeping::Round() {
  if (!options_.insecure_address.empty()) {
    Log(LogLevel::kWarning, "insecure_listener",
        {{"address", options_.insecure_address},
         {"text", "anybody who reaches it may read and write everything"}});
  }
  const absl::Status status =
      TidyStore(store_, clock_, options_.change_log_entries,
                [this] { return Stopping(); });
  if (!status.ok()) {
    Log(LogLevel::kWarning, "housekeeping_failed",
        {{"code", absl::StatusCodeToString(status.code())},
         {"text", status.message()}});
  }
}

bool Housekeeping::Stopping() {
  const MutexLock lock(&mutex_);
  return stopping_;
}

bool Housekeeping::WaitAMinute() {
  const auto end = std::chrono::steady_clock::now() + kPeriod;
  const MutexLock lock(&mutex_);
  while (!stopping_) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return true;
    stopping_changed_.WaitFor(&mutex_, left);
  }
  return false;
}

}  // namespace kugge::server
