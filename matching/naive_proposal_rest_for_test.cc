// NaiveProposal: what is asked first, and what stays uncovered.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "matching/credit.h"
#include "matching/naive_proposal_for_test.h"

namespace kugge::matching {
namespace {

void AddDifferent(const std::vector<Demand>& more, std::vector<Demand>& all) {
  for (const Demand& demand : more) {
    if (std::ranges::none_of(all, [&](const Demand& other) {
          return SameDemand(demand, other);
        })) {
      all.push_back(demand);
    }
  }
}

}  // namespace

std::optional<Gain> GainFor(const Demand& demand) {
  bool awarded = demand.minimum_evidence == Evidence::kValidated ||
                 demand.minimum_evidence == Evidence::kCertified;
  switch (demand.kind) {
    case DemandKind::kLicence:
    case DemandKind::kAuthorisation:
      awarded = true;
      break;
    case DemandKind::kSkill:
    case DemandKind::kLanguage:
      break;
    default:
      return std::nullopt;
  }
  return Gain{demand.kind, demand.concept_index, demand.minimum_level,
              awarded ? Evidence::kCertified : Evidence::kEvidenced};
}

std::vector<Demand> DifferentHard(const RequirementFeatures& requirement) {
  std::vector<Demand> different;
  for (const Demand& demand : requirement.demands) {
    if (demand.strength == Strength::kHard &&
        std::ranges::none_of(different, [&](const Demand& other) {
          return SameDemand(demand, other);
        })) {
      different.push_back(demand);
    }
  }
  return different;
}

bool SameDemand(const Demand& a, const Demand& b) {
  return PlaceOf(a) == PlaceOf(b);
}

bool AsksHard(const RequirementFeatures& requirement, const Demand& demand) {
  return std::ranges::any_of(requirement.demands, [&](const Demand& asked) {
    return asked.strength == Strength::kHard && SameDemand(asked, demand);
  });
}

void NaiveProposal::AddPrerequisites(
    const Chosen& chosen, const std::vector<const PersonFeatures*>& unlocked,
    ProposalAnswer& answer) const {
  std::vector<Demand> demands;
  std::vector<Demand> made_for;
  for (const CompiledRequirement& requirement : requirements_) {
    for (const Demand& demand : DifferentHard(requirement.requirement())) {
      if (CanBeLearnt(demand.kind)) AddDifferent({demand}, demands);
      const std::optional<Gain> gain = GainFor(demand);
      if (std::ranges::any_of(
              chosen, [&](size_t i) { return gain == modules_[i].gain; })) {
        made_for.push_back(demand);
      }
    }
  }
  for (const auto& change : changes_.offerings) {
    const OfferingFeatures& offering = *change.document;
    if (!IsCandidate(offering, request_.tenant)) continue;
    const bool counts =
        std::ranges::any_of(offering.gains, [&](const Gain& gain) {
          return std::ranges::any_of(made_for, [&](const Demand& demand) {
            return Satisfies(gain, demand);
          });
        });
    if (!counts) continue;
    for (const Demand& demand : offering.prerequisites) {
      if (demand.strength == Strength::kHard) AddDifferent({demand}, demands);
    }
  }
  for (const Demand& demand : demands) {
    if (AnySatisfies(chosen, demand)) continue;
    const auto people = static_cast<uint64_t>(
        std::ranges::count_if(unlocked, [&](const PersonFeatures* person) {
          return IsKnownToSatisfy(*person, demand);
        }));
    answer.prerequisites.push_back(
        {.demand = demand,
         .people = people,
         .proposed = people * 10 >= unlocked.size() * 9});
  }
  std::ranges::sort(answer.prerequisites, [](const auto& a, const auto& b) {
    if (a.people != b.people) return a.people > b.people;
    return PlaceOf(a.demand) < PlaceOf(b.demand);
  });
  if (answer.prerequisites.size() > 20) answer.prerequisites.resize(20);
}

uint64_t NaiveProposal::KeptOutBy(const CompiledRequirement& requirement,
                                  const Demand& demand,
                                  const Chosen& chosen) const {
  // The same without it: whoever is ELIGIBLE for that and lacks it.
  RequirementFeatures without = requirement.requirement();
  std::erase_if(without.demands, [&](const Demand& other) {
    return other.strength == Strength::kHard && SameDemand(other, demand);
  });
  const CompiledRequirement compiled(std::move(without), scoring_);
  uint64_t people = 0;
  for (const PersonFeatures* const person : people_) {
    const Days own = person->wishes.earliest_start;
    if (own != kNoDay && own > request_.start_day) continue;
    if (IsKnownToSatisfy(*person, demand)) continue;
    people += Judge(After(*person, chosen), compiled) == Eligibility::kEligible
                  ? 1
                  : 0;
  }
  return people;
}

void NaiveProposal::AddUncovered(const Chosen& chosen, const Pairs& pairs,
                                 ProposalAnswer& answer) const {
  std::vector<Demand> demands;
  for (const CompiledRequirement& requirement : requirements_) {
    AddDifferent(DifferentHard(requirement.requirement()), demands);
  }
  for (const Demand& demand : demands) {
    if (AnySatisfies(chosen, demand)) continue;
    UncoveredProposal line{.demand = demand};
    for (size_t r = 0; r < requirements_.size(); ++r) {
      if (!AsksHard(requirements_[r].requirement(), demand)) continue;
      const auto led =
          static_cast<uint64_t>(std::ranges::count(pairs[r], true));
      const uint64_t open = open_[r];
      ++line.requirements;
      line.positions += open - std::min(open, led);
      line.pairs += KeptOutBy(requirements_[r], demand, chosen);
    }
    for (const Module& module : all_modules_) {
      if (GainFor(demand) == module.gain && IsPlannable(module)) {
        line.weeks = module.weeks;
      }
    }
    answer.uncovered.push_back(line);
  }
  std::ranges::sort(answer.uncovered, [](const auto& a, const auto& b) {
    if (a.positions != b.positions) return a.positions > b.positions;
    if (a.pairs != b.pairs) return a.pairs > b.pairs;
    return PlaceOf(a.demand) < PlaceOf(b.demand);
  });
  if (answer.uncovered.size() > 50) answer.uncovered.resize(50);
}

}  // namespace kugge::matching
