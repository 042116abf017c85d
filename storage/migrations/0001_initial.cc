// A fresh store: the schema version and the two keys of its life.
#include "base/status_macros.h"
#include "kugge/storage/v1/record.pb.h"
#include "storage/keyed_hash.h"
#include "storage/keys.h"
#include "storage/migrations/migrator.h"
#include "storage/records.h"

namespace kugge::storage {

absl::Status MigrateToVersion1(KeyValueStore& store) {
  if (store.LatestRevision() != 0) {
    return absl::DataLossError("data folder has commits but no schema version");
  }
  v1::StoreSchema schema;
  schema.set_version(1);
  v1::StoreKey tie_key;
  KUGGE_ASSIGN_OR_RETURN(*tie_key.mutable_key(), RandomKey(kTieKeySize));
  v1::StoreKey hash_key;
  KUGGE_ASSIGN_OR_RETURN(*hash_key.mutable_key(), RandomKey(kHashKeySize));
  WriteSet writes;
  writes.Put(MetaKey(MetaField::kSchema), EncodeRecord(schema));
  writes.Put(MetaKey(MetaField::kTieKey), EncodeRecord(tie_key));
  writes.Put(MetaKey(MetaField::kHashKey), EncodeRecord(hash_key));
  return store
      .Commit(writes, {Precondition::Absent(MetaKey(MetaField::kSchema))})
      .status();
}

}  // namespace kugge::storage
