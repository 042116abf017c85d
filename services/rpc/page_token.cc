#include "services/rpc/page_token.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>
#include <sodium.h>

#include <cstdlib>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/rpc/errors.h"

namespace kugge::rpc {
namespace {

using google::protobuf::Message;

constexpr unsigned char kVersion = 1;
constexpr size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kHashSize = 32;

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

void ClearPaging(Message* request) {
  for (const char* name : {"page_size", "page_token", "resume_token"}) {
    const auto* field = request->GetDescriptor()->FindFieldByName(name);
    if (field != nullptr) request->GetReflection()->ClearField(request, field);
  }
}

// What a token is bound to: the version, and a hash (BLAKE2b, RFC 7693) of the
// request's type and arguments. Each request type belongs to one method.
std::string BoundData(const Message& request) {
  const std::unique_ptr<Message> copy(request.New());
  copy->CopyFrom(request);
  ClearPaging(copy.get());
  copy->DiscardUnknownFields();
  // The zero byte ends the name: no type name holds one.
  std::string text = absl::StrCat(request.GetDescriptor()->full_name(),
                                  absl::string_view("\0", 1));
  text.reserve(text.size() + copy->ByteSizeLong());
  {
    google::protobuf::io::StringOutputStream stream(&text);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    copy->SerializePartialToCodedStream(&coded);
  }
  std::string data(1 + kHashSize, '\0');
  data[0] = kVersion;
  crypto_generichash(Bytes(data) + 1, kHashSize, Bytes(text), text.size(),
                     nullptr, 0);
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
