// The handlers and the shells of every service, over one index. A new service
// is one line in services.cc.
#ifndef KUGGE_SERVICES_SERVER_SERVICES_H_
#define KUGGE_SERVICES_SERVER_SERVICES_H_

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/metrics.h"
#include "kugge/config/v1/server_config.pb.h"
#include "services/index/index.h"
#include "services/match/course_handler.h"
#include "services/match/leftover_handler.h"
#include "services/match/match_all_handler.h"
#include "services/match/match_handler.h"
#include "services/match/offering_handler.h"
#include "services/match/pathway_handler.h"
#include "services/match/propose_handler.h"
#include "services/match/staffing_handler.h"
#include "services/match/standing_handler.h"
#include "services/resource/import_handler.h"
#include "services/resource/resource_handler.h"
#include "services/resource/write_planner.h"
#include "services/rpc/page_token.h"
#include "services/rpc/serve.h"
#include "services/rpc/validator.h"
#include "services/taxonomy/concept_checker.h"
#include "services/taxonomy/import_taxonomy.h"
#include "services/taxonomy/taxonomy_handler.h"
#include "storage/repository.h"

namespace kugge::server {

class Services {
 public:
  // All outlive the services.
  Services(const config::v1::ServerConfig& config, const Clock& clock,
           Metrics* metrics, storage::Repository& repository,
           index::Index& index);
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  // For the listener. They live as long as this.
  std::vector<grpc::Service*> All() const;

  // Ends the streams whose clients can go on with another server, or later.
  void BeginStop() { match_all_.Stop(); }

 private:
  const rpc::PageTokens tokens_;
  const taxonomy::ConceptChecker concepts_;
  const rpc::Validator validator_;
  const rpc::Serve serve_;
  RandomIdSource ids_;
  const resource::WritePlanner planner_;
  const resource::ResourceHandler resources_;
  const resource::ImportHandler imports_;
  const taxonomy::TaxonomyHandler taxonomy_;
  taxonomy::TaxonomyImporter taxonomy_imports_;
  const match::MatchHandler match_pairs_;
  const match::CourseHandler match_courses_;
  const match::OfferingHandler match_offerings_;
  const match::PathwayHandler match_pathways_;
  const match::StandingHandler match_standings_;
  const match::StaffingHandler match_staffing_;
  const match::ProposeHandler match_proposals_;
  const match::LeftoverHandler match_leftovers_;
  match::MatchAllHandler match_all_;
  std::vector<std::unique_ptr<grpc::Service>> shells_;
};

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_SERVICES_H_
