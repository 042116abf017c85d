// Brings a store to the schema that this program knows. Every store runs it
// when it is opened, before anyone else reads or writes.
#ifndef KUGGE_STORAGE_MIGRATIONS_MIGRATOR_H_
#define KUGGE_STORAGE_MIGRATIONS_MIGRATOR_H_

#include <cstdint>

#include "absl/status/status.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

// The newest schema that this program reads and writes.
inline constexpr uint32_t kSchemaVersion = 1;

// Runs the steps from the store's schema to kSchemaVersion, each one a commit
// of its own that also writes the new version; a store without schema gets
// its keys. FailedPrecondition, in words for an operator, when the schema is
// newer than kSchemaVersion; then the store is left as it was.
absl::Status Migrate(KeyValueStore& store);

// The steps, one file each; step N makes version N out of N - 1.
absl::Status MigrateToVersion1(KeyValueStore& store);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_MIGRATIONS_MIGRATOR_H_
