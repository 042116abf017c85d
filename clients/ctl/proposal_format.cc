#include "clients/ctl/proposal_format.h"

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/ctl/format_table.h"
#include "clients/ctl/words.h"

namespace kugge::ctl {
namespace {

constexpr size_t kProposalMargin = 4;
// Sentences are not cut.
constexpr size_t kUncutSentence = 1000;

void PrintModules(const v1::ProposeOfferingResponse& answer,
                  std::ostream& out) {
  Table table({{.header = "weeks", .right = true},
               {.header = "positions", .right = true},
               {.header = "pairs", .right = true},
               {.header = "requirements", .right = true},
               {.header = "by"},
               {.header = "module", .max_width = kUncutSentence}});
  for (const v1::ProposedModule& module : answer.modules()) {
    table.AddRow({absl::StrCat(module.weeks()),
                  absl::StrCat("+", module.adds_positions()),
                  absl::StrCat("+", module.adds_pairs()),
                  absl::StrCat(module.requirements()),
                  module.awarded() ? "award" : "teaching",
                  WhatItIsAbout(module, module.taught_concept())});
  }
  table.Print(out, kProposalMargin);
}

void PrintPrerequisites(const v1::ProposeOfferingResponse& answer,
                        std::ostream& out) {
  Table table({{.header = "people", .right = true},
               {.header = "ask"},
               {.header = "prerequisite", .max_width = kUncutSentence}});
  for (const v1::ProposedPrerequisite& one : answer.prerequisites()) {
    table.AddRow({absl::StrCat(one.people()), one.proposed() ? "yes" : "no",
                  WhatItIsAbout(one, one.asked_concept())});
  }
  table.Print(out, kProposalMargin);
}

void PrintUncovered(const v1::ProposeOfferingResponse& answer,
                    std::ostream& out) {
  Table table({{.header = "open", .right = true},
               {.header = "pairs", .right = true},
               {.header = "requirements", .right = true},
               {.header = "weeks", .right = true},
               {.header = "uncovered", .max_width = kUncutSentence}});
  for (const v1::UncoveredDemand& one : answer.uncovered()) {
    table.AddRow({absl::StrCat(one.positions()), absl::StrCat(one.pairs()),
                  absl::StrCat(one.requirements()),
                  one.weeks() == 0 ? "" : absl::StrCat(one.weeks()),
                  WhatItIsAbout(one, one.asked_concept())});
  }
  table.Print(out, kProposalMargin);
}

std::string NoProposalWords(v1::NoMatchReason reason) {
  switch (reason) {
    case v1::NO_MATCH_REASON_NOTHING_STORED:
      return "No modules: no requirement is open when the training ends.";
    case v1::NO_MATCH_REASON_FILTER_EXCLUDES_ALL:
      return "No modules: filter and region leave no requirement.";
    case v1::NO_MATCH_REASON_NOTHING_COVERED:
      return "No modules: no requirement with an open position asks for "
             "anything that can be learnt and somebody lacks.";
    case v1::NO_MATCH_REASON_HARD_DEMANDS_REFUSE_ALL:
      return "No modules: nothing that can be taught in so many weeks makes "
             "anybody eligible.";
    default:
      return NoMatchWords(reason);
  }
}

}  // namespace

void PrintProposal(const v1::ProposeOfferingResponse& answer,
                   std::ostream& out) {
  out << Counted(answer.requirements(), "requirement") << " with "
      << Counted(answer.open_positions(), "open position") << ", "
      << answer.people() << (answer.people() == 1 ? " person\n" : " people\n");
  if (answer.modules().empty()) {
    out << NoProposalWords(answer.no_match_reason()) << "\n";
  } else {
    out << Counted(answer.weeks(), "week") << " that fill "
        << Counted(answer.filled_positions(), "position");
    if (answer.filled_positions_bound() > answer.filled_positions()) {
      out << " (the best fill at most " << answer.filled_positions_bound()
          << ")";
    }
    out << " of " << Counted(answer.served_requirements(), "requirement")
        << " with " << answer.unlocked_people() << " unlocked\n";
    PrintModules(answer, out);
  }
  if (!answer.prerequisites().empty()) PrintPrerequisites(answer, out);
  if (!answer.uncovered().empty()) PrintUncovered(answer, out);
}

}  // namespace kugge::ctl
