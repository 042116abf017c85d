#include "tests/bench/load.h"

#include <google/protobuf/wrappers.pb.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/method_handler.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/codegen/rpc_service_method.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/bench/report.h"

namespace kugge::bench {
namespace {

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                   arguments);
}

void MustBeOk(const grpc::Status& status, const std::string& method) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s: %s\n", method.c_str(),
               status.error_message().c_str());
  std::exit(1);
}

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// One of the calls in flight, begun again and again.
class Lane {
 public:
  Lane(grpc::GenericStub& stub, const Calls& calls,
       grpc::CompletionQueue& queue)
      : stub_(stub), calls_(calls), queue_(queue) {}

  void Begin(size_t number) {
    context_ = std::make_unique<grpc::ClientContext>();
    answer_.Clear();
    call_ = stub_.PrepareUnaryCall(
        context_.get(), calls_.method,
        ToBuffer(calls_.requests[number % calls_.requests.size()]), &queue_);
    begin_ = NowMicros();
    call_->StartCall();
    call_->Finish(&answer_, &status_, this);
  }

  void End(LoadResult& result) const {
    MustBeOk(status_, calls_.method);
    result.answer_bytes += static_cast<double>(answer_.Length());
    result.latencies.push_back(NowMicros() - begin_);
  }

 private:
  grpc::GenericStub& stub_;
  const Calls& calls_;
  grpc::CompletionQueue& queue_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> call_;
  grpc::ByteBuffer answer_;
  grpc::Status status_;
  double begin_ = 0;
};

}  // namespace

LoadResult RunLoad(const std::string& address, const Calls& calls,
                   size_t in_flight, double seconds) {
  grpc::GenericStub stub(ChannelTo(address));
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<Lane>> lanes;
  size_t begun = 0;
  const double begin = NowMicros();
  for (size_t i = 0; i < in_flight; ++i) {
    lanes.push_back(std::make_unique<Lane>(stub, calls, queue));
    lanes.back()->Begin(begun++);
  }
  LoadResult result;
  size_t running = in_flight;
  void* tag = nullptr;
  bool ok = false;
  while (running > 0 && queue.Next(&tag, &ok)) {
    Lane* const lane = static_cast<Lane*>(tag);
    lane->End(result);
    if (NowMicros() - begin < seconds * 1e6) {
      lane->Begin(begun++);
    } else {
      --running;
    }
  }
  const auto count = static_cast<double>(result.latencies.size());
  result.calls_per_second = count / (NowMicros() - begin) * 1e6;
  result.answer_bytes /= count;
  return result;
}

struct Caller::Channel {
  explicit Channel(const std::string& address) : stub(ChannelTo(address)) {}
  grpc::GenericStub stub;
  grpc::CompletionQueue queue;
};

Caller::Caller(const std::string& address)
    : channel_(std::make_unique<Channel>(address)) {}

Caller::~Caller() = default;

std::string Caller::Call(const std::string& method, const std::string& request,
                         double* micros) {
  const grpc::ByteBuffer asked = ToBuffer(request);
  grpc::ClientContext context;
  grpc::ByteBuffer answer;
  grpc::Status status;
  const double begin = NowMicros();
  const auto call = channel_->stub.PrepareUnaryCall(&context, method, asked,
                                                    &channel_->queue);
  call->StartCall();
  call->Finish(&answer, &status, this);
  void* tag = nullptr;
  bool ok = false;
  channel_->queue.Next(&tag, &ok);
  *micros = NowMicros() - begin;
  MustBeOk(status, method);
  std::vector<grpc::Slice> slices;
  MustBeOk(answer.Dump(&slices), method);
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// What the code generator would make of a service with one method.
class EchoServer::Service : public grpc::Service {
 public:
  explicit Service(size_t answer_bytes)
      : answer_(std::string(answer_bytes, 'x')) {
    AddMethod(new grpc::internal::RpcServiceMethod(
        Method(), grpc::internal::RpcMethod::NORMAL_RPC,
        new grpc::internal::RpcMethodHandler<Service,
                                             google::protobuf::BytesValue,
                                             google::protobuf::BytesValue>(
            [](Service* service, grpc::ServerContext*,
               const google::protobuf::BytesValue*,
               google::protobuf::BytesValue* response) {
              response->set_value(service->answer_);
              return grpc::Status::OK;
            },
            this)));
  }

 private:
  const std::string answer_;
};

struct EchoServer::Running {
  explicit Running(size_t answer_bytes) : service(answer_bytes) {}
  Service service;
  std::unique_ptr<grpc::Server> server;
};

const char* EchoServer::Method() { return "/kugge.bench.Echo/Echo"; }

std::string EchoServer::RequestOf(size_t bytes) {
  google::protobuf::BytesValue value;
  value.set_value(std::string(bytes, 'x'));
  return value.SerializeAsString();
}

EchoServer::EchoServer(size_t answer_bytes)
    : running_(std::make_unique<Running>(answer_bytes)) {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                           &port);
  builder.RegisterService(&running_->service);
  running_->server = builder.BuildAndStart();
  address_ = absl::StrCat("127.0.0.1:", port);
}

EchoServer::~EchoServer() { running_->server->Shutdown(); }

}  // namespace kugge::bench
