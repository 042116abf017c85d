// The one way into every method: counts, authorises, checks size and rules,
// sets the deadline, runs the handler, maps the status, answers the revision
// and logs what failed. A service's method is one line:
//
//   grpc::Status GetProfile(grpc::ServerContext* context,
//                           const v1::GetProfileRequest* request,
//                           v1::Profile* response) override {
//     return serve_.Unary(*context, *request, [&](RequestContext& call) {
//       return handler_.Get(*request, call, response);
//     });
//   }
#ifndef KUGGE_SERVICES_RPC_SERVE_H_
#define KUGGE_SERVICES_RPC_SERVE_H_

#include <grpcpp/support/status.h>

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "services/rpc/request_context.h"
#include "services/rpc/validator.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace grpc {
class ServerContext;
}  // namespace grpc

namespace kugge::rpc {

// Metadata that a client may send and that an answer carries.
inline constexpr char kMinRevisionKey[] = "kugge-min-revision";
inline constexpr char kRevisionKey[] = "kugge-revision";

// Thread-safe.
class Serve {
 public:
  struct Options {
    // Longest time of a unary call.
    absl::Duration max_call = absl::Seconds(60);
    // Longest time of a stream.
    absl::Duration max_stream = absl::Hours(24);
    // Largest request.
    int64_t max_message_bytes = 256 << 10;
    // Largest request of a method whose name starts with Batch.
    int64_t max_batch_bytes = 4 << 20;
  };
  using Run = absl::FunctionRef<absl::Status(RequestContext& call)>;

  // All outlive this; `metrics` may be null.
  Serve(const Clock& clock, Metrics* metrics, const Validator& validator,
        Options options);

  // One request, one answer. The method's name is that of the request's type
  // without `Request`. `run` is called only when everything before it is well.
  grpc::Status Unary(grpc::ServerContext& context,
                     const google::protobuf::Message& request, Run run) const;

  // One request, a stream of answers: a request that is checked as that of a
  // unary call, with the time of a stream.
  grpc::Status AnswerStream(grpc::ServerContext& context,
                            const google::protobuf::Message& request,
                            Run run) const;

  // A call whose client streams. Its messages are checked by the handler, row
  // by row.
  grpc::Status Stream(grpc::ServerContext& context, absl::string_view method,
                      Run run) const;

 private:
  absl::Status CheckRequest(absl::string_view method,
                            const google::protobuf::Message& request) const;
  grpc::Status Call(grpc::ServerContext& context, absl::string_view method,
                    absl::Duration longest,
                    const google::protobuf::Message* request, Run run) const;

  const Clock& clock_;
  Metrics* const metrics_;
  const Validator& validator_;
  const Options options_;
};

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_SERVE_H_
