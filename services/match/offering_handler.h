// The question for offerings: for a requirement, by what they cover of it and
// whom they unlock for it; for a person, by what they lead the person to.
#ifndef KUGGE_SERVICES_MATCH_OFFERING_HANDLER_H_
#define KUGGE_SERVICES_MATCH_OFFERING_HANDLER_H_

#include "absl/status/status.h"
#include "kugge/v1/match_service.pb.h"
#include "services/match/asking.h"
#include "services/rpc/request_context.h"

namespace kugge::match {

// Thread-safe.
class OfferingHandler {
 public:
  explicit OfferingHandler(const Asking& asking) : asking_(asking) {}

  absl::Status MatchOfferings(const v1::MatchOfferingsRequest& request,
                              rpc::RequestContext& call,
                              v1::MatchOfferingsResponse* response) const;

 private:
  const Asking asking_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_OFFERING_HANDLER_H_
