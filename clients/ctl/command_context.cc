#include "clients/ctl/command_context.h"

#include "absl/strings/str_cat.h"
#include "clients/ctl/rpc_errors.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace kugge::ctl {
namespace {

constexpr absl::Duration kDefaultTimeout = absl::Seconds(60);
// A page of 1,000 large resources is far below this.
constexpr int kMaxAnswerBytes = 256 * 1024 * 1024;

}  // namespace

absl::StatusOr<CommandContext> MakeContext(const ParsedArgs& args) {
  CommandContext context;
  const std::string output = args.Text("output", "table");
  if (output != "table" && output != "json") {
    return UsageError(
        absl::StrCat("--output is table or json, not \"", output, "\""));
  }
  context.output =
      output == "json" ? OutputFormat::kJson : OutputFormat::kTable;
  context.tenant = args.Text("tenant", context.tenant);
  context.language = args.Text("language", context.language);
  if (context.language != "sv" && context.language != "en") {
    return UsageError(
        absl::StrCat("--language is sv or en, not \"", context.language, "\""));
  }
  if (args.Has("timeout")) {
    const int seconds = args.Number("timeout");
    if (seconds <= 0) return UsageError("--timeout is at least 1 second");
    context.timeout = absl::Seconds(seconds);
  }
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxAnswerBytes);
  context.channel =
      grpc::CreateCustomChannel(args.Text("address", "127.0.0.1:7400"),
                                grpc::InsecureChannelCredentials(), arguments);
  return context;
}

void SetDeadline(const CommandContext& context, grpc::ClientContext* call) {
  call->set_deadline(absl::ToChronoTime(
      absl::Now() + context.timeout.value_or(kDefaultTimeout)));
}

absl::Status Call(const CommandContext& context, const UnaryMethod& method,
                  const google::protobuf::Message& request,
                  google::protobuf::Message* response) {
  grpc::ClientContext call;
  SetDeadline(context, &call);
  call.AddMetadata("accept-language", context.language);
  return FromGrpc(method.call(context.channel, &call, request, response));
}

}  // namespace kugge::ctl
