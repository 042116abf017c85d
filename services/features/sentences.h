// Lines of an explanation as one plain sentence each, for a person to read. The
// words are data, one table a language (sentence_words.h); here is decided what
// a sentence tells. One that ends in something to ask says so after a full
// stop: `Fråga: ...`, `Ask: ...`.
#ifndef KUGGE_SERVICES_FEATURES_SENTENCES_H_
#define KUGGE_SERVICES_FEATURES_SENTENCES_H_

#include <cstdint>
#include <string>

#include "matching/bridges.h"
#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/propose.h"
#include "matching/standing.h"
#include "matching/taxonomy/taxonomy.h"
#include "matching/types.h"
#include "services/features/sentence_words.h"

namespace kugge::features {

class Sentences {
 public:
  // `taxonomy` outlives it.
  Sentences(Language language, const matching::Taxonomy& taxonomy)
      : words_(WordsOf(language)), taxonomy_(taxonomy) {}

  // A line of matching::Explain on the two: what is asked, what is held, what
  // it gives, or what to ask the person.
  std::string OfDemand(const matching::PersonFeatures& person,
                       const matching::RequirementFeatures& requirement,
                       const matching::DemandLine& line) const;

  // The same of a wish: what the person wants, what the job is, what it gives,
  // or what to ask the employer (of a distance perhaps the person).
  std::string OfWish(const matching::PersonFeatures& person,
                     const matching::RequirementFeatures& requirement,
                     const matching::WishLine& line) const;

  // Whether a training gives what is asked for.
  std::string OfCovered(const matching::Demand& asked, bool covered) const;

  // Something that a training asks first. `satisfied` isn't kYes.
  std::string OfMissing(const matching::Demand& prerequisite,
                        matching::Satisfied satisfied) const;
  // The same of what an earlier step of a way gives.
  std::string OfPrepared(const matching::Demand& prerequisite,
                         matching::Satisfied satisfied) const;

  // A change of matching::WhatWouldHelp on the two: what would be otherwise,
  // and where the person would stand.
  std::string OfChange(const matching::PersonFeatures& person,
                       const matching::RequirementFeatures& requirement,
                       const matching::HelpfulChange& change) const;

  // How many people of an area aren't known to satisfy what is asked.
  std::string OfLacked(const matching::Demand& asked, uint64_t people) const;

  // What carries a refused occupation.
  std::string OfBridge(const matching::Bridge& bridge) const;

  // --- what a training is proposed to be ---
  std::string OfModule(const matching::ModuleProposal& proposal) const;
  // Of the `unlocked` people; whether it is to be asked of them.
  std::string OfPrerequisite(const matching::PrerequisiteProposal& prerequisite,
                             uint64_t unlocked) const;
  std::string OfUncovered(const matching::UncoveredProposal& uncovered) const;

 private:
  const SentenceWords& words_;
  const matching::Taxonomy& taxonomy_;
};

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_SENTENCES_H_
