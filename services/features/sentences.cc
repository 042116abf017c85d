#include "services/features/sentences.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "services/features/demand_text.h"
#include "services/features/sentence_text.h"

namespace kugge::features {
namespace {

using matching::DemandLine;
using matching::LineReason;

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
  const DemandSubject subject{
      .asked = requirement.demands[static_cast<size_t>(line.demand)],
      .held = line.held < 0 ? nullptr
                            : &person.sections[static_cast<size_t>(line.kind)]
                                   .held[static_cast<size_t>(line.held)],
      .relation = line.relation,
      .credit = line.credit,
      .asks_level = line.reason == LineReason::kLevelUntold};
  const SentenceWords::Frames& frames = FramesOf(words_, line);
  return DemandText(words_, taxonomy_, subject)
      .Write(subject.held == nullptr ? frames.none : frames.held);
}

}  // namespace kugge::features
