#include "storage/records.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message_lite.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/crc32c.h"

namespace kugge::storage {
namespace {

using google::protobuf::MessageLite;
using google::protobuf::io::CodedInputStream;

// On-disk value. Never reuse an old one.
constexpr char kVersion = 1;
// Version byte, then the checksum, least significant byte first.
constexpr size_t kChecksumSize = 4;
constexpr size_t kHeaderSize = 1 + kChecksumSize;

// Over the version byte and the message's bytes.
uint32_t Checksum(absl::string_view envelope) {
  return Crc32c(envelope.substr(kHeaderSize), Crc32c(envelope.substr(0, 1)));
}

// The message's bytes.
absl::StatusOr<absl::string_view> OpenEnvelope(absl::string_view bytes) {
  if (bytes.size() < kHeaderSize) {
    return absl::DataLossError("record is cut short");
  }
  if (bytes.size() > std::numeric_limits<int>::max()) {
    return absl::DataLossError("record is too long");
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
  return bytes.substr(kHeaderSize);
}

absl::Status NotA(const MessageLite& message) {
  return absl::DataLossError(
      absl::StrCat("record is not a ", message.GetTypeName()));
}

absl::Status Parse(absl::string_view payload, MessageLite* message) {
  const bool parsed =
      message->ParseFromArray(payload.data(), static_cast<int>(payload.size()));
  return parsed ? absl::OkStatus() : NotA(*message);
}

// Steps over the value that follows a tag. Groups are not written here.
bool SkipValue(uint32_t tag, CodedInputStream* input) {
  constexpr uint32_t kWireTypes = 8;
  uint64_t varint = 0;
  int size = 0;
  switch (tag % kWireTypes) {
    case 0:
      return input->ReadVarint64(&varint);
    case 1:
      return input->Skip(sizeof(uint64_t));
    case 2:
      return input->ReadVarintSizeAsInt(&size) && input->Skip(size);
    case 5:
      return input->Skip(sizeof(uint32_t));
    default:
      return false;
  }
}

}  // namespace

std::string EncodeRecord(const MessageLite& message) {
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

absl::Status DecodeRecord(absl::string_view bytes, MessageLite* message) {
  KUGGE_ASSIGN_OR_RETURN(const absl::string_view payload, OpenEnvelope(bytes));
  return Parse(payload, message);
}

absl::Status DecodeRecordFields(absl::string_view bytes,
                                absl::Span<const int> numbers,
                                MessageLite* message) {
  constexpr uint32_t kTagTypeBits = 3;
  KUGGE_ASSIGN_OR_RETURN(const absl::string_view payload, OpenEnvelope(bytes));
  std::string kept;
  CodedInputStream input(reinterpret_cast<const uint8_t*>(payload.data()),
                         static_cast<int>(payload.size()));
  for (size_t begin = 0;;) {
    const uint32_t tag = input.ReadTag();
    if (tag == 0 && input.ConsumedEntireMessage()) break;
    const auto number = static_cast<int>(tag >> kTagTypeBits);
    if (number == 0 || !SkipValue(tag, &input)) return NotA(*message);
    const auto end = static_cast<size_t>(input.CurrentPosition());
    if (std::ranges::find(numbers, number) != numbers.end()) {
      absl::StrAppend(&kept, payload.substr(begin, end - begin));
    }
    begin = end;
  }
  return Parse(kept, message);
}

}  // namespace kugge::storage
