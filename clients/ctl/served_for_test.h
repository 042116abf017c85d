// The whole program against a service on loopback, for tests of commands.
#ifndef KUGGE_CLIENTS_CTL_SERVED_FOR_TEST_H_
#define KUGGE_CLIENTS_CTL_SERVED_FOR_TEST_H_

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/ctl/run.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"

namespace kugge::ctl {

// `Service` answers as the test wants.
template <typename Service>
class ServedTest : public testing::Test {
 protected:
  void SetUp() override {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port_);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
  }

  // The exit code; what was printed is in out_ and err_.
  int Run(std::vector<std::string> words) {
    words.push_back(absl::StrCat("--address=127.0.0.1:", port_));
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const int code = RunCommandLine(words, {in, out, err});
    out_ = out.str();
    err_ = err.str();
    return code;
  }

  Service service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  std::string out_;
  std::string err_;
};

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_SERVED_FOR_TEST_H_
