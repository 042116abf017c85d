// The engine's verdict on a pair -> the lines that an answer shows.
#ifndef KUGGE_SERVICES_FEATURES_EXPLAINER_H_
#define KUGGE_SERVICES_FEATURES_EXPLAINER_H_

#include "kugge/v1/match.pb.h"
#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/taxonomy/taxonomy.h"
#include "services/features/sentence_words.h"

namespace kugge::features {

v1::DemandKind ToDemandKindMessage(matching::DemandKind kind);

// The pair that an explanation is about.
struct ExplainedPair {
  const matching::Taxonomy& taxonomy;
  // Of the sentences.
  Language language;
  const matching::PersonFeatures& person;
  const matching::RequirementFeatures& requirement;
};

// Scores and eligibility of a row; not whom it is about.
void FillVerdict(const matching::Match& verdict, v1::Match* match);
void FillVerdict(const matching::Match& verdict, v1::RankedRequirement* row);

// The lines of both sides.
void FillContributions(const ExplainedPair& pair,
                       const matching::Explanation& explanation,
                       v1::Match* match);

// A prerequisite that a person isn't known to satisfy: `satisfied` isn't kYes.
void FillMissing(const matching::Taxonomy& taxonomy, Language language,
                 const matching::Demand& prerequisite,
                 matching::Satisfied satisfied,
                 v1::MissingPrerequisite* missing);
// The same of a HARD one that an earlier step of a way gives.
void FillPrepared(const matching::Taxonomy& taxonomy, Language language,
                  const matching::Demand& prerequisite,
                  matching::Satisfied satisfied,
                  v1::PreparedPrerequisite* prepared);

// Id and Swedish label of a concept; both empty for one that the taxonomy
// doesn't have.
struct ConceptText {
  std::string id;
  std::string label;
};
ConceptText TextOf(const matching::Taxonomy& taxonomy,
                   matching::ConceptIndex index);

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_EXPLAINER_H_
