// Dated ways for one person: one to three sessions, then the requirements that
// they make the person ELIGIBLE for. docs/scoring.md section 9.
#ifndef KUGGE_MATCHING_PATHWAYS_H_
#define KUGGE_MATCHING_PATHWAYS_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/compiled_person.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

// One session of a way.
struct PathwayStep {
  DocumentId offering{};
  std::string offering_reference{};
  DocumentId session{};
  std::string session_reference{};
  Days start_day = kNoDay;
  Days end_day = kNoDay;
  // Started weeks from the first day to the end.
  uint32_t weeks = 0;
  // From the person's home.
  HundredMetres distance = kUnknownDistance;
  // Of (person, offering).
  Tie tie{};
  // Of the offering's HARD prerequisites, those that the person lacks and an
  // earlier step gives: places in its list.
  std::vector<uint32_t> prepared{};

  friend bool operator==(const PathwayStep&, const PathwayStep&) = default;
};

// A requirement that the way leads to, as the person would meet it afterwards.
struct PathwayGoal {
  DocumentId requirement{};
  std::string requirement_reference{};
  uint32_t order = 0;
  Tie tie{};

  friend bool operator==(const PathwayGoal&, const PathwayGoal&) = default;
};

struct Pathway {
  std::vector<PathwayStep> steps{};
  uint64_t gain_positions = 0;
  uint64_t gain_requirements = 0;
  // Of all steps together.
  uint32_t weeks = 0;
  // Of the last step.
  Days end_day = kNoDay;
  // The first ones by order and tie, at most kPathwayGoals.
  std::vector<PathwayGoal> goals{};

  friend bool operator==(const Pathway&, const Pathway&) = default;
};

struct PathwayRequest {
  TenantIndex tenant = 0;
  Days today = 0;
  size_t k = 10;
  // 1 to 3.
  size_t maximum_steps = 3;
  // Of a whole way; 0: any.
  uint32_t maximum_weeks = 0;
  // Sessions of a higher pace are left out; 0: none.
  uint8_t maximum_pace_percent = 0;
  // Narrows the requirements that count; empty: all.
  std::function<bool(const RequirementFeatures&)> toward{};
  // Narrows the offerings; empty: all.
  std::function<bool(const OfferingFeatures&)> filter{};
  // Polled now and then; true ends the question with CANCELLED.
  std::function<bool()> cancelled{};
};

struct PathwayAnswer {
  // Best first.
  std::vector<Pathway> rows{};
  // Ways that no other is better than in every respect.
  size_t total = 0;
  // Offerings that the ways were put together from.
  size_t offerings_considered = 0;
  // Requirements that the person lacks nothing for but what can be learnt.
  size_t requirements_within_reach = 0;
};

// Errors: CANCELLED.
absl::StatusOr<PathwayAnswer> PlanPathways(const Market& market,
                                           const CompiledPerson& person,
                                           const PathwayRequest& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_PATHWAYS_H_
