#include "clients/ctl/staffing_format.h"

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/ctl/format_table.h"
#include "clients/ctl/message_text.h"
#include "clients/ctl/words.h"

namespace kugge::ctl {
namespace {

constexpr size_t kStaffingMargin = 4;
constexpr size_t kSessionColumn = 200;
// Sentences are not cut.
constexpr size_t kWholeSentence = 1000;

void PrintPlan(const v1::AssessStaffingResponse& answer, std::ostream& out) {
  Table table({{.header = "adds", .right = true},
               {.header = "unlocked", .right = true},
               {.header = "seats", .right = true},
               {.header = "ends"},
               {.header = "training", .max_width = 40},
               {.header = "provider", .max_width = 30},
               {.header = "session", .max_width = kSessionColumn}});
  for (const v1::StaffingStep& step : answer.plan()) {
    table.AddRow({absl::StrCat(step.adds()),
                  absl::StrCat(step.unlocked_people()),
                  absl::StrCat(step.seats_left()), DayText(step.end_date()),
                  step.title(), step.provider_display_name(), step.session()});
  }
  table.Print(out, kStaffingMargin);
}

void PrintLacked(const v1::AssessStaffingResponse& answer, std::ostream& out) {
  Table table({{.header = "lacking", .right = true},
               {.header = "demand", .max_width = kWholeSentence}});
  for (const v1::LackedDemand& line : answer.lacked()) {
    table.AddRow({absl::StrCat(line.people()), line.sentence()});
  }
  table.Print(out, kStaffingMargin);
}

std::string PlanWords(const v1::AssessStaffingResponse& answer) {
  if (answer.shortfall() == 0) return "none is missing";
  const std::string missing = absl::StrCat(answer.shortfall(), " missing");
  if (answer.plan().empty()) {
    return absl::StrCat(missing, "; no training adds anybody");
  }
  return absl::StrCat(
      missing, "; with ", Counted(answer.plan_size(), "training"), " of ",
      answer.trainings(), " still ", answer.shortfall_after_plan(), " missing");
}

}  // namespace

void PrintStaffing(const v1::AssessStaffingResponse& answer,
                   std::ostream& out) {
  out << Counted(answer.positions(), "position") << ": "
      << answer.eligible_people() << " eligible and "
      << answer.uncertain_people() << " uncertain of " << answer.people()
      << (answer.people() == 1 ? " person; " : " people; ") << PlanWords(answer)
      << "\n";
  if (!answer.plan().empty()) PrintPlan(answer, out);
  if (!answer.lacked().empty()) PrintLacked(answer, out);
}

void PrintHelp(const v1::ExplainMatchResponse& answer, std::ostream& out) {
  if (answer.rank() > 0) {
    out << "number " << answer.rank() << " among the people for it\n";
  } else {
    out << "not among the people for it\n";
  }
  if (answer.what_would_help().empty()) {
    out << "no single change would help\n";
    return;
  }
  Table table({{.header = "rank", .right = true},
               {.header = "eligibility"},
               {.header = "score", .right = true},
               {.header = "reverse", .right = true},
               {.header = "what would help", .max_width = kWholeSentence}});
  for (const v1::HelpfulChange& change : answer.what_would_help()) {
    table.AddRow({change.rank() > 0 ? absl::StrCat(change.rank()) : "",
                  EligibilityWords(change.eligibility()),
                  BasisPoints(change.score()),
                  BasisPoints(change.reverse_score()), change.sentence()});
  }
  table.Print(out, kStaffingMargin);
}

}  // namespace kugge::ctl
