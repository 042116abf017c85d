#include "services/match/missing.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/status_macros.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/profile.pb.h"
#include "services/features/explainer.h"

namespace kugge::match {

using storage::ResourceKind;

void AddMissingPrerequisites(const RowSource& source,
                             const matching::CompiledPerson& person,
                             const matching::OfferingFeatures& offering,
                             v1::OfferingMatch* row) {
  for (const matching::Demand& prerequisite : offering.prerequisites) {
    const matching::Satisfied satisfied = person.Judge(prerequisite).satisfied;
    if (satisfied == matching::Satisfied::kYes) continue;
    features::FillMissing(source.question.taxonomy(),
                          source.question.language(), prerequisite, satisfied,
                          row->add_missing_prerequisites());
  }
}

absl::StatusOr<LackingSessions> SessionsLackingAccommodations(
    const RowSource& source, const std::string& profile,
    const Names& sessions) {
  const storage::Snapshot* snapshot = source.question.view().snapshot.get();
  KUGGE_ASSIGN_OR_RETURN(const auto person,
                         source.repository.Get<v1::Profile>(
                             ResourceKind::kProfile, profile, snapshot));
  LackingSessions lacking;
  const auto& needed = person.resource.accommodations_needed();
  if (needed.empty()) return lacking;
  const std::vector<std::string> names(sessions.begin(), sessions.end());
  KUGGE_ASSIGN_OR_RETURN(const auto found,
                         source.repository.MultiGet<v1::Session>(
                             ResourceKind::kSession, names, snapshot));
  for (size_t i = 0; i < names.size(); ++i) {
    if (!found[i].has_value()) continue;
    const auto& offered = found[i]->resource.accommodations_offered();
    for (const int need : needed) {
      if (std::ranges::find(offered, need) != offered.end()) continue;
      lacking[names[i]].push_back(static_cast<v1::Accommodation>(need));
    }
  }
  return lacking;
}

}  // namespace kugge::match
