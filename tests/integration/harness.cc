#include "tests/integration/harness.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>
#include <grpcpp/generic/generic_stub.h>

#include <cstdlib>
#include <ostream>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/testing/status_matchers.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "kugge/v1/employer_service.pb.h"
#include "kugge/v1/match_service.pb.h"
#include "kugge/v1/profile_service.pb.h"
#include "kugge/v1/taxonomy_service.pb.h"
#include "kugge/v1/tenant_service.pb.h"
#include "kugge/v1/training_service.pb.h"
#include "services/rpc/serve.h"
#include "services/server/server_for_test.h"

namespace kugge::integration {
namespace {

// The files that hold the services; named so that they are linked.
const google::protobuf::MethodDescriptor* FindMethod(absl::string_view method) {
  for (const google::protobuf::FileDescriptor* file :
       {v1::GetTenantRequest::descriptor()->file(),
        v1::GetProfileRequest::descriptor()->file(),
        v1::GetEmployerRequest::descriptor()->file(),
        v1::GetProviderRequest::descriptor()->file(),
        v1::GetTaxonomyRequest::descriptor()->file(),
        v1::ExplainMatchRequest::descriptor()->file()}) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(method, '/');
    const auto* service = file->FindServiceByName(parts.first);
    if (service != nullptr) return service->FindMethodByName(parts.second);
  }
  return nullptr;
}

std::unique_ptr<Message> NewRequest(absl::string_view method) {
  const auto* descriptor = FindMethod(method);
  if (descriptor == nullptr) {
    ADD_FAILURE() << "no method " << method;
    std::abort();
  }
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()
          ->GetPrototype(descriptor->input_type())
          ->New());
}

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(buffer.Dump(&slices).ok());
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

void ReadDetails(Reply* reply) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(reply->error_bytes));
  for (const auto& detail : rich.details()) {
    google::rpc::BadRequest bad;
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&bad)) {
      for (const auto& wrong : bad.field_violations()) {
        EXPECT_NE(wrong.description(), "") << wrong.field();
        reply->fields.push_back(wrong.field());
      }
    } else if (detail.UnpackTo(&info)) {
      reply->reason = info.reason();
    } else if (detail.Is<google::rpc::PreconditionFailure>()) {
      reply->has_precondition_failure = true;
    }
  }
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Reply& reply) {
  return out << "code " << reply.code << ", \"" << reply.text << "\", fields "
             << testing::PrintToString(reply.fields) << ", reason "
             << reply.reason << ", " << reply.answers.size() << " answers";
}

void ParseText(absl::string_view text, Message* message) {
  ASSERT_TRUE(
      google::protobuf::TextFormat::ParseFromString(std::string(text), message))
      << text;
}

Client::Client(const std::string& address, std::string accept_language)
    : channel_(server::ChannelTo(address)),
      accept_language_(std::move(accept_language)) {}

Reply Client::Call(absl::string_view method, const Message& request,
                   int64_t min_revision) const {
  return Exchange(method, {request.SerializeAsString()}, min_revision);
}

Reply Client::Call(absl::string_view method, absl::string_view request_text,
                   int64_t min_revision) const {
  const std::unique_ptr<Message> request = NewRequest(method);
  ParseText(request_text, request.get());
  return Call(method, *request, min_revision);
}

Reply Client::Stream(absl::string_view method,
                     const std::vector<std::string>& request_texts) const {
  std::vector<std::unique_ptr<Message>> requests;
  for (const std::string& text : request_texts) {
    requests.push_back(NewRequest(method));
    ParseText(text, requests.back().get());
  }
  return Stream(method, requests);
}

Reply Client::Stream(
    absl::string_view method,
    const std::vector<std::unique_ptr<Message>>& requests) const {
  std::vector<std::string> bytes;
  bytes.reserve(requests.size());
  for (const auto& request : requests) {
    bytes.push_back(request->SerializeAsString());
  }
  return Exchange(method, bytes, 0);
}

Reply Client::Exchange(absl::string_view method,
                       const std::vector<std::string>& requests,
                       int64_t min_revision) const {
  grpc::ClientContext context;
  server::SetDeadline(&context);
  if (min_revision != 0) {
    context.AddMetadata(rpc::kMinRevisionKey, absl::StrCat(min_revision));
  }
  if (!accept_language_.empty()) {
    context.AddMetadata("accept-language", accept_language_);
  }
  grpc::GenericStub stub(channel_);
  grpc::CompletionQueue queue;
  void* tag = nullptr;
  bool ok = false;
  const auto call =
      stub.PrepareCall(&context, absl::StrCat("/kugge.v1.", method), &queue);
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  // A server that refuses early ends the writing; the status tells why.
  for (size_t i = 0; ok && i < requests.size(); ++i) {
    call->Write(ToBuffer(requests[i]), nullptr);
    queue.Next(&tag, &ok);
  }
  call->WritesDone(nullptr);
  queue.Next(&tag, &ok);
  Reply reply;
  for (;;) {
    grpc::ByteBuffer answer;
    call->Read(&answer, nullptr);
    queue.Next(&tag, &ok);
    if (!ok) break;
    reply.answers.push_back(ToBytes(answer));
  }
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  reply.code = status.error_code();
  reply.text = status.error_message();
  reply.error_bytes = status.error_details();
  ReadDetails(&reply);
  const auto& trailing = context.GetServerTrailingMetadata();
  if (const auto found = trailing.find(rpc::kRevisionKey);
      found != trailing.end()) {
    reply.revision =
        std::stoll(std::string(found->second.data(), found->second.size()));
  }
  return reply;
}

void IntegrationTest::Start(const Change& change) {
  config::v1::ServerConfig config =
      server::ConfigForTest(absl::StrCat(folder_.path(), "/data"));
  if (change) change(config);
  auto started = server::Server::Start(config);
  ASSERT_THAT(started, IsOk());
  server_ = *std::move(started);
  client_ = std::make_unique<Client>(server_->addresses().api);
}

void IntegrationTest::Restart(const Change& change) {
  client_.reset();
  server_.reset();
  Start(change);
}

Reply IntegrationTest::Do(absl::string_view method,
                          absl::string_view text) const {
  Reply reply = client_->Call(method, text);
  EXPECT_TRUE(reply.ok()) << method << " " << text << "\n" << reply;
  return reply;
}

void IntegrationTest::ExpectInvalid(absl::string_view method,
                                    absl::string_view text,
                                    const std::string& field) const {
  const Reply reply = client_->Call(method, text);
  EXPECT_EQ(reply.code, grpc::StatusCode::INVALID_ARGUMENT)
      << method << " " << text << "\n"
      << reply;
  EXPECT_THAT(reply.fields, testing::Contains(field))
      << method << " " << text << "\n"
      << reply;
}

void IntegrationTest::MakeTenant(const std::string& id) const {
  Do("TenantService/CreateTenant",
     absl::StrCat("tenant_id: '", id, "' tenant { display_name: '", id, "' }"));
}

Reply IntegrationTest::ImportTaxonomy(const std::string& id,
                                      const std::string& lines) const {
  return client_->Stream(
      "TaxonomyService/ImportTaxonomy",
      {absl::StrCat("taxonomy_id: '", id, "' file: 'concepts.jsonl' data: \"",
                    absl::CEscape(lines), "\"")});
}

}  // namespace kugge::integration
