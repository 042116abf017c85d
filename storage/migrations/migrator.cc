#include "storage/migrations/migrator.h"

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/store_meta.h"

namespace kugge::storage {
namespace {

using Step = absl::Status (*)(KeyValueStore& store);

// kSteps[n] makes version n + 1.
constexpr Step kSteps[] = {MigrateToVersion1};
static_assert(sizeof(kSteps) / sizeof(kSteps[0]) == kSchemaVersion);

}  // namespace

absl::Status Migrate(KeyValueStore& store) {
  KUGGE_ASSIGN_OR_RETURN(uint32_t version, ReadSchemaVersion(store));
  if (version > kSchemaVersion) {
    return absl::FailedPreconditionError(absl::StrCat(
        "data folder has schema ", version, ", this program knows up to ",
        kSchemaVersion, ": use a newer program"));
  }
  for (; version < kSchemaVersion; ++version) {
    KUGGE_RETURN_IF_ERROR(kSteps[version](store));
  }
  return absl::OkStatus();
}

}  // namespace kugge::storage
