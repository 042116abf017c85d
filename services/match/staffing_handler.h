// Whether the people of an area can staff a requirement.
#ifndef KUGGE_SERVICES_MATCH_STAFFING_HANDLER_H_
#define KUGGE_SERVICES_MATCH_STAFFING_HANDLER_H_

#include "absl/status/status.h"
#include "kugge/v1/match_service.pb.h"
#include "services/match/asking.h"
#include "services/rpc/request_context.h"

namespace kugge::match {

// Thread-safe.
class StaffingHandler {
 public:
  explicit StaffingHandler(const Asking& asking) : asking_(asking) {}

  absl::Status AssessStaffing(const v1::AssessStaffingRequest& request,
                              rpc::RequestContext& call,
                              v1::AssessStaffingResponse* response) const;

 private:
  const Asking asking_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_STAFFING_HANDLER_H_
