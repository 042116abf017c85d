#include "services/rpc/page_token.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>
#include <google/protobuf/unknown_field_set.h>
#include <sodium.h>

#include <cstdlib>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/rpc/errors.h"

namespace kugge::rpc {
namespace {

using google::protobuf::Message;

constexpr char kVersion = 2;
constexpr size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// Which page is asked for, and how long it is: what doesn't bind a token.
constexpr const char* kPaging[] = {"page_size", "page_token", "resume_token"};

std::string SerializedDeterministically(const Message& message) {
  std::string bytes;
  bytes.reserve(message.ByteSizeLong());
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializePartialToCodedStream(&coded);
  }
  return bytes;
}

// The request without its paging: read without its type it is a list of
// numbered fields. Where it can't be read so, all of it binds.
std::string ArgumentsOf(const Message& request) {
  std::string all = SerializedDeterministically(request);
  google::protobuf::UnknownFieldSet fields;
  if (!fields.ParseFromString(all)) return all;
  for (const char* name : kPaging) {
    const auto* field = request.GetDescriptor()->FindFieldByName(name);
    if (field != nullptr) fields.DeleteByNumber(field->number());
  }
  std::string arguments;
  return fields.SerializeToString(&arguments) ? arguments : all;
}

// What a token is bound to: the version, the request's type and its arguments,
// as docs/formats/page_token.md says. Each request type belongs to one method.
std::string BoundData(const Message& request) {
  // The zero byte ends the name: no type's name holds one.
  return absl::StrCat(absl::string_view(&kVersion, 1),
                      request.GetDescriptor()->full_name(),
                      absl::string_view("\0", 1), ArgumentsOf(request));
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
