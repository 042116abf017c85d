// The only code that builds or parses the store's keys. Byte order of keys is
// the order of what they stand for; docs/formats/keys.md describes the layout.
// Keys hold no personal data: what a client chose (external ids, request ids)
// goes in as a keyed hash.
#ifndef KUGGE_STORAGE_KEYS_H_
#define KUGGE_STORAGE_KEYS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/key_value_store.h"
#include "storage/resource_kind.h"

namespace kugge::storage {

// First byte of every key. On-disk values. Never reuse.
enum class KeySpace : char {
  kChange = 'c',           // change log, by revision
  kRequest = 'i',          // idempotency entries, by request hash
  kMeta = 'm',             // facts about the store itself
  kRequestResource = 'n',  // idempotency entries, by resource name
  kRecord = 'r',           // resources, by kind and name
  kRequestTime = 't',      // idempotency entries, by commit time
  kExternalId = 'x',       // external ids, by kind, parent and hash
};

// The facts kept in the meta space.
enum class MetaField {
  kRevision,         // its own mod_revision is the store's revision
  kSchema,           // StoreSchema
  kTieKey,           // StoreKey
  kHashKey,          // StoreKey
  kTaxonomyInForce,  // TaxonomyInForce
  kChangeLogStart,   // ChangeLogStart
};

std::string MetaKey(MetaField field);

// 'r' kind name: records of one kind are ordered by name, so everything whose
// name starts with a prefix is one range.
std::string RecordKey(ResourceKind kind, absl::string_view name);

struct RecordKeyParts {
  ResourceKind kind;
  // Points into the parsed key.
  absl::string_view name;
};
// DataLoss when `key` is not one that RecordKey builds.
absl::StatusOr<RecordKeyParts> ParseRecordKey(absl::string_view key);

// The `kind` records whose names start with `name_prefix` (which ends with
// '/', or is empty for the whole kind) and come after `start_after`; an empty
// `start_after` starts at the first.
KeyRange RecordRange(ResourceKind kind, absl::string_view name_prefix,
                     absl::string_view start_after);

// 'x' kind parent 00 hash: the entry for `external_id` among the `kind`
// resources directly below `parent`, hashed under the store's `hash_key`.
std::string ExternalIdKey(absl::string_view hash_key, ResourceKind kind,
                          absl::string_view parent,
                          absl::string_view external_id);

// 'i' hash, 't' seconds hash, and 'n' name 00 hash: one idempotency entry and
// its two ways in.
std::string RequestKey(absl::string_view hash);
std::string RequestTimeKey(absl::Time commit_time, absl::string_view hash);
std::string RequestResourceKey(absl::string_view name, absl::string_view hash);

// The request hash at the end of a time or resource key; DataLoss when the key
// is neither.
absl::StatusOr<std::string> ParseRequestHash(absl::string_view key);

// Time keys of entries committed before `time` (whole seconds).
KeyRange RequestsBefore(absl::Time time);
// Resource keys of the entries that name `name`.
KeyRange RequestsOfResource(absl::string_view name);

// 'c' revision, big-endian.
std::string ChangeKey(Revision revision);
absl::StatusOr<Revision> ParseChangeKey(absl::string_view key);
// Change log entries with first <= revision < last.
KeyRange ChangeRange(Revision first, Revision last);
// All change log entries from `first` on.
KeyRange ChangeRangeFrom(Revision first);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_KEYS_H_
