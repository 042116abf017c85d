#include "services/features/demand_text.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "matching/constants.h"

namespace kugge::features {
namespace {

using matching::DemandKind;
using matching::Evidence;

// Room for nearly every sentence.
constexpr size_t kUsualBytes = 200;
constexpr const char* kCefr[] = {"", "A1", "A2", "B1", "B2", "C1", "C2"};

}  // namespace

DemandText::DemandText(const SentenceWords& words,
                       const matching::Taxonomy& taxonomy,
                       const DemandSubject& subject)
    : words_(words),
      taxonomy_(taxonomy),
      subject_(subject),
      kind_(static_cast<size_t>(subject.asked.kind)),
      asked_name_(NameOf(words, taxonomy, subject.asked.concept_index)) {}

std::string DemandText::Write(absl::string_view frame, FillPlace more) const {
  std::string text;
  text.reserve(kUsualBytes);
  Expand(
      frame,
      [this, more](absl::string_view place, std::string* out) {
        return Fill(place, out) || more(place, out);
      },
      &text);
  return text;
}

std::string DemandText::Write(absl::string_view frame) const {
  return Write(frame, [](absl::string_view, std::string*) { return false; });
}

bool DemandText::Fill(absl::string_view place, std::string* out) const {
  if (place == "asked") {
    AppendAsked(out);
  } else if (place == "taught") {
    AppendTaught(out);
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

void DemandText::AppendAskedName(std::string* out) const {
  if (asked_name_.empty()) {
    absl::StrAppend(out, AnyField() ? words_.asked_any_education
                                    : words_.asked_unlisted[kind_]);
    return;
  }
  Expand(
      words_.asked[kind_],
      [this](absl::string_view place, std::string* to) {
        return AppendName(place, asked_name_, to);
      },
      out);
}

void DemandText::AppendAsked(std::string* out) const {
  AppendAskedName(out);
  Brackets brackets(out);
  if (subject_.asked.strength == matching::Strength::kHard) {
    absl::StrAppend(brackets.Next(), words_.required);
  }
  AddAtLeast(brackets);
}

void DemandText::AppendTaught(std::string* out) const {
  AppendAskedName(out);
  Brackets brackets(out);
  if (subject_.asked.minimum_level > 0) {
    AppendLevel(words_.held_level[kind_], subject_.asked.minimum_level,
                brackets.Next());
  }
  if (AsksEvidence()) AddEvidence(subject_.asked.minimum_evidence, brackets);
}

void DemandText::AppendQuestion(std::string* out) const {
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

void DemandText::AppendHeld(std::string* out) const {
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

void DemandText::AddAtLeast(Brackets& brackets) const {
  if (subject_.asked.minimum_level > 0) {
    AppendLevel(words_.at_least[kind_], subject_.asked.minimum_level,
                brackets.Next());
  }
  if (AsksEvidence()) {
    AddEvidence(subject_.asked.minimum_evidence, brackets);
  }
}

void DemandText::AddTold(Brackets& brackets) const {
  if (subject_.held->level > 0) {
    AppendLevel(words_.held_level[kind_], subject_.held->level,
                brackets.Next());
  } else if (subject_.asked.minimum_level > matching::kLowestLevel) {
    absl::StrAppend(brackets.Next(), words_.level_untold[kind_]);
  }
  if (AsksEvidence()) AddEvidence(subject_.held->evidence, brackets);
}

void DemandText::AddEvidence(Evidence evidence, Brackets& brackets) const {
  absl::StrAppend(brackets.Next(),
                  words_.evidence[static_cast<size_t>(evidence)]);
}

void DemandText::AppendLevel(absl::string_view text, matching::Level level,
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

}  // namespace kugge::features
