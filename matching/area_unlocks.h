// Whom sessions unlock for one requirement, of the people of one area:
// docs/scoring.md 8.3, for many sessions of many courses. Those who may be
// unlocked at all are numbered once; a session is then a few sets of them.
#ifndef KUGGE_MATCHING_AREA_UNLOCKS_H_
#define KUGGE_MATCHING_AREA_UNLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "matching/course.h"
#include "matching/crowd.h"
#include "matching/features.h"
#include "matching/index/number_set.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one thread.
class AreaUnlocks {
 public:
  // Some of those who wait: who is in all of the sets, and early enough in the
  // row. What it points at lives as long as the AreaUnlocks.
  struct Unlocked {
    absl::InlinedVector<const NumberBits*, 6> sets{};
    uint32_t early_enough = 0;
  };

  // All outlive it. `area`: people of the crowd.
  AreaUnlocks(const RequirementFeatures& requirement, Crowd& crowd,
              const CrowdBits& area);

  // Everybody who waits, to be counted among.
  NumberBits Everybody() const;

  // Those of the area whom the usable session unlocks; nothing where it unlocks
  // nobody, whoever they are. `closes`: places of the requirement's demands
  // that the course would satisfy.
  std::optional<Unlocked> Of(const OfferingFeatures& offering,
                             std::span<const uint32_t> closes,
                             const SessionFeatures& session);

  static size_t CountAmong(const Unlocked& unlocked, const NumberBits& among);
  static void Remove(const Unlocked& unlocked, NumberBits& from);

 private:
  // Somebody of the area who isn't ELIGIBLE, whose HARD wishes let them take
  // the job, and who satisfies what can't be learnt.
  struct Waiting {
    CrowdNumber number = 0;
    PlainWishes wishes{};
  };
  // One of them who goes no further than so far, whatever it is for.
  struct Bound {
    uint32_t waiting = 0;
    // Of homes_.
    uint32_t home = 0;
    HundredMetres maximum = 0;
  };
  // Places of HARD demands that a course closes, ascending.
  using Closed = std::vector<uint32_t>;

  void FillBounds();
  template <typename Is>
  NumberBits Those(Is is) const;
  const NumberBits& Lacking(const Closed& closed);
  const NumberBits& InReach(const SessionFeatures& session);
  const NumberBits& Satisfying(const Demand& demand);
  // Null where no HARD wish for a start is asked.
  const NumberBits* StartingAfter(Days end_day);

  const RequirementFeatures& requirement_;
  Crowd& crowd_;
  // By earliest start, those without one first.
  std::vector<Waiting> waiting_;
  std::vector<Bound> bounds_;
  std::vector<Point> homes_;
  bool any_hard_start_ = false;
  std::map<Closed, NumberBits> lacking_;
  // By where the session is; absent: anywhere.
  std::map<std::optional<std::pair<int32_t, int32_t>>, NumberBits> in_reach_;
  std::map<uint64_t, NumberBits> satisfying_;
  std::map<Days, NumberBits> starting_after_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_AREA_UNLOCKS_H_
