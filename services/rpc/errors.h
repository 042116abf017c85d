// The errors that leave the service, made in one place: an absl::Status whose
// payloads are google.rpc details (BadRequest, ErrorInfo, PreconditionFailure,
// RetryInfo). ToGrpcStatus (status.h) carries them to the client.
//
// Texts are for people and reach the client: name the field and what would be
// right, never what a stored record of somebody else holds.
#ifndef KUGGE_SERVICES_RPC_ERRORS_H_
#define KUGGE_SERVICES_RPC_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace kugge::rpc {

// Domain of every ErrorInfo.
inline constexpr char kErrorDomain[] = "kugge.v1";

// One wrong field.
struct FieldViolation {
  // Path as in the proto, such as `skills.held[2].level`.
  std::string path;
  // What is wrong with the value and what would be right, such as
  // `is 9; must be 0 to 5`.
  std::string description;
};

// Gathers wrong fields; keeps the first kMost and counts the rest.
class Violations {
 public:
  static constexpr int kMost = 20;

  void Add(absl::string_view path, absl::string_view description);

  bool empty() const { return total_ == 0; }
  // Enough is known; a walk may stop.
  bool full() const { return total_ >= kMost; }
  // All that were added, those not kept included.
  int total() const { return total_; }
  const std::vector<FieldViolation>& list() const { return list_; }

  // OK when empty. Otherwise InvalidArgument with the first one as text (`path:
  // description`, `and N more`) and all that are kept, as far as an answer's
  // trailing metadata has room for them, as google.rpc.BadRequest.
  absl::Status ToStatus() const;

 private:
  std::vector<FieldViolation> list_;
  int total_ = 0;
};

// InvalidArgument for one field.
absl::Status InvalidField(absl::string_view path,
                          absl::string_view description);

// A status of `code` whose ErrorInfo has `reason`: UPPER_SNAKE, stable, what
// programs look at.
absl::Status ErrorWithReason(absl::StatusCode code, absl::string_view reason,
                             absl::string_view message);

// NotFound, RESOURCE_NOT_FOUND: `name` does not exist. Answer the same for what
// the caller may not see.
absl::Status NotFound(absl::string_view name);

// AlreadyExists, RESOURCE_EXISTS: `name` is taken.
absl::Status AlreadyExists(absl::string_view name);

// Aborted, STALE_ETAG, with a PreconditionFailure: `name` was changed by
// somebody else since the etag was read.
absl::Status StaleEtag(absl::string_view name);

// FailedPrecondition with `reason` and a PreconditionFailure about `subject`.
absl::Status PreconditionFailed(absl::string_view reason,
                                absl::string_view subject,
                                absl::string_view message);

// ResourceExhausted, OVERLOADED, with RetryInfo.
absl::Status Overloaded(absl::Duration retry_after);

// Unavailable, NOT_READY, with RetryInfo.
absl::Status NotReady(absl::Duration retry_after, absl::string_view message);

// The wrong fields that a status names; empty where it names none.
std::vector<FieldViolation> ViolationsOf(const absl::Status& status);

// The reason in a status's ErrorInfo; empty where it has none.
std::string ReasonOf(const absl::Status& status);

// A value from a request, in quotes, escaped and cut, fit for an error text.
std::string Quoted(absl::string_view value);

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_ERRORS_H_
