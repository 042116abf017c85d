// Methods of the API with their types erased, so that commands are written once
// over any resource. Bind() makes one from a method of a generated stub.
#ifndef KUGGE_CLIENTS_CTL_RPC_METHODS_H_
#define KUGGE_CLIENTS_CTL_RPC_METHODS_H_

#include <functional>
#include <memory>
#include <utility>

#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"
#include "grpcpp/support/sync_stream.h"
#include "kugge/v1/profile_service.pb.h"

namespace kugge::ctl {

struct UnaryMethod {
  const google::protobuf::Message* request_prototype = nullptr;
  const google::protobuf::Message* response_prototype = nullptr;
  // Request and response must be of the prototypes' types.
  std::function<grpc::Status(
      const std::shared_ptr<grpc::Channel>&, grpc::ClientContext*,
      const google::protobuf::Message&, google::protobuf::Message*)>
      call;
};

// The verdicts of all imports have the same fields; this one stands for them.
using RowVerdict = kugge::v1::ImportProfilesResponse;

// An open import. One thread may write while another reads.
class ImportStream {
 public:
  virtual ~ImportStream() = default;
  virtual bool Write(const google::protobuf::Message& request) = 0;
  virtual void WritesDone() = 0;
  // False: no more verdicts; Finish says why.
  virtual bool Read(RowVerdict* verdict) = 0;
  virtual grpc::Status Finish() = 0;
};

struct ImportMethod {
  // Null: the resource has no such method.
  const google::protobuf::Message* request_prototype = nullptr;
  std::function<std::unique_ptr<ImportStream>(
      const std::shared_ptr<grpc::Channel>&, grpc::ClientContext*)>
      open;
};

template <typename Stub, typename Request, typename Response>
UnaryMethod Bind(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                              const Request&, Response*)) {
  return {&Request::default_instance(), &Response::default_instance(),
          [method](const std::shared_ptr<grpc::Channel>& channel,
                   grpc::ClientContext* context,
                   const google::protobuf::Message& request,
                   google::protobuf::Message* response) {
            Stub stub(channel);
            return (stub.*method)(context, static_cast<const Request&>(request),
                                  static_cast<Response*>(response));
          }};
}

template <typename Stub, typename Request, typename Response>
class BoundImportStream final : public ImportStream {
 public:
  using Opener = std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> (
      Stub::*)(grpc::ClientContext*);

  BoundImportStream(const std::shared_ptr<grpc::Channel>& channel,
                    grpc::ClientContext* context, Opener opener)
      : stub_(channel), stream_((stub_.*opener)(context)) {}

  bool Write(const google::protobuf::Message& request) override {
    return stream_->Write(static_cast<const Request&>(request));
  }
  void WritesDone() override { stream_->WritesDone(); }
  bool Read(RowVerdict* verdict) override {
    Response response;
    if (!stream_->Read(&response)) return false;
    verdict->Clear();
    verdict->set_row(response.row());
    verdict->set_name(response.name());
    verdict->set_verdict(response.verdict());
    verdict->mutable_violations()->Swap(response.mutable_violations());
    verdict->set_message(response.message());
    return true;
  }
  grpc::Status Finish() override { return stream_->Finish(); }

 private:
  Stub stub_;
  std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> stream_;
};

template <typename Stub, typename Request, typename Response>
ImportMethod Bind(std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> (
    Stub::*method)(grpc::ClientContext*)) {
  return {&Request::default_instance(),
          [method](const std::shared_ptr<grpc::Channel>& channel,
                   grpc::ClientContext* context) {
            return std::make_unique<BoundImportStream<Stub, Request, Response>>(
                channel, context, method);
          }};
}

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_RPC_METHODS_H_
