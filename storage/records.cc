#include "storage/records.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message_lite.h>

#include <cstdint>
#include <limits>

#include "absl/strings/str_cat.h"
#include "storage/crc32c.h"

namespace kugge::storage {
namespace {

// On-disk value. Never reuse an old one.
constexpr char kVersion = 1;
// Version byte, then the checksum, least significant byte first.
constexpr size_t kChecksumSize = 4;
constexpr size_t kHeaderSize = 1 + kChecksumSize;

// Over the version byte and the message's bytes.
uint32_t Checksum(absl::string_view envelope) {
  return Crc32c(envelope.substr(kHeaderSize), Crc32c(envelope.substr(0, 1)));
}

}  // namespace

std::string EncodeRecord(const google::protobuf::MessageLite& message) {
  const size_t size = message.ByteSizeLong();
  std::string envelope(kHeaderSize + size, '\0');
  envelope[0] = kVersion;
  {
    google::protobuf::io::ArrayOutputStream stream(
        envelope.data() + kHeaderSize, static_cast<int>(size));
    google::protobuf::io::CodedOutputStream output(&stream);
    // Maps in key order: equal messages, equal bytes.
    output.SetSerializationDeterministic(true);
    message.SerializeWithCachedSizes(&output);
  }
  const uint32_t checksum = Checksum(envelope);
  for (size_t i = 0; i < kChecksumSize; ++i) {
    envelope[1 + i] = static_cast<char>((checksum >> (8 * i)) & 0xff);
  }
  return envelope;
}

absl::Status DecodeRecord(absl::string_view bytes,
                          google::protobuf::MessageLite* message) {
  if (bytes.size() < kHeaderSize) {
    return absl::DataLossError("record is cut short");
  }
  if (bytes[0] != kVersion) {
    return absl::DataLossError(
        absl::StrCat("record has unknown format version ",
                     static_cast<unsigned char>(bytes[0])));
  }
  uint32_t stored = 0;
  for (size_t i = 0; i < kChecksumSize; ++i) {
    stored |= uint32_t{static_cast<unsigned char>(bytes[1 + i])} << (8 * i);
  }
  if (stored != Checksum(bytes)) {
    return absl::DataLossError("record's checksum is wrong");
  }
  const absl::string_view payload = bytes.substr(kHeaderSize);
  if (payload.size() > std::numeric_limits<int>::max() ||
      !message->ParseFromArray(payload.data(),
                               static_cast<int>(payload.size()))) {
    return absl::DataLossError(
        absl::StrCat("record is not a ", message->GetTypeName()));
  }
  return absl::OkStatus();
}

}  // namespace kugge::storage
