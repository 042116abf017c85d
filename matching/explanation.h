// What an answer says about a pair: the row of a list, and the lines that add
// up to its scores.
#ifndef KUGGE_MATCHING_EXPLANATION_H_
#define KUGGE_MATCHING_EXPLANATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "matching/taxonomy/concept_graph.h"
#include "matching/types.h"

namespace kugge::matching {

// One person and one requirement, scored. Smaller rows come first: eligibility,
// larger order, smaller tie.
struct Match {
  DocumentId to{};
  // Its features' reference and municipality.
  std::string reference{};
  MunicipalityIndex municipality = kNoMunicipality;
  Eligibility eligibility = Eligibility::kNotEligible;
  // a * score + b * reverse_score, at most 100,000.
  uint32_t order = 0;
  Tie tie{};

  // Over the requirement's demands; 0 when it has none.
  Bp score = 0;
  Bp potential_score = 0;
  // Over the person's demands; 0 when it has none.
  Bp reverse_score = 0;
  Bp reverse_potential_score = 0;
  // False: that side has no demands and is left out of the order.
  bool requirement_asks = false;
  bool person_asks = false;

  // HARD demands of both sides that are refused, and that nobody knows.
  uint32_t refused_hard = 0;
  uint32_t unknown_hard = 0;

  friend bool operator==(const Match&, const Match&) = default;
};

// Why a line has the credit that it has, where numbers alone don't say.
enum class LineReason : uint8_t {
  kNone,
  kNotAsked,     // nobody asks about this kind: the strategy's credit
  kFullyRemote,  // distance isn't asked: the job is done from anywhere
  kRelocation,   // outside easy distance, in a region the person would move to
  kNothingTold,  // an OPEN section or a missing fact: a question to ask
  kLevelUntold,  // held, but at a level nobody told
  kToldShort,    // held at a told level or evidence below what is asked
  kStatedLacking,  // the person says that it lacks it
  kNotInComplete,  // a COMPLETE section without it
};

// One demand of the requirement, or a kind it doesn't ask about.
struct DemandLine {
  DemandKind kind = DemandKind::kSkill;
  // Place in RequirementFeatures::demands; -1 for a kind that isn't asked.
  int32_t demand = -1;
  Strength strength = Strength::kSoft;
  Bp weight = 0;
  Thousandths credit = 0;
  Thousandths potential_credit = 0;
  // (weight * credit + 500) / 1000, and the same of potential_credit.
  Bp contribution = 0;
  Bp potential_contribution = 0;
  Outcome outcome = Outcome::kUnknown;
  Satisfied satisfied = Satisfied::kUnknown;
  LineReason reason = LineReason::kNone;
  // What was used, place in the section's held list; -1 for nothing.
  int32_t held = -1;
  // With a held one: how it relates to what is asked, and its three factors.
  RelationKind relation = RelationKind::kExact;
  Thousandths relation_credit = 0;
  Thousandths level_factor = 0;
  Thousandths evidence_factor = 0;

  friend bool operator==(const DemandLine&, const DemandLine&) = default;
};

// One demand of the person, or a kind it doesn't ask about.
struct WishLine {
  WishKind kind = WishKind::kOccupation;
  bool asked = false;
  Strength strength = Strength::kSoft;
  Bp weight = 0;
  Thousandths credit = 0;
  Thousandths potential_credit = 0;
  Bp contribution = 0;
  Bp potential_contribution = 0;
  Outcome outcome = Outcome::kUnknown;
  Satisfied satisfied = Satisfied::kUnknown;
  LineReason reason = LineReason::kNone;
  // kOccupation, when any credit was found: the wanted one and the job's.
  ConceptIndex wanted = kNoConcept;
  ConceptIndex offered = kNoConcept;
  RelationKind relation = RelationKind::kExact;
  // kDistance.
  HundredMetres distance = kUnknownDistance;

  friend bool operator==(const WishLine&, const WishLine&) = default;
};

// A pair in full: the match a list would show, and every line of both sides.
struct Explanation {
  Match match{};
  // In the order of the demands, kinds that aren't asked last in kind order;
  // empty when the requirement asks nothing. Contributions sum to match.score.
  std::vector<DemandLine> demands{};
  // In kind order; empty when the person asks nothing. Contributions sum to
  // match.reverse_score.
  std::vector<WishLine> wishes{};

  friend bool operator==(const Explanation&, const Explanation&) = default;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_EXPLANATION_H_
