// Who is left over in an area, both ways: people without a requirement that
// they are ELIGIBLE for, and requirements without a person who is.
// docs/scoring.md section 13.
#ifndef KUGGE_MATCHING_LEFTOVERS_H_
#define KUGGE_MATCHING_LEFTOVERS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/compiled_person.h"
#include "matching/explanation.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

struct LeftoverRequest {
  // The asking tenant, and the id of its resource name, which ties are of.
  TenantIndex tenant = 0;
  DocumentId tenant_id{};
  Days today = 0;
  // Sorted; absent: everywhere.
  std::optional<std::vector<MunicipalityIndex>> municipalities{};
  // Most rows of each list.
  size_t k = 10;
  // Polled between documents, and within each one's own question.
  std::function<bool()> cancelled{};
};

struct Leftover {
  DocumentId id{};
  // Its features' reference.
  std::string reference{};
  // The row that comes nearest: UNCERTAIN, else NEAR_MISS.
  std::optional<Match> nearest{};

  friend bool operator==(const Leftover&, const Leftover&) = default;
};

// One of the two lists.
struct LeftoverList {
  // Nearest first.
  std::vector<Leftover> rows{};
  // How many are left over in all, and how many there are in the area.
  uint64_t total = 0;
  uint64_t in_area = 0;

  friend bool operator==(const LeftoverList&, const LeftoverList&) = default;
};

struct LeftoverAnswer {
  LeftoverList people{};
  LeftoverList requirements{};
};

// Costs a look for somebody at each requirement of the area, an intersection of
// sets as long as many people are left, then a question for one row for each
// person and requirement that is.
// `scoring.strategy` is valid. Errors: CANCELLED.
absl::StatusOr<LeftoverAnswer> FindLeftovers(const Market& market,
                                             const Scoring& scoring,
                                             const LeftoverRequest& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_LEFTOVERS_H_
