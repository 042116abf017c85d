// The questions between people and requirements. Each takes five steps and no
// step back: the view and the asking member; the compiled question; the
// engine's top rows; the winners' records in one read; their explanation.
#ifndef KUGGE_SERVICES_MATCH_MATCH_HANDLER_H_
#define KUGGE_SERVICES_MATCH_MATCH_HANDLER_H_

#include "absl/status/status.h"
#include "kugge/v1/match_service.pb.h"
#include "services/match/asking.h"
#include "services/rpc/request_context.h"

namespace kugge::match {

// Thread-safe.
class MatchHandler {
 public:
  explicit MatchHandler(const Asking& asking) : asking_(asking) {}

  // For a person.
  absl::Status MatchRequirements(const v1::MatchRequirementsRequest& request,
                                 rpc::RequestContext& call,
                                 v1::MatchRequirementsResponse* response) const;
  // For a requirement.
  absl::Status MatchProfiles(const v1::MatchProfilesRequest& request,
                             rpc::RequestContext& call,
                             v1::MatchProfilesResponse* response) const;

 private:
  const Asking asking_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_MATCH_HANDLER_H_
