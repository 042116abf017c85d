// Every sentence there is, each with the name it has in the golden file.
#ifndef KUGGE_SERVICES_FEATURES_SENTENCE_CASES_FOR_TEST_H_
#define KUGGE_SERVICES_FEATURES_SENTENCE_CASES_FOR_TEST_H_

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/standing.h"
#include "matching/taxonomy/taxonomy.h"
#include "services/features/sentences.h"

namespace kugge::features {

struct SentenceCase {
  std::string name;
  // By kLanguages.
  std::vector<std::string> sentences{};
  // Whether it must end in something to ask.
  bool asks = false;
};

// A demand's concept by kind, and another of the kind; one that the taxonomy
// doesn't have.
inline matching::ConceptIndex AskedConcept(matching::DemandKind kind) {
  return 2 * static_cast<matching::ConceptIndex>(kind);
}
inline matching::ConceptIndex OtherConcept(matching::DemandKind kind) {
  return AskedConcept(kind) + 1;
}
inline constexpr matching::ConceptIndex kUnlistedConcept = 1'000;

inline constexpr std::array kDemandKinds = {
    matching::DemandKind::kOccupation,    matching::DemandKind::kSkill,
    matching::DemandKind::kLanguage,      matching::DemandKind::kLicence,
    matching::DemandKind::kAuthorisation, matching::DemandKind::kEducation};
std::string DemandKindName(matching::DemandKind kind);
// A HARD demand that asks all that its kind can.
matching::Demand FullDemand(matching::DemandKind kind);

class SentenceCases {
 public:
  SentenceCases();

  // All that an answer can hold: the golden file.
  std::vector<SentenceCase> All() const;
  // Every kind of demand with every reason, outcome and relation, and with
  // nothing held; also what never comes together.
  std::vector<SentenceCase> EveryDemand() const;

  // One line on `demand`; the first of `held`, if any, is what it shows.
  SentenceCase OfDemand(const std::string& name, const matching::Demand& demand,
                        const std::vector<matching::Held>& held,
                        matching::DemandLine line) const;

 private:
  using Cases = std::vector<SentenceCase>;

  SentenceCase Written(
      const std::string& name,
      const std::function<std::string(const Sentences&)>& write,
      bool asks = false) const;
  // With each relation, then with nothing held.
  Cases OfReason(matching::DemandKind kind, matching::LineReason reason,
                 matching::Outcome outcome) const;
  Cases OfKind(matching::DemandKind kind) const;
  Cases OfQualities() const;
  Cases OfEducation() const;
  Cases OfUnlisted() const;

  // course_sentence_cases_for_test.cc
  Cases OfTraining(matching::DemandKind kind) const;
  Cases OfNeed(matching::DemandKind kind) const;
  Cases OfModules() const;
  Cases OfUncovered() const;

  // change_sentence_cases_for_test.cc
  Cases OfChanges() const;
  Cases OfBridges() const;
  Cases OfResults(const std::string& name,
                  const matching::RequirementFeatures& requirement,
                  matching::HelpfulChange change) const;

  // wish_sentence_cases_for_test.cc
  Cases OfWishes() const;
  Cases OfWantedOccupation(matching::Strength strength) const;
  Cases OfPlainWishes() const;
  Cases OfDistance() const;
  SentenceCase OfWish(const std::string& name, const matching::JobFacts& facts,
                      const matching::WishLine& line, bool home = true) const;

  const std::unique_ptr<const matching::Taxonomy> taxonomy_;
};

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_SENTENCE_CASES_FOR_TEST_H_
