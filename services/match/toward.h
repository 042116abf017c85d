// Which requirements count, where a person's question is narrowed by what it is
// to lead to: one requirement, an occupation or a group of them.
#ifndef KUGGE_SERVICES_MATCH_TOWARD_H_
#define KUGGE_SERVICES_MATCH_TOWARD_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matching/features.h"
#include "services/match/question.h"

namespace kugge::match {

// Empty where all count.
using Toward = std::function<bool(const matching::RequirementFeatures&)>;

// NotFound where `tenant` may not see the requirement.
absl::StatusOr<Toward> TowardRequirement(const std::string& name,
                                         const Question& question,
                                         absl::string_view tenant);
// InvalidArgument where `id` names no concept.
absl::StatusOr<Toward> TowardOccupation(const std::string& id,
                                        const Question& question);
absl::StatusOr<Toward> TowardOccupationGroup(const std::string& id,
                                             const Question& question);

// Of a request with the oneof `toward`. `question` outlives what is returned.
template <typename Request>
absl::StatusOr<Toward> TowardOf(const Request& request,
                                const Question& question,
                                absl::string_view tenant) {
  switch (request.toward_case()) {
    case Request::TOWARD_NOT_SET:
      break;
    case Request::kTowardRequirement:
      return TowardRequirement(request.toward_requirement(), question, tenant);
    case Request::kTowardOccupation:
      return TowardOccupation(request.toward_occupation(), question);
    case Request::kTowardOccupationGroup:
      return TowardOccupationGroup(request.toward_occupation_group(), question);
  }
  return Toward();
}

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_TOWARD_H_
