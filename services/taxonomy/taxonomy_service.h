// The taxonomy. The gRPC shell: a method is one line, its logic is in
// taxonomy_handler and import_taxonomy.
#ifndef KUGGE_SERVICES_TAXONOMY_TAXONOMY_SERVICE_H_
#define KUGGE_SERVICES_TAXONOMY_TAXONOMY_SERVICE_H_

#include "grpcpp/grpcpp.h"
#include "kugge/v1/taxonomy_service.grpc.pb.h"
#include "services/rpc/serve.h"
#include "services/taxonomy/import_taxonomy.h"
#include "services/taxonomy/taxonomy_handler.h"

namespace kugge::taxonomy {

class TaxonomyServiceShell final : public v1::TaxonomyService::Service {
 public:
  // All outlive the shell.
  TaxonomyServiceShell(const rpc::Serve& serve, const TaxonomyHandler& handler,
                       TaxonomyImporter& importer)
      : serve_(serve), handler_(handler), importer_(importer) {}

  grpc::Status GetTaxonomy(grpc::ServerContext* context,
                           const v1::GetTaxonomyRequest* request,
                           v1::Taxonomy* response) override;
  grpc::Status ListTaxonomies(grpc::ServerContext* context,
                              const v1::ListTaxonomiesRequest* request,
                              v1::ListTaxonomiesResponse* response) override;
  grpc::Status GetConcept(grpc::ServerContext* context,
                          const v1::GetConceptRequest* request,
                          v1::Concept* response) override;
  grpc::Status SearchConcepts(grpc::ServerContext* context,
                              const v1::SearchConceptsRequest* request,
                              v1::SearchConceptsResponse* response) override;
  grpc::Status ExpandConcept(grpc::ServerContext* context,
                             const v1::ExpandConceptRequest* request,
                             v1::ExpandConceptResponse* response) override;
  grpc::Status ResolveConcepts(grpc::ServerContext* context,
                               const v1::ResolveConceptsRequest* request,
                               v1::ResolveConceptsResponse* response) override;
  grpc::Status ImportTaxonomy(
      grpc::ServerContext* context,
      grpc::ServerReader<v1::ImportTaxonomyRequest>* reader,
      v1::ImportTaxonomyResponse* response) override;

 private:
  const rpc::Serve& serve_;
  const TaxonomyHandler& handler_;
  TaxonomyImporter& importer_;
};

}  // namespace kugge::taxonomy

#endif  // KUGGE_SERVICES_TAXONOMY_TAXONOMY_SERVICE_H_
