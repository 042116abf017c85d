#include "matching/propose_ground.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/status_macros.h"
#include "matching/credit.h"
#include "matching/propose_lacks.h"
#include "matching/unlocks.h"

namespace kugge::matching {
namespace {

constexpr size_t kMostModulesSearched = 48;

Vacancy VacancyOf(const AskedRequirement& asked,
                  std::span<const ModuleSet> satisfying) {
  std::map<std::pair<std::vector<ModuleSet>, ModuleSet>, LackGroup> groups;
  for (const auto& [lacked, people] : asked.lacking) {
    ModuleSet touches = 0;
    std::vector<ModuleSet> all;
    for (const DemandNumber number : lacked) {
      all.push_back(satisfying[number]);
      touches |= satisfying[number];
    }
    std::ranges::sort(all);
    if (all[0] == 0) continue;
    // Whoever has one of a smaller set has one of a larger one that holds it.
    std::vector<ModuleSet> needs;
    for (const ModuleSet need : all) {
      if (std::ranges::none_of(needs, [&](ModuleSet smaller) {
            return (smaller & ~need) == 0;
          })) {
        needs.push_back(need);
      }
    }
    LackGroup& group = groups[{needs, touches}];
    group.needs = std::move(needs);
    group.touches = touches;
    group.people += people;
    group.promise += people * (kFullCredit / lacked.size());
  }
  Vacancy vacancy{.positions = asked.open};
  for (auto& [key, group] : groups) {
    vacancy.groups.push_back(std::move(group));
  }
  return vacancy;
}

}  // namespace

ProposalGround::ProposalGround(const Market& market, const Scoring& scoring,
                               const ProposalRequest& request)
    : request_(request),
      crowd_(market, request.tenant, request.today, scoring),
      trainings_{market, crowd_.scoring(), request.tenant, request.cancelled},
      area_(crowd_.In(request.area)),
      // As if to a session at a distance.
      beginners_(crowd_.ReachOf(
          {.start_day = request.start_day, .distance_learning = true})),
      demands_(crowd_.scoring()) {
  for (size_t i = 0; i < area_.size(); ++i) beginners_[i] &= area_[i];
}

absl::Status ProposalGround::CheckCancelled() const {
  return request_.cancelled && request_.cancelled()
             ? absl::CancelledError("the match was cancelled")
             : absl::OkStatus();
}

absl::Status ProposalGround::Gather() {
  ChooseRequirements();
  KUGGE_RETURN_IF_ERROR(MakeModules());
  for (AskedRequirement& asked : asked_) {
    KUGGE_RETURN_IF_ERROR(CheckCancelled());
    FindLacks(asked);
  }
  CutModules();
  FillVacancies();
  return absl::OkStatus();
}

void ProposalGround::ChooseRequirements() {
  std::map<DocumentId, const RequirementFeatures*> chosen;
  for (const RequirementFeatures* const requirement : request_.requirements) {
    if (IsProposedFor(request_, *requirement)) {
      chosen.emplace(requirement->id, requirement);
    }
  }
  for (const auto& [id, requirement] : chosen) {
    AskedRequirement& asked = asked_.emplace_back();
    asked.requirement = requirement;
    for (const Demand& demand : requirement->demands) {
      if (demand.strength != Strength::kHard) continue;
      asked.hard.push_back(demands_.Add(demand));
    }
    std::ranges::sort(asked.hard);
    const auto repeats = std::ranges::unique(asked.hard);
    asked.hard.erase(repeats.begin(), repeats.end());
  }
}

absl::Status ProposalGround::MakeModules() {
  all_modules_ = ModulesFor(demands_);
  KUGGE_RETURN_IF_ERROR(EstimateWeeks(trainings_, all_modules_));
  modules_of_.resize(demands_.size());
  for (const TrainingModule& module : all_modules_) {
    if (module.weeks > request_.budget_weeks || !CanBePlanned(module)) continue;
    for (const DemandNumber number : module.satisfies) {
      modules_of_[number].push_back(static_cast<uint32_t>(modules_.size()));
    }
    modules_.push_back(&module);
  }
  return absl::OkStatus();
}

std::vector<const CrowdSet*> ProposalGround::Satisfying(
    std::span<const DemandNumber> numbers) {
  std::vector<const CrowdSet*> sets;
  sets.reserve(numbers.size());
  for (const DemandNumber number : numbers) {
    sets.push_back(&crowd_.Satisfying(demands_[number]));
  }
  return sets;
}

void ProposalGround::FindLacks(AskedRequirement& asked) {
  const RequirementFeatures& requirement = *asked.requirement;
  const uint64_t eligible =
      crowd_.Select(EligiblePeople(requirement, crowd_)).Count();
  asked.open =
      requirement.positions > eligible ? requirement.positions - eligible : 0;
  asked.willing = {.among = &beginners_};
  crowd_.HoldToWishes(requirement.facts, EndOfProposal(request_),
                      Certainty::kCertain, asked.willing);
  std::vector<DemandNumber> taught;
  std::vector<DemandNumber> others;
  for (const DemandNumber number : asked.hard) {
    (modules_of_[number].empty() ? others : taught).push_back(number);
  }
  if (taught.empty()) return;
  CrowdSelection selection = asked.willing;
  selection.sets = Satisfying(others);
  const CrowdSet people = crowd_.Select(selection);
  for (const auto& [places, count] : PeopleByLack(people, Satisfying(taught))) {
    std::vector<DemandNumber> lacked;
    lacked.reserve(places.size());
    for (const uint32_t place : places) lacked.push_back(taught[place]);
    asked.lacking.emplace(std::move(lacked), count);
  }
}

// Adds each module's promise, and what it could add at most.
void ProposalGround::AddWorth(const AskedRequirement& asked,
                              std::vector<uint64_t>& promises,
                              std::vector<ModuleWorth>& worths) const {
  struct Shares {
    uint64_t sum = 0;
    uint64_t largest = 0;
  };
  std::map<uint32_t, Shares> of_module;
  std::map<uint32_t, uint64_t> satisfied;
  for (const auto& [lacked, people] : asked.lacking) {
    satisfied.clear();
    for (const DemandNumber number : lacked) {
      for (const uint32_t module : modules_of_[number]) ++satisfied[module];
    }
    for (const auto& [module, count] : satisfied) {
      promises[module] += people * (kFullCredit / lacked.size());
      const uint64_t shares = SharesOf(count, lacked.size());
      Shares& all = of_module[module];
      all.sum += people * shares;
      all.largest = std::max(all.largest, shares);
    }
  }
  for (const auto& [module, shares] : of_module) {
    worths[module].shares += std::min(shares.sum, asked.open * shares.largest);
  }
}

// What no set of the modules fills more than.
uint64_t ProposalGround::BoundOf(const std::vector<ModuleWorth>& worths) const {
  uint64_t together = 0;
  for (const AskedRequirement& asked : asked_) {
    uint64_t people = 0;
    for (const auto& [lacked, count] : asked.lacking) people += count;
    together += std::min(asked.open, people);
  }
  return std::min(together, KnapsackBound(worths, request_.budget_weeks));
}

// Leaves those with the largest promise, in their order.
void ProposalGround::CutModules() {
  std::vector<uint64_t> promises(modules_.size(), 0);
  std::vector<ModuleWorth> worths;
  worths.reserve(modules_.size());
  for (const TrainingModule* const module : modules_) {
    worths.push_back({.weeks = module->weeks});
  }
  for (const AskedRequirement& asked : asked_) {
    // What is filled is no reason to teach anything.
    if (asked.open > 0) AddWorth(asked, promises, worths);
  }
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < modules_.size(); ++i) {
    if (promises[i] > 0) places.push_back(i);
  }
  std::ranges::stable_sort(places, std::greater(),
                           [&](uint32_t i) { return promises[i]; });
  if (places.size() > kMostModulesSearched) {
    bound_of_all_ = BoundOf(worths);
    places.resize(kMostModulesSearched);
  }
  std::ranges::sort(places);
  std::vector<const TrainingModule*> kept;
  kept.reserve(places.size());
  for (const uint32_t i : places) kept.push_back(modules_[i]);
  modules_ = std::move(kept);
}

void ProposalGround::FillVacancies() {
  std::vector<ModuleSet> satisfying(demands_.size(), 0);
  for (size_t i = 0; i < modules_.size(); ++i) {
    for (const DemandNumber number : modules_[i]->satisfies) {
      satisfying[number] |= ModuleSet{1} << i;
    }
  }
  vacancies_.reserve(asked_.size());
  for (const AskedRequirement& asked : asked_) {
    vacancies_.push_back(VacancyOf(asked, satisfying));
  }
}

uint32_t ProposalGround::WeeksFor(const Demand& demand) const {
  const std::optional<Gain> gain = ModuleGainOf(demand);
  if (!gain.has_value()) return 0;
  const auto module =
      std::ranges::find(all_modules_, *gain, &TrainingModule::gain);
  return module == all_modules_.end() || !CanBePlanned(*module) ? 0
                                                                : module->weeks;
}

}  // namespace kugge::matching
