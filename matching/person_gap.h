// What stands between a person and the best requirements: docs/scoring.md 6.2.
#ifndef KUGGE_MATCHING_PERSON_GAP_H_
#define KUGGE_MATCHING_PERSON_GAP_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/compiled_person.h"
#include "matching/coverage.h"
#include "matching/market.h"
#include "matching/offerings.h"

namespace kugge::matching {

struct PersonGap {
  // Grouped by requirement, the best one first.
  std::vector<GapDemand> demands{};
  // How many requirements it was gathered over.
  size_t requirements = 0;
};

// Fills `need` with the same demands. Errors: CANCELLED.
absl::StatusOr<PersonGap> GapOf(const Market& market,
                                const CompiledPerson& person,
                                const OfferingRequest& request, Need& need);

// At how many requirements of the gap something is closed. `closes`: places in
// it, ascending.
size_t RequirementsHelped(const std::vector<GapDemand>& gap,
                          std::span<const uint32_t> closes);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_PERSON_GAP_H_
