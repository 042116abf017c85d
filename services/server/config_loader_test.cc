#include "services/server/config_loader.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "base/testing/status_matchers.h"
#include "base/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/server/address.h"
#include "services/server/flags.h"

namespace kugge::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string WriteFile(const TempFolder& folder, const std::string& text) {
  std::string path = folder.path() + "/server.json";
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

absl::StatusOr<config::v1::ServerConfig> LoadJson(const std::string& json) {
  const TempFolder folder;
  return LoadConfig({.config = WriteFile(folder, json)});
}

TEST(ConfigTest, EveryFieldHasTheDefaultOfItsComment) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto config, LoadConfig({}));
  EXPECT_EQ(config.data_dir(), "./kugge-data");
  EXPECT_EQ(config.listen_address(), "127.0.0.1:7400");
  EXPECT_EQ(config.health_address(), "127.0.0.1:7401");
  EXPECT_EQ(config.metrics_address(), "127.0.0.1:7402");
  EXPECT_FALSE(config.allow_insecure());
  EXPECT_EQ(config.reflection(), config::v1::REFLECTION_ON);
  EXPECT_EQ(config.max_threads(), 64);
  EXPECT_EQ(config.max_message_kib(), 256);
  EXPECT_EQ(config.max_batch_message_kib(), 4096);
  EXPECT_EQ(config.max_call_seconds(), 60);
  EXPECT_EQ(config.drain_seconds(), 10);
  EXPECT_EQ(config.log_level(), config::v1::LOG_LEVEL_INFO);
  EXPECT_EQ(config.store(), config::v1::STORE_ROCKSDB);
  EXPECT_EQ(config.block_cache_mib(), 256);
  EXPECT_EQ(config.change_log_entries(), 1'000'000);
  EXPECT_EQ(static_cast<unsigned>(config.batch_threads()),
            std::max(1u, std::thread::hardware_concurrency()));
}

// A field that is added to the message needs a default, or a word here.
TEST(ConfigTest, NoFieldIsWithoutDefault) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto config, LoadConfig({}));
  const auto* descriptor = config.GetDescriptor();
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    if (field->name() == "allow_insecure") continue;
    EXPECT_TRUE(config.GetReflection()->HasField(config, field))
        << field->name();
  }
}

TEST(ConfigTest, FlagsGoBeforeTheFile) {
  const TempFolder folder;
  const std::string path = WriteFile(
      folder, R"({"dataDir": "a", "listenAddress": "[::1]:1", "maxThreads": 3,
                  "allowInsecure": true})");
  KUGGE_ASSERT_OK_AND_ASSIGN(
      const Flags flags,
      ParseFlags({"--config", path, "--data_dir=b", "--metrics_address=-",
                  "--allow_insecure=false"}));
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto config, LoadConfig(flags));
  EXPECT_EQ(config.data_dir(), "b");
  EXPECT_EQ(config.listen_address(), "[::1]:1");
  EXPECT_EQ(config.metrics_address(), "-");
  EXPECT_EQ(config.max_threads(), 3);
  EXPECT_FALSE(config.allow_insecure());
}

struct WrongCase {
  std::string json;
  // What the error names, and what would be right.
  std::string names;
  std::string right;
};

class WrongConfigTest : public testing::TestWithParam<WrongCase> {};

TEST_P(WrongConfigTest, IsRefusedInWords) {
  EXPECT_THAT(
      LoadJson(GetParam().json),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr(GetParam().names), HasSubstr(GetParam().right))))
      << GetParam().json;
}

INSTANTIATE_TEST_SUITE_P(
    Config, WrongConfigTest,
    testing::Values(
        WrongCase{"", "server.json", "{} would be all defaults"},
        WrongCase{"{", "server.json", "JSON form"},
        WrongCase{"[]", "server.json", "JSON form"},
        WrongCase{R"({"listenAdress": "127.0.0.1:1"})", "server.json",
                  "listenAdress"},
        WrongCase{R"({"maxThreads": "many"})", "server.json", "max_threads"},
        WrongCase{R"({"maxThreads": 99999999999})", "server.json",
                  "max_threads"},
        WrongCase{R"({"logLevel": "LOUD"})", "server.json", "log_level"},
        WrongCase{R"({"logLevel": 77})", "log_level", "LOG_LEVEL_INFO"},
        WrongCase{R"({"store": 9})", "store", "STORE_MEMORY"},
        WrongCase{R"({"reflection": 9})", "reflection", "REFLECTION_OFF"},
        WrongCase{R"({"listenAddress": "7400"})", "listen_address",
                  "host:port"},
        WrongCase{R"({"listenAddress": "127.0.0.1:"})", "listen_address",
                  "host:port"},
        WrongCase{R"({"listenAddress": "127.0.0.1:65536"})", "listen_address",
                  "0 to 65535"},
        WrongCase{R"({"listenAddress": "127.0.0.1:+1"})", "listen_address",
                  "host:port"},
        WrongCase{R"({"listenAddress": "::1:7400"})", "listen_address",
                  "[::1]:7400"},
        WrongCase{R"({"listenAddress": "unix:"})", "listen_address", "1 to"},
        WrongCase{R"({"healthAddress": "http://a:1"})", "health_address",
                  "host:port"},
        WrongCase{R"({"metricsAddress": "unix:m"})", "metrics_address",
                  "host:port or -"},
        WrongCase{R"({"maxThreads": -1})", "max_threads", "1 to 4096"},
        WrongCase{R"({"maxMessageKib": 5000})", "max_message_kib", "4096"},
        WrongCase{R"({"maxBatchMessageKib": 99999})", "max_batch_message_kib",
                  "65536"},
        WrongCase{R"({"maxCallSeconds": -5})", "max_call_seconds", "1 to"},
        WrongCase{R"({"drainSeconds": 4000})", "drain_seconds", "1 to 3600"},
        WrongCase{R"({"blockCacheMib": -1})", "block_cache_mib", "1 to"},
        WrongCase{R"({"batchThreads": -1})", "batch_threads", "1 to 1024"},
        WrongCase{R"({"changeLogEntries": "-1"})", "change_log_entries",
                  "1 to"}));

TEST(ConfigTest, AFileThatIsNotThereIsNamed) {
  EXPECT_THAT(LoadConfig({.config = "/nowhere/server.json"}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("/nowhere/server.json"),
                             HasSubstr("No such file"))));
}

TEST(ConfigTest, AFolderIsNoFile) {
  const TempFolder folder;
  EXPECT_THAT(
      LoadConfig({.config = folder.path()}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(folder.path())));
}

TEST(ConfigTest, BeyondLoopbackNeedsAllowInsecure) {
  for (const char* address :
       {"0.0.0.0:7400", "[::]:7400", "192.0.2.7:7400", "example.org:7400",
        "127.0.0.1.example.org:7400", "127.1:7400", "[2001:db8::1]:7400",
        "[::ffff:192.0.2.1]:1"}) {
    EXPECT_THAT(LoadConfig({.listen_address = address}),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("listen_address"), HasSubstr(address),
                               HasSubstr("allow_insecure"))));
    KUGGE_EXPECT_OK(
        LoadConfig({.listen_address = address, .allow_insecure = true}));
  }
}

TEST(ConfigTest, LoopbackIsWhatOnlyThisMachineReaches) {
  for (const char* address :
       {"127.0.0.1:7400", "127.9.8.7:0", "[::1]:7400", "localhost:7400",
        "LocalHost:1", "unix:/run/kugge.sock", "unix:kugge.sock"}) {
    KUGGE_EXPECT_OK(LoadConfig({.listen_address = address})) << address;
  }
}

// Neither holds anything of anybody, and probes come from other machines.
TEST(ConfigTest, HealthAndMetricsMayListenBeyondLoopback) {
  KUGGE_EXPECT_OK(LoadConfig(
      {.health_address = "0.0.0.0:7401", .metrics_address = "0.0.0.0:7402"}));
}

TEST(AddressTest, ShowsThePortThatWasBound) {
  KUGGE_ASSERT_OK_AND_ASSIGN(const Address ipv6, ParseAddress("[::1]:0"));
  EXPECT_EQ(ipv6.WithPort(81), "[::1]:81");
  KUGGE_ASSERT_OK_AND_ASSIGN(const Address socket, ParseAddress("unix:a:b"));
  EXPECT_EQ(socket.WithPort(81), "unix:a:b");
}

TEST(FlagsTest, WrongOnesAreNamed) {
  const struct {
    std::vector<std::string> arguments;
    std::string names;
  } cases[] = {
      {{"serve"}, "serve"},
      {{"--listen_adress=a"}, "--listen_adress=a"},
      {{"--config"}, "--config"},
      {{"--data_dir="}, "--data_dir="},
      {{"--allow_insecure=maybe"}, "true or false"},
      {{"-h"}, "-h"},
  };
  for (const auto& wrong : cases) {
    EXPECT_THAT(ParseFlags(wrong.arguments),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr(wrong.names), HasSubstr("--help"))));
  }
}

TEST(FlagsTest, HelpNamesEveryFlag) {
  for (const char* flag :
       {"--config=FILE", "--data_dir=DIR", "--listen_address=", "--version",
        "--health_address=", "--metrics_address=", "--allow_insecure",
        "--help"}) {
    EXPECT_THAT(HelpText(), HasSubstr(flag));
  }
}

}  // namespace
}  // namespace kugge::server
