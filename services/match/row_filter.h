// Filters of match questions: AIP-160 texts over the facets of a row.
// docs/formats/filter.md lists the fields.
#ifndef KUGGE_SERVICES_MATCH_ROW_FILTER_H_
#define KUGGE_SERVICES_MATCH_ROW_FILTER_H_

#include <functional>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matching/features.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::match {

// A filter as the engine takes it.
template <typename Row>
struct RowFilter {
  // The municipalities whose rows may pass, ascending; absent: all.
  std::optional<std::vector<matching::MunicipalityIndex>> municipalities{};
  // What else a row must pass; empty: nothing.
  std::function<bool(const Row&)> matches{};
};

// Empty for an empty text. InvalidArgument on `filter` for a wrong one.
// `taxonomy` outlives the filter.
absl::StatusOr<RowFilter<matching::RequirementFeatures>> RequirementFilter(
    absl::string_view text, const matching::Taxonomy& taxonomy);

absl::StatusOr<RowFilter<matching::PersonFeatures>> PersonFilter(
    absl::string_view text);

absl::StatusOr<std::function<bool(const matching::OfferingFeatures&)>>
OfferingFilter(absl::string_view text);

}  // namespace kugge::match

#endif  // KUGGE_SERVICES_MATCH_ROW_FILTER_H_
