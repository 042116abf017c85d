// Whether occupations keep a pair apart, and which adjacent ones carry it:
// docs/scoring.md section 4.1.
#ifndef KUGGE_MATCHING_OCCUPATION_HURDLES_H_
#define KUGGE_MATCHING_OCCUPATION_HURDLES_H_

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/features.h"
#include "matching/taxonomy/concept_graph.h"

namespace kugge::matching {

// Whether the relation is an explicit edge between occupations, either grade.
inline bool StandsIn(RelationKind kind) {
  return kind == RelationKind::kSubstitute75 ||
         kind == RelationKind::kSubstitute25;
}

// The two occupations that carry one refusal.
struct Bridge {
  // The person's wanted occupation refuses; else the requirement's demand for
  // experience does.
  bool wanted = false;
  // The one that there is: the person's, or with `wanted` the job's.
  ConceptIndex held = kNoConcept;
  ConceptIndex asked = kNoConcept;
  // kSubstitute75 or kSubstitute25.
  RelationKind relation = RelationKind::kSubstitute75;

  friend bool operator==(const Bridge&, const Bridge&) = default;
};

// A pair's HARD demands for occupations, and no other of its demands.
class OccupationHurdles {
 public:
  // `scoring` outlives it.
  OccupationHurdles(const Scoring& scoring, const PersonFeatures& person,
                    const RequirementFeatures& requirement);

  // Some refuse, and each of those is carried.
  bool AllCarried() const {
    return refused_ > 0 && refused_ == bridges_.size();
  }
  // Some isn't known.
  bool unknown() const { return unknown_; }
  // What carries them: the requirement's demands in their order, then the
  // person's. Leaves nothing behind.
  std::vector<Bridge> TakeBridges() { return std::move(bridges_); }

 private:
  void AddDemand(const Section& section, const Demand& demand);
  void AddWish(const std::vector<WantedOccupation>& wanted,
               const std::vector<ConceptIndex>& offered);
  void Refuse(const std::optional<Bridge>& carrier);

  const Scoring& scoring_;
  size_t refused_ = 0;
  bool unknown_ = false;
  std::vector<Bridge> bridges_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_OCCUPATION_HURDLES_H_
