// Sentences on what trainings give and ask first, what an area lacks, and what
// a proposed training is made of.
#include <string>

#include "absl/strings/str_cat.h"
#include "services/features/demand_text.h"
#include "services/features/sentence_text.h"
#include "services/features/sentences.h"

namespace kugge::features {
namespace {

using matching::Demand;
using matching::ModuleProposal;
using matching::PrerequisiteProposal;
using matching::UncoveredProposal;

// What a module adds to those before it.
void AppendGain(const SentenceWords& words, const ModuleProposal& proposal,
                std::string* out) {
  absl::string_view text = words.module_with_later;
  if (proposal.adds_positions > 0) {
    text = words.module_fills;
  } else if (proposal.adds_pairs > 0) {
    text = words.module_choice;
  }
  Expand(
      text,
      [&](absl::string_view place, std::string* to) {
        if (place == "positions") {
          AppendCount(words.module_positions, proposal.adds_positions, to);
        } else {
          AppendCount(words.module_pairs, proposal.adds_pairs, to);
        }
        return true;
      },
      out);
}

bool AppendOfModule(const SentenceWords& words, const ModuleProposal& proposal,
                    absl::string_view place, std::string* out) {
  if (place == "weeks") {
    AppendCount(words.weeks, proposal.weeks, out);
  } else if (place == "jobs") {
    AppendCount(words.module_jobs, proposal.requirements, out);
  } else if (place == "gain") {
    AppendGain(words, proposal, out);
  } else if (place != "basis") {
    return false;
  } else if (proposal.weeks_from_offerings == 0) {
    absl::StrAppend(out, words.module_estimated);
  } else {
    AppendCount(words.module_basis, proposal.weeks_from_offerings, out);
  }
  return true;
}

bool AppendOfUncovered(const SentenceWords& words,
                       const UncoveredProposal& uncovered,
                       absl::string_view place, std::string* out) {
  if (place == "jobs") {
    AppendCount(words.uncovered_jobs, uncovered.requirements, out);
  } else if (place == "positions") {
    AppendCount(words.uncovered_positions, uncovered.positions, out);
  } else if (place == "pairs") {
    if (uncovered.pairs == 0) {
      absl::StrAppend(out, words.uncovered_never_alone);
    } else {
      AppendCount(words.uncovered_pairs, uncovered.pairs, out);
    }
  } else if (place != "learning") {
    return false;
  } else if (uncovered.weeks == 0) {
    absl::StrAppend(out, words.uncovered_unlearnable);
  } else {
    AppendCount(words.uncovered_weeks, uncovered.weeks, out);
  }
  return true;
}

}  // namespace

std::string Sentences::OfCovered(const Demand& asked, bool covered) const {
  // Whether it refuses is each requirement's own affair.
  const Demand soft = Soft(asked);
  return DemandText(words_, taxonomy_, {.asked = soft})
      .Write(covered ? words_.covered : words_.left);
}

std::string Sentences::OfMissing(const Demand& prerequisite,
                                 matching::Satisfied satisfied) const {
  return DemandText(words_, taxonomy_, {.asked = prerequisite})
      .Write(satisfied == matching::Satisfied::kNo
                 ? words_.prerequisite_refused
                 : words_.prerequisite_unknown);
}

std::string Sentences::OfPrepared(const Demand& prerequisite,
                                  matching::Satisfied satisfied) const {
  return DemandText(words_, taxonomy_, {.asked = prerequisite})
      .Write(satisfied == matching::Satisfied::kNo ? words_.prepared_refused
                                                   : words_.prepared_unknown);
}

std::string Sentences::OfLacked(const Demand& asked, uint64_t people) const {
  const absl::string_view frame = people == 0   ? words_.lacked_by_none
                                  : people == 1 ? words_.lacked.one
                                                : words_.lacked.many;
  return DemandText(words_, taxonomy_, {.asked = asked})
      .Write(frame, [people](absl::string_view, std::string* out) {
        absl::StrAppend(out, people);
        return true;
      });
}

std::string Sentences::OfModule(const ModuleProposal& proposal) const {
  const Demand taught{.kind = proposal.gain.section,
                      .concept_index = proposal.gain.concept_index,
                      .minimum_level = proposal.gain.level,
                      // Only an award is worth telling.
                      .minimum_evidence = proposal.gain.evidence ==
                                                  matching::Evidence::kCertified
                                              ? matching::Evidence::kCertified
                                              : matching::Evidence::kClaimed};
  return DemandText(words_, taxonomy_, {.asked = taught})
      .Write(words_.module_frame,
             [&](absl::string_view place, std::string* out) {
               return AppendOfModule(words_, proposal, place, out);
             });
}

std::string Sentences::OfPrerequisite(const PrerequisiteProposal& prerequisite,
                                      uint64_t unlocked) const {
  const Demand soft = Soft(prerequisite.demand);
  return DemandText(words_, taxonomy_, {.asked = soft})
      .Write(prerequisite.proposed ? words_.proposed_prerequisite
                                   : words_.refused_prerequisite,
             [&](absl::string_view place, std::string* out) {
               if (place == "people") {
                 AppendCount(words_.people, unlocked, out);
               } else {
                 // Those who can, or those whom asking would shut out.
                 absl::StrAppend(out, prerequisite.proposed
                                          ? prerequisite.people
                                          : unlocked - prerequisite.people);
               }
               return true;
             });
}

std::string Sentences::OfUncovered(const UncoveredProposal& uncovered) const {
  return DemandText(words_, taxonomy_, {.asked = uncovered.demand})
      .Write(words_.uncovered, [&](absl::string_view place, std::string* out) {
        return AppendOfUncovered(words_, uncovered, place, out);
      });
}

}  // namespace kugge::features
