// What a handler knows of its call beside the request: nothing of gRPC.
#ifndef KUGGE_SERVICES_RPC_REQUEST_CONTEXT_H_
#define KUGGE_SERVICES_RPC_REQUEST_CONTEXT_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/time/time.h"

namespace kugge::rpc {

struct RequestContext {
  // When the call arrived; a handler reads no other clock.
  absl::Time now;
  // When it must be answered: the client's deadline or the server's own limit,
  // whichever is sooner.
  absl::Time deadline = absl::InfiniteFuture();
  // True once the client is gone or the deadline has passed; then return
  // absl::CancelledError(). Reads the clock, and asks for the client at most
  // once a millisecond: ask every few hundred rows. From the handler's own
  // thread only.
  std::function<bool()> cancelled = [] { return false; };
  // The answer must show at least this revision (metadata
  // `kugge-min-revision`). 0: any.
  int64_t min_revision = 0;
  // Language of texts for people: `sv` or `en`.
  std::string language = "sv";
  // Who calls. Empty until identities exist.
  std::string caller;

  // Set by the handler: the revision that was written, or that a read saw. Sent
  // as trailing metadata `kugge-revision`. 0: not told.
  int64_t revision = 0;
};

}  // namespace kugge::rpc

#endif  // KUGGE_SERVICES_RPC_REQUEST_CONTEXT_H_
