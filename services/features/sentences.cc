#include "services/features/sentences.h"

#include <cstddef>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "matching/constants.h"
#include "services/features/sentence_text.h"

namespace kugge::features {
namespace {

using matching::Demand;
using matching::DemandKind;
using matching::DemandLine;
using matching::Evidence;
using matching::Held;
using matching::LineReason;

// Room for nearly every sentence.
constexpr size_t kUsualBytes = 200;
constexpr const char* kCefr[] = {"", "A1", "A2", "B1", "B2", "C1", "C2"};

// What a sentence on a demand is about.
struct Subject {
  const Demand& asked;
  // What answers it, and how it is related; null for nothing.
  const Held* held = nullptr;
  matching::RelationKind relation = matching::RelationKind::kExact;
  matching::Thousandths credit = 0;
  // Whether the question is how well, not whether.
  bool asks_level = false;
};

// Fills the places of a sentence on a demand.
class DemandFiller {
 public:
  DemandFiller(const SentenceWords& words, const matching::Taxonomy& taxonomy,
               const Subject& subject)
      : words_(words),
        taxonomy_(taxonomy),
        subject_(subject),
        kind_(static_cast<size_t>(subject.asked.kind)),
        asked_name_(NameOf(words, taxonomy, subject.asked.concept_index)) {}

  std::string Write(absl::string_view frame) const {
    std::string text;
    text.reserve(kUsualBytes);
    Expand(
        frame,
        [this](absl::string_view place, std::string* out) {
          return Fill(place, out);
        },
        &text);
    return text;
  }

 private:
  bool Fill(absl::string_view place, std::string* out) const {
    if (place == "asked") {
      AppendAsked(out);
    } else if (place == "held") {
      AppendHeld(out);
    } else if (place == "credit") {
      AppendCredit(words_, subject_.credit, out);
    } else if (place == "section") {
      absl::StrAppend(out, words_.section[kind_]);
    } else if (place == "question") {
      AppendQuestion(out);
    } else {
      return false;
    }
    return true;
  }

  // A demand for a level of education in whatever field.
  bool AnyField() const {
    return subject_.asked.concept_index == matching::kNoConcept;
  }

  void AppendAsked(std::string* out) const {
    if (!asked_name_.empty()) {
      Expand(
          words_.asked[kind_],
          [this](absl::string_view place, std::string* to) {
            return AppendName(place, asked_name_, to);
          },
          out);
    } else {
      absl::StrAppend(out, AnyField() ? words_.asked_any_education
                                      : words_.asked_unlisted[kind_]);
    }
    Brackets brackets(out);
    if (subject_.asked.strength == matching::Strength::kHard) {
      absl::StrAppend(brackets.Next(), words_.required);
    }
    AddAtLeast(brackets);
  }

  void AppendQuestion(std::string* out) const {
    absl::string_view question =
        subject_.asks_level ? words_.ask_level[kind_] : words_.ask[kind_];
    if (asked_name_.empty() && !AnyField()) {
      question = words_.ask_unlisted;
    } else if (AnyField() && !subject_.asks_level) {
      question = words_.ask_any_education;
    }
    Expand(
        question,
        [this](absl::string_view place, std::string* to) {
          if (place != "at_least") return AppendName(place, asked_name_, to);
          Brackets brackets(to);
          AddAtLeast(brackets);
          return true;
        },
        out);
  }

  void AppendHeld(std::string* out) const {
    if (subject_.held == nullptr) return;
    const matching::ConceptIndex index = subject_.held->concept_index;
    const absl::string_view name = NameOf(words_, taxonomy_, index);
    absl::string_view text = words_.held[kind_];
    if (index == subject_.asked.concept_index && !AnyField()) {
      text = words_.held_same[kind_];
    } else if (name.empty()) {
      text = words_.held_education;
    }
    Expand(
        text,
        [this, name](absl::string_view place, std::string* to) {
          if (place != "told") return AppendName(place, name, to);
          Brackets brackets(to);
          AddTold(brackets);
          return true;
        },
        out);
    const absl::string_view relation =
        words_.relation[static_cast<size_t>(subject_.relation)];
    if (!relation.empty()) absl::StrAppend(out, ", ", relation);
  }

  void AddAtLeast(Brackets& brackets) const {
    if (subject_.asked.minimum_level > 0) {
      AppendLevel(words_.at_least[kind_], subject_.asked.minimum_level,
                  brackets.Next());
    }
    if (AsksEvidence()) {
      AddEvidence(subject_.asked.minimum_evidence, brackets);
    }
  }

  void AddTold(Brackets& brackets) const {
    if (subject_.held->level > 0) {
      AppendLevel(words_.held_level[kind_], subject_.held->level,
                  brackets.Next());
    } else if (subject_.asked.minimum_level > matching::kLowestLevel) {
      absl::StrAppend(brackets.Next(), words_.level_untold[kind_]);
    }
    if (AsksEvidence()) AddEvidence(subject_.held->evidence, brackets);
  }

  bool AsksEvidence() const {
    return subject_.asked.minimum_evidence != Evidence::kClaimed;
  }

  void AddEvidence(Evidence evidence, Brackets& brackets) const {
    absl::StrAppend(brackets.Next(),
                    words_.evidence[static_cast<size_t>(evidence)]);
  }

  void AppendLevel(absl::string_view text, matching::Level level,
                   std::string* out) const {
    Expand(
        text,
        [this, level](absl::string_view, std::string* to) {
          if (subject_.asked.kind == DemandKind::kLanguage &&
              level < std::size(kCefr)) {
            absl::StrAppend(to, kCefr[level]);
          } else if (subject_.asked.kind != DemandKind::kOccupation) {
            absl::StrAppend(to, level);
          } else if (level == 1) {
            absl::StrAppend(to, words_.one_month);
          } else {
            ExpandOne(words_.months, absl::StrCat(level), to);
          }
          return true;
        },
        out);
  }

  const SentenceWords& words_;
  const matching::Taxonomy& taxonomy_;
  const Subject& subject_;
  const size_t kind_;
  // Empty where none is asked for, and of one that the taxonomy doesn't have.
  const absl::string_view asked_name_;
};

const SentenceWords::Frames& FramesOf(const SentenceWords& words,
                                      const DemandLine& line) {
  switch (line.reason) {
    case LineReason::kToldShort:
      return words.told_short;
    case LineReason::kStatedLacking:
      return words.stated_lacking;
    case LineReason::kNotInComplete:
      return words.not_in_complete;
    case LineReason::kLevelUntold:
      return words.level_untold_frames;
    case LineReason::kNothingTold:
      return words.nothing_told;
    default:
      return line.outcome == matching::Outcome::kMet ? words.met : words.enough;
  }
}

// A kind that nothing is asked about.
std::string NotAsked(const SentenceWords& words, const DemandLine& line) {
  std::string text;
  Expand(
      words.demand_not_asked,
      [&](absl::string_view place, std::string* out) {
        if (place == "asked") {
          absl::StrAppend(out,
                          words.demand_name[static_cast<size_t>(line.kind)]);
          return true;
        }
        if (place != "credit") return false;
        AppendCredit(words, line.credit, out);
        return true;
      },
      &text);
  return text;
}

}  // namespace

std::string Sentences::OfDemand(
    const matching::PersonFeatures& person,
    const matching::RequirementFeatures& requirement,
    const DemandLine& line) const {
  if (line.reason == LineReason::kNotAsked) return NotAsked(words_, line);
  const Subject subject{
      .asked = requirement.demands[static_cast<size_t>(line.demand)],
      .held = line.held < 0 ? nullptr
                            : &person.sections[static_cast<size_t>(line.kind)]
                                   .held[static_cast<size_t>(line.held)],
      .relation = line.relation,
      .credit = line.credit,
      .asks_level = line.reason == LineReason::kLevelUntold};
  const SentenceWords::Frames& frames = FramesOf(words_, line);
  return DemandFiller(words_, taxonomy_, subject)
      .Write(subject.held == nullptr ? frames.none : frames.held);
}

std::string Sentences::OfCovered(const Demand& asked, bool covered) const {
  // Whether it refuses is each requirement's own affair.
  Demand soft = asked;
  soft.strength = matching::Strength::kSoft;
  return DemandFiller(words_, taxonomy_, {.asked = soft})
      .Write(covered ? words_.covered : words_.left);
}

std::string Sentences::OfMissing(const Demand& prerequisite,
                                 matching::Satisfied satisfied) const {
  return DemandFiller(words_, taxonomy_, {.asked = prerequisite})
      .Write(satisfied == matching::Satisfied::kNo
                 ? words_.prerequisite_refused
                 : words_.prerequisite_unknown);
}

}  // namespace kugge::features
