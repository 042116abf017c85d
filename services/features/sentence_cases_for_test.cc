#include "services/features/sentence_cases_for_test.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace kugge::features {
namespace {

using matching::ConceptIndex;
using matching::ConceptKind;
using matching::ConceptRecord;
using matching::Demand;
using matching::DemandKind;
using matching::DemandLine;
using matching::Evidence;
using matching::Held;
using matching::LineReason;
using matching::Outcome;
using matching::RelationKind;
using matching::Satisfied;

constexpr std::array kReasons = {
    LineReason::kNone,          LineReason::kToldShort,
    LineReason::kLevelUntold,   LineReason::kNothingTold,
    LineReason::kStatedLacking, LineReason::kNotInComplete};
constexpr ConceptIndex kItTechnician = 12;
constexpr char kNothingHeld[] = ", nothing held";

// Of each kind what is asked for, then another. The last has no English label.
constexpr struct {
  ConceptKind kind;
  const char* label;
  const char* label_en;
} kConcepts[] = {
    {ConceptKind::kOccupationName, "Svetsare", "Welder"},
    {ConceptKind::kOccupationName, "Åkare", "Haulier"},
    {ConceptKind::kSkill, "TIG-svetsning", "TIG welding"},
    {ConceptKind::kSkill, "MIG-svetsning", "MIG welding"},
    {ConceptKind::kLanguage, "Svenska", "Swedish"},
    {ConceptKind::kLanguage, "Norska", "Norwegian"},
    {ConceptKind::kDrivingLicence, "B", "B"},
    {ConceptKind::kDrivingLicence, "CE", "CE"},
    {ConceptKind::kSkill, "Certifikat, heta arbeten", "Hot works certificate"},
    {ConceptKind::kSkill, "Svetsarprövning", "Welder qualification"},
    {ConceptKind::kSunEducationField3, "Maskinteknik",
     "Mechanical engineering"},
    {ConceptKind::kSunEducationField3, "Elektronik", "Electronics"},
    {ConceptKind::kOccupationName, "IT-tekniker", ""},
};

std::vector<ConceptRecord> Concepts() {
  std::vector<ConceptRecord> concepts;
  for (const auto& [kind, label, label_en] : kConcepts) {
    ConceptRecord record;
    // Ids sort in the order of the rows, as do the indices.
    const char letter = static_cast<char>('a' + concepts.size());
    record.id = absl::StrCat("aaaa_aaa_aa", std::string(1, letter));
    record.kind = kind;
    record.label = label;
    record.label_en = label_en;
    concepts.push_back(std::move(record));
  }
  return concepts;
}

std::string ReasonName(LineReason reason, Outcome outcome) {
  switch (reason) {
    case LineReason::kToldShort:
      return "told short";
    case LineReason::kLevelUntold:
      return "level untold";
    case LineReason::kNothingTold:
      return "nothing told";
    case LineReason::kStatedLacking:
      return "stated lacking";
    case LineReason::kNotInComplete:
      return "not in a complete section";
    default:
      return outcome == Outcome::kMet ? "met" : "partly, and satisfied";
  }
}

// Of such a demand, enough of it but where the reason says otherwise.
Held HeldOf(DemandKind kind, ConceptIndex index, LineReason reason) {
  constexpr matching::Level kEnough[] = {30, 4, 5, 0, 0, 6};
  constexpr matching::Level kShort[] = {1, 2, 2, 0, 0, 4};
  const auto i = static_cast<size_t>(kind);
  switch (reason) {
    case LineReason::kToldShort:
      return {.concept_index = index, .level = kShort[i]};
    case LineReason::kLevelUntold:
      return {.concept_index = index, .evidence = Evidence::kCertified};
    default:
      return {.concept_index = index,
              .level = kEnough[i],
              .evidence = Evidence::kCertified};
  }
}

Satisfied SatisfiedOf(LineReason reason) {
  switch (reason) {
    case LineReason::kLevelUntold:
    case LineReason::kNothingTold:
      return Satisfied::kUnknown;
    case LineReason::kNone:
      return Satisfied::kYes;
    default:
      return Satisfied::kNo;
  }
}

matching::Thousandths CreditOf(Outcome outcome, RelationKind relation) {
  if (outcome == Outcome::kMet) return matching::kFullCredit;
  if (outcome != Outcome::kPartly) return 0;
  return relation == RelationKind::kRelated ? matching::kMaxRelatedCredit : 750;
}

// Whether a line can be so: see docs/scoring.md, 1.3 and 1.4.
bool CanBe(LineReason reason, Outcome outcome, bool held,
           RelationKind relation) {
  const bool always_satisfies = relation == RelationKind::kExact ||
                                relation == RelationKind::kNarrower ||
                                relation == RelationKind::kIncludes;
  switch (reason) {
    case LineReason::kNone:
      return held &&
             (outcome == Outcome::kPartly || relation == RelationKind::kExact ||
              relation == RelationKind::kIncludes);
    case LineReason::kToldShort:
    case LineReason::kLevelUntold:
      return held;
    default:
      return !held || !always_satisfies;
  }
}

}  // namespace

std::string DemandKindName(DemandKind kind) {
  constexpr const char* kNames[] = {"occupation", "skill",         "language",
                                    "licence",    "authorisation", "education"};
  return kNames[static_cast<size_t>(kind)];
}

Demand FullDemand(DemandKind kind) {
  // Months, 1-5, CEFR, none, none, EQF.
  constexpr matching::Level kLevels[] = {12, 3, 4, 0, 0, 5};
  return {.kind = kind,
          .concept_index = AskedConcept(kind),
          .minimum_level = kLevels[static_cast<size_t>(kind)],
          .minimum_evidence = kind == DemandKind::kAuthorisation
                                  ? Evidence::kCertified
                                  : Evidence::kClaimed,
          .strength = matching::Strength::kHard};
}

SentenceCases::SentenceCases()
    : taxonomy_(matching::Taxonomy::FromConcepts("test", Concepts())) {}

SentenceCase SentenceCases::Written(
    const std::string& name,
    const std::function<std::string(const Sentences&)>& write,
    bool asks) const {
  SentenceCase written{.name = name, .asks = asks};
  for (const Language language : kLanguages) {
    written.sentences.push_back(write(Sentences(language, *taxonomy_)));
  }
  return written;
}

SentenceCase SentenceCases::OfDemand(const std::string& name,
                                     const Demand& demand,
                                     const std::vector<Held>& held,
                                     DemandLine line) const {
  matching::PersonFeatures person;
  person.sections[static_cast<size_t>(demand.kind)].held = held;
  matching::RequirementFeatures requirement;
  requirement.demands = {demand};
  line.kind = demand.kind;
  line.strength = demand.strength;
  line.demand = 0;
  line.held = held.empty() ? -1 : 0;
  line.satisfied = SatisfiedOf(line.reason);
  return Written(
      name,
      [&](const Sentences& sentences) {
        return sentences.OfDemand(person, requirement, line);
      },
      line.satisfied == Satisfied::kUnknown);
}

SentenceCases::Cases SentenceCases::OfReason(DemandKind kind, LineReason reason,
                                             Outcome outcome) const {
  Cases cases;
  const std::string name =
      absl::StrCat(DemandKindName(kind), ", ", ReasonName(reason, outcome));
  for (size_t i = 0; i < std::size(matching::kRelationCredit); ++i) {
    const auto relation = static_cast<RelationKind>(i);
    const ConceptIndex held = relation == RelationKind::kExact
                                  ? AskedConcept(kind)
                                  : OtherConcept(kind);
    cases.push_back(
        OfDemand(absl::StrCat(name, ", ", matching::RelationKindName(relation)),
                 FullDemand(kind), {HeldOf(kind, held, reason)},
                 {.credit = CreditOf(outcome, relation),
                  .outcome = outcome,
                  .reason = reason,
                  .relation = relation}));
  }
  cases.push_back(OfDemand(
      absl::StrCat(name, kNothingHeld), FullDemand(kind), {},
      {.outcome = outcome == Outcome::kPartly ? Outcome::kNotMet : outcome,
       .reason = reason}));
  return cases;
}

std::vector<SentenceCase> SentenceCases::EveryDemand() const {
  Cases all;
  for (const DemandKind kind : kDemandKinds) {
    for (const LineReason reason : kReasons) {
      for (const Outcome outcome : {Outcome::kMet, Outcome::kPartly,
                                    Outcome::kNotMet, Outcome::kUnknown}) {
        std::ranges::move(OfReason(kind, reason, outcome),
                          std::back_inserter(all));
      }
    }
  }
  return all;
}

SentenceCases::Cases SentenceCases::OfKind(DemandKind kind) const {
  Cases cases;
  for (const LineReason reason : kReasons) {
    // What a reason says it says whatever the outcome; without one the outcome
    // decides.
    for (const Outcome outcome : {Outcome::kMet, Outcome::kPartly}) {
      if (reason != LineReason::kNone && outcome == Outcome::kMet) continue;
      Cases of_reason = OfReason(kind, reason, outcome);
      for (size_t i = 0; i < of_reason.size(); ++i) {
        const bool held = !absl::EndsWith(of_reason[i].name, kNothingHeld);
        if (CanBe(reason, outcome, held, static_cast<RelationKind>(i))) {
          cases.push_back(std::move(of_reason[i]));
        }
      }
    }
  }
  cases.push_back(Written(
      absl::StrCat(DemandKindName(kind), ", not asked"),
      [kind](const Sentences& sentences) {
        return sentences.OfDemand(
            {}, {},
            {.kind = kind, .credit = 500, .reason = LineReason::kNotAsked});
      }));
  return cases;
}

// Levels and evidence in words, demands that are SOFT.
SentenceCases::Cases SentenceCases::OfQualities() const {
  const DemandLine met{.credit = 1000, .outcome = Outcome::kMet};
  const DemandLine untold{.outcome = Outcome::kUnknown,
                          .reason = LineReason::kNothingTold};
  const ConceptIndex skill = AskedConcept(DemandKind::kSkill);
  const Demand soft{.concept_index = skill};
  Cases cases = {
      OfDemand("soft, no level", soft, {{.concept_index = skill}}, met),
      OfDemand("soft, nothing told", soft, {}, untold),
  };
  for (const Evidence asked :
       {Evidence::kEvidenced, Evidence::kValidated, Evidence::kCertified}) {
    const auto held = static_cast<Evidence>(static_cast<int>(asked) - 1);
    const std::string name = absl::StrCat("evidence ", static_cast<int>(asked));
    const Demand demand{.concept_index = skill, .minimum_evidence = asked};
    cases.push_back(
        OfDemand(absl::StrCat(name, ", one less"), demand,
                 {{.concept_index = skill, .level = 5, .evidence = held}},
                 {.credit = 666,
                  .outcome = Outcome::kPartly,
                  .reason = LineReason::kToldShort}));
    cases.push_back(
        OfDemand(absl::StrCat(name, ", nothing told"), demand, {}, untold));
  }
  const ConceptIndex language = AskedConcept(DemandKind::kLanguage);
  for (matching::Level level = 1; level <= 6; ++level) {
    cases.push_back(OfDemand(absl::StrCat("language level ", level),
                             {.kind = DemandKind::kLanguage,
                              .concept_index = language,
                              .minimum_level = level},
                             {{.concept_index = language, .level = level}},
                             met));
  }
  const Demand one_month{.kind = DemandKind::kOccupation,
                         .concept_index = kItTechnician,
                         .minimum_level = 1};
  cases.push_back(OfDemand("one month, no English label", one_month,
                           {{.concept_index = kItTechnician, .level = 1}},
                           met));
  cases.push_back(OfDemand("one month, no English label, nothing told",
                           one_month, {}, untold));
  return cases;
}

// Education asked for in any field, and held in one that isn't told.
SentenceCases::Cases SentenceCases::OfEducation() const {
  const DemandLine met{.credit = 1000, .outcome = Outcome::kMet};
  const DemandLine untold{.outcome = Outcome::kUnknown,
                          .reason = LineReason::kNothingTold};
  const Demand any{.kind = DemandKind::kEducation, .minimum_level = 5};
  const ConceptIndex field = OtherConcept(DemandKind::kEducation);
  return {
      OfDemand("any field, one held", any,
               {{.concept_index = field, .level = 6}}, met),
      OfDemand("any field, held in none that is told", any, {{.level = 6}},
               met),
      OfDemand("any field, level untold", any, {Held{}},
               {.credit = 200,
                .outcome = Outcome::kPartly,
                .reason = LineReason::kLevelUntold}),
      OfDemand("any field, nothing told", any, {}, untold),
      OfDemand("any field, no level, nothing told",
               {.kind = DemandKind::kEducation}, {}, untold),
  };
}

// Concepts that the taxonomy in force doesn't have.
SentenceCases::Cases SentenceCases::OfUnlisted() const {
  Cases cases;
  for (const DemandKind kind : kDemandKinds) {
    Demand demand = FullDemand(kind);
    demand.concept_index = kUnlistedConcept;
    const std::string name =
        absl::StrCat(DemandKindName(kind), " outside the taxonomy");
    cases.push_back(OfDemand(
        name, demand, {HeldOf(kind, kUnlistedConcept, LineReason::kNone)},
        {.credit = 1000, .outcome = Outcome::kMet}));
    cases.push_back(OfDemand(
        absl::StrCat(name, ", nothing told"), demand, {},
        {.outcome = Outcome::kUnknown, .reason = LineReason::kNothingTold}));
  }
  return cases;
}

std::vector<SentenceCase> SentenceCases::All() const {
  Cases all;
  const auto add = [&all](Cases cases) {
    std::ranges::move(cases, std::back_inserter(all));
  };
  for (const DemandKind kind : kDemandKinds) add(OfKind(kind));
  add(OfQualities());
  add(OfEducation());
  add(OfUnlisted());
  add(OfWishes());
  for (const DemandKind kind : kDemandKinds) add(OfTraining(kind));
  add(OfChanges());
  add(OfBridges());
  for (const DemandKind kind : kDemandKinds) add(OfNeed(kind));
  add(OfModules());
  add(OfUncovered());
  return all;
}

}  // namespace kugge::features
