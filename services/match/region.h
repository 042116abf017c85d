// A region of a question -> the engine's municipalities.
#ifndef KUGGE_SERVICES_MATCH_REGION_H_
#define KUGGE_SERVICES_MATCH_REGION_H_

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matching/geo/municipalities.h"
#include "matching/types.h"
#include "services/index/index.h"
#include "services/match/question.h"
#include "services/rpc/errors.h"
#include "storage/repository.h"

namespace kugge::match {

// Sorted; absent where no region is named: everywhere. NotFound where there is
// no such region.
inline absl::StatusOr<std::optional<std::vector<matching::MunicipalityIndex>>>
MunicipalitiesOfRegion(const storage::Repository& repository,
                       const Question& question, absl::string_view region) {
  std::optional<std::vector<matching::MunicipalityIndex>> municipalities;
  if (region.empty()) return municipalities;
  const std::vector<std::string> codes = index::MunicipalitiesOf(
      repository, question.view().snapshot.get(), region);
  if (codes.empty()) return rpc::NotFound(region);
  municipalities.emplace();
  for (const std::string& code : codes) {
    if (const auto found = matching::FindMunicipality(code)) {
      municipalities->push_back(*found);
    }
  }
  std::ranges::sort(*municipalities);
  return municipalities;
}

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_REGION_H_
