// The constants of docs/scoring.md that no strategy changes. Change both
// together.
#ifndef KUGGE_MATCHING_CONSTANTS_H_
#define KUGGE_MATCHING_CONSTANTS_H_

#include <cstddef>
#include <cstdint>

#include "matching/types.h"

namespace kugge::matching {

// Added before a division by 1000, so that a contribution rounds to nearest.
inline constexpr uint32_t kRoundHalf = 500;

// What a level that isn't told counts as.
inline constexpr Level kLowestLevel = 1;

// Credit lost for each percentage point between the hours wanted and offered:
// nothing is left at 50 points.
inline constexpr Thousandths kHoursLossPerPoint = 20;

// A start this many days late, or more, gets no credit.
inline constexpr Days kStartLatenessDays = 90;

// A job with this remote share is done from anywhere: distance isn't asked.
inline constexpr uint8_t kFullyRemotePercent = 100;

// How many of a person's best requirements their gaps are gathered over.
inline constexpr size_t kGapRequirements = 50;

// The blend's a + b is at most this, so that an order key is at most 100,000.
inline constexpr uint32_t kMaximumBlend = 10;

// How many documents pass between two looks at the caller's cancellation.
inline constexpr size_t kDocumentsPerPoll = 1024;

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_CONSTANTS_H_
