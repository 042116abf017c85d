#include "services/rpc/page_token.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>
#include <google/protobuf/wire_format_lite.h>
#include <sodium.h>

#include <cstdint>
#include <cstdlib>

#include "absl/strings/escaping.h"
#include "services/rpc/errors.h"

namespace kugge::rpc {
namespace {

using google::protobuf::Message;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

constexpr unsigned char kVersion = 2;
constexpr size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// What doesn't bind a token: which page is asked for, and how long it is.
bool IsPaging(const google::protobuf::FieldDescriptor* field) {
  return field != nullptr &&
         (field->name() == "page_size" || field->name() == "page_token" ||
          field->name() == "resume_token");
}

std::string SerializedDeterministically(const Message& message) {
  std::string bytes;
  bytes.reserve(message.ByteSizeLong());
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializePartialToCodedStream(&coded);
  }
  return bytes;
}

// What a token is bound to: the version, the request's type and its arguments,
// as docs/formats/page_token.md says. Each request type belongs to one method.
std::string BoundData(const Message& request) {
  const google::protobuf::Descriptor& type = *request.GetDescriptor();
  const std::string bytes = SerializedDeterministically(request);
  std::string data;
  data.reserve(2 + type.full_name().size() + bytes.size());
  data.push_back(kVersion);
  data += type.full_name();
  data.push_back('\0');  // ends the name: no type's name holds one
  CodedInputStream fields(Bytes(bytes), static_cast<int>(bytes.size()));
  while (const uint32_t tag = fields.ReadTag()) {
    const auto begin = static_cast<size_t>(fields.CurrentPosition()) -
                       CodedOutputStream::VarintSize32(tag);
    if (!WireFormatLite::SkipField(&fields, tag)) {
      // Unknown groups too deep to be skipped; parsing has the same limit. They
      // stand last, and all that is left counts.
      return data.append(bytes, begin);
    }
    if (IsPaging(
            type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag)))) {
      continue;
    }
    data.append(bytes, begin,
                static_cast<size_t>(fields.CurrentPosition()) - begin);
  }
  return data;
}

absl::Status Refusal() {
  return InvalidField("page_token",
                      "is not a token that was answered for this method with "
                      "these arguments; leave it empty to start over");
}

}  // namespace

// sodium_init fails only where the machine has no source of randomness; there a
// token's nonce could come twice, so nothing may go on.
PageTokens::PageTokens(const Key& key) : key_(key) {
  if (sodium_init() < 0) std::abort();
}

std::string PageTokens::Encode(absl::string_view payload,
                               const Message& request) const {
  const std::string bound = BoundData(request);
  std::string token(1 + kNonceSize + payload.size() + kTagSize, '\0');
  token[0] = kVersion;
  unsigned char* nonce = Bytes(token) + 1;
  randombytes_buf(nonce, kNonceSize);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      nonce + kNonceSize, nullptr,
      reinterpret_cast<const unsigned char*>(payload.data()), payload.size(),
      Bytes(bound), bound.size(), nullptr, nonce, key_.data());
  return absl::WebSafeBase64Escape(token);
}

absl::StatusOr<std::string> PageTokens::Decode(absl::string_view token,
                                               const Message& request) const {
  std::string bytes;
  // The comparison refuses other spellings of the same bytes.
  if (!absl::WebSafeBase64Unescape(token, &bytes) ||
      absl::WebSafeBase64Escape(bytes) != token ||
      bytes.size() < 1 + kNonceSize + kTagSize || bytes[0] != kVersion) {
    return Refusal();
  }
  const std::string bound = BoundData(request);
  const unsigned char* nonce = Bytes(bytes) + 1;
  std::string payload(bytes.size() - 1 - kNonceSize - kTagSize, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          Bytes(payload), nullptr, nullptr, nonce + kNonceSize,
          payload.size() + kTagSize, Bytes(bound), bound.size(), nonce,
          key_.data()) != 0) {
    return Refusal();
  }
  return payload;
}

}  // namespace kugge::rpc
