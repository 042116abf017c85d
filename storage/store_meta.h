// What a store knows about itself, written once at its first start by the
// migrator and kept for the store's life.
#ifndef KUGGE_STORAGE_STORE_META_H_
#define KUGGE_STORAGE_STORE_META_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

struct StoreMeta {
  uint32_t schema_version = 0;
  // 16 random bytes: orders exact ties in answers (docs/scoring.md).
  std::string tie_key;
  // Derived from the tie key and safe to show: 16 hex digits that say by which
  // tie key an answer was ordered.
  std::string tie_key_id;
  // 32 random bytes for keyed hashes of what clients choose. Secret.
  std::string hash_key;
};

// 0 when the store has no schema yet.
absl::StatusOr<uint32_t> ReadSchemaVersion(const KeyValueStore& store);

// DataLoss when a part is missing: the store was not opened by its migrator,
// or was damaged.
absl::StatusOr<StoreMeta> ReadStoreMeta(const KeyValueStore& store);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_STORE_META_H_
