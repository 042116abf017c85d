// Errors of calls, from gRPC to absl::Status and on to the person's terminal.
#ifndef KUGGE_CLIENTS_CTL_RPC_ERRORS_H_
#define KUGGE_CLIENTS_CTL_RPC_ERRORS_H_

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "grpcpp/support/status.h"

namespace kugge::ctl {

// Keeps the server's google.rpc.Status beside the code and the message.
absl::Status FromGrpc(const grpc::Status& status);

// {field, what is wrong with it} from the server's BadRequest details.
std::vector<std::pair<std::string, std::string>> FieldViolations(
    const absl::Status& status);

// `error: CODE: message`, then a line for each detail a person can use: wrong
// fields, stale etags, when to try again. Usage errors show no code.
void PrintError(const absl::Status& status, std::ostream& err);

// 0, 1, or 2 for an error of the command line itself.
int ExitCode(const absl::Status& status);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_RPC_ERRORS_H_
