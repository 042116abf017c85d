#include "matching/unlocks.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace kugge::matching {
namespace {

bool OpenAt(const RequirementFeatures& requirement, Days end_day) {
  return end_day < requirement.close_day;
}

bool Closes(std::span<const uint32_t> closes, uint32_t demand) {
  return std::ranges::binary_search(closes, demand);
}

// Calls visit(demand, whether the course closes it) for each HARD one.
template <typename Visit>
void ForEachHard(const RequirementFeatures& requirement,
                 std::span<const uint32_t> closes, Visit visit) {
  for (uint32_t i = 0; i < requirement.demands.size(); ++i) {
    const Demand& demand = requirement.demands[i];
    if (demand.strength == Strength::kHard) visit(demand, Closes(closes, i));
  }
}

}  // namespace

const CrowdBits& Unlocking::Attending(const SessionFeatures& session,
                                      Certainty certainty) {
  const auto [it, added] = attending_.try_emplace({session.id, certainty});
  CrowdBits& bits = it->second;
  if (!added) return bits;
  bits = crowd_.ReachOf(session);
  for (const Demand& demand : course_.hard_prerequisites()) {
    if (certainty == Certainty::kCertain) {
      crowd_.Satisfying(demand).Restrict(bits);
    } else {
      crowd_.NotRefusedBy(demand, Taught{}).Restrict(bits);
    }
  }
  return bits;
}

const CrowdBits& Unlocking::LackingAny(
    const SessionFeatures& session, Certainty certainty,
    const std::vector<const CrowdSet*>& closed) {
  const auto [it, added] =
      lacking_.try_emplace({session.id, certainty, closed});
  CrowdBits& bits = it->second;
  if (!added) return bits;
  bits = Attending(session, certainty);
  CrowdBits all = bits;
  for (const CrowdSet* const set : closed) set->Restrict(all);
  for (size_t i = 0; i < bits.size(); ++i) bits[i] &= ~all[i];
  return bits;
}

CrowdSelection Unlocking::Lacking(const Demand& demand,
                                  const SessionFeatures& session) {
  return {.among = &LackingAny(session, Certainty::kCertain,
                               {&crowd_.Satisfying(demand)})};
}

std::optional<CrowdSelection> Unlocking::Lacking(
    const RequirementFeatures& requirement, std::span<const uint32_t> closes,
    const SessionFeatures& session) {
  const Days end_day = EndOf(course_.offering(), session);
  if (!OpenAt(requirement, end_day)) return std::nullopt;
  std::vector<const CrowdSet*> closed;
  ForEachHard(requirement, closes, [&](const Demand& demand, bool closes_it) {
    if (closes_it) closed.push_back(&crowd_.Satisfying(demand));
  });
  if (closed.empty()) return std::nullopt;
  std::ranges::sort(closed);
  CrowdSelection selection{
      .among = &LackingAny(session, Certainty::kCertain, closed)};
  crowd_.HoldToWishes(requirement.facts, end_day, Certainty::kCertain,
                      selection);
  return selection;
}

std::optional<CrowdSelection> Unlocking::Unlocked(
    const RequirementFeatures& requirement, std::span<const uint32_t> closes,
    const SessionFeatures& session) {
  std::optional<CrowdSelection> selection =
      Lacking(requirement, closes, session);
  if (!selection.has_value()) return std::nullopt;
  ForEachHard(requirement, closes, [&](const Demand& demand, bool closes_it) {
    if (!closes_it) selection->sets.push_back(&crowd_.Satisfying(demand));
  });
  return selection;
}

size_t Unlocking::CountUnlocked(const RequirementFeatures& requirement,
                                std::span<const uint32_t> closes,
                                const SessionFeatures& session) {
  std::optional<CrowdSelection> selection =
      Lacking(requirement, closes, session);
  if (!selection.has_value()) return 0;
  std::vector<const Demand*> left;
  ForEachHard(requirement, closes, [&](const Demand& demand, bool closes_it) {
    if (!closes_it) left.push_back(&demand);
  });
  return crowd_.CountSatisfyingUpTo(left, *std::move(selection),
                                    std::numeric_limits<size_t>::max());
}

uint64_t Unlocking::PossiblyUnlocked(const RequirementFeatures& requirement,
                                     std::span<const uint32_t> closes,
                                     const SessionFeatures& session) {
  const std::optional<CrowdSelection> certain =
      Unlocked(requirement, closes, session);
  if (!certain.has_value()) return 0;
  CrowdSelection selection;
  std::vector<const CrowdSet*> closed;
  std::vector<CrowdSet> not_refused;
  not_refused.reserve(requirement.demands.size());
  ForEachHard(requirement, closes, [&](const Demand& demand, bool closes_it) {
    if (closes_it) {
      closed.push_back(&crowd_.Satisfying(demand));
      return;
    }
    not_refused.push_back(
        crowd_.NotRefusedBy(demand, course_.TaughtOf(demand)));
    selection.sets.push_back(&not_refused.back());
  });
  std::ranges::sort(closed);
  selection.among = &LackingAny(session, Certainty::kPossible, closed);
  crowd_.HoldToWishes(requirement.facts, EndOf(course_.offering(), session),
                      Certainty::kPossible, selection);
  // Those it unlocks are among them: what is certain is possible.
  return crowd_.Select(selection).Count() - crowd_.Select(*certain).Count();
}

size_t EligibleUpTo(const RequirementFeatures& requirement, size_t most,
                    Crowd& crowd) {
  CrowdSelection selection{.among = &crowd.candidates()};
  crowd.HoldToWishes(requirement.facts, kNoDay, Certainty::kCertain, selection);
  std::vector<const Demand*> demands;
  ForEachHard(requirement, {},
              [&](const Demand& demand, bool) { demands.push_back(&demand); });
  return crowd.CountSatisfyingUpTo(demands, std::move(selection), most);
}

CrowdSelection EligiblePeople(const RequirementFeatures& requirement,
                              Crowd& crowd) {
  CrowdSelection selection{.among = &crowd.candidates()};
  ForEachHard(requirement, {}, [&](const Demand& demand, bool) {
    selection.sets.push_back(&crowd.Satisfying(demand));
  });
  crowd.HoldToWishes(requirement.facts, kNoDay, Certainty::kCertain, selection);
  return selection;
}

}  // namespace kugge::matching
