#include "services/rpc/serve.h"

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "services/rpc/accept_language.h"
#include "services/rpc/errors.h"
#include "services/rpc/status.h"

namespace kugge::rpc {
namespace {

// Who calls and whether they may. Every call passes here; identities and rights
// are checked nowhere else. Until there are identities everybody may, and the
// server listens on loopback only.
absl::Status Authorize(const grpc::ServerContext& /*context*/,
                       absl::string_view /*method*/) {
  return absl::OkStatus();
}

std::optional<absl::string_view> MetadataOf(const grpc::ServerContext& context,
                                            const char* key) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(key);
  if (found == metadata.end()) return std::nullopt;
  return absl::string_view(found->second.data(), found->second.size());
}

absl::Status ReadMetadata(const grpc::ServerContext& context,
                          RequestContext* call) {
  if (const auto text = MetadataOf(context, kMinRevisionKey)) {
    if (!absl::SimpleAtoi(*text, &call->min_revision) ||
        call->min_revision < 0) {
      return InvalidField(kMinRevisionKey,
                          absl::StrCat("is ", Quoted(*text),
                                       "; must be a revision that an answer "
                                       "carried in ",
                                       kRevisionKey));
    }
  }
  if (const auto text = MetadataOf(context, "accept-language")) {
    call->language = PreferredLanguage(*text);
  }
  return absl::OkStatus();
}

// The client's deadline, or that of the longest time.
absl::Time DeadlineOf(const grpc::ServerContext& context, absl::Time now,
                      absl::Duration longest) {
  const auto asked = context.deadline();
  const absl::Time latest = now + longest;
  if (asked == std::chrono::system_clock::time_point::max()) return latest;
  return std::min(latest, absl::FromChrono(asked));
}

// Whether a call's answer is of no use any more: RequestContext::cancelled.
class Unwanted {
 public:
  // All outlive this.
  Unwanted(const Clock& clock, const grpc::ServerContext& context,
           const RequestContext& call)
      : clock_(&clock),
        context_(&context),
        deadline_(call.deadline),
        ask_at_(call.now + kBetweenAsks) {}

  bool operator()() {
    const absl::Time now = clock_->Now();
    if (now >= deadline_) return true;
    if (!gone_ && now >= ask_at_) {
      gone_ = context_->IsCancelled();
      ask_at_ = now + kBetweenAsks;
    }
    return gone_;
  }

 private:
  // gRPC answers by polling the call's queue until a deadline that has passed:
  // the thread sleeps and is woken, which is some ten microseconds and lets
  // others run in between.
  static constexpr absl::Duration kBetweenAsks = absl::Milliseconds(1);

  const Clock* clock_;
  const grpc::ServerContext* context_;
  absl::Time deadline_;
  absl::Time ask_at_;
  bool gone_ = false;
};

absl::Status TooLate() {
  return ErrorWithReason(absl::StatusCode::kDeadlineExceeded,
                         "DEADLINE_EXCEEDED",
                         "The call took longer than it may");
}

absl::string_view MethodOf(const google::protobuf::Message& request) {
  return absl::StripSuffix(request.GetDescriptor()->name(), "Request");
}

void LogFailure(absl::string_view method, const absl::Status& status) {
  const bool ours = status.code() == absl::StatusCode::kInternal ||
                    status.code() == absl::StatusCode::kDataLoss ||
                    status.code() == absl::StatusCode::kUnknown;
  Log(ours ? LogLevel::kError : LogLevel::kInfo, "rpc_failed",
      {{"method", method},
       {"code", absl::StatusCodeToString(status.code())},
       {"reason", ReasonOf(status)}});
}

// Counts a call that is under way for as long as it lives.
class InFlight {
 public:
  explicit InFlight(Metrics* metrics) : metrics_(metrics) {
    if (metrics_ != nullptr) metrics_->AddRpcInFlight(1);
  }
  ~InFlight() {
    if (metrics_ != nullptr) metrics_->AddRpcInFlight(-1);
  }
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;

 private:
  Metrics* const metrics_;
};

}  // namespace

Serve::Serve(const Clock& clock, Metrics* metrics, const Validator& validator,
             Options options)
    : clock_(clock),
      metrics_(metrics),
      validator_(validator),
      options_(options) {}

grpc::Status Serve::Unary(grpc::ServerContext& context,
                          const google::protobuf::Message& request,
                          Run run) const {
  return Call(context, MethodOf(request), options_.max_call, &request, run);
}

grpc::Status Serve::AnswerStream(grpc::ServerContext& context,
                                 const google::protobuf::Message& request,
                                 Run run) const {
  return Call(context, MethodOf(request), options_.max_stream, &request, run);
}

grpc::Status Serve::Stream(grpc::ServerContext& context,
                           absl::string_view method, Run run) const {
  return Call(context, method, options_.max_stream, nullptr, run);
}

absl::Status Serve::CheckRequest(
    absl::string_view method, const google::protobuf::Message& request) const {
  const int64_t most = absl::StartsWith(method, "Batch")
                           ? options_.max_batch_bytes
                           : options_.max_message_bytes;
  const auto bytes = static_cast<int64_t>(request.ByteSizeLong());
  if (bytes > most) {
    return ErrorWithReason(absl::StatusCode::kInvalidArgument,
                           "REQUEST_TOO_LARGE",
                           absl::StrCat("The request has ", bytes,
                                        " bytes; must have at most ", most));
  }
  Violations violations;
  validator_.Check(request, "", &violations);
  return violations.ToStatus();
}

grpc::Status Serve::Call(grpc::ServerContext& context, absl::string_view method,
                         absl::Duration longest,
                         const google::protobuf::Message* request,
                         Run run) const {
  const InFlight in_flight(metrics_);
  RequestContext call;
  call.now = clock_.Now();
  call.deadline = DeadlineOf(context, call.now, longest);
  call.cancelled = Unwanted(clock_, context, call);
  const auto answer = [&]() -> absl::Status {
    KUGGE_RETURN_IF_ERROR(Authorize(context, method));
    KUGGE_RETURN_IF_ERROR(ReadMetadata(context, &call));
    if (request != nullptr) {
      KUGGE_RETURN_IF_ERROR(CheckRequest(method, *request));
    }
    if (call.cancelled()) return absl::CancelledError();
    return run(call);
  };
  absl::Status status = answer();
  const absl::Time end = clock_.Now();
  // A handler that stopped because it was told to doesn't know why.
  if (absl::IsCancelled(status) && end >= call.deadline) status = TooLate();
  if (call.revision != 0) {
    context.AddTrailingMetadata(kRevisionKey, absl::StrCat(call.revision));
  }
  if (!status.ok()) LogFailure(method, status);
  if (metrics_ != nullptr) {
    metrics_->CountRpc(method, absl::StatusCodeToString(status.code()),
                       end - call.now);
  }
  return ToGrpcStatus(status);
}

}  // namespace kugge::rpc
