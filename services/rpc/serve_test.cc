#include "services/rpc/serve.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "kugge/v1/profile_service.grpc.pb.h"
#include "services/rpc/errors.h"

namespace kugge::rpc {
namespace {

using Handler = std::function<absl::Status(RequestContext& call)>;

// ProfileService whose every method runs one handler.
class OneHandlerService final : public v1::ProfileService::Service {
 public:
  OneHandlerService(const Serve& serve, const Handler& handler)
      : serve_(serve), handler_(handler) {}

  grpc::Status GetProfile(grpc::ServerContext* context,
                          const v1::GetProfileRequest* request,
                          v1::Profile*) override {
    return serve_.Unary(*context, *request, handler_);
  }
  grpc::Status ListProfiles(grpc::ServerContext* context,
                            const v1::ListProfilesRequest* request,
                            v1::ListProfilesResponse*) override {
    return serve_.AnswerStream(*context, *request, handler_);
  }
  grpc::Status CreateProfile(grpc::ServerContext* context,
                             const v1::CreateProfileRequest* request,
                             v1::Profile*) override {
    return serve_.Unary(*context, *request, handler_);
  }
  grpc::Status BatchCreateProfiles(
      grpc::ServerContext* context,
      const v1::BatchCreateProfilesRequest* request,
      v1::BatchCreateProfilesResponse*) override {
    return serve_.Unary(*context, *request, handler_);
  }
  grpc::Status ImportProfiles(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::ImportProfilesResponse,
                               v1::ImportProfilesRequest>*) override {
    return serve_.Stream(*context, "ImportProfiles", handler_);
  }

 private:
  const Serve& serve_;
  const Handler& handler_;
};

class ServeTest : public testing::Test {
 protected:
  ServeTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    builder.SetMaxReceiveMessageSize(8 << 20);
    server_ = builder.BuildAndStart();
    stub_ = v1::ProfileService::NewStub(
        server_->InProcessChannel(grpc::ChannelArguments()));
  }
  ~ServeTest() override { server_->Shutdown(); }

  static v1::GetProfileRequest Request() {
    v1::GetProfileRequest request;
    request.set_name("tenants/a/profiles/b");
    return request;
  }

  grpc::Status Get(const v1::GetProfileRequest& request = Request()) {
    v1::Profile response;
    return stub_->GetProfile(&context_, request, &response);
  }

  Serve::Options options_;
  SystemClock clock_;
  Metrics metrics_;
  Validator validator_{nullptr};
  Serve serve_{clock_, &metrics_, validator_, options_};
  Handler handler_ = [this](RequestContext&) {
    ++runs_;
    return absl::OkStatus();
  };
  OneHandlerService service_{serve_, handler_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<v1::ProfileService::Stub> stub_;
  grpc::ClientContext context_;
  int runs_ = 0;
};

TEST_F(ServeTest, AGoodCallRunsOnceAndSendsTheRevision) {
  handler_ = [this](RequestContext& call) {
    ++runs_;
    call.revision = 4711;
    return absl::OkStatus();
  };
  const grpc::Status status = Get();
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(runs_, 1);
  const auto& trailers = context_.GetServerTrailingMetadata();
  const auto found = trailers.find(kRevisionKey);
  ASSERT_NE(found, trailers.end());
  EXPECT_EQ(std::string(found->second.data(), found->second.size()), "4711");
}

TEST_F(ServeTest, AWrongRequestIsRefusedWithDetailsBeforeTheHandlerRuns) {
  v1::GetProfileRequest request;
  request.set_name("tenants/a");
  const grpc::Status status = Get(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(
      absl::StartsWith(status.error_message(), "name: is \"tenants/a\""))
      << status.error_message();
  google::rpc::Status rich;
  ASSERT_TRUE(rich.ParseFromString(status.error_details()));
  EXPECT_EQ(rich.details_size(), 2);
  EXPECT_EQ(runs_, 0);
}

TEST_F(ServeTest, TwentyLongFaultsStillReachTheClient) {
  v1::BatchCreateProfilesRequest request;
  request.set_parent("tenants/a");
  for (int i = 0; i < 30; ++i) {
    auto* profile = request.add_requests()->mutable_profile();
    profile->set_nominating_employer(std::string(400, 'x'));
  }
  v1::BatchCreateProfilesResponse response;
  const grpc::Status status =
      stub_->BatchCreateProfiles(&context_, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(absl::StartsWith(status.error_message(), "requests[0].parent"))
      << status.error_message();
}

TEST_F(ServeTest, SizeIsBoundedAndBatchesMayBeLarger) {
  // 512 KiB of repeated elements, which the rules would refuse later.
  v1::Profile profile;
  profile.set_etag(std::string(512 << 10, 'x'));
  v1::CreateProfileRequest request;
  *request.mutable_profile() = profile;
  v1::Profile response;
  const grpc::Status status =
      stub_->CreateProfile(&context_, request, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(absl::StrContains(status.error_message(), "at most 262144"))
      << status.error_message();

  v1::BatchCreateProfilesRequest batch;
  *batch.add_requests()->mutable_profile() = profile;
  v1::BatchCreateProfilesResponse batch_response;
  grpc::ClientContext batch_context;
  const grpc::Status batch_status =
      stub_->BatchCreateProfiles(&batch_context, batch, &batch_response);
  EXPECT_FALSE(absl::StrContains(batch_status.error_message(), "bytes"))
      << batch_status.error_message();
}

TEST_F(ServeTest, MetadataReachesTheHandler) {
  context_.AddMetadata(kMinRevisionKey, "17");
  context_.AddMetadata("accept-language", "en-GB,sv;q=0.5");
  RequestContext seen;
  handler_ = [&seen](RequestContext& call) {
    seen = call;
    return absl::OkStatus();
  };
  EXPECT_TRUE(Get().ok());
  EXPECT_EQ(seen.min_revision, 17);
  EXPECT_EQ(seen.language, "en");
  EXPECT_EQ(seen.caller, "");
}

TEST_F(ServeTest, AWrongRevisionIsRefused) {
  for (const char* text : {"x", "-1", "1.5", "99999999999999999999"}) {
    grpc::ClientContext context;
    context.AddMetadata(kMinRevisionKey, text);
    v1::Profile response;
    const grpc::Status status =
        stub_->GetProfile(&context, Request(), &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_TRUE(absl::StrContains(status.error_message(), kMinRevisionKey));
  }
  EXPECT_EQ(runs_, 0);
}

TEST_F(ServeTest, TheDeadlineIsTheSoonerOfTheClientsAndTheServers) {
  RequestContext seen;
  handler_ = [&seen](RequestContext& call) {
    seen = call;
    return absl::OkStatus();
  };
  EXPECT_TRUE(Get().ok());
  EXPECT_EQ(seen.deadline - seen.now, options_.max_call);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(5));
  v1::Profile response;
  EXPECT_TRUE(stub_->GetProfile(&context, Request(), &response).ok());
  // The deadline travels as a rounded duration.
  EXPECT_LT(seen.deadline - seen.now, absl::Seconds(6));
  EXPECT_GT(seen.deadline - seen.now, absl::Seconds(1));
}

// The clock stands still until the handler moves it past the limit.
TEST(ServeDeadlineTest, AHandlerThatIsToldToStopAnswersDeadlineExceeded) {
  FixedClock clock(absl::Now());
  const Validator validator(nullptr);
  const Serve serve(clock, nullptr, validator, Serve::Options());
  const Handler handler = [&clock](RequestContext& call) {
    EXPECT_FALSE(call.cancelled());
    clock.Advance(absl::Seconds(61));
    EXPECT_TRUE(call.cancelled());
    return absl::CancelledError();
  };
  OneHandlerService service(serve, handler);
  grpc::ServerBuilder builder;
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  const auto stub = v1::ProfileService::NewStub(
      server->InProcessChannel(grpc::ChannelArguments()));
  grpc::ClientContext context;
  v1::GetProfileRequest request;
  request.set_name("tenants/a/profiles/b");
  v1::Profile response;
  EXPECT_EQ(stub->GetProfile(&context, request, &response).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  server->Shutdown();
}

TEST_F(ServeTest, AHandlerSeesThatTheClientIsGone) {
  bool seen = false;
  handler_ = [&](RequestContext& call) {
    context_.TryCancel();
    // The news takes a moment; the call's own limit ends the wait.
    while (!call.cancelled()) {
    }
    seen = true;
    return absl::CancelledError();
  };
  EXPECT_EQ(Get().error_code(), grpc::StatusCode::CANCELLED);
  server_->Shutdown();
  EXPECT_TRUE(seen);
}

TEST_F(ServeTest, StreamsAreServedTheSameWay) {
  absl::Duration longest;
  handler_ = [&longest](RequestContext& call) {
    longest = call.deadline - call.now;
    call.revision = 3;
    return NotFound("tenants/a");
  };
  const auto stream = stub_->ImportProfiles(&context_);
  stream->WritesDone();
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(longest, options_.max_stream);
  EXPECT_EQ(context_.GetServerTrailingMetadata().count(kRevisionKey), 1);
}

// A request that a stream answers is checked as any other, and has the time of
// a stream.
TEST_F(ServeTest, AStreamMayAnswerARequest) {
  absl::Duration longest;
  handler_ = [&](RequestContext& call) {
    ++runs_;
    longest = call.deadline - call.now;
    return absl::OkStatus();
  };
  v1::ListProfilesRequest request;
  v1::ListProfilesResponse response;
  EXPECT_EQ(stub_->ListProfiles(&context_, request, &response).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  request.set_parent("tenants/a");
  grpc::ClientContext second;
  EXPECT_TRUE(stub_->ListProfiles(&second, request, &response).ok());
  EXPECT_EQ(longest, options_.max_stream);
  EXPECT_EQ(runs_, 1);
}

TEST_F(ServeTest, AFailedCallIsOneLineWithoutAName) {
  handler_ = [](RequestContext&) { return StaleEtag("tenants/a/profiles/b"); };
  testing::internal::CaptureStderr();
  EXPECT_EQ(Get().error_code(), grpc::StatusCode::ABORTED);
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(absl::StrContains(
      log, "info rpc_failed method=GetProfile code=ABORTED reason=STALE_ETAG"))
      << log;
  EXPECT_FALSE(absl::StrContains(log, "tenants/"));
}

TEST_F(ServeTest, AnErrorOfOursIsLoggedAndHidden) {
  handler_ = [](RequestContext&) {
    return absl::DataLossError("record 17 has a wrong checksum");
  };
  testing::internal::CaptureStderr();
  const grpc::Status status = Get();
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DATA_LOSS);
  EXPECT_FALSE(absl::StrContains(status.error_message(), "checksum"));
  EXPECT_TRUE(absl::StrContains(log, "wrong checksum")) << log;
  EXPECT_TRUE(absl::StrContains(log, "error rpc_failed method=GetProfile"))
      << log;
}

}  // namespace
}  // namespace kugge::rpc
