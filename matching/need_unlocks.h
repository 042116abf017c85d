// Whom the sessions of many courses unlock for one requirement, counted over a
// crowd: docs/scoring.md section 8.3. What courses that close the same leave is
// put together once; a session is then a look at who of them can be there.
#ifndef KUGGE_MATCHING_NEED_UNLOCKS_H_
#define KUGGE_MATCHING_NEED_UNLOCKS_H_

#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "matching/crowd.h"
#include "matching/features.h"

namespace kugge::matching {

// One question, one thread.
class NeedUnlocks {
 public:
  // Both outlive it. The requirement is a candidate.
  NeedUnlocks(const RequirementFeatures& requirement, Crowd& crowd)
      : requirement_(requirement), crowd_(crowd) {}

  // `session`: a usable one of the offering; `closes`: places of the
  // requirement's demands that the offering would satisfy, ascending.
  uint64_t Count(const OfferingFeatures& offering,
                 std::span<const uint32_t> closes,
                 const SessionFeatures& session);

 private:
  using Sets = std::vector<const CrowdSet*>;
  // Who lacks some of the first, has all of the second, and is let take the job
  // by all of the third.
  using Key = std::tuple<Sets, Sets, std::vector<const CrowdBits*>>;

  CrowdSet Make(const Key& key) const;

  const RequirementFeatures& requirement_;
  Crowd& crowd_;
  std::map<Key, CrowdSet> learners_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_NEED_UNLOCKS_H_
