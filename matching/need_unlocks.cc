#include "matching/need_unlocks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "matching/course.h"

namespace kugge::matching {

uint64_t NeedUnlocks::Count(const OfferingFeatures& offering,
                            std::span<const uint32_t> closes,
                            const SessionFeatures& session) {
  const Days end_day = EndOf(offering, session);
  // From its close day on it is no longer open.
  if (end_day >= requirement_.close_day) return 0;
  Sets closed;
  Sets having;
  for (uint32_t i = 0; i < requirement_.demands.size(); ++i) {
    const Demand& demand = requirement_.demands[i];
    if (demand.strength != Strength::kHard) continue;
    Sets& sets = std::ranges::binary_search(closes, i) ? closed : having;
    sets.push_back(&crowd_.Satisfying(demand));
  }
  if (closed.empty()) return 0;
  for (const Demand& demand : offering.prerequisites) {
    if (demand.strength == Strength::kHard) {
      having.push_back(&crowd_.Satisfying(demand));
    }
  }
  CrowdSelection let;
  crowd_.HoldToWishes(requirement_.facts, end_day, Certainty::kCertain, let);
  Key key(std::move(closed), std::move(having), std::move(let.bits));
  const auto [it, added] = learners_.try_emplace(std::move(key));
  if (added) it->second = Make(it->first);
  return crowd_.CountInReach(it->second, session);
}

CrowdSet NeedUnlocks::Make(const Key& key) const {
  const auto& [closed, having, let] = key;
  CrowdBits lacking = crowd_.candidates();
  CrowdBits all = lacking;
  for (const CrowdSet* const set : closed) set->Restrict(all);
  for (size_t i = 0; i < lacking.size(); ++i) lacking[i] &= ~all[i];
  return crowd_.Select({.among = &lacking, .bits = let, .sets = having});
}

}  // namespace kugge::matching
