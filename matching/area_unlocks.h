// Whom sessions unlock for one requirement, of the people of one area:
// docs/scoring.md 8.3, for many sessions of many courses. Whoever only lacks
// what a course gives is looked up once; a session then chooses among them.
#ifndef KUGGE_MATCHING_AREA_UNLOCKS_H_
#define KUGGE_MATCHING_AREA_UNLOCKS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "matching/course.h"
#include "matching/crowd.h"
#include "matching/features.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one thread.
class AreaUnlocks {
 public:
  // All outlive it. `area`: people of the crowd.
  AreaUnlocks(const RequirementFeatures& requirement, Crowd& crowd,
              const CrowdBits& area)
      : requirement_(requirement), crowd_(crowd), area_(area) {}

  // Those of the area whom the usable session unlocks, ascending. `closes`:
  // places of the requirement's demands that the course would satisfy.
  std::vector<CrowdNumber> Of(const OfferingFeatures& offering,
                              std::span<const uint32_t> closes,
                              const SessionFeatures& session);

 private:
  // Somebody who would be ELIGIBLE but for what a course gives, and what
  // decides whether a session is open to them.
  struct Waiting {
    CrowdNumber number = 0;
    std::optional<Point> home{};
    PlainWishes wishes{};
  };
  // Places of HARD demands that a course closes, ascending.
  using Closed = std::vector<uint32_t>;

  const std::vector<Waiting>& WaitingFor(const Closed& closed);
  // Those of them who can travel to the session, as places in their list.
  const std::vector<uint32_t>& InReach(const Closed& closed,
                                       const SessionFeatures& session);

  const RequirementFeatures& requirement_;
  Crowd& crowd_;
  const CrowdBits& area_;
  std::map<Closed, std::vector<Waiting>> waiting_;
  // By what is closed and where the session is; absent: anywhere.
  std::map<std::tuple<Closed, std::optional<std::pair<int32_t, int32_t>>>,
           std::vector<uint32_t>>
      in_reach_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_AREA_UNLOCKS_H_
