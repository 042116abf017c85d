#include "storage/store_meta.h"

#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "kugge/storage/v1/record.pb.h"
#include "storage/keyed_hash.h"
#include "storage/keys.h"
#include "storage/records.h"

namespace kugge::storage {
namespace {

constexpr size_t kTieKeyIdBytes = 8;

absl::StatusOr<std::string> ReadKey(const KeyValueStore& store, MetaField field,
                                    size_t size) {
  KUGGE_ASSIGN_OR_RETURN(const std::optional<VersionedValue> found,
                         store.Get(MetaKey(field), nullptr));
  v1::StoreKey message;
  if (found.has_value()) {
    KUGGE_RETURN_IF_ERROR(DecodeRecord(found->value, &message));
  }
  if (message.key().size() != size) {
    return absl::DataLossError(
        absl::StrCat("store lacks the key kept as ",
                     absl::string_view(MetaKey(field)).substr(1)));
  }
  return std::move(*message.mutable_key());
}

}  // namespace

absl::StatusOr<uint32_t> ReadSchemaVersion(const KeyValueStore& store) {
  KUGGE_ASSIGN_OR_RETURN(const std::optional<VersionedValue> found,
                         store.Get(MetaKey(MetaField::kSchema), nullptr));
  if (!found.has_value()) return 0;
  v1::StoreSchema schema;
  KUGGE_RETURN_IF_ERROR(DecodeRecord(found->value, &schema));
  return schema.version();
}

absl::StatusOr<StoreMeta> ReadStoreMeta(const KeyValueStore& store) {
  StoreMeta meta;
  KUGGE_ASSIGN_OR_RETURN(meta.schema_version, ReadSchemaVersion(store));
  KUGGE_ASSIGN_OR_RETURN(meta.tie_key,
                         ReadKey(store, MetaField::kTieKey, kTieKeySize));
  KUGGE_ASSIGN_OR_RETURN(meta.hash_key,
                         ReadKey(store, MetaField::kHashKey, kHashKeySize));
  const std::string id = KeyedHash(meta.tie_key, {"tie key id"});
  meta.tie_key_id =
      absl::BytesToHexString(absl::string_view(id).substr(0, kTieKeyIdBytes));
  return meta;
}

}  // namespace kugge::storage
