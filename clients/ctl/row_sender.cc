#include "clients/ctl/row_sender.h"

#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "base/mutex.h"
#include "base/status_macros.h"
#include "clients/ctl/resource_requests.h"
#include "clients/ctl/rpc_errors.h"
#include "grpcpp/client_context.h"

namespace kugge::ctl {
namespace {

using google::protobuf::Message;

// Rows sent and not answered. Enough to keep the server's group commit busy;
// what a crash leaves unanswered stays small.
constexpr int64_t kWindowRows = 1000;

class StreamSender final : public RowSender {
 public:
  StreamSender(const CommandContext& context, const ResourceType& type,
               ImportOptions options, ImportReport* report)
      : report_(report),
        noun_(type.noun),
        request_(type.import_stream.request_prototype->New()) {
    if (context.timeout.has_value()) SetDeadline(context, &call_);
    stream_ = type.import_stream.open(context.channel, &call_);
    SetText(request_.get(), "parent", options.parent);
    SetSwitch(request_.get(), "validate_only", options.dry_run);
    reader_ = std::thread([this] { ReadVerdicts(); });
  }

  // An import given up halfway: the server hears of it.
  ~StreamSender() override {
    if (!reader_.joinable()) return;
    call_.TryCancel();
    reader_.join();
    stream_->Finish();
  }

  absl::Status Send(int64_t row, Message* resource) override {
    {
      MutexLock lock(&mutex_);
      while (unanswered_ >= kWindowRows && !ended_) changed_.Wait(&mutex_);
      if (ended_) return absl::CancelledError("the server ended the import");
      ++unanswered_;
    }
    const auto* field = request_->GetDescriptor()->FindFieldByName(noun_);
    const auto* row_field = request_->GetDescriptor()->FindFieldByName("row");
    const auto* reflection = request_->GetReflection();
    reflection->SetInt64(request_.get(), row_field, row);
    // A copy would cost as much as the rest of the sending.
    resource->GetReflection()->Swap(
        resource, reflection->MutableMessage(request_.get(), field));
    const bool written = stream_->Write(*request_);
    // Parent and options belong to the first message alone.
    SetText(request_.get(), "parent", "");
    SetSwitch(request_.get(), "validate_only", false);
    return written ? absl::OkStatus()
                   : absl::CancelledError("the server ended the import");
  }

  absl::Status Finish() override {
    stream_->WritesDone();
    reader_.join();
    KUGGE_RETURN_IF_ERROR(FromGrpc(stream_->Finish()));
    MutexLock lock(&mutex_);
    if (unanswered_ > 0) {
      return absl::DataLossError(
          absl::StrCat(unanswered_, " rows were not answered"));
    }
    return absl::OkStatus();
  }

 private:
  void ReadVerdicts() {
    RowVerdict verdict;
    while (stream_->Read(&verdict)) {
      report_->Add(verdict);
      MutexLock lock(&mutex_);
      --unanswered_;
      changed_.NotifyOne();
    }
    MutexLock lock(&mutex_);
    ended_ = true;
    changed_.NotifyOne();
  }

  ImportReport* const report_;
  const std::string noun_;
  const MessagePtr request_;
  grpc::ClientContext call_;
  std::unique_ptr<ImportStream> stream_;
  Mutex mutex_;
  CondVar changed_;
  int64_t unanswered_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread reader_;
};

// Whether an error is about the row: others end the import.
bool IsAboutTheRow(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kOutOfRange:
      return true;
    default:
      return false;
  }
}

// Creates each row, and replaces it where its name exists.
class SingleSender final : public RowSender {
 public:
  SingleSender(const CommandContext& context, const ResourceType& type,
               ImportOptions options, ImportReport* report)
      : context_(context),
        type_(type),
        options_(std::move(options)),
        report_(report) {}

  absl::Status Send(int64_t row, Message* resource) override {
    const std::string name = GetText(*resource, "name");
    v1::ImportVerdict verdict = v1::IMPORT_VERDICT_CREATED;
    const MessagePtr written = NewResource(type_);
    absl::Status status = Create(name, *resource, written.get());
    if (absl::IsAlreadyExists(status) && !name.empty()) {
      verdict = v1::IMPORT_VERDICT_REPLACED;
      const MessagePtr request = UpdateRequest(
          type_, {.mask = {"*"}, .validate_only = options_.dry_run}, *resource);
      status = Call(context_, type_.update, *request, written.get());
    }
    if (!status.ok() && !IsAboutTheRow(status)) return failure_ = status;
    report_->Add(Verdict(row, status, verdict, *written));
    return absl::OkStatus();
  }

  absl::Status Finish() override { return failure_; }

 private:
  absl::Status Create(const std::string& name, const Message& resource,
                      Message* written) {
    auto [parent, id] = SplitName(name);
    const MessagePtr request =
        CreateRequest(type_,
                      {.parent = name.empty() ? options_.parent : parent,
                       .id = id,
                       .validate_only = options_.dry_run},
                      resource);
    return Call(context_, type_.create, *request, written);
  }

  RowVerdict Verdict(int64_t row, const absl::Status& status,
                     v1::ImportVerdict accepted, const Message& written) const {
    RowVerdict verdict;
    verdict.set_row(row);
    if (status.ok()) {
      verdict.set_name(GetText(written, "name"));
      verdict.set_verdict(options_.dry_run ? v1::IMPORT_VERDICT_VALID
                                           : accepted);
      return verdict;
    }
    verdict.set_verdict(v1::IMPORT_VERDICT_REFUSED);
    verdict.set_message(std::string(status.message()));
    for (const auto& [field, description] : FieldViolations(status)) {
      v1::FieldViolation* violation = verdict.add_violations();
      violation->set_field(field);
      violation->set_description(description);
    }
    return verdict;
  }

  const CommandContext& context_;
  const ResourceType& type_;
  const ImportOptions options_;
  ImportReport* const report_;
  absl::Status failure_;
};

}  // namespace

std::unique_ptr<RowSender> MakeRowSender(const CommandContext& context,
                                         const ResourceType& type,
                                         ImportOptions options,
                                         ImportReport* report) {
  if (type.import_stream.open) {
    return std::make_unique<StreamSender>(context, type, std::move(options),
                                          report);
  }
  return std::make_unique<SingleSender>(context, type, std::move(options),
                                        report);
}

}  // namespace kugge::ctl
