// What held concepts are worth toward one demand: docs/scoring.md section 1.
#ifndef KUGGE_MATCHING_CREDIT_H_
#define KUGGE_MATCHING_CREDIT_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "matching/constants.h"
#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/strategy.h"
#include "matching/types.h"

namespace kugge::matching {

using EvidenceFactors = std::array<Thousandths, 4>;

// What one held concept says of whether a demand is satisfied, weakest first.
enum class Says : uint8_t { kNothing, kShort, kMaybe, kSatisfied };

// How a held concept is related to a wanted one.
struct Relation {
  RelationKind kind = RelationKind::kExact;
  // Whether the strategy lets this kind satisfy a HARD demand.
  bool satisfying = true;
  uint16_t credit = kFullCredit;
};

// One held concept toward one demand.
struct HeldCredit {
  Thousandths level_factor = 0;
  Thousandths evidence_factor = 0;
  Thousandths credit = 0;
  Thousandths potential = 0;
  Says says = Says::kNothing;
};

inline Thousandths LevelFactor(Level held, Level asked) {
  if (asked == 0) return kFullCredit;
  const Level counted = held == 0 ? kLowestLevel : held;
  return counted >= asked ? kFullCredit : kFullCredit * counted / asked;
}

inline Thousandths EvidenceFactor(Evidence held, Evidence asked,
                                  const EvidenceFactors& factors) {
  return held >= asked
             ? factors[0]
             : factors[static_cast<size_t>(asked) - static_cast<size_t>(held)];
}

inline Says WhatItSays(const Held& held, const Demand& demand,
                       bool satisfying) {
  if (!satisfying) return Says::kNothing;
  if (held.evidence < demand.minimum_evidence) return Says::kShort;
  if (held.level == 0) {
    return demand.minimum_level > kLowestLevel ? Says::kMaybe
                                               : Says::kSatisfied;
  }
  return held.level < demand.minimum_level ? Says::kShort : Says::kSatisfied;
}

// Section 1.3: the three factors' product, rounded down. It is at most 1000^3,
// which fits 32 bits.
inline Thousandths CreditOfFactors(Thousandths relation, Thousandths evidence,
                                   Thousandths level) {
  return relation * evidence * level / (kFullCredit * kFullCredit);
}

inline HeldCredit CreditOf(const Held& held, const Relation& relation,
                           const Demand& demand,
                           const EvidenceFactors& factors) {
  HeldCredit result;
  result.says = WhatItSays(held, demand, relation.satisfying);
  result.level_factor = LevelFactor(held.level, demand.minimum_level);
  result.evidence_factor =
      EvidenceFactor(held.evidence, demand.minimum_evidence, factors);
  result.credit = CreditOfFactors(relation.credit, result.evidence_factor,
                                  result.level_factor);
  result.potential =
      held.level == 0 ? relation.credit * result.evidence_factor / kFullCredit
                      : result.credit;
  return result;
}

// Everything held toward one demand, gathered so far.
struct DemandState {
  Thousandths credit = 0;
  Thousandths potential = 0;
  Says says = Says::kNothing;

  void Add(const HeldCredit& held) {
    credit = std::max(credit, held.credit);
    potential = std::max(potential, held.potential);
    says = std::max(says, held.says);
  }
};

struct DemandVerdict {
  Thousandths credit = 0;
  Thousandths potential = 0;
  Satisfied satisfied = Satisfied::kNo;
  LineReason reason = LineReason::kNone;
};

// `counts_as_open` as in section 1.4; `lacking`: the person states that it
// lacks the demand's own concept.
inline DemandVerdict Conclude(const DemandState& state, bool counts_as_open,
                              bool lacking) {
  DemandVerdict verdict{.credit = state.credit, .potential = state.potential};
  if (state.says == Says::kSatisfied) {
    verdict.satisfied = Satisfied::kYes;
  } else if (state.says == Says::kMaybe) {
    verdict.satisfied = Satisfied::kUnknown;
    verdict.reason = LineReason::kLevelUntold;
  } else if (state.says == Says::kShort) {
    verdict.reason = LineReason::kToldShort;
  } else if (lacking) {
    verdict.reason = LineReason::kStatedLacking;
  } else if (counts_as_open) {
    verdict.satisfied = Satisfied::kUnknown;
    verdict.reason = LineReason::kNothingTold;
  } else {
    verdict.reason = LineReason::kNotInComplete;
  }
  if (counts_as_open && verdict.satisfied != Satisfied::kNo) {
    verdict.potential = kFullCredit;
  }
  return verdict;
}

// Section 1.4: what the credit says.
inline Outcome OutcomeOf(Thousandths credit, Satisfied satisfied) {
  if (credit == kFullCredit) return Outcome::kMet;
  if (credit > 0) return Outcome::kPartly;
  return satisfied == Satisfied::kUnknown ? Outcome::kUnknown
                                          : Outcome::kNotMet;
}

// Section 1.6: weight times credit, rounded to the nearest basis point.
inline Bp Contribution(Bp weight, Thousandths credit) {
  return (weight * credit + kRoundHalf) / kFullCredit;
}

// Section 3: what a course can give.
constexpr bool CanBeLearnt(DemandKind kind) {
  return kind != DemandKind::kOccupation;
}

// Section 3: what somebody can agree to.
constexpr bool CanBeChanged(WishKind kind) {
  return kind != WishKind::kOccupation;
}

// Whether a level above the lowest, or an evidence, is asked for: what somebody
// holds may then earn less than it does by its kind.
bool IsGraded(const Demand& demand);

// Whether the section that answers `demand` may hold more than it says.
bool CountsAsOpen(const Section& section, const Demand& demand);

// Whether the person states that it lacks the demand's own concept.
bool StatesLacking(const Section& section, const Demand& demand);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_CREDIT_H_
