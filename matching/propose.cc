#include "matching/propose.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "base/status_macros.h"
#include "matching/credit.h"
#include "matching/propose_ground.h"
#include "matching/propose_lacks.h"
#include "matching/propose_modules.h"
#include "matching/propose_search.h"

namespace kugge::matching {
namespace {

constexpr Days kDaysOfWeek = 7;
constexpr size_t kMostPrerequisites = 20;
constexpr size_t kMostUncovered = 50;
// A prerequisite is proposed from so many tenths of the people on.
constexpr uint64_t kTenths = 10;
constexpr uint64_t kTenthsThatHaveIt = 9;

auto OrderOfDemand(const Demand& demand) {
  return std::tuple(demand.kind, demand.concept_index, demand.minimum_level,
                    demand.minimum_evidence);
}

class Proposing {
 public:
  Proposing(const Market& market, const Scoring& scoring,
            const ProposalRequest& request)
      : request_(request), ground_(market, scoring, request) {}

  absl::StatusOr<ProposalAnswer> Answer() {
    KUGGE_RETURN_IF_ERROR(ground_.Gather());
    answer_.people = CountBits(ground_.area());
    answer_.requirements = ground_.asked().size();
    for (const AskedRequirement& asked : ground_.asked()) {
      answer_.open_positions += asked.open;
    }
    KUGGE_RETURN_IF_ERROR(ChooseModules());
    AddModules();
    KUGGE_RETURN_IF_ERROR(AddRequirements());
    AddUncovered();
    KUGGE_RETURN_IF_ERROR(AddPrerequisites());
    answer_.anything_lacking =
        !answer_.modules.empty() || SomebodyLacksSomething();
    return std::move(answer_);
  }

 private:
  absl::Status ChooseModules() {
    std::vector<uint32_t> weeks;
    weeks.reserve(modules().size());
    for (const TrainingModule* const module : modules()) {
      weeks.push_back(module->weeks);
    }
    KUGGE_ASSIGN_OR_RETURN(const FoundModules found,
                           SearchModules({.weeks = weeks,
                                          .vacancies = vacancies(),
                                          .budget = request_.budget_weeks,
                                          .most_nodes = request_.most_nodes,
                                          .cancelled = request_.cancelled}));
    chosen_ = found.modules;
    answer_.nodes = found.nodes;
    answer_.filled_positions = found.filled;
    answer_.filled_positions_bound =
        std::max(found.bound, ground_.bound_of_all());
    return absl::OkStatus();
  }

  const std::vector<const TrainingModule*>& modules() const {
    return ground_.modules();
  }
  const std::vector<Vacancy>& vacancies() const { return ground_.vacancies(); }

  // What a module adds to those before it; more comes first.
  struct Adds {
    uint64_t positions = 0;
    uint64_t pairs = 0;
    uint64_t promise = 0;

    friend auto operator<=>(const Adds&, const Adds&) = default;
  };
  Adds AddsOf(size_t module, ModuleSet before) const {
    const ModuleSet with = before | ModuleSet{1} << module;
    Adds adds{.positions =
                  FilledBy(vacancies(), with) - FilledBy(vacancies(), before),
              .pairs = PairsLedBy(vacancies(), with) -
                       PairsLedBy(vacancies(), before)};
    for (const Vacancy& vacancy : vacancies()) {
      for (const LackGroup& group : vacancy.groups) {
        if ((group.touches >> module & 1) != 0 && group.LedBy(chosen_) &&
            !group.LedBy(before)) {
          adds.promise += group.promise;
        }
      }
    }
    return adds;
  }

  void AddModules() {
    ModuleSet before = 0;
    while (before != chosen_) {
      std::optional<size_t> next;
      Adds most;
      for (size_t i = 0; i < modules().size(); ++i) {
        if (((chosen_ & ~before) >> i & 1) == 0) continue;
        const Adds adds = AddsOf(i, before);
        if (!next.has_value() || adds > most ||
            (adds == most && modules()[i]->weeks < modules()[*next]->weeks)) {
          next = i;
          most = adds;
        }
      }
      const TrainingModule& module = *modules()[*next];
      answer_.weeks += module.weeks;
      answer_.modules.push_back(
          {.gain = module.gain,
           .weeks = module.weeks,
           .weeks_from_offerings = module.weeks_from_offerings,
           .adds_positions = most.positions,
           .adds_pairs = most.pairs,
           .requirements = RequirementsOf(module)});
      taught_.push_back(&module);
      before |= ModuleSet{1} << *next;
    }
  }

  size_t RequirementsOf(const TrainingModule& module) const {
    return static_cast<size_t>(std::ranges::count_if(
        ground_.asked(), [&](const AskedRequirement& asked) {
          return std::ranges::any_of(asked.hard, [&](DemandNumber number) {
            return std::ranges::binary_search(module.satisfies, number);
          });
        }));
  }

  bool IsTaught(DemandNumber number) const {
    return std::ranges::any_of(taught_, [&](const TrainingModule* module) {
      return std::ranges::binary_search(module->satisfies, number);
    });
  }

  // What one requirement is left with, and whom the training unlocks for it.
  void AddRequirement(size_t place) {
    const AskedRequirement& asked = ground_.asked()[place];
    std::vector<DemandNumber> taught;
    std::vector<DemandNumber> left;
    for (const DemandNumber number : asked.hard) {
      (IsTaught(number) ? taught : left).push_back(number);
    }
    const NearlySatisfying nearly = PeopleNearlySatisfying(
        ground_.crowd().Select(asked.willing).bits(), ground_.Satisfying(left));
    const uint64_t led = PeopleLedBy(vacancies()[place], chosen_);
    for (size_t i = 0; i < left.size(); ++i) {
      UncoveredProposal& uncovered = uncovered_[left[i]];
      ++uncovered.requirements;
      uncovered.positions += asked.open - std::min(asked.open, led);
      uncovered.pairs += nearly.lacking_alone[i];
    }
    if (led == 0) return;
    ++answer_.served_requirements;
    // Those of them who lack something.
    CrowdBits eligible = nearly.all;
    for (const CrowdSet* const set : ground_.Satisfying(taught)) {
      set->Restrict(eligible);
    }
    for (size_t word = 0; word < unlocked_.size(); ++word) {
      unlocked_[word] |= nearly.all[word] & ~eligible[word];
    }
  }

  absl::Status AddRequirements() {
    unlocked_.assign(ground_.area().size(), 0);
    for (size_t i = 0; i < ground_.asked().size(); ++i) {
      KUGGE_RETURN_IF_ERROR(ground_.CheckCancelled());
      AddRequirement(i);
    }
    answer_.unlocked_people = CountBits(unlocked_);
    return absl::OkStatus();
  }

  void AddUncovered() {
    for (auto& [number, uncovered] : uncovered_) {
      uncovered.demand = demands()[number];
      uncovered.weeks = ground_.WeeksFor(uncovered.demand);
      answer_.uncovered.push_back(uncovered);
    }
    std::ranges::sort(answer_.uncovered, {}, [](const UncoveredProposal& one) {
      return std::tuple(~one.positions, ~one.pairs, OrderOfDemand(one.demand));
    });
    if (answer_.uncovered.size() > kMostUncovered) {
      answer_.uncovered.resize(kMostUncovered);
    }
  }

  absl::Status AddPrerequisites() {
    if (taught_.empty()) return absl::OkStatus();
    DemandNumbers asked_first(ground_.crowd().scoring());
    KUGGE_RETURN_IF_ERROR(ForEachPrerequisite(
        ground_.trainings(), taught_,
        [&](const Demand& demand) { asked_first.Add(demand); }));
    for (DemandNumber number = 0; number < demands().size(); ++number) {
      if (CanBeLearnt(demands()[number].kind)) {
        asked_first.Add(demands()[number]);
      }
    }
    std::vector<bool> is_taught(asked_first.size());
    for (const TrainingModule* const module : taught_) {
      for (const DemandNumber number : asked_first.SatisfiedBy(module->gain)) {
        is_taught[number] = true;
      }
    }
    for (DemandNumber number = 0; number < asked_first.size(); ++number) {
      if (is_taught[number]) continue;
      const Demand& demand = asked_first[number];
      const uint64_t people =
          CountInBoth(unlocked_, ground_.crowd().Satisfying(demand));
      answer_.prerequisites.push_back(
          {.demand = demand,
           .people = people,
           .proposed = kTenths * people >=
                       kTenthsThatHaveIt * answer_.unlocked_people});
    }
    std::ranges::sort(
        answer_.prerequisites, {}, [](const PrerequisiteProposal& one) {
          return std::tuple(~one.people, OrderOfDemand(one.demand));
        });
    if (answer_.prerequisites.size() > kMostPrerequisites) {
      answer_.prerequisites.resize(kMostPrerequisites);
    }
    return absl::OkStatus();
  }

  bool SomebodyLacksSomething() {
    return std::ranges::any_of(
        ground_.asked(), [&](const AskedRequirement& asked) {
          return asked.open > 0 &&
                 std::ranges::any_of(asked.hard, [&](DemandNumber number) {
                   const Demand& demand = demands()[number];
                   return CanBeLearnt(demand.kind) &&
                          CountInBoth(ground_.area(),
                                      ground_.crowd().Satisfying(demand)) <
                              answer_.people;
                 });
        });
  }

  const DemandNumbers& demands() const { return ground_.demands(); }

  const ProposalRequest& request_;
  ProposalGround ground_;
  ModuleSet chosen_ = 0;
  // The same, in the order of the answer.
  std::vector<const TrainingModule*> taught_;
  std::map<DemandNumber, UncoveredProposal> uncovered_;
  CrowdBits unlocked_;
  ProposalAnswer answer_;
};

}  // namespace

Days EndOfProposal(const ProposalRequest& request) {
  return request.start_day +
         kDaysOfWeek * static_cast<Days>(request.budget_weeks);
}

bool IsProposedFor(const ProposalRequest& request,
                   const RequirementFeatures& requirement) {
  return IsCandidate(requirement, request.tenant, request.today) &&
         EndOfProposal(request) < requirement.close_day;
}

absl::StatusOr<ProposalAnswer> ProposeOffering(const Market& market,
                                               const Scoring& scoring,
                                               const ProposalRequest& request) {
  return Proposing(market, scoring, request).Answer();
}

}  // namespace kugge::matching
