#include "services/taxonomy/concept_checker.h"

#include <algorithm>
#include <memory>

namespace kugge::taxonomy {

rpc::ConceptChecker::Verdict ConceptChecker::Check(
    absl::string_view id, absl::Span<const std::string> types) const {
  const std::shared_ptr<const index::PublishedView> view = index_.Latest();
  const matching::ConceptIndex found = view->taxonomy->Find(id);
  if (found == matching::kNoConcept) return Verdict::kUnknown;
  const absl::string_view type =
      matching::ConceptKindName(view->taxonomy->record(found).kind);
  return std::ranges::find(types, type) != types.end() ? Verdict::kOk
                                                       : Verdict::kWrongType;
}

std::string ConceptChecker::TypeOf(absl::string_view id) const {
  const std::shared_ptr<const index::PublishedView> view = index_.Latest();
  const matching::ConceptIndex found = view->taxonomy->Find(id);
  if (found == matching::kNoConcept) return "";
  return std::string(
      matching::ConceptKindName(view->taxonomy->record(found).kind));
}

}  // namespace kugge::taxonomy
