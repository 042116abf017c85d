#include "services/match/toward.h"

#include <algorithm>

#include "base/status_macros.h"
#include "services/rpc/errors.h"

namespace kugge::match {
namespace {

using matching::RequirementFeatures;

// The concept in `field`. The validator asked the taxonomy in force; a question
// may see an earlier one.
absl::StatusOr<matching::ConceptIndex> ConceptIn(absl::string_view field,
                                                 const std::string& id,
                                                 const Question& question) {
  const matching::ConceptIndex index = question.taxonomy().Find(id);
  if (index != matching::kNoConcept) return index;
  return rpc::InvalidField(field, "names no concept of the taxonomy in force");
}

}  // namespace

absl::StatusOr<Toward> TowardRequirement(const std::string& name,
                                         const Question& question,
                                         absl::string_view tenant) {
  KUGGE_ASSIGN_OR_RETURN(const RequirementFeatures* wanted,
                         question.Requirement(name, tenant));
  return [id = wanted->id](const RequirementFeatures& requirement) {
    return requirement.id == id;
  };
}

absl::StatusOr<Toward> TowardOccupation(const std::string& id,
                                        const Question& question) {
  KUGGE_ASSIGN_OR_RETURN(const matching::ConceptIndex wanted,
                         ConceptIn("toward_occupation", id, question));
  return [wanted](const RequirementFeatures& requirement) {
    return std::ranges::binary_search(requirement.facts.occupations, wanted);
  };
}

absl::StatusOr<Toward> TowardOccupationGroup(const std::string& id,
                                             const Question& question) {
  KUGGE_ASSIGN_OR_RETURN(const matching::ConceptIndex group,
                         ConceptIn("toward_occupation_group", id, question));
  // Ascending, as the occupations are.
  return [members = question.taxonomy().Children(group)](
             const RequirementFeatures& requirement) {
    return std::ranges::any_of(requirement.facts.occupations,
                               [&members](matching::ConceptIndex occupation) {
                                 return std::ranges::binary_search(members,
                                                                   occupation);
                               });
  };
}

}  // namespace kugge::match
