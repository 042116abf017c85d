// Addresses to listen on, as people write them: `host:port` or `unix:path`.
#ifndef KUGGE_SERVICES_SERVER_ADDRESS_H_
#define KUGGE_SERVICES_SERVER_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace kugge::server {

struct Address {
  // The part before the port, with the brackets of IPv6; `unix:path` for a
  // socket in the file system.
  std::string host;
  // 0: whichever is free. 0 for `unix:path` too.
  int port = 0;

  bool is_unix() const;
  // Whether nobody beyond this machine reaches it: 127.0.0.0/8, ::1,
  // `localhost`, a socket in the file system. Other names are not looked up
  // and count as beyond.
  bool is_loopback() const;
  // The address with the port that was bound.
  std::string WithPort(int bound_port) const;
};

// InvalidArgument with what would be right.
absl::StatusOr<Address> ParseAddress(absl::string_view text);

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_ADDRESS_H_
