#include "matching/propose_modules.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/status_macros.h"
#include "matching/credit.h"
#include "matching/offering_walk.h"
#include "matching/relations.h"

namespace kugge::matching {
namespace {

// Where no training says anything of the kind.
constexpr uint32_t kWeeksOfUnknown = 2;

uint64_t SectionAndConcept(DemandKind section, ConceptIndex concept_index) {
  return static_cast<uint64_t>(section) << 32 | concept_index;
}

auto ModuleOrder(const Gain& gain) {
  return std::tuple(gain.section, gain.concept_index, gain.level,
                    gain.evidence);
}

// Never only taught.
bool IsAlwaysAwarded(DemandKind section) {
  return section == DemandKind::kLicence ||
         section == DemandKind::kAuthorisation;
}

bool IsModuleSection(DemandKind kind) {
  return CanBeLearnt(kind) && kind != DemandKind::kEducation;
}

// From what an offering gives to the modules that are made for the same.
class ModulesByGain {
 public:
  ModulesByGain(const Scoring& scoring,
                std::span<const TrainingModule* const> modules)
      : demands_(scoring) {
    for (const TrainingModule* const module : modules) {
      demands_.Add(module->demand);
    }
  }

  // Places of the modules. No two are made for the same demand.
  const std::vector<DemandNumber>& Of(const Gain& gain) {
    const auto [it, added] = known_.try_emplace(GainBits(gain));
    if (added) it->second = demands_.SatisfiedBy(gain);
    return it->second;
  }
  std::vector<DemandNumber> OfAll(const OfferingFeatures& offering) {
    std::vector<DemandNumber> all;
    for (const Gain& gain : offering.gains) {
      const std::vector<DemandNumber>& some = Of(gain);
      all.insert(all.end(), some.begin(), some.end());
    }
    std::ranges::sort(all);
    const auto repeats = std::ranges::unique(all);
    all.erase(repeats.begin(), repeats.end());
    return all;
  }

 private:
  DemandNumbers demands_;
  absl::flat_hash_map<uint64_t, std::vector<DemandNumber>> known_;
};

// Of an even number the lower one.
uint32_t MedianOf(std::vector<uint32_t>& weeks) {
  const auto middle =
      weeks.begin() + static_cast<ptrdiff_t>((weeks.size() - 1) / 2);
  std::nth_element(weeks.begin(), middle, weeks.end());
  return *middle;
}

}  // namespace

DemandNumber DemandNumbers::Add(const Demand& demand) {
  const auto [it, added] = numbers_.try_emplace(
      DemandBits(demand), static_cast<DemandNumber>(demands_.size()));
  if (added) {
    demands_.push_back(demand);
    by_concept_[SectionAndConcept(demand.kind, demand.concept_index)].push_back(
        it->second);
  }
  return it->second;
}

std::vector<DemandNumber> DemandNumbers::SatisfiedBy(const Gain& gain) const {
  std::vector<DemandNumber> satisfied;
  if (!CanBeLearnt(gain.section)) return satisfied;
  const Held held{gain.concept_index, gain.level, gain.evidence};
  const auto add = [&](ConceptIndex wanted, const Relation& relation) {
    const auto found =
        by_concept_.find(SectionAndConcept(gain.section, wanted));
    if (found == by_concept_.end()) return;
    for (const DemandNumber number : found->second) {
      if (WhatItSays(held, demands_[number], relation.satisfying) ==
          Says::kSatisfied) {
        satisfied.push_back(number);
      }
    }
  };
  ForEachFrom(graph_, gain.concept_index, strategy_.Satisfying(), add);
  if (gain.section == DemandKind::kEducation) add(kNoConcept, Relation{});
  std::ranges::sort(satisfied);
  const auto repeats = std::ranges::unique(satisfied);
  satisfied.erase(repeats.begin(), repeats.end());
  return satisfied;
}

bool CanBePlanned(const TrainingModule& module) {
  return module.weeks_from_offerings > 0 ||
         !IsAlwaysAwarded(module.gain.section);
}

std::optional<Gain> ModuleGainOf(const Demand& demand) {
  if (!IsModuleSection(demand.kind)) return std::nullopt;
  const bool awarded = IsAlwaysAwarded(demand.kind) ||
                       demand.minimum_evidence >= Evidence::kValidated;
  return Gain{
      .section = demand.kind,
      .concept_index = demand.concept_index,
      .level = demand.minimum_level,
      .evidence = awarded ? Evidence::kCertified : Evidence::kEvidenced};
}

std::vector<TrainingModule> ModulesFor(const DemandNumbers& demands) {
  std::map<decltype(ModuleOrder(Gain{})), TrainingModule> by_gain;
  for (DemandNumber number = 0; number < demands.size(); ++number) {
    const Demand& demand = demands[number];
    const std::optional<Gain> gain = ModuleGainOf(demand);
    if (!gain.has_value()) continue;
    const auto [it, added] = by_gain.try_emplace(ModuleOrder(*gain));
    TrainingModule& module = it->second;
    if (added || demand.minimum_evidence < module.demand.minimum_evidence) {
      module.demand = demand;
    }
    module.gain = *gain;
  }
  std::vector<TrainingModule> modules;
  modules.reserve(by_gain.size());
  for (auto& [order, module] : by_gain) {
    module.satisfies = demands.SatisfiedBy(module.gain);
    modules.push_back(std::move(module));
  }
  return modules;
}

absl::Status EstimateWeeks(const TrainingsSeen& trainings,
                           std::span<TrainingModule> modules) {
  std::vector<const TrainingModule*> pointers;
  pointers.reserve(modules.size());
  for (const TrainingModule& module : modules) pointers.push_back(&module);
  ModulesByGain by_gain(trainings.scoring, pointers);
  std::vector<std::vector<uint32_t>> of_module(modules.size());
  std::array<std::vector<uint32_t>, kDemandKindCount> of_section;
  const std::function<bool(const OfferingFeatures&)> all;
  size_t candidates = 0;
  KUGGE_RETURN_IF_ERROR(ForEachRelevant(
      trainings.market,
      {.tenant = trainings.tenant,
       .filter = all,
       .cancelled = trainings.cancelled},
      [](const Gain& gain) { return IsModuleSection(gain.section); },
      candidates,
      [&](const OfferingFeatures& offering) {
        if (offering.weeks == 0 || offering.gains.empty()) return;
        const auto weeks = static_cast<uint32_t>(
            std::max<size_t>(1, offering.weeks / offering.gains.size()));
        std::array<bool, kDemandKindCount> gives{};
        for (const Gain& gain : offering.gains) {
          gives[static_cast<size_t>(gain.section)] = true;
        }
        for (size_t i = 0; i < kDemandKindCount; ++i) {
          if (gives[i]) of_section[i].push_back(weeks);
        }
        for (const DemandNumber i : by_gain.OfAll(offering)) {
          of_module[i].push_back(weeks);
        }
      }));
  for (size_t i = 0; i < modules.size(); ++i) {
    std::vector<uint32_t>& own = of_module[i];
    std::vector<uint32_t>& others =
        of_section[static_cast<size_t>(modules[i].gain.section)];
    modules[i].weeks_from_offerings = own.size();
    modules[i].weeks = !own.empty()      ? MedianOf(own)
                       : !others.empty() ? MedianOf(others)
                                         : kWeeksOfUnknown;
  }
  return absl::OkStatus();
}

absl::Status ForEachPrerequisite(
    const TrainingsSeen& trainings,
    std::span<const TrainingModule* const> modules,
    const std::function<void(const Demand&)>& visit) {
  ModulesByGain by_gain(trainings.scoring, modules);
  const std::function<bool(const OfferingFeatures&)> all;
  size_t candidates = 0;
  return ForEachRelevant(
      trainings.market,
      {.tenant = trainings.tenant,
       .filter = all,
       .cancelled = trainings.cancelled},
      [&](const Gain& gain) { return !by_gain.Of(gain).empty(); }, candidates,
      [&](const OfferingFeatures& offering) {
        if (std::ranges::all_of(offering.gains, [&](const Gain& gain) {
              return by_gain.Of(gain).empty();
            })) {
          return;
        }
        for (const Demand& demand : offering.prerequisites) {
          if (demand.strength == Strength::kHard) visit(demand);
        }
      });
}

}  // namespace kugge::matching
