#include "services/server/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace kugge::server {
namespace {

constexpr absl::string_view kUnix = "unix:";

absl::Status Malformed(absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("is \"", absl::Utf8SafeCEscape(text),
                   "\"; must be host:port with a port from 0 to 65535, such as "
                   "127.0.0.1:7400 or [::1]:7400, or unix:path"));
}

bool ParseIpv6(absl::string_view host, in6_addr* address) {
  return absl::ConsumePrefix(&host, "[") && absl::ConsumeSuffix(&host, "]") &&
         inet_pton(AF_INET6, std::string(host).c_str(), address) == 1;
}

bool ParseIpv4(absl::string_view host, in_addr* address) {
  return inet_pton(AF_INET, std::string(host).c_str(), address) == 1;
}

// A name, or IPv4, or IPv6 in brackets.
bool IsHost(absl::string_view host) {
  if (host.empty()) return false;
  in6_addr ipv6;
  if (host[0] == '[') return ParseIpv6(host, &ipv6);
  for (const char c : host) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '.' &&
        c != '-') {
      return false;
    }
  }
  return true;
}

}  // namespace

bool Address::is_unix() const { return absl::StartsWith(host, kUnix); }

bool Address::is_loopback() const {
  if (is_unix() || absl::EqualsIgnoreCase(host, "localhost")) return true;
  if (in_addr ipv4; ParseIpv4(host, &ipv4)) {
    return ntohl(ipv4.s_addr) >> 24 == 127;
  }
  in6_addr ipv6;
  return ParseIpv6(host, &ipv6) && IN6_IS_ADDR_LOOPBACK(&ipv6);
}

std::string Address::WithPort(int bound_port) const {
  return is_unix() ? host : absl::StrCat(host, ":", bound_port);
}

absl::StatusOr<Address> ParseAddress(absl::string_view text) {
  if (absl::StartsWith(text, kUnix)) {
    const size_t path_size = text.size() - kUnix.size();
    if (path_size == 0 || path_size >= sizeof(sockaddr_un::sun_path)) {
      return absl::InvalidArgumentError(
          absl::StrCat("has a path of ", path_size, " bytes; must have 1 to ",
                       sizeof(sockaddr_un::sun_path) - 1));
    }
    return Address{.host = std::string(text)};
  }
  const size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos) return Malformed(text);
  const absl::string_view host = text.substr(0, colon);
  const absl::string_view port_text = text.substr(colon + 1);
  int port = -1;
  const bool digits_only =
      port_text.find_first_not_of("0123456789") == absl::string_view::npos;
  if (!IsHost(host) || !digits_only || !absl::SimpleAtoi(port_text, &port) ||
      port < 0 || port > 65535) {
    return Malformed(text);
  }
  return Address{.host = std::string(host), .port = port};
}

}  // namespace kugge::server
