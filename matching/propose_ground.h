// What a proposed training is chosen from: the requirements that count, the
// modules that it could consist of, and how many people lack what of each
// requirement. docs/scoring.md section 12.
#ifndef KUGGE_MATCHING_PROPOSE_GROUND_H_
#define KUGGE_MATCHING_PROPOSE_GROUND_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "matching/compiled_person.h"
#include "matching/crowd.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/propose.h"
#include "matching/propose_modules.h"
#include "matching/propose_search.h"
#include "matching/types.h"

namespace kugge::matching {

// One of the requirements, and what was found out about it.
struct AskedRequirement {
  const RequirementFeatures* requirement = nullptr;
  // Different HARD ones.
  std::vector<DemandNumber> hard{};
  // Who of the area can begin on the first day, and whose HARD wishes let them
  // take the job after the last. Of bits alone.
  CrowdSelection willing{};
  // Positions that no ELIGIBLE person fills.
  uint64_t open = 0;
  // Of those willing who satisfy every HARD demand that no module would
  // satisfy, how many lack what of the others.
  std::map<std::vector<DemandNumber>, uint64_t> lacking{};
};

// One question, one thread.
class ProposalGround {
 public:
  // All outlive it.
  ProposalGround(const Market& market, const Scoring& scoring,
                 const ProposalRequest& request);

  // To be called once, before anything else. Errors: CANCELLED.
  absl::Status Gather();

  Crowd& crowd() { return crowd_; }
  const TrainingsSeen& trainings() const { return trainings_; }
  // People of the area.
  const CrowdBits& area() const { return area_; }
  const std::vector<AskedRequirement>& asked() const { return asked_; }
  const DemandNumbers& demands() const { return demands_; }
  // Who satisfies each of the demands.
  std::vector<const CrowdSet*> Satisfying(
      std::span<const DemandNumber> numbers);

  // Those that sets are made of, in their order, at most 48.
  const std::vector<const TrainingModule*>& modules() const { return modules_; }
  // By place in asked().
  const std::vector<Vacancy>& vacancies() const { return vacancies_; }
  // Where modules were left out for their promise: what no set of all of them
  // exceeds. Else 0.
  uint64_t bound_of_all() const { return bound_of_all_; }
  // Of a module for the demand, also one beyond the budget; 0: there is none.
  uint32_t WeeksFor(const Demand& demand) const;

  absl::Status CheckCancelled() const;

 private:
  void ChooseRequirements();
  absl::Status MakeModules();
  void FindLacks(AskedRequirement& asked);
  void AddWorth(const AskedRequirement& asked, std::vector<uint64_t>& promises,
                std::vector<ModuleWorth>& worths) const;
  uint64_t BoundOf(const std::vector<ModuleWorth>& worths) const;
  void CutModules();
  void FillVacancies();

  const ProposalRequest& request_;
  Crowd crowd_;
  const TrainingsSeen trainings_;
  const CrowdBits area_;
  // Of the area, who can begin on the first day.
  CrowdBits beginners_;
  DemandNumbers demands_;
  std::vector<AskedRequirement> asked_;
  std::vector<TrainingModule> all_modules_;
  // Of these, those within the budget, once they are cut those searched.
  std::vector<const TrainingModule*> modules_;
  // By DemandNumber, places of modules within the budget.
  std::vector<std::vector<uint32_t>> modules_of_;
  std::vector<Vacancy> vacancies_;
  uint64_t bound_of_all_ = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_PROPOSE_GROUND_H_
