#include "services/server/server.h"

#include <arpa/inet.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/testing/status_matchers.h"
#include "base/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "kugge/v1/profile_service.grpc.pb.h"
#include "kugge/v1/tenant_service.grpc.pb.h"
#include "services/server/server_for_test.h"

namespace kugge::server {
namespace {

using ::google::protobuf::util::MessageDifferencer;
using ::grpc::health::v1::HealthCheckResponse;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kTenant[] = "tenants/mora";

// The stubs of one connection.
struct Client {
  explicit Client(const std::string& address)
      : channel(ChannelTo(address)),
        tenants(v1::TenantService::NewStub(channel)),
        profiles(v1::ProfileService::NewStub(channel)) {}

  grpc::Status CreateTenant(const std::string& display_name) {
    grpc::ClientContext context;
    SetDeadline(&context);
    v1::CreateTenantRequest request;
    request.set_tenant_id("mora");
    request.mutable_tenant()->set_display_name(display_name);
    v1::Tenant created;
    return tenants->CreateTenant(&context, request, &created);
  }

  grpc::Status GetTenant(v1::Tenant* tenant) {
    grpc::ClientContext context;
    SetDeadline(&context);
    v1::GetTenantRequest request;
    request.set_name(kTenant);
    return tenants->GetTenant(&context, request, tenant);
  }

  grpc::Status CreateProfile(v1::Profile* profile) {
    grpc::ClientContext context;
    SetDeadline(&context);
    v1::CreateProfileRequest request;
    request.set_parent(kTenant);
    *request.mutable_profile() = *profile;
    return profiles->CreateProfile(&context, request, profile);
  }

  grpc::Status GetProfile(const std::string& name, v1::Profile* profile) {
    grpc::ClientContext context;
    SetDeadline(&context);
    v1::GetProfileRequest request;
    request.set_name(name);
    return profiles->GetProfile(&context, request, profile);
  }

  const std::shared_ptr<grpc::Channel> channel;
  const std::unique_ptr<v1::TenantService::Stub> tenants;
  const std::unique_ptr<v1::ProfileService::Stub> profiles;
};

// An import that holds a thread of the server: one row was sent and refused,
// and the next may come.
class OpenImport {
 public:
  // A thread that has just answered may still be taken, and the stream refused
  // for that: then it is opened anew.
  explicit OpenImport(Client* client) {
    v1::ImportProfilesResponse verdict;
    for (int tries = 0; tries < 1'000; ++tries) {
      if (Open(client, &verdict)) break;
      const grpc::Status refused = stream_->Finish();
      EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED)
          << refused.error_message();
      if (refused.error_code() != grpc::StatusCode::RESOURCE_EXHAUSTED) break;
    }
    EXPECT_EQ(verdict.row(), 1);
  }

  grpc::Status Finish() {
    stream_->WritesDone();
    v1::ImportProfilesResponse verdict;
    while (stream_->Read(&verdict)) {
    }
    return stream_->Finish();
  }

 private:
  bool Open(Client* client, v1::ImportProfilesResponse* verdict) {
    stream_.reset();
    context_ = std::make_unique<grpc::ClientContext>();
    SetDeadline(context_.get());
    stream_ = client->profiles->ImportProfiles(context_.get());
    v1::ImportProfilesRequest row;
    row.set_parent(kTenant);
    row.set_row(1);
    row.mutable_profile();
    stream_->Write(row);
    return stream_->Read(verdict);
  }

  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::ImportProfilesRequest,
                                           v1::ImportProfilesResponse>>
      stream_;
};

config::v1::ServerConfig WithMetrics(config::v1::ServerConfig config) {
  config.set_metrics_address("127.0.0.1:0");
  return config;
}

class ServerTest : public testing::Test {
 protected:
  std::string data_dir() const { return folder_.path() + "/data"; }
  config::v1::ServerConfig Config() const { return ConfigForTest(data_dir()); }

  const TempFolder folder_;
};

TEST_F(ServerTest, BothListenersTellHealth) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(Config()));
  for (const std::string& address :
       {server->addresses().api, server->addresses().health}) {
    for (const char* service : {"", "kugge.live", "kugge.ready"}) {
      EXPECT_EQ(HealthAt(address, service), HealthCheckResponse::SERVING)
          << address << " " << service;
    }
    EXPECT_EQ(HealthAt(address, "no.such.service"),
              HealthCheckResponse::UNKNOWN);
  }
}

TEST_F(ServerTest, HealthListenerIsLiveAndNotReadyBeforeTheStoreIsOpen) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto health,
                             HealthListener::Start("127.0.0.1:0"));
  EXPECT_EQ(HealthAt(health->address(), "kugge.live"),
            HealthCheckResponse::SERVING);
  EXPECT_EQ(HealthAt(health->address(), "kugge.ready"),
            HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(HealthAt(health->address(), ""), HealthCheckResponse::NOT_SERVING);
}

TEST_F(ServerTest, HealthListenerHasNothingButHealth) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(Config()));
  Client client(server->addresses().health);
  v1::Tenant tenant;
  EXPECT_EQ(client.GetTenant(&tenant).error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(ServerTest, WhatWasWrittenSurvivesARestart) {
  v1::Tenant tenant;
  v1::Profile profile;
  profile.set_kind(v1::PROFILE_KIND_JOB_SEEKER);
  profile.mutable_home()->set_municipality_code("2062");
  {
    KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(Config()));
    Client client(server->addresses().api);
    ASSERT_TRUE(client.CreateTenant("Mora kommun").ok());
    ASSERT_TRUE(client.GetTenant(&tenant).ok());
    const grpc::Status created = client.CreateProfile(&profile);
    ASSERT_TRUE(created.ok()) << created.error_message();
  }
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(Config()));
  Client client(server->addresses().api);
  v1::Tenant tenant_again;
  ASSERT_TRUE(client.GetTenant(&tenant_again).ok());
  EXPECT_TRUE(MessageDifferencer::Equals(tenant_again, tenant));
  v1::Profile profile_again;
  ASSERT_TRUE(client.GetProfile(profile.name(), &profile_again).ok());
  EXPECT_TRUE(MessageDifferencer::Equals(profile_again, profile));
}

TEST_F(ServerTest, MemoryStoreLeavesNothingOnDisk) {
  config::v1::ServerConfig config = Config();
  config.set_store(config::v1::STORE_MEMORY);
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(config));
  Client client(server->addresses().api);
  EXPECT_TRUE(client.CreateTenant("Mora kommun").ok());
  EXPECT_FALSE(std::filesystem::exists(data_dir()));
}

TEST_F(ServerTest, SecondServerOnTheSameFolderIsRefused) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(Config()));
  EXPECT_THAT(Server::Start(Config()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr(data_dir()),
                             HasSubstr("in use by another process"))));
  EXPECT_EQ(HealthAt(server->addresses().api, ""),
            HealthCheckResponse::SERVING);
}

TEST_F(ServerTest, FolderOfSomebodyElseIsRefusedAndLeftAlone) {
  std::filesystem::create_directory(data_dir());
  std::ofstream(data_dir() + "/letter.txt") << "Hej";
  EXPECT_THAT(Server::Start(Config()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr(data_dir()), HasSubstr("letter.txt"))));
  EXPECT_FALSE(std::filesystem::exists(data_dir() + "/rocksdb"));
}

TEST_F(ServerTest, TakenPortsAreRefusedByTheNameOfTheirField) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server,
                             Server::Start(WithMetrics(Config())));
  const BoundAddresses taken = server->addresses();
  config::v1::ServerConfig config = ConfigForTest(folder_.path() + "/other");
  config.set_listen_address(taken.api);
  EXPECT_THAT(Server::Start(config),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr("listen_address " + taken.api)));
  config.set_listen_address("127.0.0.1:0");
  config.set_metrics_address(taken.metrics);
  EXPECT_THAT(Server::Start(config),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr("metrics_address " + taken.metrics)));
  config.set_metrics_address("-");
  config.set_health_address(taken.health);
  EXPECT_THAT(Server::Start(config),
              StatusIs(absl::StatusCode::kUnavailable,
                       HasSubstr("health_address " + taken.health)));
}

TEST_F(ServerTest, ListensOnASocketInTheFileSystem) {
  config::v1::ServerConfig config = Config();
  config.set_listen_address("unix:" + folder_.path() + "/api.sock");
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(config));
  EXPECT_EQ(server->addresses().api, config.listen_address());
  Client client(config.listen_address());
  EXPECT_TRUE(client.CreateTenant("Mora kommun").ok());
}

// The bytes that a unary or streaming method of any service answers with.
std::string AskBytes(const std::string& address, const std::string& method,
                     const std::string& message) {
  grpc::GenericStub stub(ChannelTo(address));
  grpc::ClientContext context;
  SetDeadline(&context);
  grpc::CompletionQueue queue;
  void* tag = nullptr;
  bool ok = false;
  const auto call = stub.PrepareCall(&context, method, &queue);
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  const grpc::Slice slice(message);
  call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
  queue.Next(&tag, &ok);
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  queue.Next(&tag, &ok);
  std::vector<grpc::Slice> slices;
  if (ok) static_cast<void>(answer.Dump(&slices).ok());
  context.TryCancel();
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  std::string bytes;
  for (const grpc::Slice& part : slices) {
    bytes.append(reinterpret_cast<const char*>(part.begin()), part.size());
  }
  return bytes;
}

// ServerReflectionRequest{list_services: ""} and {file_containing_symbol:
// "grpc.health.v1.Health"}, encoded.
constexpr char kReflection[] =
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
const std::string kListServices("\x3a\x00", 2);
const std::string kFileOfHealth = "\x22\x15grpc.health.v1.Health";

TEST_F(ServerTest, ReflectionKnowsEveryServiceAndHealth) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(Config()));
  const std::string services =
      AskBytes(server->addresses().api, kReflection, kListServices);
  for (const char* service :
       {"kugge.v1.TenantService", "kugge.v1.ProfileService",
        "kugge.v1.EmployerService", "kugge.v1.TrainingService",
        "kugge.v1.TaxonomyService", "kugge.v1.MatchService",
        "grpc.health.v1.Health"}) {
    EXPECT_THAT(services, HasSubstr(service));
  }
  EXPECT_THAT(AskBytes(server->addresses().api, kReflection, kFileOfHealth),
              HasSubstr("HealthCheckRequest"));
  EXPECT_EQ(AskBytes(server->addresses().health, kReflection, kListServices),
            "");
}

TEST_F(ServerTest, ReflectionCanBeOff) {
  config::v1::ServerConfig config = Config();
  config.set_reflection(config::v1::REFLECTION_OFF);
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(config));
  EXPECT_EQ(AskBytes(server->addresses().api, kReflection, kListServices), "");
}

TEST_F(ServerTest, ReadyEndsBeforeTheLastCallDoes) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(Config()));
  const std::string health_address = server->addresses().health;
  Client client(server->addresses().api);
  ASSERT_TRUE(client.CreateTenant("Mora kommun").ok());
  OpenImport import(&client);

  grpc::ClientContext context;
  SetDeadline(&context);
  grpc::health::v1::HealthCheckRequest request;
  request.set_service("kugge.ready");
  const auto health =
      grpc::health::v1::Health::NewStub(ChannelTo(health_address));
  const auto watch = health->Watch(&context, request);
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);

  std::thread stop([&server] { server->Stop(); });
  EXPECT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(HealthAt(health_address, "kugge.live"),
            HealthCheckResponse::SERVING);
  EXPECT_TRUE(import.Finish().ok());
  stop.join();
}

TEST_F(ServerTest, CallsThatOutlastTheDrainAreCancelled) {
  config::v1::ServerConfig config = Config();
  config.set_drain_seconds(1);
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(config));
  Client client(server->addresses().api);
  ASSERT_TRUE(client.CreateTenant("Mora kommun").ok());
  OpenImport import(&client);
  server->Stop();
  EXPECT_FALSE(import.Finish().ok());
}

TEST_F(ServerTest, OverloadIsRefusedWhileHealthAnswers) {
  config::v1::ServerConfig config = Config();
  config.set_max_threads(1);
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(config));
  Client client(server->addresses().api);
  ASSERT_TRUE(client.CreateTenant("Mora kommun").ok());
  OpenImport import(&client);
  v1::Tenant tenant;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(client.GetTenant(&tenant).error_code(),
              grpc::StatusCode::RESOURCE_EXHAUSTED);
  }
  EXPECT_EQ(HealthAt(server->addresses().api, ""),
            HealthCheckResponse::SERVING);
  EXPECT_EQ(HealthAt(server->addresses().health, "kugge.ready"),
            HealthCheckResponse::SERVING);
  EXPECT_TRUE(import.Finish().ok());
}

TEST_F(ServerTest, MessagesOverTheLimitsAreRefused) {
  config::v1::ServerConfig config = Config();
  config.set_max_message_kib(4);
  config.set_max_batch_message_kib(8);
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(config));
  Client client(server->addresses().api);
  const grpc::Status large = client.CreateTenant(std::string(5 << 10, 'a'));
  EXPECT_EQ(large.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(large.error_message(), HasSubstr("4096"));
  EXPECT_EQ(client.CreateTenant(std::string(9 << 10, 'a')).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(client.CreateTenant("Mora kommun").ok());
}

// What a GET of `/metrics` answers, with its header.
std::string GetMetrics(const std::string& address) {
  const size_t colon = address.rfind(':');
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &peer.sin_addr);
  peer.sin_port =
      htons(static_cast<uint16_t>(std::stoi(address.substr(colon + 1))));
  const int file = socket(AF_INET, SOCK_STREAM, 0);
  std::string answer;
  if (connect(file, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer)) ==
      0) {
    const std::string request =
        "GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n";
    EXPECT_EQ(write(file, request.data(), request.size()),
              static_cast<ssize_t>(request.size()));
    char buffer[4096];
    for (ssize_t size; (size = read(file, buffer, sizeof(buffer))) > 0;) {
      answer.append(buffer, static_cast<size_t>(size));
    }
  }
  close(file);
  return answer;
}

TEST_F(ServerTest, MetricsCountCalls) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server,
                             Server::Start(WithMetrics(Config())));
  Client client(server->addresses().api);
  ASSERT_TRUE(client.CreateTenant("Mora kommun").ok());
  EXPECT_THAT(GetMetrics(server->addresses().metrics),
              AllOf(HasSubstr("200 OK"), HasSubstr("kugge_rpc_total"),
                    HasSubstr("method=\"CreateTenant\"")));
}

TEST_F(ServerTest, MetricsCanBeOff) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto server, Server::Start(Config()));
  EXPECT_EQ(server->addresses().metrics, "");
}

}  // namespace
}  // namespace kugge::server
