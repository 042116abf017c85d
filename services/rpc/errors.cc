#include "services/rpc/errors.h"

#include <google/protobuf/message.h>

#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "services/rpc/formats.h"

namespace kugge::rpc {
namespace {

// Details travel in trailing metadata, in base64, beside the text: a client
// that takes 8 KiB (gRPC's default) must be able to read the answer.
constexpr int kMostDetailBytes = 3500;
constexpr size_t kMostPathBytes = 200;
constexpr size_t kMostDescriptionBytes = 300;
constexpr size_t kMostQuotedBytes = 60;

std::string TypeUrl(const google::protobuf::Message& detail) {
  return absl::StrCat("type.googleapis.com/",
                      detail.GetDescriptor()->full_name());
}

void Attach(const google::protobuf::Message& detail, absl::Status* status) {
  status->SetPayload(TypeUrl(detail),
                     absl::Cord(absl::string_view(detail.SerializeAsString())));
}

// False where the status has no such detail.
bool Read(const absl::Status& status, google::protobuf::Message* detail) {
  const auto payload = status.GetPayload(TypeUrl(*detail));
  return payload.has_value() && detail->ParseFromString(std::string(*payload));
}

void AttachRetry(absl::Duration retry_after, absl::Status* status) {
  google::rpc::RetryInfo info;
  const int64_t nanos = absl::ToInt64Nanoseconds(retry_after);
  info.mutable_retry_delay()->set_seconds(nanos / 1'000'000'000);
  info.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(nanos % 1'000'000'000));
  Attach(info, status);
}

std::string Line(const FieldViolation& violation) {
  if (violation.path.empty()) return violation.description;
  return absl::StrCat(violation.path, ": ", violation.description);
}

}  // namespace

void Violations::Add(absl::string_view path, absl::string_view description) {
  ++total_;
  if (list_.size() >= kMost) return;
  list_.push_back({std::string(CutUtf8(path, kMostPathBytes)),
                   std::string(CutUtf8(description, kMostDescriptionBytes))});
}

absl::Status Violations::ToStatus() const {
  if (empty()) return absl::OkStatus();
  std::string text = Line(list_.front());
  if (total_ > 1) absl::StrAppend(&text, ", and ", total_ - 1, " more");
  absl::Status status = ErrorWithReason(absl::StatusCode::kInvalidArgument,
                                        "INVALID_FIELD", text);
  google::rpc::BadRequest bad_request;
  size_t bytes = 0;
  for (const FieldViolation& violation : list_) {
    bytes += violation.path.size() + violation.description.size() + 8;
    if (bytes > kMostDetailBytes) break;
    auto* entry = bad_request.add_field_violations();
    entry->set_field(violation.path);
    entry->set_description(violation.description);
  }
  Attach(bad_request, &status);
  return status;
}

absl::Status InvalidField(absl::string_view path,
                          absl::string_view description) {
  Violations violations;
  violations.Add(path, description);
  return violations.ToStatus();
}

absl::Status ErrorWithReason(absl::StatusCode code, absl::string_view reason,
                             absl::string_view message) {
  absl::Status status(code, message);
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(kErrorDomain);
  Attach(info, &status);
  return status;
}

absl::Status NotFound(absl::string_view name) {
  return ErrorWithReason(
      absl::StatusCode::kNotFound, "RESOURCE_NOT_FOUND",
      absl::StrCat(CutUtf8(name, kMostPathBytes), " does not exist"));
}

absl::Status AlreadyExists(absl::string_view name) {
  return ErrorWithReason(
      absl::StatusCode::kAlreadyExists, "RESOURCE_EXISTS",
      absl::StrCat(CutUtf8(name, kMostPathBytes), " exists already"));
}

absl::Status StaleEtag(absl::string_view name) {
  const std::string subject(CutUtf8(name, kMostPathBytes));
  const std::string text = absl::StrCat(
      subject, " has changed since the etag was read; read it again");
  absl::Status status =
      ErrorWithReason(absl::StatusCode::kAborted, "STALE_ETAG", text);
  google::rpc::PreconditionFailure failure;
  auto* violation = failure.add_violations();
  violation->set_type("STALE_ETAG");
  violation->set_subject(subject);
  violation->set_description(text);
  Attach(failure, &status);
  return status;
}

absl::Status PreconditionFailed(absl::string_view reason,
                                absl::string_view subject,
                                absl::string_view message) {
  absl::Status status =
      ErrorWithReason(absl::StatusCode::kFailedPrecondition, reason, message);
  google::rpc::PreconditionFailure failure;
  auto* violation = failure.add_violations();
  violation->set_type(std::string(reason));
  violation->set_subject(std::string(CutUtf8(subject, kMostPathBytes)));
  violation->set_description(
      std::string(CutUtf8(message, kMostDescriptionBytes)));
  Attach(failure, &status);
  return status;
}

absl::Status Overloaded(absl::Duration retry_after) {
  absl::Status status = ErrorWithReason(
      absl::StatusCode::kResourceExhausted, "OVERLOADED",
      absl::StrCat(
          "The service has more calls than it can serve; try again in ",
          absl::FormatDuration(retry_after)));
  AttachRetry(retry_after, &status);
  return status;
}

absl::Status NotReady(absl::Duration retry_after, absl::string_view message) {
  absl::Status status =
      ErrorWithReason(absl::StatusCode::kUnavailable, "NOT_READY", message);
  AttachRetry(retry_after, &status);
  return status;
}

std::vector<FieldViolation> ViolationsOf(const absl::Status& status) {
  std::vector<FieldViolation> violations;
  google::rpc::BadRequest bad_request;
  if (!Read(status, &bad_request)) return violations;
  for (const auto& entry : bad_request.field_violations()) {
    violations.push_back({entry.field(), entry.description()});
  }
  return violations;
}

std::string ReasonOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  return Read(status, &info) ? info.reason() : "";
}

std::string Quoted(absl::string_view value) {
  const absl::string_view cut = CutUtf8(value, kMostQuotedBytes);
  return absl::StrCat("\"", absl::Utf8SafeCEscape(cut),
                      cut.size() < value.size() ? "…\"" : "\"");
}

}  // namespace kugge::rpc
