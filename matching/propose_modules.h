// The modules that a training could consist of: what they give, whom that would
// satisfy, and how many weeks they take by the trainings that there are.
// docs/scoring.md section 12.
#ifndef KUGGE_MATCHING_PROPOSE_MODULES_H_
#define KUGGE_MATCHING_PROPOSE_MODULES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "matching/compiled_person.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

// A demand's place among the different ones of a question.
using DemandNumber = uint32_t;

// Demands, each different one once, in the order in which they were added.
class DemandNumbers {
 public:
  // The graph outlives this.
  explicit DemandNumbers(const Scoring& scoring)
      : graph_(*scoring.graph), strategy_(scoring.strategy) {}

  DemandNumber Add(const Demand& demand);
  size_t size() const { return demands_.size(); }
  const Demand& operator[](DemandNumber number) const {
    return demands_[number];
  }
  // Those that the gain satisfies, ascending.
  std::vector<DemandNumber> SatisfiedBy(const Gain& gain) const;

 private:
  const ConceptGraph& graph_;
  const Strategy& strategy_;
  std::vector<Demand> demands_;
  absl::flat_hash_map<uint64_t, DemandNumber> numbers_;
  absl::flat_hash_map<uint64_t, std::vector<DemandNumber>> by_concept_;
};

// What a module of a short training gives so that the demand is satisfied;
// nothing where that isn't the content of one.
std::optional<Gain> ModuleGainOf(const Demand& demand);

struct TrainingModule {
  Gain gain{};
  // Of the demands that it is made for, the one that asks the least evidence:
  // what satisfies some of them satisfies it.
  Demand demand{};
  uint32_t weeks = 0;
  size_t weeks_from_offerings = 0;
  // By DemandNumber, ascending: all that it would satisfy.
  std::vector<DemandNumber> satisfies{};
};

// One for each different gain, in the order of section, concept index, level,
// taught before awarded. Weeks aren't told yet.
std::vector<TrainingModule> ModulesFor(const DemandNumbers& demands);

// The market's trainings as far as modules are concerned.
struct TrainingsSeen {
  const Market& market;
  const Scoring& scoring;
  TenantIndex tenant = 0;
  const std::function<bool()>& cancelled;
};

// False for a licence or an authorisation that no training gives today: its
// weeks can't be estimated. After EstimateWeeks.
bool CanBePlanned(const TrainingModule& module);

// Fills in the weeks. Errors: CANCELLED.
absl::Status EstimateWeeks(const TrainingsSeen& trainings,
                           std::span<TrainingModule> modules);

// Calls visit(demand) for each HARD prerequisite of each offering that would
// satisfy what one of the modules is made for. Repeats. Errors: CANCELLED.
absl::Status ForEachPrerequisite(
    const TrainingsSeen& trainings,
    std::span<const TrainingModule* const> modules,
    const std::function<void(const Demand&)>& visit);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_PROPOSE_MODULES_H_
