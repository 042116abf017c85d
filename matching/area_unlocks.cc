#include "matching/area_unlocks.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "matching/credit.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

Days StartOf(const PlainWishes& wishes) {
  return wishes.earliest_start == kNoDay ? std::numeric_limits<Days>::min()
                                         : wishes.earliest_start;
}

// Whether the HARD wish for a start lets somebody take the job who is free from
// `end_day` on at the earliest.
bool MayStart(const PlainWishes& wishes, const JobFacts& job, Days end_day) {
  if (wishes.start_strength != Strength::kHard) return true;
  PlainWishes after = wishes;
  after.earliest_start = std::max(StartOf(wishes), end_day);
  return SatisfactionOf(WishKind::kStart, {after, std::nullopt}, job,
                        OccupationFit{}) == Satisfied::kYes;
}

// The bits of a word that stand for numbers below `end`.
uint64_t Below(uint32_t end, size_t word) {
  if (end >= (word + 1) * 64) return ~uint64_t{0};
  return end <= word * 64 ? 0 : (uint64_t{1} << (end - word * 64)) - 1;
}

// Calls visit(word, bits) for each word of those unlocked.
template <typename Visit>
void ForEachWord(const AreaUnlocks::Unlocked& unlocked, Visit visit) {
  const size_t words = (size_t{unlocked.early_enough} + 63) / 64;
  for (size_t word = 0; word < words; ++word) {
    uint64_t bits = Below(unlocked.early_enough, word);
    for (const NumberBits* const set : unlocked.sets) bits &= (*set)[word];
    visit(word, bits);
  }
}

}  // namespace

AreaUnlocks::AreaUnlocks(const RequirementFeatures& requirement, Crowd& crowd,
                         const CrowdBits& area)
    : requirement_(requirement), crowd_(crowd) {
  CrowdBits lacking = area;
  CrowdBits all = area;
  CrowdSelection selection{.among = &lacking};
  for (const Demand& demand : requirement.demands) {
    if (demand.strength != Strength::kHard) continue;
    const CrowdSet& satisfying = crowd.Satisfying(demand);
    if (CanBeLearnt(demand.kind)) {
      satisfying.Restrict(all);
    } else {
      selection.sets.push_back(&satisfying);
    }
  }
  for (size_t i = 0; i < lacking.size(); ++i) lacking[i] &= ~all[i];
  crowd.HoldToWishes(requirement.facts, kNoDay, Certainty::kCertain, selection);
  crowd.Select(selection).ForEach([&](CrowdNumber n) {
    const PersonFeatures& person = crowd[n];
    waiting_.push_back({n, static_cast<const PlainWishes&>(person.wishes)});
    any_hard_start_ |= person.wishes.start_strength == Strength::kHard;
  });
  std::ranges::sort(waiting_, {}, [](const Waiting& one) {
    return std::pair(StartOf(one.wishes), one.number);
  });
  FillBounds();
}

void AreaUnlocks::FillBounds() {
  absl::flat_hash_map<std::pair<int32_t, int32_t>, uint32_t> numbers;
  for (uint32_t i = 0; i < waiting_.size(); ++i) {
    const PlainWishes& wishes = waiting_[i].wishes;
    const std::optional<Point>& home = crowd_[waiting_[i].number].home;
    if (wishes.distance_strength != Strength::kHard ||
        !wishes.maximum_distance.has_value() || !home.has_value()) {
      continue;
    }
    const auto [it, added] = numbers.try_emplace(
        {home->lat_e5, home->lon_e5}, static_cast<uint32_t>(homes_.size()));
    if (added) homes_.push_back(*home);
    bounds_.push_back({i, it->second, *wishes.maximum_distance});
  }
}

template <typename Is>
NumberBits AreaUnlocks::Those(Is is) const {
  NumberBits bits((waiting_.size() + 63) / 64, 0);
  for (uint32_t i = 0; i < waiting_.size(); ++i) {
    if (is(waiting_[i])) SetBit(bits, i);
  }
  return bits;
}

NumberBits AreaUnlocks::Everybody() const {
  NumberBits bits((waiting_.size() + 63) / 64, 0);
  SetRange(bits, 0, static_cast<uint32_t>(waiting_.size()));
  return bits;
}

const NumberBits& AreaUnlocks::Satisfying(const Demand& demand) {
  const auto [it, added] = satisfying_.try_emplace(DemandBits(demand));
  if (added) {
    const CrowdSet& set = crowd_.Satisfying(demand);
    it->second = Those([&](const Waiting& one) { return set.Has(one.number); });
  }
  return it->second;
}

const NumberBits& AreaUnlocks::Lacking(const Closed& closed) {
  const auto [it, added] = lacking_.try_emplace(closed);
  if (!added) return it->second;
  NumberBits& bits = it->second;
  bits = Everybody();
  NumberBits all = bits;
  for (uint32_t i = 0; i < requirement_.demands.size(); ++i) {
    const Demand& demand = requirement_.demands[i];
    if (demand.strength != Strength::kHard || !CanBeLearnt(demand.kind)) {
      continue;
    }
    NumberBits& narrowed = std::ranges::binary_search(closed, i) ? all : bits;
    const NumberBits& satisfying = Satisfying(demand);
    for (size_t word = 0; word < narrowed.size(); ++word) {
      narrowed[word] &= satisfying[word];
    }
  }
  for (size_t word = 0; word < bits.size(); ++word) bits[word] &= ~all[word];
  return bits;
}

const NumberBits& AreaUnlocks::InReach(const SessionFeatures& session) {
  std::optional<std::pair<int32_t, int32_t>> place;
  if (!session.distance_learning && session.place.has_value()) {
    place = {session.place->lat_e5, session.place->lon_e5};
  }
  const auto [it, added] = in_reach_.try_emplace(place);
  if (!added) return it->second;
  it->second = Everybody();
  if (!place.has_value()) return it->second;
  std::vector<HundredMetres> distances;
  distances.reserve(homes_.size());
  for (const Point& home : homes_) {
    distances.push_back(DistanceHm(home, *session.place));
  }
  for (const Bound& bound : bounds_) {
    if (distances[bound.home] > bound.maximum) {
      ClearBit(it->second, bound.waiting);
    }
  }
  return it->second;
}

const NumberBits* AreaUnlocks::StartingAfter(Days end_day) {
  if (!any_hard_start_) return nullptr;
  const auto [it, added] = starting_after_.try_emplace(end_day);
  if (added) {
    it->second = Those([&](const Waiting& one) {
      return MayStart(one.wishes, requirement_.facts, end_day);
    });
  }
  return &it->second;
}

std::optional<AreaUnlocks::Unlocked> AreaUnlocks::Of(
    const OfferingFeatures& offering, std::span<const uint32_t> closes,
    const SessionFeatures& session) {
  const Days end_day = EndOf(offering, session);
  Closed closed;
  for (const uint32_t place : closes) {
    if (requirement_.demands[place].strength == Strength::kHard) {
      closed.push_back(place);
    }
  }
  // From its close day on it is no longer open.
  if (closed.empty() || end_day >= requirement_.close_day) return std::nullopt;
  Unlocked unlocked{.sets = {&Lacking(closed), &InReach(session)}};
  for (const Demand& demand : offering.prerequisites) {
    if (demand.strength == Strength::kHard) {
      unlocked.sets.push_back(&Satisfying(demand));
    }
  }
  if (const NumberBits* const starting = StartingAfter(end_day)) {
    unlocked.sets.push_back(starting);
  }
  unlocked.early_enough = static_cast<uint32_t>(
      std::ranges::upper_bound(
          waiting_, session.start_day, {},
          [](const Waiting& one) { return StartOf(one.wishes); }) -
      waiting_.begin());
  return unlocked;
}

size_t AreaUnlocks::CountAmong(const Unlocked& unlocked,
                               const NumberBits& among) {
  size_t count = 0;
  ForEachWord(unlocked, [&](size_t word, uint64_t bits) {
    count += static_cast<size_t>(std::popcount(bits & among[word]));
  });
  return count;
}

void AreaUnlocks::Remove(const Unlocked& unlocked, NumberBits& from) {
  ForEachWord(unlocked,
              [&](size_t word, uint64_t bits) { from[word] &= ~bits; });
}

}  // namespace kugge::matching
