// Sentences on single changes that would help, and on what carries a refused
// occupation.
#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/features/demand_text.h"
#include "services/features/sentence_text.h"
#include "services/features/sentences.h"

namespace kugge::features {
namespace {

using matching::ChangeKind;
using matching::Demand;
using matching::DemandKind;
using matching::Eligibility;
using matching::HelpfulChange;
using matching::WishKind;

// What a sentence on a change is about.
struct ChangeSubject {
  const matching::Wishes& wishes;
  const matching::JobFacts& job;
  const HelpfulChange& change;
};

WishKind WishOf(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kHours:
      return WishKind::kHours;
    case ChangeKind::kShifts:
      return WishKind::kShifts;
    case ChangeKind::kRemote:
      return WishKind::kRemote;
    case ChangeKind::kStart:
      return WishKind::kStart;
    default:
      return WishKind::kDistance;
  }
}

absl::string_view ChangeFrame(const SentenceWords& words,
                              const ChangeSubject& subject) {
  const ChangeKind kind = subject.change.kind;
  if (kind == ChangeKind::kRemote &&
      subject.job.remote_percent.value_or(0) == 0) {
    return words.change_on_site;
  }
  return words.change[static_cast<size_t>(kind)];
}

void AppendResult(const SentenceWords& words, const HelpfulChange& change,
                  std::string* out) {
  absl::string_view text = words.change_in_no_list;
  if (change.rank > 0) {
    text = change.match.eligibility == Eligibility::kEligible
               ? words.change_eligible
               : words.change_uncertain;
  }
  ExpandOne(text, absl::StrCat(change.rank), out);
}

// What the person, or the job, would be.
bool AppendChanged(const SentenceWords& words, const ChangeSubject& subject,
                   absl::string_view place, std::string* out) {
  const matching::Wishes& wishes = subject.wishes;
  const matching::JobFacts& job = subject.job;
  if (place == "distance_km") {
    AppendKilometres(
        words, wishes.maximum_distance.value_or(0) + matching::kStepFurther,
        out);
  } else if (place == "percents") {
    if (subject.change.kind == ChangeKind::kHours) {
      AppendPercents(words, job.minimum_hours_percent,
                     job.maximum_hours_percent, out);
    } else {
      const int percent = job.remote_percent.value_or(0);
      AppendPercents(words, percent, percent, out);
    }
  } else if (place == "shifts") {
    // Those that the person didn't accept.
    AppendShifts(words,
                 static_cast<matching::ShiftSet>(job.shifts & ~wishes.shifts),
                 out);
  } else if (place == "date") {
    AppendDay(words, wishes.earliest_start, out);
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::string Sentences::OfChange(
    const matching::PersonFeatures& person,
    const matching::RequirementFeatures& requirement,
    const HelpfulChange& change) const {
  const ChangeSubject subject{person.wishes, requirement.facts, change};
  const absl::string_view frame = ChangeFrame(words_, subject);
  if (change.kind == ChangeKind::kDemand) {
    return DemandText(words_, taxonomy_,
                      {.asked = requirement.demands[change.demand]})
        .Write(frame, [&](absl::string_view place, std::string* out) {
          if (place != "result") return false;
          AppendResult(words_, change, out);
          return true;
        });
  }
  std::string text;
  Expand(
      frame,
      [&](absl::string_view place, std::string* out) {
        if (place == "asked") {
          absl::StrAppend(
              out, words_.wish_name[static_cast<size_t>(WishOf(change.kind))]);
        } else if (place == "result") {
          AppendResult(words_, change, out);
        } else {
          return AppendChanged(words_, subject, place, out);
        }
        return true;
      },
      &text);
  return text;
}

std::string Sentences::OfBridge(const matching::Bridge& bridge) const {
  const Demand asked{.kind = DemandKind::kOccupation,
                     .concept_index = bridge.asked};
  const matching::Held held{.concept_index = bridge.held};
  const DemandText demand(
      words_, taxonomy_,
      {.asked = asked, .held = &held, .relation = bridge.relation});
  if (!bridge.wanted) return demand.Write(words_.bridge);
  const auto append_name = [this](absl::string_view text,
                                  matching::ConceptIndex index,
                                  std::string* out) {
    const absl::string_view name = NameOf(words_, taxonomy_, index);
    Expand(
        text,
        [name](absl::string_view place, std::string* to) {
          return AppendName(place, name, to);
        },
        out);
  };
  std::string text;
  Expand(
      words_.bridge_wanted,
      [&](absl::string_view place, std::string* out) {
        if (place == "asked") {
          append_name(words_.wanted_occupation, bridge.asked, out);
        } else {
          append_name(words_.job_occupation, bridge.held, out);
          absl::StrAppend(
              out, ", ", words_.relation[static_cast<size_t>(bridge.relation)]);
        }
        return true;
      },
      &text);
  return text;
}

}  // namespace kugge::features
