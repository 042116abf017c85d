#include "services/match/match_service.h"

namespace kugge::match {

grpc::Status MatchServiceShell::MatchRequirements(
    grpc::ServerContext* context, const v1::MatchRequirementsRequest* request,
    v1::MatchRequirementsResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return StartsFromCourse(*request)
               ? handlers_.courses.MatchRequirements(*request, call, response)
               : handlers_.pairs.MatchRequirements(*request, call, response);
  });
}

grpc::Status MatchServiceShell::MatchProfiles(
    grpc::ServerContext* context, const v1::MatchProfilesRequest* request,
    v1::MatchProfilesResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return StartsFromCourse(*request)
               ? handlers_.courses.MatchProfiles(*request, call, response)
               : handlers_.pairs.MatchProfiles(*request, call, response);
  });
}

grpc::Status MatchServiceShell::MatchOfferings(
    grpc::ServerContext* context, const v1::MatchOfferingsRequest* request,
    v1::MatchOfferingsResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handlers_.offerings.MatchOfferings(*request, call, response);
  });
}

grpc::Status MatchServiceShell::PlanPathways(
    grpc::ServerContext* context, const v1::PlanPathwaysRequest* request,
    v1::PlanPathwaysResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handlers_.pathways.PlanPathways(*request, call, response);
  });
}

grpc::Status MatchServiceShell::ExplainMatch(
    grpc::ServerContext* context, const v1::ExplainMatchRequest* request,
    v1::ExplainMatchResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handlers_.standings.ExplainMatch(*request, call, response);
  });
}

grpc::Status MatchServiceShell::ExplainAbsence(
    grpc::ServerContext* context, const v1::ExplainAbsenceRequest* request,
    v1::ExplainAbsenceResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handlers_.standings.ExplainAbsence(*request, call, response);
  });
}

grpc::Status MatchServiceShell::AssessStaffing(
    grpc::ServerContext* context, const v1::AssessStaffingRequest* request,
    v1::AssessStaffingResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handlers_.staffing.AssessStaffing(*request, call, response);
  });
}

grpc::Status MatchServiceShell::MatchLeftovers(
    grpc::ServerContext* context, const v1::MatchLeftoversRequest* request,
    v1::MatchLeftoversResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handlers_.leftovers.MatchLeftovers(*request, call, response);
  });
}

grpc::Status MatchServiceShell::ProposeOffering(
    grpc::ServerContext* context, const v1::ProposeOfferingRequest* request,
    v1::ProposeOfferingResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handlers_.proposals.ProposeOffering(*request, call, response);
  });
}

grpc::Status MatchServiceShell::MatchAll(
    grpc::ServerContext* context, const v1::MatchAllRequest* request,
    grpc::ServerWriter<v1::MatchAllResponse>* writer) {
  return serve_.AnswerStream(
      *context, *request, [&](rpc::RequestContext& call) {
        return handlers_.match_all.MatchAll(
            *request, call, [writer](const v1::MatchAllResponse& part) {
              return writer->Write(part);
            });
      });
}

}  // namespace kugge::match
