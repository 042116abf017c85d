// What a short training should teach so that requirements can be filled.
#ifndef KUGGE_SERVICES_MATCH_PROPOSE_HANDLER_H_
#define KUGGE_SERVICES_MATCH_PROPOSE_HANDLER_H_

#include "absl/status/status.h"
#include "kugge/v1/match_service.pb.h"
#include "services/match/asking.h"
#include "services/rpc/request_context.h"

namespace kugge::match {

// Thread-safe.
class ProposeHandler {
 public:
  explicit ProposeHandler(const Asking& asking) : asking_(asking) {}

  absl::Status ProposeOffering(const v1::ProposeOfferingRequest& request,
                               rpc::RequestContext& call,
                               v1::ProposeOfferingResponse* response) const;

 private:
  const Asking asking_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_PROPOSE_HANDLER_H_
