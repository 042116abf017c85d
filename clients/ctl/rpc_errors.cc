#include "clients/ctl/rpc_errors.h"

#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "clients/ctl/args.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace kugge::ctl {
namespace {

constexpr char kDetailsPayload[] = "type.googleapis.com/google.rpc.Status";

google::rpc::Status Details(const absl::Status& status) {
  google::rpc::Status details;
  if (const auto payload = status.GetPayload(kDetailsPayload)) {
    // Bytes that do not parse are no details.
    if (!details.ParseFromString(std::string(*payload))) details.Clear();
  }
  return details;
}

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
  if (!status.error_details().empty()) {
    result.SetPayload(kDetailsPayload, absl::Cord(status.error_details()));
  }
  return result;
}

std::vector<std::pair<std::string, std::string>> FieldViolations(
    const absl::Status& status) {
  std::vector<std::pair<std::string, std::string>> violations;
  const google::rpc::Status details = Details(status);
  for (const auto& any : details.details()) {
    google::rpc::BadRequest bad_request;
    if (!any.UnpackTo(&bad_request)) continue;
    for (const auto& violation : bad_request.field_violations()) {
      violations.emplace_back(violation.field(), violation.description());
    }
  }
  return violations;
}

void PrintError(const absl::Status& status, std::ostream& err) {
  if (status.ok()) return;
  err << "error: ";
  if (!IsUsageError(status)) err << status.code() << ": ";
  err << status.message() << "\n";
  for (const auto& [field, description] : FieldViolations(status)) {
    err << "  " << field << ": " << description << "\n";
  }
  const google::rpc::Status details = Details(status);
  for (const auto& any : details.details()) {
    google::rpc::PreconditionFailure precondition;
    google::rpc::RetryInfo retry;
    if (any.UnpackTo(&precondition)) {
      for (const auto& violation : precondition.violations()) {
        err << "  " << violation.subject() << ": " << violation.description()
            << "\n";
      }
    } else if (any.UnpackTo(&retry)) {
      err << "  try again in " << retry.retry_delay().seconds() << " s\n";
    }
  }
}

int ExitCode(const absl::Status& status) {
  if (status.ok()) return 0;
  return IsUsageError(status) ? 2 : 1;
}

}  // namespace kugge::ctl
