#include "matching/area_unlocks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/wishes.h"

namespace kugge::matching {
namespace {

// Whether the HARD wish for a start lets somebody take the job who is free from
// `end_day` on at the earliest.
bool MayStart(const PlainWishes& wishes, const JobFacts& job, Days end_day) {
  if (wishes.start_strength != Strength::kHard) return true;
  PlainWishes after = wishes;
  after.earliest_start = after.earliest_start == kNoDay
                             ? end_day
                             : std::max(after.earliest_start, end_day);
  return SatisfactionOf(WishKind::kStart, {after, std::nullopt}, job,
                        OccupationFit{}) == Satisfied::kYes;
}

}  // namespace

const std::vector<AreaUnlocks::Waiting>& AreaUnlocks::WaitingFor(
    const Closed& closed) {
  const auto [it, added] = waiting_.try_emplace(closed);
  if (!added) return it->second;
  CrowdBits lacking = area_;
  CrowdBits all = area_;
  CrowdSelection selection{.among = &lacking};
  for (uint32_t i = 0; i < requirement_.demands.size(); ++i) {
    const Demand& demand = requirement_.demands[i];
    if (demand.strength != Strength::kHard) continue;
    const CrowdSet& satisfying = crowd_.Satisfying(demand);
    if (std::ranges::binary_search(closed, i)) {
      satisfying.Restrict(all);
    } else {
      selection.sets.push_back(&satisfying);
    }
  }
  for (size_t i = 0; i < lacking.size(); ++i) lacking[i] &= ~all[i];
  crowd_.HoldToWishes(requirement_.facts, kNoDay, Certainty::kCertain,
                      selection);
  crowd_.Select(selection).ForEach([&](CrowdNumber n) {
    const PersonFeatures& person = crowd_[n];
    it->second.push_back({n, person.home, person.wishes});
  });
  return it->second;
}

const std::vector<uint32_t>& AreaUnlocks::InReach(
    const Closed& closed, const SessionFeatures& session) {
  std::optional<std::pair<int32_t, int32_t>> place;
  if (!session.distance_learning && session.place.has_value()) {
    place = {session.place->lat_e5, session.place->lon_e5};
  }
  const auto [it, added] = in_reach_.try_emplace({closed, place});
  if (!added) return it->second;
  const std::vector<Waiting>& waiting = WaitingFor(closed);
  for (uint32_t i = 0; i < waiting.size(); ++i) {
    // Neighbours don't agree on when they can start: that is asked later.
    PlainWishes way = waiting[i].wishes;
    way.earliest_start = kNoDay;
    if (CanReach(way, session.start_day,
                 DistanceTo(waiting[i].home, session))) {
      it->second.push_back(i);
    }
  }
  return it->second;
}

std::vector<CrowdNumber> AreaUnlocks::Of(const OfferingFeatures& offering,
                                         std::span<const uint32_t> closes,
                                         const SessionFeatures& session) {
  std::vector<CrowdNumber> unlocked;
  const Days end_day = EndOf(offering, session);
  Closed closed;
  for (const uint32_t place : closes) {
    if (requirement_.demands[place].strength == Strength::kHard) {
      closed.push_back(place);
    }
  }
  // From its close day on it is no longer open.
  if (closed.empty() || end_day >= requirement_.close_day) return unlocked;
  std::vector<const CrowdSet*> prepared;
  for (const Demand& demand : offering.prerequisites) {
    if (demand.strength == Strength::kHard) {
      prepared.push_back(&crowd_.Satisfying(demand));
    }
  }
  const std::vector<uint32_t>& in_reach = InReach(closed, session);
  const std::vector<Waiting>& waiting = WaitingFor(closed);
  for (const uint32_t i : in_reach) {
    const Waiting& one = waiting[i];
    const bool in_time = one.wishes.earliest_start == kNoDay ||
                         session.start_day >= one.wishes.earliest_start;
    if (in_time && MayStart(one.wishes, requirement_.facts, end_day) &&
        std::ranges::all_of(prepared, [&](const CrowdSet* set) {
          return set->Has(one.number);
        })) {
      unlocked.push_back(one.number);
    }
  }
  return unlocked;
}

}  // namespace kugge::matching
