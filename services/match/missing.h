// What stands between a person and an offering that they are shown, and is no
// gap: prerequisites that they aren't known to satisfy, adaptations that the
// session lacks. Neither moves a row.
#ifndef KUGGE_SERVICES_MATCH_MISSING_H_
#define KUGGE_SERVICES_MATCH_MISSING_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kugge/v1/common.pb.h"
#include "kugge/v1/match.pb.h"
#include "matching/compiled_person.h"
#include "matching/features.h"
#include "services/match/row_source.h"

namespace kugge::match {

// Fills `missing_prerequisites`.
void AddMissingPrerequisites(const RowSource& source,
                             const matching::CompiledPerson& person,
                             const matching::OfferingFeatures& offering,
                             v1::OfferingMatch* row);

// What the person needs and a session doesn't offer, by the session's name.
using LackingSessions = std::map<std::string, std::vector<v1::Accommodation>>;

// Of `sessions`, those that lack something. Reads the person's record, and
// those of the sessions where the person needs something.
absl::StatusOr<LackingSessions> SessionsLackingAccommodations(
    const RowSource& source, const std::string& profile, const Names& sessions);

// Fills `missing_accommodations` of a row whose `session` is told.
template <typename Row>
void AddMissingAccommodations(const LackingSessions& lacking, Row* row) {
  const auto found = lacking.find(row->session());
  if (found == lacking.end()) return;
  for (const v1::Accommodation one : found->second) {
    row->add_missing_accommodations(one);
  }
}

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_MISSING_H_
