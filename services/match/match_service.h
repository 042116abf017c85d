// The questions. The gRPC shell: a method is one line, its logic is in the
// handler of what it starts from.
#ifndef KUGGE_SERVICES_MATCH_MATCH_SERVICE_H_
#define KUGGE_SERVICES_MATCH_MATCH_SERVICE_H_

#include "grpcpp/grpcpp.h"
#include "kugge/v1/match_service.grpc.pb.h"
#include "services/match/course_handler.h"
#include "services/match/leftover_handler.h"
#include "services/match/match_all_handler.h"
#include "services/match/match_handler.h"
#include "services/match/offering_handler.h"
#include "services/match/pathway_handler.h"
#include "services/match/propose_handler.h"
#include "services/match/staffing_handler.h"
#include "services/match/standing_handler.h"
#include "services/rpc/serve.h"

namespace kugge::match {

// All outlive the shell that holds them.
struct MatchHandlers {
  const MatchHandler& pairs;
  const CourseHandler& courses;
  const OfferingHandler& offerings;
  const PathwayHandler& pathways;
  const StandingHandler& standings;
  const StaffingHandler& staffing;
  const ProposeHandler& proposals;
  const LeftoverHandler& leftovers;
  const MatchAllHandler& match_all;
};

class MatchServiceShell final : public v1::MatchService::Service {
 public:
  // `serve` outlives the shell.
  MatchServiceShell(const rpc::Serve& serve, const MatchHandlers& handlers)
      : serve_(serve), handlers_(handlers) {}

  grpc::Status MatchRequirements(
      grpc::ServerContext* context, const v1::MatchRequirementsRequest* request,
      v1::MatchRequirementsResponse* response) override;
  grpc::Status MatchProfiles(grpc::ServerContext* context,
                             const v1::MatchProfilesRequest* request,
                             v1::MatchProfilesResponse* response) override;
  grpc::Status MatchOfferings(grpc::ServerContext* context,
                              const v1::MatchOfferingsRequest* request,
                              v1::MatchOfferingsResponse* response) override;
  grpc::Status PlanPathways(grpc::ServerContext* context,
                            const v1::PlanPathwaysRequest* request,
                            v1::PlanPathwaysResponse* response) override;
  grpc::Status ExplainMatch(grpc::ServerContext* context,
                            const v1::ExplainMatchRequest* request,
                            v1::ExplainMatchResponse* response) override;
  grpc::Status ExplainAbsence(grpc::ServerContext* context,
                              const v1::ExplainAbsenceRequest* request,
                              v1::ExplainAbsenceResponse* response) override;
  grpc::Status AssessStaffing(grpc::ServerContext* context,
                              const v1::AssessStaffingRequest* request,
                              v1::AssessStaffingResponse* response) override;
  grpc::Status ProposeOffering(grpc::ServerContext* context,
                               const v1::ProposeOfferingRequest* request,
                               v1::ProposeOfferingResponse* response) override;
  grpc::Status MatchLeftovers(grpc::ServerContext* context,
                              const v1::MatchLeftoversRequest* request,
                              v1::MatchLeftoversResponse* response) override;
  grpc::Status MatchAll(
      grpc::ServerContext* context, const v1::MatchAllRequest* request,
      grpc::ServerWriter<v1::MatchAllResponse>* writer) override;

 private:
  const rpc::Serve& serve_;
  const MatchHandlers handlers_;
};

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_MATCH_SERVICE_H_
