// Whether the people of an area can staff a requirement: who is ELIGIBLE now,
// which trainings would add how many and when, and what is missing.
// docs/scoring.md section 11.
#ifndef KUGGE_MATCHING_STAFFING_H_
#define KUGGE_MATCHING_STAFFING_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/compiled_requirement.h"
#include "matching/crowd.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

struct StaffingRequest {
  // The asking tenant, whose people count.
  TenantIndex tenant = 0;
  Days today = 0;
  Area area{};
  // How many are needed.
  uint32_t positions = 1;
  // The last end day of a training that counts; kNoDay: any.
  Days by = kNoDay;
  // Most trainings in the plan.
  size_t most_trainings = 10;
  std::function<bool()> cancelled{};
};

// One training of the plan.
struct StaffingStep {
  DocumentId offering{};
  std::string offering_reference{};
  DocumentId session{};
  std::string session_reference{};
  Days end_day = kNoDay;
  uint32_t seats_left = 0;
  // Of the area.
  uint64_t unlocked_people = 0;
  // Of those, whom no training before it in the plan unlocks, at most its
  // seats.
  uint64_t adds = 0;

  friend bool operator==(const StaffingStep&, const StaffingStep&) = default;
};

struct StaffingAnswer {
  // Candidates of the area, and of them those ELIGIBLE and UNCERTAIN now.
  uint64_t people = 0;
  uint64_t eligible_people = 0;
  uint64_t uncertain_people = 0;
  // Positions that are left when all ELIGIBLE people are counted, and when the
  // plan's are too.
  uint64_t shortfall = 0;
  uint64_t shortfall_after_plan = 0;
  std::vector<StaffingStep> plan{};
  // Trainings that unlock somebody of the area in time.
  size_t trainings = 0;
  // For each demand of the requirement, people of the area who aren't known to
  // satisfy it.
  std::vector<uint64_t> lacking{};
};

// Errors: CANCELLED.
absl::StatusOr<StaffingAnswer> AssessStaffing(
    const Market& market, const CompiledRequirement& requirement,
    const StaffingRequest& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_STAFFING_H_
