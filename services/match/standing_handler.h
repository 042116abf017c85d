// The questions about one pair: its lines, what would help, and why it isn't in
// a list.
#ifndef KUGGE_SERVICES_MATCH_STANDING_HANDLER_H_
#define KUGGE_SERVICES_MATCH_STANDING_HANDLER_H_

#include "absl/status/status.h"
#include "kugge/v1/match_service.pb.h"
#include "services/match/asking.h"
#include "services/rpc/request_context.h"

namespace kugge::match {

// Thread-safe.
class StandingHandler {
 public:
  explicit StandingHandler(const Asking& asking) : asking_(asking) {}

  absl::Status ExplainMatch(const v1::ExplainMatchRequest& request,
                            rpc::RequestContext& call,
                            v1::ExplainMatchResponse* response) const;
  absl::Status ExplainAbsence(const v1::ExplainAbsenceRequest& request,
                              rpc::RequestContext& call,
                              v1::ExplainAbsenceResponse* response) const;

 private:
  const Asking asking_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_STANDING_HANDLER_H_
