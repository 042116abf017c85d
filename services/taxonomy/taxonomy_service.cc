#include "services/taxonomy/taxonomy_service.h"

namespace kugge::taxonomy {

grpc::Status TaxonomyServiceShell::GetTaxonomy(
    grpc::ServerContext* context, const v1::GetTaxonomyRequest* request,
    v1::Taxonomy* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handler_.GetTaxonomy(*request, call, response);
  });
}

grpc::Status TaxonomyServiceShell::ListTaxonomies(
    grpc::ServerContext* context, const v1::ListTaxonomiesRequest* request,
    v1::ListTaxonomiesResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handler_.ListTaxonomies(*request, call, response);
  });
}

grpc::Status TaxonomyServiceShell::GetConcept(
    grpc::ServerContext* context, const v1::GetConceptRequest* request,
    v1::Concept* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handler_.GetConcept(*request, call, response);
  });
}

grpc::Status TaxonomyServiceShell::SearchConcepts(
    grpc::ServerContext* context, const v1::SearchConceptsRequest* request,
    v1::SearchConceptsResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handler_.SearchConcepts(*request, call, response);
  });
}

grpc::Status TaxonomyServiceShell::ExpandConcept(
    grpc::ServerContext* context, const v1::ExpandConceptRequest* request,
    v1::ExpandConceptResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handler_.ExpandConcept(*request, call, response);
  });
}

grpc::Status TaxonomyServiceShell::ResolveConcepts(
    grpc::ServerContext* context, const v1::ResolveConceptsRequest* request,
    v1::ResolveConceptsResponse* response) {
  return serve_.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return handler_.ResolveConcepts(*request, call, response);
  });
}

grpc::Status TaxonomyServiceShell::ImportTaxonomy(
    grpc::ServerContext* context,
    grpc::ServerReader<v1::ImportTaxonomyRequest>* reader,
    v1::ImportTaxonomyResponse* response) {
  return serve_.Stream(*context, "ImportTaxonomy",
                       [&](rpc::RequestContext& call) {
                         return importer_.Import(
                             [reader](v1::ImportTaxonomyRequest* piece) {
                               return reader->Read(piece);
                             },
                             call, response);
                       });
}

}  // namespace kugge::taxonomy
