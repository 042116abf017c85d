// Where one pair stands in a list, and what single change would move it:
// docs/scoring.md section 10.
#ifndef KUGGE_MATCHING_STANDING_H_
#define KUGGE_MATCHING_STANDING_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/rank.h"
#include "matching/types.h"

namespace kugge::matching {

// How many rows stand before each key in the list of the request, whose page
// and near misses play no part; `but` (absent: nobody) isn't counted. All keys
// are counted in one go. Errors: CANCELLED.
absl::StatusOr<std::vector<size_t>> RowsBefore(
    const Market& market, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request,
    std::span<const RowKey> keys, const std::optional<DocumentId>& but);
absl::StatusOr<std::vector<size_t>> RowsBefore(
    const Market& market, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request, std::span<const RowKey> keys,
    const std::optional<DocumentId>& but);

// How much further a person would travel in a change of distance: ten
// kilometres.
inline constexpr HundredMetres kStepFurther = 100;

// What a single change is about.
enum class ChangeKind : uint8_t {
  kDemand,    // the person learns what a demand of the requirement asks
  kDistance,  // the person would travel ten kilometres further
  kHours,     // the person agrees to the job's hours
  kShifts,    // the person accepts the job's shifts
  kRemote,    // the person accepts the job's remote share
  kStart      // the job starts later: when the person can
};

// One change, and where the person would stand with it in the list of people
// for the requirement.
struct HelpfulChange {
  ChangeKind kind = ChangeKind::kDemand;
  // Of kDemand: its place in the requirement's list.
  uint32_t demand = 0;
  Match match{};
  // From 1, among all of the list.
  size_t rank = 0;

  friend bool operator==(const HelpfulChange&, const HelpfulChange&) = default;
};

struct HelpAnswer {
  // Best first.
  std::vector<HelpfulChange> changes{};
  // Where the person stands now, from 1; absent: in no list.
  std::optional<size_t> rank{};
  // By the lines of Explain: where the person would stand, from 1, if the
  // answer to what isn't known of the line were the best there is. 0: nothing
  // is to be asked there, or still in no list. Empty for who is no candidate.
  std::vector<size_t> demand_ranks_if_met{};
  std::vector<size_t> wish_ranks_if_met{};
};

struct HelpRequest {
  // The asking tenant, whose people the list holds.
  TenantIndex tenant = 0;
  Days today = 0;
  std::function<bool()> cancelled{};
};

// Errors: CANCELLED.
absl::StatusOr<HelpAnswer> WhatWouldHelp(const Market& market,
                                         const CompiledRequirement& requirement,
                                         const PersonFeatures& person,
                                         const HelpRequest& request);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_STANDING_H_
