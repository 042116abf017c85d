// What a sentence says of a demand, a requirement's or a training's: what is
// asked, what is held, what to ask.
#ifndef KUGGE_SERVICES_FEATURES_DEMAND_TEXT_H_
#define KUGGE_SERVICES_FEATURES_DEMAND_TEXT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "matching/features.h"
#include "matching/taxonomy/taxonomy.h"
#include "matching/types.h"
#include "services/features/sentence_text.h"
#include "services/features/sentence_words.h"

namespace kugge::features {

// The same demand where no sentence is to call it required.
inline matching::Demand Soft(matching::Demand demand) {
  demand.strength = matching::Strength::kSoft;
  return demand;
}

// What a sentence on a demand is about.
struct DemandSubject {
  const matching::Demand& asked;
  // What answers it, and how it is related; null for nothing.
  const matching::Held* held = nullptr;
  matching::RelationKind relation = matching::RelationKind::kExact;
  matching::Thousandths credit = 0;
  // Whether the question is how well, not whether.
  bool asks_level = false;
};

// Fills the places of a sentence on a demand: {asked}, {taught}, {held},
// {credit}, {section}, {question}.
class DemandText {
 public:
  // `words`, `taxonomy` and what the subject refers to outlive it.
  DemandText(const SentenceWords& words, const matching::Taxonomy& taxonomy,
             const DemandSubject& subject);

  // `more` fills the places that no demand fills.
  std::string Write(absl::string_view frame, FillPlace more) const;
  std::string Write(absl::string_view frame) const;

 private:
  bool Fill(absl::string_view place, std::string* out) const;

  // A demand for a level of education in whatever field.
  bool AnyField() const {
    return subject_.asked.concept_index == matching::kNoConcept;
  }
  bool AsksEvidence() const {
    return subject_.asked.minimum_evidence != matching::Evidence::kClaimed;
  }

  // Without what is asked of it.
  void AppendAskedName(std::string* out) const;
  void AppendAsked(std::string* out) const;
  void AppendTaught(std::string* out) const;
  void AppendHeld(std::string* out) const;
  void AppendQuestion(std::string* out) const;
  void AddAtLeast(Brackets& brackets) const;
  void AddTold(Brackets& brackets) const;
  void AddEvidence(matching::Evidence evidence, Brackets& brackets) const;
  void AppendLevel(absl::string_view text, matching::Level level,
                   std::string* out) const;

  const SentenceWords& words_;
  const matching::Taxonomy& taxonomy_;
  const DemandSubject subject_;
  const size_t kind_;
  // Empty where none is asked for, and of one that the taxonomy doesn't have.
  const absl::string_view asked_name_;
};

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_DEMAND_TEXT_H_
