// Idempotency entries: a repeat of a write request within 24 hours gets the
// first result. What is kept is a keyed digest and the names written, not the
// answer; deleting a resource deletes the entries that name it.
#ifndef KUGGE_STORAGE_REQUEST_LOG_H_
#define KUGGE_STORAGE_REQUEST_LOG_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

inline constexpr absl::Duration kRequestLifetime = absl::Hours(24);

// A client's request id and the scope within which it is unique, such as the
// caller and the method. Both are kept as a keyed hash only.
struct RequestId {
  std::string scope;
  std::string id;
};

struct RequestRecord {
  // Keyed digest of the request's bytes (Repository::Digest).
  std::string digest;
  // What the request wrote, in its order.
  std::vector<std::string> resource_names;
  absl::Time commit_time;
};

struct RequestLookup {
  // Nothing when the id was not used within kRequestLifetime.
  std::optional<RequestRecord> record;
  // To be given to Transaction::RecordRequest; not 0 with an expired record.
  Revision revision = 0;
};

// The hash that stands for `request` in keys.
std::string RequestHash(absl::string_view hash_key, const RequestId& request);

absl::StatusOr<RequestLookup> FindRequest(const KeyValueStore& store,
                                          absl::string_view hash,
                                          absl::Time now,
                                          const Snapshot* snapshot);

// Adds the writes that keep `record` under `hash`.
void StageRequest(absl::string_view hash, const RequestRecord& record,
                  WriteSet* writes);

// Adds the deletes of every entry that names `resource_name`.
absl::Status StageRequestRemoval(const KeyValueStore& store,
                                 absl::string_view resource_name,
                                 WriteSet* writes);

// Removes expired entries, at most `limit` a call. Returns how many it looked
// at; 0 = done. Aborted, with nothing removed, when one of them was used anew
// meanwhile: call again.
absl::StatusOr<size_t> ExpireRequests(KeyValueStore& store, absl::Time now,
                                      size_t limit);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_REQUEST_LOG_H_
