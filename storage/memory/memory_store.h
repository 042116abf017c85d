// A store in memory, with every property of the durable ones but durability:
// for tests, and for looking at the program without a disk.
#ifndef KUGGE_STORAGE_MEMORY_MEMORY_STORE_H_
#define KUGGE_STORAGE_MEMORY_MEMORY_STORE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

// An empty store, migrated and ready.
absl::StatusOr<std::unique_ptr<KeyValueStore>> MakeMemoryStore();

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_MEMORY_MEMORY_STORE_H_
