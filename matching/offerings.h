// Offerings for a requirement, by what they cover of it, and for a person, by
// what they close of its gaps: docs/scoring.md section 6.
#ifndef KUGGE_MATCHING_OFFERINGS_H_
#define KUGGE_MATCHING_OFFERINGS_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

// Where a row stands; what a page token holds. Smaller comes first. The
// criteria are already turned so that smaller is better; for a requirement: not
// in time, 10,000 - coverage, -unlocked people, end day, distance; for a
// person: -gain_positions, -gain_requirements, weeks, distance, 0.
struct OfferingKey {
  std::array<int64_t, 5> criteria{};
  Tie tie{};
  DocumentId offering{};

  friend auto operator<=>(const OfferingKey&, const OfferingKey&) = default;
};

struct OfferingMatch {
  OfferingKey key{};
  DocumentId offering{};
  std::string offering_reference{};
  // The best usable session, and how many other usable ones there are.
  DocumentId session{};
  std::string session_reference{};
  size_t other_sessions = 0;
  // Share of the weight of learnable demands (requirement) or of the gap
  // (person) that the offering would satisfy.
  Bp coverage = 0;
  Days end_day = kNoDay;
  uint32_t weeks = 0;
  HundredMetres distance = kUnknownDistance;
  // Requirement only: delivers before its latest start, and whom the best
  // session unlocks for it.
  bool in_time = false;
  uint64_t unlocked_people = 0;
  // The demands it would satisfy: for a requirement their places in its list,
  // for a person their places in OfferingAnswer::gap. Ascending.
  std::vector<uint32_t> closes{};
  // Person only: requirements of the gap at which it closes something, and
  // what the best session unlocks.
  size_t requirements_helped = 0;
  uint64_t gain_positions = 0;
  uint64_t gain_requirements = 0;

  friend bool operator==(const OfferingMatch&, const OfferingMatch&) = default;
};

// One learnable demand of one of the person's best requirements that the person
// isn't known to satisfy.
struct GapDemand {
  DocumentId requirement{};
  std::string requirement_reference{};
  uint32_t demand = 0;  // place in the requirement's list
  Bp weight = 0;
  Satisfied satisfied = Satisfied::kNo;

  friend bool operator==(const GapDemand&, const GapDemand&) = default;
};

struct OfferingRequest {
  // The asking tenant.
  TenantIndex tenant = 0;
  Days today = 0;
  size_t k = 10;
  // Rows strictly after this one; absent: from the first.
  std::optional<OfferingKey> after{};
  // Narrows the offerings; empty: all.
  std::function<bool(const OfferingFeatures&)> filter{};
  // Person only: narrows the requirements whose gaps and gains count, such as
  // to one requirement or one occupation; empty: all.
  std::function<bool(const RequirementFeatures&)> toward{};
  // Polled every 1,024 documents; true ends the question with CANCELLED.
  std::function<bool()> cancelled{};
};

struct OfferingAnswer {
  std::vector<OfferingMatch> rows{};
  // Rows after the last one here.
  size_t remaining = 0;
  // Rows of the whole list, whatever page this is.
  size_t total = 0;
  // Offerings that passed visibility and the filter.
  size_t documents_scored = 0;
  // Person only: the gap, in match order of the requirements, and how many
  // requirements it was gathered over.
  std::vector<GapDemand> gap{};
  size_t gap_requirements = 0;
  // Requirement only: places of its learnable demands that no row of the whole
  // list would satisfy, ascending, and their share of the weight.
  std::vector<uint32_t> uncovered{};
  Bp uncovered_share = 0;
};

// Errors: CANCELLED.
absl::StatusOr<OfferingAnswer> TopOfferings(
    const Market& market, const CompiledRequirement& requirement,
    const OfferingRequest& request);

// Errors: CANCELLED.
absl::StatusOr<OfferingAnswer> TopOfferings(const Market& market,
                                            const CompiledPerson& person,
                                            const OfferingRequest& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_OFFERINGS_H_
