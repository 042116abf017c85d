// Update masks (AIP-134, AIP-161).
#ifndef KUGGE_SERVICES_RPC_FIELD_MASK_H_
#define KUGGE_SERVICES_RPC_FIELD_MASK_H_

#include "absl/status/status.h"

namespace google::protobuf {
class FieldMask;
class Message;
}  // namespace google::protobuf

namespace kugge::rpc {

// Copies the fields that `mask` names from `source` to `target`, two messages
// of one type; a field that the source lacks is cleared in the target.
//
// - An empty mask names the fields that are set in the source, each as a whole.
// - `*` alone names every field.
// - A path may go into messages (`home.point`), not into elements of a list.
//   Where the source lacks the way, the end is cleared and no way is made.
// - Fields that the server sets (output_only, and the etag) are left as they
//   are. Immutable fields too, but naming one is refused.
//
// InvalidArgument on `update_mask` names an unknown path; then nothing is
// copied.
absl::Status ApplyMask(const google::protobuf::FieldMask& mask,
                       const google::protobuf::Message& source,
                       google::protobuf::Message* target);

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_FIELD_MASK_H_
