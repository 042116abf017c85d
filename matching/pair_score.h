// Puts the verdicts on single demands together: sums, eligibility, order key
// (docs/scoring.md sections 1.6, 3 and 4).
#ifndef KUGGE_MATCHING_PAIR_SCORE_H_
#define KUGGE_MATCHING_PAIR_SCORE_H_

#include <cstdint>

#include "matching/credit.h"
#include "matching/explanation.h"
#include "matching/strategy.h"
#include "matching/types.h"

namespace kugge::matching {

// Counts the HARD demands of both sides that stand in the way.
struct Hurdles {
  uint32_t refused = 0;
  // Of those: demands of the requirement that can be learnt.
  uint32_t refused_learnable = 0;
  // Of those: demands of the person that can be changed.
  uint32_t refused_changeable = 0;
  uint32_t unknown = 0;

  void AddDemand(DemandKind kind, Strength strength, Satisfied satisfied) {
    if (strength != Strength::kHard) return;
    unknown += satisfied == Satisfied::kUnknown ? 1 : 0;
    if (satisfied != Satisfied::kNo) return;
    ++refused;
    refused_learnable += CanBeLearnt(kind) ? 1 : 0;
  }

  void AddWish(WishKind kind, Strength strength, Satisfied satisfied) {
    if (strength != Strength::kHard) return;
    unknown += satisfied == Satisfied::kUnknown ? 1 : 0;
    if (satisfied != Satisfied::kNo) return;
    ++refused;
    refused_changeable += CanBeChanged(kind) ? 1 : 0;
  }

  // True when nothing that is still to be counted can bring the pair back.
  bool Hopeless(const Strategy& strategy) const {
    return refused > strategy.maximum_near_misses ||
           refused > refused_learnable + refused_changeable;
  }

  Eligibility Verdict(const Strategy& strategy) const {
    if (refused == 0) {
      return unknown == 0 ? Eligibility::kEligible : Eligibility::kUncertain;
    }
    return Hopeless(strategy) ? Eligibility::kNotEligible
                              : Eligibility::kNearMiss;
  }
};

// One side's plain sums.
struct SideScore {
  bool asks = false;
  Bp score = 0;
  Bp potential = 0;

  void Add(Bp weight, Thousandths credit, Thousandths potential_credit) {
    score += Contribution(weight, credit);
    potential += Contribution(weight, potential_credit);
  }
  void AddNotAsked(Bp weight, const Strategy& strategy) {
    Add(weight, strategy.not_asked_credit, strategy.not_asked_credit);
  }
};

// A pair's verdict. `decided_early`: it is NOT_ELIGIBLE, which was clear before
// everything was summed, so the sums mean nothing.
struct PairScore {
  Hurdles hurdles{};
  SideScore requirement{};
  SideScore person{};
  bool decided_early = false;
};

// The order key: a side that asks nothing leaves its share to the other.
inline uint32_t OrderOf(const PairScore& pair, const Strategy& strategy) {
  const uint32_t a = strategy.score_factor;
  const uint32_t b = strategy.reverse_factor;
  if (pair.requirement.asks && pair.person.asks) {
    return a * pair.requirement.score + b * pair.person.score;
  }
  if (pair.requirement.asks) return (a + b) * pair.requirement.score;
  if (pair.person.asks) return (a + b) * pair.person.score;
  return 0;
}

// Everything of a row except whom it is about and the tie key.
inline Match ToMatch(const PairScore& pair, const Strategy& strategy) {
  return {.eligibility = pair.hurdles.Verdict(strategy),
          .order = OrderOf(pair, strategy),
          .score = pair.requirement.score,
          .potential_score = pair.requirement.potential,
          .reverse_score = pair.person.score,
          .reverse_potential_score = pair.person.potential,
          .requirement_asks = pair.requirement.asks,
          .person_asks = pair.person.asks,
          .refused_hard = pair.hurdles.refused,
          .unknown_hard = pair.hurdles.unknown};
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_PAIR_SCORE_H_
