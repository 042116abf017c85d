// Reads of the taxonomy. The version in force is answered from the published
// view, others from their records.
#ifndef KUGGE_SERVICES_TAXONOMY_TAXONOMY_HANDLER_H_
#define KUGGE_SERVICES_TAXONOMY_TAXONOMY_HANDLER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kugge/v1/taxonomy_service.pb.h"
#include "services/index/index.h"
#include "services/resource/resource_handler.h"
#include "services/rpc/page_token.h"
#include "services/rpc/request_context.h"
#include "storage/repository.h"

namespace kugge::taxonomy {

// Thread-safe.
class TaxonomyHandler {
 public:
  // All outlive the handler.
  TaxonomyHandler(const storage::Repository& repository,
                  const resource::ResourceHandler& resources,
                  const rpc::PageTokens& tokens)
      : repository_(repository), resources_(resources), tokens_(tokens) {}

  absl::Status GetTaxonomy(const v1::GetTaxonomyRequest& request,
                           rpc::RequestContext& call,
                           v1::Taxonomy* taxonomy) const;
  absl::Status ListTaxonomies(const v1::ListTaxonomiesRequest& request,
                              rpc::RequestContext& call,
                              v1::ListTaxonomiesResponse* response) const;
  absl::Status GetConcept(const v1::GetConceptRequest& request,
                          rpc::RequestContext& call, v1::Concept* answer) const;
  absl::Status SearchConcepts(const v1::SearchConceptsRequest& request,
                              rpc::RequestContext& call,
                              v1::SearchConceptsResponse* response) const;
  absl::Status ExpandConcept(const v1::ExpandConceptRequest& request,
                             rpc::RequestContext& call,
                             v1::ExpandConceptResponse* response) const;
  absl::Status ResolveConcepts(const v1::ResolveConceptsRequest& request,
                               rpc::RequestContext& call,
                               v1::ResolveConceptsResponse* response) const;

 private:
  using View = std::shared_ptr<const index::PublishedView>;

  // The view, once some taxonomy is in force; FailedPrecondition before.
  absl::StatusOr<View> ViewInForce(rpc::RequestContext& call) const;
  // The concept that a name of the version in force stands for; NotFound where
  // there is none.
  static absl::StatusOr<matching::ConceptIndex> ConceptNamed(
      const index::PublishedView& view, absl::string_view name);

  const storage::Repository& repository_;
  const resource::ResourceHandler& resources_;
  const rpc::PageTokens& tokens_;
};

}  // namespace kugge::taxonomy

#endif  // KUGGE_SERVICES_TAXONOMY_TAXONOMY_HANDLER_H_
