// The questions of MatchService. Each takes five steps and no step back: the
// view and the asking member; the compiled question; the engine's top rows;
// the winners' records in one read; their explanation.
#ifndef KUGGE_SERVICES_MATCH_MATCH_HANDLER_H_
#define KUGGE_SERVICES_MATCH_MATCH_HANDLER_H_

#include "absl/status/status.h"
#include "base/metrics.h"
#include "kugge/v1/match_service.pb.h"
#include "services/index/index.h"
#include "services/match/question.h"
#include "services/resource/resource_handler.h"
#include "services/rpc/page_token.h"
#include "services/rpc/request_context.h"
#include "storage/repository.h"

namespace kugge::match {

// Thread-safe.
class MatchHandler {
 public:
  // All outlive the handler; `metrics` may be null.
  MatchHandler(const storage::Repository& repository, index::Index& index,
               const resource::ResourceHandler& resources,
               const rpc::PageTokens& tokens, Metrics* metrics)
      : repository_(repository),
        index_(index),
        resources_(resources),
        tokens_(tokens),
        metrics_(metrics) {}

  absl::Status MatchRequirements(const v1::MatchRequirementsRequest& request,
                                 rpc::RequestContext& call,
                                 v1::MatchRequirementsResponse* response) const;
  absl::Status MatchProfiles(const v1::MatchProfilesRequest& request,
                             rpc::RequestContext& call,
                             v1::MatchProfilesResponse* response) const;
  absl::Status MatchOfferings(const v1::MatchOfferingsRequest& request,
                              rpc::RequestContext& call,
                              v1::MatchOfferingsResponse* response) const;
  absl::Status ExplainMatch(const v1::ExplainMatchRequest& request,
                            rpc::RequestContext& call,
                            v1::ExplainMatchResponse* response) const;

 private:
  absl::StatusOr<Question> Ask(rpc::RequestContext& call) const;
  void CountScored(absl::string_view question, size_t documents) const;

  const storage::Repository& repository_;
  index::Index& index_;
  const resource::ResourceHandler& resources_;
  const rpc::PageTokens& tokens_;
  Metrics* const metrics_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_MATCH_HANDLER_H_
