// A server of the product on a folder of the test, and a client that knows no
// more of it than its protos: requests are written as protobuf text, methods
// are called by name over a socket.
#ifndef KUGGE_TESTS_INTEGRATION_HARNESS_H_
#define KUGGE_TESTS_INTEGRATION_HARNESS_H_

#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/support/status.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/server/server.h"

namespace kugge::integration {

using google::protobuf::Message;

// A call's end, as a client sees it.
struct Reply {
  grpc::StatusCode code = grpc::StatusCode::UNKNOWN;
  std::string text;
  // Paths of BadRequest.
  std::vector<std::string> fields;
  // Of ErrorInfo.
  std::string reason;
  bool has_precondition_failure = false;
  // Trailing metadata kugge-revision; 0 where it is absent.
  int64_t revision = 0;
  // google.rpc.Status as it came.
  std::string error_bytes;
  // Every answer, encoded; one where the call doesn't stream.
  std::vector<std::string> answers;

  bool ok() const { return code == grpc::StatusCode::OK; }

  // The answer, or an empty message where there is none.
  template <typename M>
  M As() const {
    M message;
    if (!answers.empty()) {
      EXPECT_TRUE(message.ParseFromString(answers.front()));
    }
    return message;
  }
  template <typename M>
  std::vector<M> All() const {
    std::vector<M> messages(answers.size());
    for (size_t i = 0; i < answers.size(); ++i) {
      EXPECT_TRUE(messages[i].ParseFromString(answers[i]));
    }
    return messages;
  }
};

std::ostream& operator<<(std::ostream& out, const Reply& reply);

// Text in protobuf's own text format.
template <typename M>
M Text(absl::string_view text);
void ParseText(absl::string_view text, Message* message);

template <typename M>
M Text(absl::string_view text) {
  M message;
  ParseText(text, &message);
  return message;
}

class Client {
 public:
  // `accept_language`: sent with every call unless it is empty.
  explicit Client(const std::string& address, std::string accept_language = "");

  // `method` as `ProfileService/GetProfile`.
  Reply Call(absl::string_view method, const Message& request,
             int64_t min_revision = 0) const;
  Reply Call(absl::string_view method, absl::string_view request_text,
             int64_t min_revision = 0) const;
  // Whatever bytes, to whatever method.
  Reply CallBytes(absl::string_view method, const std::string& request) const {
    return Exchange(method, {request}, 0);
  }
  // Sends all, then reads to the end: for streams that fit in their buffers.
  Reply Stream(absl::string_view method,
               const std::vector<std::string>& request_texts) const;
  Reply Stream(absl::string_view method,
               const std::vector<std::unique_ptr<Message>>& requests) const;

 private:
  Reply Exchange(absl::string_view method,
                 const std::vector<std::string>& requests,
                 int64_t min_revision) const;

  const std::shared_ptr<grpc::Channel> channel_;
  const std::string accept_language_;
};

class IntegrationTest : public testing::Test {
 protected:
  IntegrationTest() { Start(); }

  using Change = std::function<void(config::v1::ServerConfig& config)>;

  // With the configuration of tests, changed where `change` is given.
  void Start(const Change& change = nullptr);
  // Stops, and opens the same folder again.
  void Restart(const Change& change = nullptr);

  server::Server& server() { return *server_; }

  const Client& client() const { return *client_; }
  Reply Call(absl::string_view method, absl::string_view text) const {
    return client_->Call(method, text);
  }

  // A call that must succeed.
  Reply Do(absl::string_view method, absl::string_view text) const;
  template <typename M>
  M Do(absl::string_view method, absl::string_view text) const {
    return Do(method, text).As<M>();
  }

  // A call that must be refused as InvalidArgument, with `field` among the
  // fields that are named.
  void ExpectInvalid(absl::string_view method, absl::string_view text,
                     const std::string& field) const;

  // tenants/{id}.
  void MakeTenant(const std::string& id) const;
  // Puts JSON lines into force as taxonomies/{id}.
  Reply ImportTaxonomy(const std::string& id, const std::string& lines) const;

 private:
  const TempFolder folder_;
  std::unique_ptr<server::Server> server_;
  std::unique_ptr<Client> client_;
};

}  // namespace kugge::integration

#endif  // KUGGE_TESTS_INTEGRATION_HARNESS_H_
