// Page tokens: opaque, unreadable and tamper-proof, and good only for the
// request they were given out for. The format is in docs/formats/page_token.md.
#ifndef KUGGE_SERVICES_RPC_PAGE_TOKEN_H_
#define KUGGE_SERVICES_RPC_PAGE_TOKEN_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace google::protobuf {
class Message;
}  // namespace google::protobuf

namespace kugge::rpc {

// Thread-safe.
class PageTokens {
 public:
  using Key = std::array<uint8_t, 32>;

  // Every instance that shall accept the others' tokens has the same key.
  explicit PageTokens(const Key& key);

  // `payload` (where the next page begins) as a token for the request's method
  // with the request's arguments, page_size, page_token and resume_token aside.
  std::string Encode(absl::string_view payload,
                     const google::protobuf::Message& request) const;

  // The payload of a token that was given out for the same method and
  // arguments. InvalidArgument on `page_token` for anything else.
  absl::StatusOr<std::string> Decode(
      absl::string_view token, const google::protobuf::Message& request) const;

 private:
  const Key key_;
};

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_PAGE_TOKEN_H_
