// Who is left over in an area, people and requirements.
#ifndef KUGGE_SERVICES_MATCH_LEFTOVER_HANDLER_H_
#define KUGGE_SERVICES_MATCH_LEFTOVER_HANDLER_H_

#include "absl/status/status.h"
#include "kugge/v1/match_service.pb.h"
#include "services/match/asking.h"
#include "services/rpc/request_context.h"

namespace kugge::match {

// Thread-safe.
class LeftoverHandler {
 public:
  explicit LeftoverHandler(const Asking& asking) : asking_(asking) {}

  absl::Status MatchLeftovers(const v1::MatchLeftoversRequest& request,
                              rpc::RequestContext& call,
                              v1::MatchLeftoversResponse* response) const;

 private:
  const Asking asking_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_LEFTOVER_HANDLER_H_
