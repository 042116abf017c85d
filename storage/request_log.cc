#include "storage/request_log.h"

#include <google/protobuf/timestamp.pb.h>

#include <memory>
#include <utility>

#include "base/status_macros.h"
#include "kugge/storage/v1/record.pb.h"
#include "storage/keyed_hash.h"
#include "storage/keys.h"
#include "storage/records.h"

namespace kugge::storage {
namespace {

void SetTime(absl::Time time, google::protobuf::Timestamp* timestamp) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp->set_seconds(seconds);
  timestamp->set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

absl::Time TimeOf(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) +
         absl::Nanoseconds(timestamp.nanos());
}

bool Expired(absl::Time commit_time, absl::Time now) {
  return commit_time + kRequestLifetime <= now;
}

absl::StatusOr<RequestRecord> Decode(absl::string_view bytes) {
  v1::RequestEntry entry;
  KUGGE_RETURN_IF_ERROR(DecodeRecord(bytes, &entry));
  return RequestRecord{.digest = entry.request_digest(),
                       .resource_names = {entry.resource_names().begin(),
                                          entry.resource_names().end()},
                       .commit_time = TimeOf(entry.commit_time())};
}

// The deletes of the entry and its ways in, except for its time key, which
// the expiry walks over.
void StageEntryRemoval(absl::string_view hash, const RequestRecord& record,
                       WriteSet* writes) {
  writes->Delete(RequestKey(hash));
  for (const std::string& name : record.resource_names) {
    writes->Delete(RequestResourceKey(name, hash));
  }
}

}  // namespace

std::string RequestHash(absl::string_view hash_key, const RequestId& request) {
  return KeyedHash(hash_key, {"request", request.scope, request.id});
}

absl::StatusOr<RequestLookup> FindRequest(const KeyValueStore& store,
                                          absl::string_view hash,
                                          absl::Time now,
                                          const Snapshot* snapshot) {
  KUGGE_ASSIGN_OR_RETURN(const std::optional<VersionedValue> found,
                         store.Get(RequestKey(hash), snapshot));
  if (!found.has_value()) return RequestLookup{};
  RequestLookup lookup{.record = std::nullopt, .revision = found->mod_revision};
  KUGGE_ASSIGN_OR_RETURN(RequestRecord record, Decode(found->value));
  if (!Expired(record.commit_time, now)) lookup.record = std::move(record);
  return lookup;
}

void StageRequest(absl::string_view hash, const RequestRecord& record,
                  WriteSet* writes) {
  v1::RequestEntry entry;
  entry.set_request_digest(record.digest);
  entry.mutable_resource_names()->Assign(record.resource_names.begin(),
                                         record.resource_names.end());
  SetTime(record.commit_time, entry.mutable_commit_time());
  writes->Put(RequestKey(hash), EncodeRecord(entry));
  writes->Put(RequestTimeKey(record.commit_time, hash), std::string());
  for (const std::string& name : record.resource_names) {
    writes->Put(RequestResourceKey(name, hash), std::string());
  }
}

absl::Status StageRequestRemoval(const KeyValueStore& store,
                                 absl::string_view resource_name,
                                 WriteSet* writes) {
  KUGGE_ASSIGN_OR_RETURN(
      const std::unique_ptr<Cursor> cursor,
      store.Scan(RequestsOfResource(resource_name), nullptr));
  for (; cursor->Valid(); cursor->Next()) {
    KUGGE_ASSIGN_OR_RETURN(const std::string hash,
                           ParseRequestHash(cursor->key()));
    writes->Delete(std::string(cursor->key()));
    KUGGE_ASSIGN_OR_RETURN(const std::optional<VersionedValue> found,
                           store.Get(RequestKey(hash), nullptr));
    if (!found.has_value()) continue;
    KUGGE_ASSIGN_OR_RETURN(const RequestRecord record, Decode(found->value));
    StageEntryRemoval(hash, record, writes);
    writes->Delete(RequestTimeKey(record.commit_time, hash));
  }
  return cursor->status();
}

absl::StatusOr<size_t> ExpireRequests(KeyValueStore& store, absl::Time now,
                                      size_t limit) {
  KUGGE_ASSIGN_OR_RETURN(
      const std::unique_ptr<Cursor> cursor,
      store.Scan(RequestsBefore(now - kRequestLifetime), nullptr));
  WriteSet writes;
  std::vector<Precondition> preconditions;
  size_t seen = 0;
  for (; cursor->Valid() && seen < limit; cursor->Next(), ++seen) {
    KUGGE_ASSIGN_OR_RETURN(const std::string hash,
                           ParseRequestHash(cursor->key()));
    writes.Delete(std::string(cursor->key()));
    KUGGE_ASSIGN_OR_RETURN(const std::optional<VersionedValue> found,
                           store.Get(RequestKey(hash), nullptr));
    if (!found.has_value()) continue;
    KUGGE_ASSIGN_OR_RETURN(const RequestRecord record, Decode(found->value));
    // The id may have been used again after its first use expired.
    if (!Expired(record.commit_time, now)) continue;
    StageEntryRemoval(hash, record, &writes);
    preconditions.push_back(
        Precondition::AtRevision(RequestKey(hash), found->mod_revision));
  }
  KUGGE_RETURN_IF_ERROR(cursor->status());
  if (seen == 0) return size_t{0};
  KUGGE_RETURN_IF_ERROR(store.Commit(writes, preconditions).status());
  return seen;
}

}  // namespace kugge::storage
