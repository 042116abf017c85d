// Why a transaction could not be committed, said in the words of resources
// rather than of keys, so that a caller can tell "exists already" from "stale".
#ifndef KUGGE_STORAGE_COMMIT_CONFLICT_H_
#define KUGGE_STORAGE_COMMIT_CONFLICT_H_

#include <optional>
#include <string>

#include "absl/status/status.h"

namespace kugge::storage {

struct CommitConflict {
  // The numbers travel in status payloads within one process only.
  enum class Cause {
    kExists,            // AlreadyExists: a resource with this name is there
    kMissing,           // NotFound: the resource is gone
    kStale,             // Aborted: the resource has another revision
    kParentMissing,     // NotFound: `name` is the missing parent
    kHasChildren,       // FailedPrecondition: children stand below `name`
    kExternalIdTaken,   // AlreadyExists: another child has the external id
    kRequestSeen,       // Aborted: the request id was recorded meanwhile; the
                        // caller reads it back and answers as for a repeat
    kTaxonomySwitched,  // Aborted: another taxonomy came into force meanwhile
  };

  Cause cause = Cause::kStale;
  // The resource that it concerns; empty for kRequestSeen.
  std::string name;
};

// A status with the cause's code, a text for a person, and `conflict`.
absl::Status ConflictError(const CommitConflict& conflict);

// What ConflictError put in, or nothing for any other status.
std::optional<CommitConflict> GetCommitConflict(const absl::Status& status);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_COMMIT_CONFLICT_H_
