#include "services/taxonomy/taxonomy_handler.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "services/features/concepts.h"
#include "services/rpc/errors.h"
#include "services/rpc/resource_name.h"

namespace kugge::taxonomy {
namespace {

using matching::ConceptIndex;
using storage::ResourceKind;

constexpr absl::string_view kInForce = "taxonomies/-";
constexpr int kDefaultPageSize = 50;
constexpr int kMaxPageSize = 1000;
constexpr int kDefaultHits = 10;
constexpr int kMaxHits = 100;

size_t SizeOf(int32_t asked, int default_size, int max_size) {
  return static_cast<size_t>(asked == 0 ? default_size
                                        : std::min(asked, max_size));
}

// `taxonomies/{taxonomy}` of a concept's name.
absl::string_view TaxonomyOf(absl::string_view concept_name) {
  return rpc::ParentOf(concept_name);
}

// What an id of any age means: a concept id, or `type:legacy id`.
ConceptIndex Resolve(const matching::Taxonomy& taxonomy, absl::string_view id) {
  const size_t colon = id.find(':');
  if (colon == absl::string_view::npos) return taxonomy.Find(id);
  const auto kind = matching::ConceptKindFromName(id.substr(0, colon));
  if (!kind.has_value()) return matching::kNoConcept;
  return taxonomy.FindLegacy(*kind, id.substr(colon + 1));
}

}  // namespace

absl::StatusOr<TaxonomyHandler::View> TaxonomyHandler::ViewInForce(
    rpc::RequestContext& call) const {
  KUGGE_ASSIGN_OR_RETURN(View view, resources_.View(call));
  if (view->taxonomy_name.empty()) {
    return rpc::PreconditionFailed("NO_TAXONOMY", kInForce,
                                   "no taxonomy is in force; import one first");
  }
  return view;
}

absl::StatusOr<ConceptIndex> TaxonomyHandler::ConceptNamed(
    const index::PublishedView& view, absl::string_view name) {
  const absl::string_view version = TaxonomyOf(name);
  const ConceptIndex index = view.taxonomy->Find(rpc::LastIdOf(name));
  if ((version != kInForce && version != view.taxonomy_name) ||
      index == matching::kNoConcept) {
    return rpc::NotFound(name);
  }
  return index;
}

absl::Status TaxonomyHandler::GetTaxonomy(const v1::GetTaxonomyRequest& request,
                                          rpc::RequestContext& call,
                                          v1::Taxonomy* taxonomy) const {
  KUGGE_ASSIGN_OR_RETURN(const View view, resources_.View(call));
  const std::string name =
      request.name() == kInForce ? view->taxonomy_name : request.name();
  if (name.empty()) return ViewInForce(call).status();
  const absl::Status read =
      repository_
          .Get(ResourceKind::kTaxonomy, name, view->snapshot.get(), taxonomy)
          .status();
  if (absl::IsNotFound(read)) return rpc::NotFound(request.name());
  KUGGE_RETURN_IF_ERROR(read);
  taxonomy->set_in_force(name == view->taxonomy_name);
  return absl::OkStatus();
}

absl::Status TaxonomyHandler::ListTaxonomies(
    const v1::ListTaxonomiesRequest& request, rpc::RequestContext& call,
    v1::ListTaxonomiesResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(const View view, resources_.View(call));
  std::string start_after;
  if (!request.page_token().empty()) {
    KUGGE_ASSIGN_OR_RETURN(start_after,
                           tokens_.Decode(request.page_token(), request));
  }
  const size_t page_size =
      SizeOf(request.page_size(), kDefaultPageSize, kMaxPageSize);
  KUGGE_ASSIGN_OR_RETURN(
      auto found,
      repository_.List<v1::Taxonomy>(
          ResourceKind::kTaxonomy,
          {.parent = "", .start_after = start_after, .limit = page_size + 1},
          view->snapshot.get()));
  if (found.size() > page_size) {
    found.pop_back();
    response->set_next_page_token(
        tokens_.Encode(found.back().resource.name(), request));
  }
  for (auto& stored : found) {
    v1::Taxonomy* added = response->add_taxonomies();
    *added = std::move(stored.resource);
    added->set_in_force(added->name() == view->taxonomy_name);
  }
  return absl::OkStatus();
}

absl::Status TaxonomyHandler::GetConcept(const v1::GetConceptRequest& request,
                                         rpc::RequestContext& call,
                                         v1::Concept* answer) const {
  KUGGE_ASSIGN_OR_RETURN(const View view, ViewInForce(call));
  const absl::string_view version = TaxonomyOf(request.name());
  if (version != kInForce && version != view->taxonomy_name) {
    const absl::Status read = repository_
                                  .Get(ResourceKind::kConcept, request.name(),
                                       view->snapshot.get(), answer)
                                  .status();
    return absl::IsNotFound(read) ? rpc::NotFound(request.name()) : read;
  }
  KUGGE_ASSIGN_OR_RETURN(const ConceptIndex index,
                         ConceptNamed(*view, request.name()));
  *answer = features::ToConceptMessage(view->taxonomy_name,
                                       view->taxonomy->record(index));
  return absl::OkStatus();
}

absl::Status TaxonomyHandler::SearchConcepts(
    const v1::SearchConceptsRequest& request, rpc::RequestContext& call,
    v1::SearchConceptsResponse* response) const {
  matching::SearchQuery query{.text = request.query(), .kinds = {}};
  for (int i = 0; i < request.types_size(); ++i) {
    const auto kind = matching::ConceptKindFromName(request.types(i));
    if (!kind.has_value()) {
      return rpc::InvalidField(
          absl::StrCat("types[", i, "]"),
          absl::StrCat("is ", rpc::Quoted(request.types(i)),
                       "; must be a JobTech type such as \"skill\""));
    }
    query.kinds.push_back(*kind);
  }
  query.limit = SizeOf(request.page_size(), kDefaultHits, kMaxHits);
  KUGGE_ASSIGN_OR_RETURN(const View view, ViewInForce(call));
  for (const matching::SearchHit& hit : view->taxonomy->Search(query)) {
    *response->add_concepts() = features::ToConceptMessage(
        view->taxonomy_name, view->taxonomy->record(hit.index));
  }
  return absl::OkStatus();
}

absl::Status TaxonomyHandler::ExpandConcept(
    const v1::ExpandConceptRequest& request, rpc::RequestContext& call,
    v1::ExpandConceptResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(const View view, ViewInForce(call));
  KUGGE_ASSIGN_OR_RETURN(const ConceptIndex index,
                         ConceptNamed(*view, request.name()));
  const matching::Taxonomy& taxonomy = *view->taxonomy;
  *response->mutable_expanded_concept() =
      features::ToConceptMessage(view->taxonomy_name, taxonomy.record(index));
  const auto toward = taxonomy.graph().RelationsToward(index);
  std::vector<matching::HeldRelation> relations(toward.begin(), toward.end());
  // Concepts are sorted by id, so equal credits stay in the order of ids.
  std::ranges::stable_sort(relations, std::ranges::greater(),
                           &matching::HeldRelation::credit);
  for (const matching::HeldRelation& relation : relations) {
    v1::RelatedConcept* added = response->add_relations();
    added->set_concept_id(taxonomy.record(relation.held).id);
    added->set_label(taxonomy.record(relation.held).label);
    added->set_relation(features::ToRelationMessage(relation.relation));
    added->set_credit(relation.credit);
  }
  return absl::OkStatus();
}

absl::Status TaxonomyHandler::ResolveConcepts(
    const v1::ResolveConceptsRequest& request, rpc::RequestContext& call,
    v1::ResolveConceptsResponse* response) const {
  KUGGE_ASSIGN_OR_RETURN(const View view, ViewInForce(call));
  for (const std::string& id : request.ids()) {
    v1::ResolvedConcept* resolved = response->add_concepts();
    resolved->set_id(id);
    const ConceptIndex index = Resolve(*view->taxonomy, id);
    if (index == matching::kNoConcept) continue;
    *resolved->mutable_resolved_concept() = features::ToConceptMessage(
        view->taxonomy_name, view->taxonomy->record(index));
  }
  return absl::OkStatus();
}

}  // namespace kugge::taxonomy
