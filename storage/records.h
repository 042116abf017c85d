// Message <-> the bytes kept for it: a version byte, a checksum, the message.
// docs/formats/records.md describes the bytes.
#ifndef KUGGE_STORAGE_RECORDS_H_
#define KUGGE_STORAGE_RECORDS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace google::protobuf {
class MessageLite;
}  // namespace google::protobuf

namespace kugge::storage {

// Equal messages of the same program give equal bytes.
std::string EncodeRecord(const google::protobuf::MessageLite& message);

// DataLoss when the bytes are not what EncodeRecord made: wrong checksum, cut
// short, unknown version, or not parsed by `message`'s type.
absl::Status DecodeRecord(absl::string_view bytes,
                          google::protobuf::MessageLite* message);

// As DecodeRecord, of the fields with these numbers alone; the others stay
// unset, and are stepped over without a look at what is in them.
absl::Status DecodeRecordFields(absl::string_view bytes,
                                absl::Span<const int> numbers,
                                google::protobuf::MessageLite* message);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_RECORDS_H_
