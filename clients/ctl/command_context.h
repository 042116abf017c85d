// What every command works with: the channel to the server, the flags that all
// commands share, and where to write.
#ifndef KUGGE_CLIENTS_CTL_COMMAND_CONTEXT_H_
#define KUGGE_CLIENTS_CTL_COMMAND_CONTEXT_H_

#include <istream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "clients/ctl/args.h"
#include "clients/ctl/rpc_methods.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"

namespace kugge::ctl {

enum class OutputFormat { kTable, kJson };

struct CommandContext {
  std::shared_ptr<grpc::Channel> channel;
  OutputFormat output = OutputFormat::kTable;
  std::string tenant = "demo";
  // Of the sentences in answers, sent as accept-language.
  std::string language = "en";
  // Absent: 60 seconds for a call, none for a stream.
  std::optional<absl::Duration> timeout;
  // Whether a progress bar makes sense on `err`.
  bool err_is_terminal = false;
  std::istream* in = nullptr;
  std::ostream* out = nullptr;
  std::ostream* err = nullptr;
};

// Reads the global flags; no connection is made before the first call.
absl::StatusOr<CommandContext> MakeContext(const ParsedArgs& args);

// Sets the deadline of one call.
void SetDeadline(const CommandContext& context, grpc::ClientContext* call);

// One call with its deadline and language. The status carries the server's
// details (rpc_errors.h).
absl::Status Call(const CommandContext& context, const UnaryMethod& method,
                  const google::protobuf::Message& request,
                  google::protobuf::Message* response);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_COMMAND_CONTEXT_H_
