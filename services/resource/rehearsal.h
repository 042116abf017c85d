// What a commit would refuse, found out without writing: for validate_only.
#ifndef KUGGE_SERVICES_RESOURCE_REHEARSAL_H_
#define KUGGE_SERVICES_RESOURCE_REHEARSAL_H_

#include <span>

#include "absl/status/status.h"
#include "services/resource/write_planner.h"
#include "storage/repository.h"

namespace kugge::resource {

// The error, in the words of the API, that a commit of `writes` at `snapshot`
// would end with. Another writer may still come between this and a commit.
absl::Status Rehearse(const storage::Repository& repository,
                      const storage::Snapshot* snapshot,
                      std::span<const PlannedWrite> writes);

// InvalidArgument where two writes of a batch are about one resource.
absl::Status CheckEachOnce(std::span<const PlannedWrite> writes);

}  // namespace kugge::resource

#endif  // KUGGE_SERVICES_RESOURCE_REHEARSAL_H_
