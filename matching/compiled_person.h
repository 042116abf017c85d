// A person as a question: compiled once, then held against many requirements
// with array look-ups and integer sums only. Immutable; safe to share between
// threads, each with its own scratch.
#ifndef KUGGE_MATCHING_COMPILED_PERSON_H_
#define KUGGE_MATCHING_COMPILED_PERSON_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "matching/concept_table.h"
#include "matching/credit.h"
#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/pair_score.h"
#include "matching/strategy.h"
#include "matching/tie_key.h"
#include "matching/wishes.h"

namespace kugge::matching {

// What questions are compiled with. The graph must outlive what is compiled
// from it.
struct Scoring {
  const ConceptGraph* graph = nullptr;
  Strategy strategy{};
  TieKey tie_key{};
};

class CompiledPerson {
  // One held concept that earns credit toward the concept it is filed under.
  struct Earning {
    DemandKind section = DemandKind::kSkill;
    uint16_t held = 0;  // place in the section
    Relation relation;
  };

 public:
  // `scoring.strategy` is valid.
  CompiledPerson(PersonFeatures person, Scoring scoring);

  const PersonFeatures& person() const { return person_; }
  const Strategy& strategy() const { return scoring_.strategy; }
  const ConceptGraph& graph() const { return *scoring_.graph; }
  Tie TieWith(const DocumentId& to) const {
    return TieOf(scoring_.tie_key, person_.id, to);
  }
  const Scoring& scoring() const { return scoring_; }

  // Reused between calls, so that scoring allocates nothing.
  using Scratch = std::vector<Bp>;

  // Stops early where the pair is hopeless.
  PairScore Score(const RequirementFeatures& requirement,
                  Scratch& scratch) const;

  // Never stops early; appends every line of both sides.
  PairScore ScoreInFull(const RequirementFeatures& requirement,
                        Scratch& scratch, Explanation& explanation) const;

  // The person's side alone toward a job in these occupations: its sums and
  // hurdles, added to `pair`.
  void AddWishes(const PlainFacts& job,
                 std::span<const ConceptIndex> occupations,
                 PairScore& pair) const;

  // What the person says of one concept, to be held against several demands
  // for it. For the person that it came from, or a copy.
  class Toward {
   public:
    // Section 1.4 of docs/scoring.md.
    bool counts_as_open() const { return counts_as_open_; }

   private:
    friend CompiledPerson;

    DemandKind kind_ = DemandKind::kSkill;
    // Everything held in the section counts as the concept itself.
    bool anything_ = false;
    bool counts_as_open_ = false;
    bool lacking_ = false;
    ConceptTable<Earning>::Range earnings_{};
  };
  // kNoConcept: any education.
  Toward About(DemandKind kind, ConceptIndex concept_index) const;
  DemandVerdict Judge(const Toward& toward, const Demand& demand) const;
  // Judge's credit alone.
  Thousandths CreditOf(const Toward& toward, Level minimum_level,
                       Evidence minimum_evidence) const;

  // A (kind, concept) whose demands this person can be said something of:
  // earned credit, or stated lacking. kNoConcept: any education.
  struct Reach {
    DemandKind kind = DemandKind::kSkill;
    ConceptIndex concept_index = kNoConcept;
    Toward toward{};
    // Toward a demand that asks for no level and no evidence: the most.
    Thousandths plain_credit = 0;
  };
  // All of them, each once.
  const std::vector<Reach>& reached() const { return reached_; }

  // One demand held against this person, also a prerequisite of an offering.
  DemandVerdict Judge(const Demand& demand) const {
    return Judge(About(demand.kind, demand.concept_index), demand);
  }

 private:
  // What a job in the occupation it is filed under is worth to the person.
  struct Offered {
    ConceptIndex wanted = kNoConcept;
    Thousandths credit = 0;
    Relation relation;
  };

  void CompileSections();
  void CompileReached();
  void AddReached(DemandKind kind, ConceptIndex concept_index,
                  ConceptTable<Earning>::Range earnings);
  // A concept that `earnings` stand under.
  Toward About(DemandKind kind, ConceptIndex concept_index,
               ConceptTable<Earning>::Range earnings) const;
  void CompileWantedOccupations();
  PairScore ScoreSides(const RequirementFeatures& requirement, Scratch& scratch,
                       Explanation* explanation) const;
  void ScoreDemands(const RequirementFeatures& requirement, Scratch& scratch,
                    PairScore& pair, std::vector<DemandLine>* lines) const;
  // Calls add(place in the section, relation) for all that is held toward it.
  template <typename Add>
  void ForEachHeld(const Toward& toward, Add add) const;
  // Fills in which held concept the line shows.
  DemandVerdict JudgeWithLine(const Demand& demand, DemandLine& line) const;
  OccupationFit FitOf(std::span<const ConceptIndex> occupations) const;
  PersonSide SideToward(MunicipalityIndex municipality) const {
    return {person_.wishes, person_.home,
            WouldMoveTo(person_.wishes, municipality)};
  }

  PersonFeatures person_;
  Scoring scoring_;
  ConceptTable<Earning> earnings_;
  std::vector<Reach> reached_;
  ConceptTable<Offered> offered_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_COMPILED_PERSON_H_
