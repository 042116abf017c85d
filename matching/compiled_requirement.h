// A requirement as a question: compiled once, then held against many people or
// offerings. Immutable; safe to share between threads, each with its own
// scratch.
#ifndef KUGGE_MATCHING_COMPILED_REQUIREMENT_H_
#define KUGGE_MATCHING_COMPILED_REQUIREMENT_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/concept_table.h"
#include "matching/credit.h"
#include "matching/demand_table.h"
#include "matching/features.h"
#include "matching/pair_score.h"
#include "matching/strategy.h"
#include "matching/tie_key.h"
#include "matching/wishes.h"

namespace kugge::matching {

class CompiledRequirement {
 public:
  // `scoring.strategy` is valid.
  CompiledRequirement(RequirementFeatures requirement, Scoring scoring);

  const RequirementFeatures& requirement() const { return requirement_; }
  const Strategy& strategy() const { return scoring_.strategy; }
  const ConceptGraph& graph() const { return *scoring_.graph; }
  const Scoring& scoring() const { return scoring_; }
  // One weight per demand, in their order.
  const std::vector<Bp>& weights() const { return weights_; }
  // From a held concept to this requirement's demands.
  const DemandTable& demands() const { return demands_; }
  // A concept that earns credit toward a demand, given by its place in the
  // list. Never kNoConcept.
  struct Earning {
    uint32_t demand = 0;
    ConceptIndex held = kNoConcept;
    Relation relation;
  };
  // All of them; those toward one demand stand together, demands ascending.
  const std::vector<Earning>& earnings() const { return earnings_; }
  Tie TieWith(const DocumentId& to) const {
    return TieOf(scoring_.tie_key, requirement_.id, to);
  }

  // Reused between calls, so that scoring allocates nothing.
  using Scratch = std::vector<DemandState>;

  // Stops early where the pair is hopeless. Otherwise the same verdict as
  // CompiledPerson::Score gives from the other side.
  PairScore Score(const PersonFeatures& person, Scratch& scratch) const;

  // The person's side alone: its sums and hurdles, added to `pair`.
  void AddWishes(const PersonFeatures& person, PairScore& pair) const;

  // The job's occupations against those that somebody wants.
  OccupationFit FitOf(std::span<const WantedOccupation> occupations) const;

 private:
  // How the job's occupations relate to the occupation this is filed under.
  struct Wanted {
    Thousandths credit = 0;
    bool satisfying = false;
  };

  void CompileEarnings();
  void CompileOccupations();
  void GatherHeld(const PersonFeatures& person, Scratch& scratch) const;
  void ScoreDemands(const PersonFeatures& person, Scratch& scratch,
                    PairScore& pair) const;

  RequirementFeatures requirement_;
  Scoring scoring_;
  std::vector<Bp> weights_;
  DemandTable demands_;
  std::vector<Earning> earnings_;
  std::array<bool, kDemandKindCount> asked_{};
  // One entry per wanted occupation that the job has some relation to.
  ConceptTable<Wanted> wanted_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_COMPILED_REQUIREMENT_H_
