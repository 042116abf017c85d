#include "services/features/explainer.h"

#include <utility>

#include "services/features/concepts.h"
#include "services/features/sentences.h"

namespace kugge::features {
namespace {

using matching::DemandLine;
using matching::Held;
using matching::LineReason;
using matching::WishKind;
using matching::WishLine;

v1::Strength ToMessage(matching::Strength strength) {
  return strength == matching::Strength::kHard ? v1::STRENGTH_HARD
                                               : v1::STRENGTH_SOFT;
}

v1::EvidenceLevel ToMessage(matching::Evidence evidence) {
  return static_cast<v1::EvidenceLevel>(static_cast<int>(evidence) +
                                        v1::EVIDENCE_LEVEL_CLAIMED);
}

v1::DemandOutcome ToMessage(matching::Outcome outcome, bool asked) {
  if (!asked) return v1::DEMAND_OUTCOME_NOT_ASKED;
  switch (outcome) {
    case matching::Outcome::kMet:
      return v1::DEMAND_OUTCOME_MET;
    case matching::Outcome::kPartly:
      return v1::DEMAND_OUTCOME_PARTLY;
    case matching::Outcome::kNotMet:
      return v1::DEMAND_OUTCOME_NOT_MET;
    case matching::Outcome::kUnknown:
      return v1::DEMAND_OUTCOME_UNKNOWN;
  }
  return v1::DEMAND_OUTCOME_UNSPECIFIED;
}

v1::Satisfaction ToMessage(matching::Satisfied satisfied, bool asked) {
  if (!asked) return v1::SATISFACTION_UNSPECIFIED;
  switch (satisfied) {
    case matching::Satisfied::kYes:
      return v1::SATISFACTION_YES;
    case matching::Satisfied::kNo:
      return v1::SATISFACTION_NO;
    case matching::Satisfied::kUnknown:
      return v1::SATISFACTION_UNKNOWN;
  }
  return v1::SATISFACTION_UNSPECIFIED;
}

v1::DemandKind ToMessage(WishKind kind) {
  return static_cast<v1::DemandKind>(static_cast<int>(kind) +
                                     v1::DEMAND_KIND_WANTED_OCCUPATION);
}

// What both kinds of line share.
template <typename Line>
void FillPoints(const Line& line, bool asked, v1::Contribution* out) {
  out->set_strength(asked ? ToMessage(line.strength)
                          : v1::STRENGTH_UNSPECIFIED);
  out->set_weight(static_cast<int32_t>(line.weight));
  out->set_credit(static_cast<int32_t>(line.credit));
  out->set_potential_credit(static_cast<int32_t>(line.potential_credit));
  out->set_contribution(static_cast<int32_t>(line.contribution));
  out->set_potential_contribution(
      static_cast<int32_t>(line.potential_contribution));
  out->set_outcome(ToMessage(line.outcome, asked));
  out->set_satisfaction(ToMessage(line.satisfied, asked));
}

void FillDemand(const ExplainedPair& pair, const DemandLine& line,
                v1::Contribution* out) {
  const bool asked = line.reason != LineReason::kNotAsked;
  out->set_kind(ToDemandKindMessage(line.kind));
  FillPoints(line, asked, out);
  if (line.demand >= 0) {
    const matching::Demand& demand =
        pair.requirement.demands[static_cast<size_t>(line.demand)];
    ConceptText text = TextOf(pair.taxonomy, demand.concept_index);
    out->set_asked_concept(std::move(text.id));
    out->set_asked_label(std::move(text.label));
    out->set_asked_level(demand.minimum_level);
    if (demand.minimum_evidence != matching::Evidence::kClaimed) {
      out->set_asked_evidence(ToMessage(demand.minimum_evidence));
    }
  }
  if (line.held >= 0) {
    const Held& held = pair.person.sections[static_cast<size_t>(line.kind)]
                           .held[static_cast<size_t>(line.held)];
    ConceptText text = TextOf(pair.taxonomy, held.concept_index);
    out->set_held_concept(std::move(text.id));
    out->set_held_label(std::move(text.label));
    out->set_held_level(held.level);
    out->set_held_evidence(ToMessage(held.evidence));
    out->set_relation(ToRelationMessage(line.relation));
  }
}

void FillWish(const ExplainedPair& pair, const WishLine& line,
              v1::Contribution* out) {
  out->set_kind(ToMessage(line.kind));
  FillPoints(line, line.asked, out);
  if (line.wanted != matching::kNoConcept) {
    ConceptText wanted = TextOf(pair.taxonomy, line.wanted);
    out->set_asked_concept(std::move(wanted.id));
    out->set_asked_label(std::move(wanted.label));
    ConceptText offered = TextOf(pair.taxonomy, line.offered);
    out->set_held_concept(std::move(offered.id));
    out->set_held_label(std::move(offered.label));
    out->set_relation(ToRelationMessage(line.relation));
  }
  if (line.distance != matching::kUnknownDistance) {
    out->set_distance_hm(line.distance);
  }
  out->set_relocation(line.reason == LineReason::kRelocation);
}

// Rows of every kind have these fields.
template <typename Row>
void FillRow(const matching::Match& verdict, Row* row) {
  row->set_eligibility(static_cast<v1::Eligibility>(
      static_cast<int>(verdict.eligibility) + v1::ELIGIBILITY_ELIGIBLE));
  row->set_score(static_cast<int32_t>(verdict.score));
  row->set_potential_score(static_cast<int32_t>(verdict.potential_score));
  row->set_reverse_score(static_cast<int32_t>(verdict.reverse_score));
  row->set_order_key(verdict.order);
}

// What both messages about a prerequisite have.
template <typename Prerequisite>
void FillPrerequisite(const matching::Taxonomy& taxonomy,
                      const matching::Demand& prerequisite,
                      matching::Satisfied satisfied, Prerequisite* out) {
  ConceptText text = TextOf(taxonomy, prerequisite.concept_index);
  out->set_kind(ToDemandKindMessage(prerequisite.kind));
  out->set_asked_concept(std::move(text.id));
  out->set_label(std::move(text.label));
  out->set_level(prerequisite.minimum_level);
  if (prerequisite.minimum_evidence != matching::Evidence::kClaimed) {
    out->set_evidence(ToMessage(prerequisite.minimum_evidence));
  }
  out->set_satisfaction(ToMessage(satisfied, /*asked=*/true));
}

}  // namespace

v1::DemandKind ToDemandKindMessage(matching::DemandKind kind) {
  return static_cast<v1::DemandKind>(static_cast<int>(kind) +
                                     v1::DEMAND_KIND_OCCUPATION);
}

ConceptText TextOf(const matching::Taxonomy& taxonomy,
                   matching::ConceptIndex index) {
  if (index >= taxonomy.size()) return {};
  const matching::ConceptRecord& record = taxonomy.record(index);
  return {record.id, record.label};
}

void FillVerdict(const matching::Match& verdict, v1::Match* match) {
  FillRow(verdict, match);
}

void FillVerdict(const matching::Match& verdict, v1::RankedRequirement* row) {
  FillRow(verdict, row);
}

void FillContributions(const ExplainedPair& pair,
                       const matching::Explanation& explanation,
                       v1::Match* match) {
  const Sentences sentences(pair.language, pair.taxonomy);
  for (const DemandLine& line : explanation.demands) {
    v1::Contribution* added = match->add_contributions();
    FillDemand(pair, line, added);
    added->set_sentence(
        sentences.OfDemand(pair.person, pair.requirement, line));
  }
  for (const WishLine& line : explanation.wishes) {
    v1::Contribution* added = match->add_reverse_contributions();
    FillWish(pair, line, added);
    added->set_sentence(sentences.OfWish(pair.person, pair.requirement, line));
  }
}

void FillMissing(const matching::Taxonomy& taxonomy, Language language,
                 const matching::Demand& prerequisite,
                 matching::Satisfied satisfied,
                 v1::MissingPrerequisite* missing) {
  FillPrerequisite(taxonomy, prerequisite, satisfied, missing);
  missing->set_sentence(
      Sentences(language, taxonomy).OfMissing(prerequisite, satisfied));
  missing->set_strength(ToMessage(prerequisite.strength));
}

void FillPrepared(const matching::Taxonomy& taxonomy, Language language,
                  const matching::Demand& prerequisite,
                  matching::Satisfied satisfied,
                  v1::PreparedPrerequisite* prepared) {
  FillPrerequisite(taxonomy, prerequisite, satisfied, prepared);
  prepared->set_sentence(
      Sentences(language, taxonomy).OfPrepared(prerequisite, satisfied));
}

}  // namespace kugge::features
