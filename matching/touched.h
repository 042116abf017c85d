// Which requirements a course gives something of, found through the index
// without a look at the requirements themselves.
#ifndef KUGGE_MATCHING_TOUCHED_H_
#define KUGGE_MATCHING_TOUCHED_H_

#include <vector>

#include "matching/course.h"
#include "matching/features.h"
#include "matching/index/requirement_segment.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

struct TouchedRequirement {
  const RequirementFeatures* requirement = nullptr;
  // Null where no segment holds it yet, or its columns don't.
  const RequirementSegment* segment = nullptr;
  DocNumber number = 0;
  // The first day on which it is no longer open; kNoDay: until it is closed.
  Days limit = kNoDay;
  // Whether the course would satisfy a HARD demand of it.
  bool closes_hard = false;
  // No less than its coverage (docs/scoring.md 6.1), 0 only where that is 0.
  Bp coverage_at_most = 0;
};

// Candidates of the tenant of which the course would satisfy some demand, in no
// order. They live as long as the market.
std::vector<TouchedRequirement> TouchedRequirements(
    const Market& market, const CompiledCourse& course, TenantIndex tenant,
    Days today);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TOUCHED_H_
