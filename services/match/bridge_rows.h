// The engine's bridges -> the rows of an answer.
#ifndef KUGGE_SERVICES_MATCH_BRIDGE_ROWS_H_
#define KUGGE_SERVICES_MATCH_BRIDGE_ROWS_H_

#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/match.pb.h"
#include "matching/bridges.h"
#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "services/match/row_source.h"

namespace kugge::match {

using BridgeRows = google::protobuf::RepeatedPtrField<v1::BridgeMatch>;

absl::Status AddRequirementBridges(
    const RowSource& source, const matching::CompiledPerson& person,
    const std::vector<matching::BridgeMatch>& found, BridgeRows* rows);

void AddPersonBridges(const RowSource& source,
                      const matching::CompiledRequirement& requirement,
                      const std::vector<matching::BridgeMatch>& found,
                      BridgeRows* rows);

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_BRIDGE_ROWS_H_
