// Sentences on what a person wishes of a job.
#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/features/sentence_text.h"
#include "services/features/sentences.h"

namespace kugge::features {
namespace {

using matching::LineReason;
using matching::Outcome;
using matching::Satisfied;
using matching::WishKind;
using matching::WishLine;

constexpr size_t kUsualWishBytes = 200;

// What a sentence on a wish is about.
struct WishSubject {
  const matching::PersonFeatures& person;
  const matching::JobFacts& job;
  const WishLine& line;
};

// Fills the places of a sentence on a wish.
class WishFiller {
 public:
  WishFiller(const SentenceWords& words, const matching::Taxonomy& taxonomy,
             const WishSubject& subject)
      : words_(words),
        taxonomy_(taxonomy),
        wishes_(subject.person.wishes),
        home_(subject.person.home),
        job_(subject.job),
        line_(subject.line),
        kind_(static_cast<size_t>(subject.line.kind)) {}

  std::string Write() const {
    std::string text;
    text.reserve(kUsualWishBytes);
    Expand(
        Frame(),
        [this](absl::string_view place, std::string* out) {
          return Fill(place, out);
        },
        &text);
    return text;
  }

 private:
  absl::string_view Frame() const {
    if (line_.reason == LineReason::kFullyRemote) return words_.fully_remote;
    if (!line_.asked) return words_.wish_not_asked;
    if (line_.reason == LineReason::kRelocation) return words_.relocation;
    switch (line_.satisfied) {
      case Satisfied::kUnknown:
        return words_.wish_unknown;
      case Satisfied::kNo:
        return SaysNo() ? words_.wish_met : words_.wish_refused[kind_];
      case Satisfied::kYes:
        break;
    }
    if (line_.outcome == Outcome::kNotMet) return words_.wish_just;
    if (!IsOccupation() || line_.outcome == Outcome::kMet) {
      return words_.wish_met;
    }
    return IsSameOccupation() ? words_.wish_second : words_.wish_enough;
  }

  bool Fill(absl::string_view place, std::string* out) const {
    if (place == "asked") {
      AppendAsked(out);
    } else if (place == "job") {
      line_.satisfied == Satisfied::kUnknown ? AppendUntold(out)
                                             : AppendJob(out);
    } else if (place == "credit") {
      AppendCredit(words_, line_.credit, out);
    } else if (place == "question") {
      AppendQuestion(out);
    } else {
      return false;
    }
    return true;
  }

  // Whether what the job is says already that it isn't what is wanted.
  bool SaysNo() const {
    if (IsOccupation()) return !HasPair();
    return line_.kind == WishKind::kRemote &&
           job_.remote_percent.value_or(0) == 0;
  }

  bool IsOccupation() const { return line_.kind == WishKind::kOccupation; }
  // Whether a wanted occupation and one of the job are related.
  bool HasPair() const { return line_.wanted != matching::kNoConcept; }
  bool IsSameOccupation() const {
    return HasPair() && line_.wanted == line_.offered;
  }

  absl::string_view WantedName() const {
    return NameOf(words_, taxonomy_, line_.wanted);
  }

  // --- what the person wants ---

  void AppendAsked(std::string* out) const {
    if (IsOccupation() && !WantedName().empty()) {
      ExpandName(words_.wanted_occupation, WantedName(), out);
    } else {
      absl::StrAppend(out, words_.wish_name[kind_]);
    }
    if (!line_.asked) return;
    Brackets brackets(out);
    if (line_.strength == matching::Strength::kHard) {
      absl::StrAppend(brackets.Next(), words_.required);
    }
    if (!IsOccupation()) AppendWish(brackets.Next());
  }

  void AppendWish(std::string* out) const {
    std::string value;
    absl::string_view text = "{}";
    switch (line_.kind) {
      case WishKind::kOccupation:
        return;
      case WishKind::kDistance:
        text = words_.at_most_km;
        AppendKilometres(words_, wishes_.maximum_distance.value_or(0), &value);
        break;
      case WishKind::kHours:
        AppendPercents(words_, wishes_.minimum_hours_percent,
                       wishes_.maximum_hours_percent, &value);
        break;
      case WishKind::kShifts:
        AppendShifts(words_, wishes_.shifts, &value);
        break;
      case WishKind::kStart:
        text = words_.from_date;
        AppendDay(words_, wishes_.earliest_start, &value);
        break;
      case WishKind::kRemote:
        text = words_.at_least_percent;
        AppendPercents(words_, wishes_.minimum_remote_percent,
                       wishes_.minimum_remote_percent, &value);
        break;
    }
    ExpandOne(text, value, out);
  }

  // --- what the job is ---

  void AppendJob(std::string* out) const {
    std::string value;
    switch (line_.kind) {
      case WishKind::kOccupation:
        AppendJobOccupation(out);
        return;
      case WishKind::kDistance:
        AppendKilometres(words_, line_.distance, &value);
        ExpandOne(words_.job_distance, value, out);
        return;
      case WishKind::kHours:
        AppendPercents(words_, job_.minimum_hours_percent,
                       job_.maximum_hours_percent, &value);
        ExpandOne(words_.job_hours, value, out);
        return;
      case WishKind::kShifts:
        AppendShifts(words_, job_.shifts, &value);
        ExpandOne(words_.job_shifts, value, out);
        return;
      case WishKind::kStart:
        AppendJobStart(out);
        return;
      case WishKind::kRemote: {
        const int percent = job_.remote_percent.value_or(0);
        AppendPercents(words_, percent, percent, &value);
        ExpandOne(percent == 0 ? words_.job_not_remote : words_.job_remote,
                  value, out);
        return;
      }
    }
  }

  void AppendJobOccupation(std::string* out) const {
    const absl::string_view name = NameOf(words_, taxonomy_, line_.offered);
    if (IsSameOccupation()) {
      absl::StrAppend(out, words_.job_same_occupation);
    } else if (name.empty()) {
      absl::StrAppend(out, words_.job_other_occupation);
    } else {
      ExpandName(words_.job_occupation, name, out);
      absl::StrAppend(out, ", ",
                      words_.relation[static_cast<size_t>(line_.relation)]);
    }
  }

  void AppendJobStart(std::string* out) const {
    const bool from = job_.earliest_start != matching::kNoDay;
    const bool by = job_.latest_start != matching::kNoDay;
    // The window is half-open; people speak of its last day.
    const matching::Days last =
        by ? job_.latest_start - 1 : job_.earliest_start;
    absl::string_view text = words_.job_starts_between;
    if (!by) {
      text = words_.job_starts_from;
    } else if (!from) {
      text = words_.job_starts_by;
    } else if (last <= job_.earliest_start) {
      text = words_.job_starts_on;
    }
    Expand(
        text,
        [&](absl::string_view place, std::string* to) {
          AppendDay(words_, place == "from" ? job_.earliest_start : last, to);
          return true;
        },
        out);
  }

  // --- what isn't told ---

  bool LacksHome() const {
    return line_.kind == WishKind::kDistance && !home_.has_value();
  }

  void AppendUntold(std::string* out) const {
    absl::string_view text = words_.untold[kind_];
    if (LacksHome()) {
      text = job_.place.has_value() ? words_.untold_home : words_.untold_both;
    }
    absl::StrAppend(out, text);
  }

  void AppendQuestion(std::string* out) const {
    absl::string_view text = words_.ask_job[kind_];
    if (LacksHome()) {
      text = job_.place.has_value() ? words_.ask_home : words_.ask_both;
    }
    absl::StrAppend(out, text);
  }

  static void ExpandName(absl::string_view text, absl::string_view name,
                         std::string* out) {
    Expand(
        text,
        [name](absl::string_view place, std::string* to) {
          return AppendName(place, name, to);
        },
        out);
  }

  const SentenceWords& words_;
  const matching::Taxonomy& taxonomy_;
  const matching::Wishes& wishes_;
  const std::optional<matching::Point>& home_;
  const matching::JobFacts& job_;
  const WishLine& line_;
  const size_t kind_;
};

}  // namespace

std::string Sentences::OfWish(const matching::PersonFeatures& person,
                              const matching::RequirementFeatures& requirement,
                              const WishLine& line) const {
  return WishFiller(words_, taxonomy_, {person, requirement.facts, line})
      .Write();
}

}  // namespace kugge::features
