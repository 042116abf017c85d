// The question for a person's ways over dated trainings to requirements.
#ifndef KUGGE_SERVICES_MATCH_PATHWAY_HANDLER_H_
#define KUGGE_SERVICES_MATCH_PATHWAY_HANDLER_H_

#include "absl/status/status.h"
#include "kugge/v1/match_service.pb.h"
#include "services/match/asking.h"
#include "services/rpc/request_context.h"

namespace kugge::match {

// Thread-safe.
class PathwayHandler {
 public:
  explicit PathwayHandler(const Asking& asking) : asking_(asking) {}

  absl::Status PlanPathways(const v1::PlanPathwaysRequest& request,
                            rpc::RequestContext& call,
                            v1::PlanPathwaysResponse* response) const;

 private:
  const Asking asking_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_PATHWAY_HANDLER_H_
