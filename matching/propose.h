// What a short training should teach so that chosen requirements can be filled:
// modules within a budget of weeks, what to ask of those who take it, and what
// stays uncovered. docs/scoring.md section 12.
#ifndef KUGGE_MATCHING_PROPOSE_H_
#define KUGGE_MATCHING_PROPOSE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/compiled_person.h"
#include "matching/crowd.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

struct ProposalRequest {
  // The asking tenant, whose people count, and that sees the requirements.
  TenantIndex tenant = 0;
  Days today = 0;
  // First day of the training, today or later.
  Days start_day = 0;
  // At least 1.
  uint32_t budget_weeks = 1;
  // Of the people.
  Area area{};
  // Those chosen; one that stands twice counts once. Null is none.
  std::vector<const RequirementFeatures*> requirements{};
  // Nodes of the search, which bound its time on every machine alike.
  size_t most_nodes = 200'000;
  std::function<bool()> cancelled{};
};

// The day on which whoever took the training is free again.
Days EndOfProposal(const ProposalRequest& request);

// Whether the requirement counts: a candidate today that is still open then.
bool IsProposedFor(const ProposalRequest& request,
                   const RequirementFeatures& requirement);

// One thing that the training teaches or awards.
struct ModuleProposal {
  Gain gain{};
  uint32_t weeks = 0;
  // Offerings that the weeks are estimated from; 0: none teaches it.
  size_t weeks_from_offerings = 0;
  // What it adds to the modules before it.
  uint64_t adds_positions = 0;
  uint64_t adds_pairs = 0;
  // Of which it satisfies some HARD demand.
  size_t requirements = 0;

  friend bool operator==(const ModuleProposal&,
                         const ModuleProposal&) = default;
};

struct PrerequisiteProposal {
  Demand demand{};
  // Of the people unlocked, those who satisfy it.
  uint64_t people = 0;
  bool proposed = false;

  friend bool operator==(const PrerequisiteProposal&,
                         const PrerequisiteProposal&) = default;
};

// A HARD demand that no module of the training would satisfy.
struct UncoveredProposal {
  Demand demand{};
  size_t requirements = 0;
  // Of these, those that stay open.
  uint64_t positions = 0;
  // That it alone keeps from ELIGIBLE.
  uint64_t pairs = 0;
  // Of a module for it; 0: no short training gives it.
  uint32_t weeks = 0;

  friend bool operator==(const UncoveredProposal&,
                         const UncoveredProposal&) = default;
};

struct ProposalAnswer {
  // First what adds most.
  std::vector<ModuleProposal> modules{};
  uint32_t weeks = 0;
  uint64_t filled_positions = 0;
  // No modules within the budget fill more.
  uint64_t filled_positions_bound = 0;
  uint64_t unlocked_people = 0;
  size_t served_requirements = 0;
  std::vector<PrerequisiteProposal> prerequisites{};
  std::vector<UncoveredProposal> uncovered{};
  // Looked at, and their positions that no ELIGIBLE person fills.
  size_t requirements = 0;
  uint64_t open_positions = 0;
  // Of the area.
  uint64_t people = 0;
  // Some requirement with an open position has a HARD demand that can be
  // learnt and that somebody of the area lacks.
  bool anything_lacking = false;
  // Looked at by the search.
  size_t nodes = 0;
};

// Errors: CANCELLED.
absl::StatusOr<ProposalAnswer> ProposeOffering(const Market& market,
                                               const Scoring& scoring,
                                               const ProposalRequest& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_PROPOSE_H_
