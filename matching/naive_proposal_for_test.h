// What section 12 of docs/scoring.md asks for by looking at every set of
// modules and at everybody for each of them: the hypothesis applied person by
// person. Slow; for tests.
#ifndef KUGGE_MATCHING_NAIVE_PROPOSAL_FOR_TEST_H_
#define KUGGE_MATCHING_NAIVE_PROPOSAL_FOR_TEST_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

#include "matching/compiled_requirement.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/propose.h"

namespace kugge::matching {

class NaiveProposal {
 public:
  // All outlive it.
  NaiveProposal(const MarketChanges& changes, const Scoring& scoring,
                const ProposalRequest& request);

  // Sets to be looked at are two to the power of this.
  size_t modules() const { return modules_.size(); }
  // `nodes` is 0 and the bound what is filled.
  ProposalAnswer Answer();

 private:
  struct Module {
    Gain gain{};
    uint32_t weeks = 0;
    size_t weeks_from = 0;
  };
  using Chosen = std::vector<size_t>;
  struct Counts {
    uint64_t filled = 0;
    uint64_t pairs = 0;
  };

  bool IsInArea(const PersonFeatures& person) const;
  bool Satisfies(const Gain& gain, const Demand& demand) const;
  bool AnySatisfies(const Chosen& chosen, const Demand& demand) const;
  void MakeModules();
  void EstimateWeeks(Module& module) const;
  static bool IsPlannable(const Module& module);
  uint32_t WeeksOfSet(const Chosen& chosen) const;

  Eligibility Judge(const PersonFeatures& person,
                    const CompiledRequirement& requirement) const;
  bool IsKnownToSatisfy(const PersonFeatures& person,
                        const Demand& demand) const;
  PersonFeatures After(const PersonFeatures& person,
                       const Chosen& chosen) const;
  // By requirement and person.
  using Pairs = std::vector<std::vector<bool>>;
  Pairs LedBy(const Chosen& chosen) const;
  uint64_t OpenOf(const CompiledRequirement& requirement) const;
  Counts CountsOf(const Pairs& pairs) const;
  uint64_t PromiseOf(const Gain& gain, size_t requirement, size_t person) const;

  Chosen BestSet() const;
  void AddModules(Chosen left, ProposalAnswer& answer) const;
  void AddPrerequisites(const Chosen& chosen,
                        const std::vector<const PersonFeatures*>& unlocked,
                        ProposalAnswer& answer) const;
  void AddUncovered(const Chosen& chosen, const Pairs& pairs,
                    ProposalAnswer& answer) const;
  uint64_t KeptOutBy(const CompiledRequirement& requirement,
                     const Demand& demand, const Chosen& chosen) const;

  const MarketChanges& changes_;
  const Scoring& scoring_;
  const ProposalRequest& request_;
  const Days end_;
  std::vector<const PersonFeatures*> tenants_people_;
  std::vector<const PersonFeatures*> people_;
  std::vector<CompiledRequirement> requirements_;
  // Of each, positions that no ELIGIBLE person fills.
  std::vector<uint64_t> open_;
  // Also those beyond the budget, and those within it in their order.
  std::vector<Module> all_modules_;
  std::vector<Module> modules_;
};

// The orders of section 12.
inline auto PlaceOf(const Gain& gain) {
  return std::tuple(gain.section, gain.concept_index, gain.level,
                    gain.evidence == Evidence::kCertified);
}
inline auto PlaceOf(const Demand& demand) {
  return std::tuple(demand.kind, demand.concept_index, demand.minimum_level,
                    demand.minimum_evidence);
}
// Whether strength and importance are all that makes them differ.
bool SameDemand(const Demand& a, const Demand& b);
bool AsksHard(const RequirementFeatures& requirement, const Demand& demand);
std::vector<Demand> DifferentHard(const RequirementFeatures& requirement);
// What a module for the demand gives, where there can be one.
std::optional<Gain> GainFor(const Demand& demand);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_NAIVE_PROPOSAL_FOR_TEST_H_
