// A person's demands against the facts of a job: docs/scoring.md section 2.
#ifndef KUGGE_MATCHING_WISHES_H_
#define KUGGE_MATCHING_WISHES_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "matching/credit.h"
#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/pair_score.h"
#include "matching/strategy.h"
#include "matching/types.h"

namespace kugge::matching {

// The job's occupations against the wanted ones.
struct OccupationFit {
  // The person wants some, and the job tells some.
  bool wanted_any = false;
  bool offered_any = false;
  Thousandths credit = 0;
  // Some pair of a wanted and an offered one has a satisfying relation.
  bool satisfying = false;
  // The pair that the credit comes from; kNoConcept when it is 0.
  ConceptIndex wanted = kNoConcept;
  ConceptIndex offered = kNoConcept;
  RelationKind relation = RelationKind::kExact;
};

// A wanted occupation's credit: scaled by its importance among the wanted.
// `largest` is the largest importance of the person's wanted occupations.
inline Thousandths ScaledByImportance(Thousandths relation_credit,
                                      uint8_t importance, uint8_t largest) {
  return relation_credit * std::max<uint8_t>(1, importance) / largest;
}

// The largest importance among the wanted occupations, at least 1.
uint8_t LargestImportance(std::span<const WantedOccupation> occupations);

// One person's wishes, ready to be held against a job.
struct PersonSide {
  const PlainWishes& wishes;
  const std::optional<Point>& home;
  // Whether the job's municipality is one that the person would move to.
  bool would_move = false;
};

inline bool WouldMoveTo(const Wishes& wishes, MunicipalityIndex municipality) {
  return municipality != kNoMunicipality &&
         std::ranges::binary_search(wishes.relocation, municipality);
}

// A set of kinds of wishes: bit i stands for WishKind i.
using AskedKinds = uint8_t;
constexpr AskedKinds OneKind(WishKind kind) {
  return static_cast<AskedKinds>(1u << static_cast<unsigned>(kind));
}

// What the person asks of a job; `wants_occupations`: some are named.
AskedKinds KindsAsked(const PlainWishes& wishes, bool wants_occupations);

// Whether the person has any demand at all.
bool AsksAnything(const Wishes& wishes);

// Whether one wish lets the person take the job; kYes where it isn't asked.
Satisfied SatisfactionOf(WishKind kind, const PersonSide& person,
                         const PlainFacts& job,
                         const OccupationFit& occupation);

// Whether the wish can refuse a job: it is HARD, and asked. START also where it
// isn't asked: after a course it is (docs/scoring.md 8.1).
bool CanRefuse(WishKind kind, const Wishes& wishes);

// Adds one kind alone, asked or not, to the sums and hurdles of the person's
// side, whose `asks` it leaves.
void ScoreWish(WishKind kind, const PersonSide& person, const PlainFacts& job,
               const OccupationFit& occupation, const Strategy& strategy,
               PairScore& pair);

// Adds the person's side to `pair`: sums and hurdles. With `lines`, appends one
// line a kind (none for a person that asks nothing).
void ScoreWishes(const PersonSide& person, const PlainFacts& job,
                 const OccupationFit& occupation, const Strategy& strategy,
                 PairScore& pair, std::vector<WishLine>* lines);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_WISHES_H_
