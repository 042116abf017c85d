// The program itself, as a process of its own.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "base/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/server/server_for_test.h"

namespace kugge::server {
namespace {

using ::grpc::health::v1::HealthCheckResponse;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// kugged with stdout and stderr on one pipe; killed at the end.
class Process {
 public:
  explicit Process(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), KUGGED_PROGRAM);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    EXPECT_EQ(
        posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ),
        0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    output_ = fdopen(ends[0], "r");
  }
  ~Process() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    fclose(output_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Its next line that contains `part`; empty at the end of its output.
  std::string LineWith(const std::string& part) {
    char buffer[4096];
    while (fgets(buffer, sizeof(buffer), output_) != nullptr) {
      if (const std::string line = buffer;
          line.find(part) != std::string::npos) {
        return line;
      }
    }
    return "";
  }

  std::string Rest() {
    std::string rest;
    char buffer[4096];
    while (fgets(buffer, sizeof(buffer), output_) != nullptr) rest += buffer;
    return rest;
  }

  void Signal(int number) { kill(pid_, number); }

  // Waits for its end; -1 where a signal ended it.
  int ExitCode() {
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = -1;
  FILE* output_ = nullptr;
};

std::vector<std::string> Arguments(const TempFolder& folder) {
  return {"--data_dir=" + folder.path() + "/data",
          "--listen_address=127.0.0.1:0", "--health_address=127.0.0.1:0",
          "--metrics_address=-"};
}

// The value of `address=` in a log line.
std::string AddressIn(const std::string& line) {
  const std::string key = "address=";
  const size_t begin = line.find(key) + key.size();
  return line.substr(begin, line.find(' ', begin) - begin);
}

TEST(KuggedTest, StopsOnSignalsWithExitCode0) {
  for (const int number : {SIGTERM, SIGINT}) {
    const TempFolder folder;
    Process kugged(Arguments(folder));
    EXPECT_THAT(kugged.LineWith(" start "), HasSubstr("version="));
    const std::string health = AddressIn(kugged.LineWith("what=health"));
    const std::string api = AddressIn(kugged.LineWith("what=api"));
    EXPECT_THAT(kugged.LineWith(" ready "), HasSubstr("seconds="));
    EXPECT_EQ(HealthAt(api, ""), HealthCheckResponse::SERVING);
    EXPECT_EQ(HealthAt(health, "kugge.ready"), HealthCheckResponse::SERVING);
    kugged.Signal(number);
    EXPECT_THAT(kugged.Rest(), HasSubstr(" stopped\n"));
    EXPECT_EQ(kugged.ExitCode(), 0);
  }
}

TEST(KuggedTest, SurvivesPipeAndFileSizeSignals) {
  const TempFolder folder;
  Process kugged(Arguments(folder));
  const std::string api = AddressIn(kugged.LineWith("what=api"));
  ASSERT_NE(kugged.LineWith(" ready "), "");
  kugged.Signal(SIGPIPE);
  kugged.Signal(SIGXFSZ);
  EXPECT_EQ(HealthAt(api, ""), HealthCheckResponse::SERVING);
  kugged.Signal(SIGTERM);
  EXPECT_THAT(kugged.Rest(), HasSubstr(" stopped\n"));
  EXPECT_EQ(kugged.ExitCode(), 0);
}

TEST(KuggedTest, NamesAnInsecureListener) {
  const TempFolder folder;
  std::vector<std::string> arguments = Arguments(folder);
  arguments.push_back("--allow_insecure");
  Process kugged(arguments);
  EXPECT_THAT(kugged.LineWith("insecure_listener"), HasSubstr("warning"));
}

TEST(KuggedTest, HelpAndVersionEndWell) {
  Process help({"--help"});
  EXPECT_THAT(help.Rest(), HasSubstr("--listen_address"));
  EXPECT_EQ(help.ExitCode(), 0);
  Process version({"--version"});
  EXPECT_THAT(version.Rest(), StartsWith("kugged "));
  EXPECT_EQ(version.ExitCode(), 0);
}

TEST(KuggedTest, WrongFlagsAndConfigurationsGiveExitCode2) {
  const TempFolder folder;
  const std::string path = folder.path() + "/server.json";
  std::ofstream(path) << R"({"dataDirectory": "x"})";
  for (const auto& [argument, names] :
       std::vector<std::pair<std::string, std::string>>{
           {"--nonsense", "--nonsense"},
           {"--config=" + path, "dataDirectory"},
           {"--listen_address=0.0.0.0:7400", "allow_insecure"}}) {
    Process kugged({argument});
    const std::string output = kugged.Rest();
    EXPECT_THAT(output, AllOf(StartsWith("kugged: "), HasSubstr(names)));
    EXPECT_EQ(std::count(output.begin(), output.end(), '\n'), 1) << output;
    EXPECT_EQ(kugged.ExitCode(), 2);
  }
}

TEST(KuggedTest, WhatCannotStartGivesExitCode1AndOneLine) {
  const TempFolder folder;
  Process first(Arguments(folder));
  const std::string api = AddressIn(first.LineWith("what=api"));
  ASSERT_NE(first.LineWith(" ready "), "");

  Process same_folder(Arguments(folder));
  const std::string refusal = same_folder.LineWith("kugged: ");
  EXPECT_THAT(refusal, HasSubstr("in use by another process"));
  EXPECT_EQ(same_folder.Rest(), "");
  EXPECT_EQ(same_folder.ExitCode(), 1);

  const TempFolder other;
  std::vector<std::string> arguments = Arguments(other);
  arguments.push_back("--listen_address=" + api);
  Process same_port(arguments);
  EXPECT_THAT(same_port.LineWith("kugged: "),
              HasSubstr("listen_address " + api));
  EXPECT_EQ(same_port.ExitCode(), 1);
}

}  // namespace
}  // namespace kugge::server
