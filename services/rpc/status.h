// The one way from absl::Status to what gRPC sends.
#ifndef KUGGE_SERVICES_RPC_STATUS_H_
#define KUGGE_SERVICES_RPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace kugge::rpc {

// The same code and text, with a google.rpc.Status in error_details that holds
// the status's payloads. Texts and payloads of Internal, DataLoss and Unknown
// are logged and replaced by a neutral text: they tell of our inside.
// What would not fit in a client's 8 KiB of trailing metadata is left out.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_STATUS_H_
