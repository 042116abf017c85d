// The questions. The gRPC shell: a method is one line, its logic is in
// match_handler and match_all_handler.
#ifndef KUGGE_SERVICES_MATCH_MATCH_SERVICE_H_
#define KUGGE_SERVICES_MATCH_MATCH_SERVICE_H_

#include "grpcpp/grpcpp.h"
#include "kugge/v1/match_service.grpc.pb.h"
#include "services/match/match_all_handler.h"
#include "services/match/match_handler.h"
#include "services/rpc/serve.h"

namespace kugge::match {

class MatchServiceShell final : public v1::MatchService::Service {
 public:
  // All outlive the shell.
  MatchServiceShell(const rpc::Serve& serve, const MatchHandler& handler,
                    const MatchAllHandler& match_all)
      : serve_(serve), handler_(handler), match_all_(match_all) {}

  grpc::Status MatchRequirements(
      grpc::ServerContext* context, const v1::MatchRequirementsRequest* request,
      v1::MatchRequirementsResponse* response) override;
  grpc::Status MatchProfiles(grpc::ServerContext* context,
                             const v1::MatchProfilesRequest* request,
                             v1::MatchProfilesResponse* response) override;
  grpc::Status MatchOfferings(grpc::ServerContext* context,
                              const v1::MatchOfferingsRequest* request,
                              v1::MatchOfferingsResponse* response) override;
  grpc::Status ExplainMatch(grpc::ServerContext* context,
                            const v1::ExplainMatchRequest* request,
                            v1::ExplainMatchResponse* response) override;
  grpc::Status MatchAll(
      grpc::ServerContext* context, const v1::MatchAllRequest* request,
      grpc::ServerWriter<v1::MatchAllResponse>* writer) override;

 private:
  const rpc::Serve& serve_;
  const MatchHandler& handler_;
  const MatchAllHandler& match_all_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_MATCH_SERVICE_H_
