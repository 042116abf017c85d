// Sentences on what trainings give and ask first, what an area lacks, and what
// a proposed training is made of.
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/features/sentence_cases_for_test.h"

namespace kugge::features {
namespace {

using matching::Demand;
using matching::DemandKind;
using matching::Evidence;
using matching::Satisfied;

// What a module that satisfies the demand gives.
matching::Gain GainToward(const Demand& demand, bool awarded) {
  return {.section = demand.kind,
          .concept_index = demand.concept_index,
          .level = demand.minimum_level,
          .evidence = awarded ? Evidence::kCertified : Evidence::kEvidenced};
}

}  // namespace

SentenceCases::Cases SentenceCases::OfTraining(DemandKind kind) const {
  Cases cases;
  for (const bool covered : {true, false}) {
    cases.push_back(Written(absl::StrCat("training, ", DemandKindName(kind),
                                         covered ? ", covered" : ", left"),
                            [&](const Sentences& sentences) {
                              return sentences.OfCovered(FullDemand(kind),
                                                         covered);
                            }));
  }
  for (const Satisfied satisfied : {Satisfied::kNo, Satisfied::kUnknown}) {
    const bool asks = satisfied == Satisfied::kUnknown;
    cases.push_back(Written(
        absl::StrCat("training asks first, ", DemandKindName(kind),
                     asks ? ", unknown" : ", no"),
        [&](const Sentences& sentences) {
          return sentences.OfMissing(FullDemand(kind), satisfied);
        },
        asks));
  }
  return cases;
}

// The same of an earlier step's gift, of an area, and of a proposed training.
SentenceCases::Cases SentenceCases::OfNeed(DemandKind kind) const {
  const Demand demand = FullDemand(kind);
  const std::string name = DemandKindName(kind);
  Cases cases;
  for (const Satisfied satisfied : {Satisfied::kNo, Satisfied::kUnknown}) {
    const bool asks = satisfied == Satisfied::kUnknown;
    cases.push_back(Written(
        absl::StrCat("an earlier step gives, ", name,
                     asks ? ", unknown" : ", no"),
        [&](const Sentences& sentences) {
          return sentences.OfPrepared(demand, satisfied);
        },
        asks));
  }
  for (const uint64_t people : {0, 1, 12}) {
    cases.push_back(Written(absl::StrCat("area lacks, ", name, ", ", people),
                            [&](const Sentences& sentences) {
                              return sentences.OfLacked(demand, people);
                            }));
  }
  for (const bool proposed : {true, false}) {
    cases.push_back(Written(
        absl::StrCat("proposed training asks first, ", name,
                     proposed ? ", proposed" : ", not proposed"),
        [&](const Sentences& sentences) {
          return sentences.OfPrerequisite({.demand = demand,
                                           .people = proposed ? 19u : 3u,
                                           .proposed = proposed},
                                          20);
        }));
  }
  for (const bool awarded : {false, true}) {
    const matching::ModuleProposal module{.gain = GainToward(demand, awarded),
                                          .weeks = 4,
                                          .weeks_from_offerings = 3,
                                          .adds_positions = 5,
                                          .adds_pairs = 8,
                                          .requirements = 7};
    cases.push_back(Written(
        absl::StrCat("module, ", name, awarded ? ", awarded" : ", taught"),
        [&](const Sentences& sentences) {
          return sentences.OfModule(module);
        }));
  }
  cases.push_back(Written(absl::StrCat("uncovered, ", name),
                          [&](const Sentences& sentences) {
                            return sentences.OfUncovered({.demand = demand,
                                                          .requirements = 4,
                                                          .positions = 6,
                                                          .pairs = 5,
                                                          .weeks = 3});
                          }));
  return cases;
}

// One of everything, nothing of everything, and no level.
SentenceCases::Cases SentenceCases::OfModules() const {
  const matching::Gain gain =
      GainToward({.concept_index = AskedConcept(DemandKind::kSkill)}, false);
  const struct {
    const char* name;
    matching::ModuleProposal subject;
  } modules[] = {
      {"one of each",
       {.weeks = 1,
        .weeks_from_offerings = 1,
        .adds_positions = 1,
        .adds_pairs = 1,
        .requirements = 1}},
      {"estimated",
       {.weeks = 2, .adds_positions = 2, .adds_pairs = 2, .requirements = 2}},
      {"more to choose from",
       {.weeks = 2,
        .weeks_from_offerings = 2,
        .adds_pairs = 9,
        .requirements = 2}},
      {"only with a later one",
       {.weeks = 2, .weeks_from_offerings = 2, .requirements = 2}},
  };
  Cases cases;
  for (const auto& [name, subject] : modules) {
    matching::ModuleProposal module = subject;
    module.gain = gain;
    cases.push_back(Written(absl::StrCat("module, ", name),
                            [&](const Sentences& sentences) {
                              return sentences.OfModule(module);
                            }));
  }
  for (const bool proposed : {true, false}) {
    cases.push_back(
        Written(absl::StrCat("proposed training asks first, of one person, ",
                             proposed ? "proposed" : "not proposed"),
                [&](const Sentences& sentences) {
                  return sentences.OfPrerequisite(
                      {.demand = FullDemand(DemandKind::kLicence),
                       .people = proposed ? 1u : 0u,
                       .proposed = proposed},
                      1);
                }));
  }
  return cases;
}

// One of everything, nothing of everything, and what can't be learnt.
SentenceCases::Cases SentenceCases::OfUncovered() const {
  const Demand occupation = FullDemand(DemandKind::kOccupation);
  const struct {
    const char* name;
    matching::UncoveredProposal subject;
  } uncovered[] = {
      {"one of each",
       {.demand = occupation,
        .requirements = 1,
        .positions = 1,
        .pairs = 1,
        .weeks = 1}},
      {"never alone",
       {.demand = occupation, .requirements = 2, .positions = 0, .weeks = 2}},
      {"not to be learnt",
       {.demand = occupation, .requirements = 2, .positions = 3, .pairs = 2}},
  };
  Cases cases;
  for (const auto& one : uncovered) {
    cases.push_back(Written(absl::StrCat("uncovered, ", one.name),
                            [&](const Sentences& sentences) {
                              return sentences.OfUncovered(one.subject);
                            }));
  }
  return cases;
}

}  // namespace kugge::features
