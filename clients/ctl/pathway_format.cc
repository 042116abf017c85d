#include "clients/ctl/pathway_format.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/ctl/course_format.h"
#include "clients/ctl/format_table.h"
#include "clients/ctl/message_text.h"
#include "clients/ctl/words.h"

namespace kugge::ctl {
namespace {

constexpr size_t kWayMargin = 4;
constexpr size_t kWayNameColumn = 200;

void PrintSteps(const v1::Pathway& way, std::ostream& out) {
  Table table({{.header = "step", .right = true},
               {.header = "from"},
               {.header = "to"},
               {.header = "weeks", .right = true},
               {.header = "seats", .right = true},
               {.header = "distance", .right = true},
               {.header = "training", .max_width = 40},
               {.header = "provider", .max_width = 30},
               {.header = "session", .max_width = kWayNameColumn}});
  for (int i = 0; i < way.steps_size(); ++i) {
    const v1::PathwayStep& step = way.steps(i);
    table.AddRow({absl::StrCat(i + 1), DayText(step.start_date()),
                  DayText(step.end_date()), absl::StrCat(step.weeks()),
                  absl::StrCat(step.seats_left()),
                  step.distance_hm() < 0 ? "" : Distance(step.distance_hm()),
                  step.title(), step.provider_display_name(), step.session()});
  }
  table.Print(out, kWayMargin);
}

void PrintStepNotes(const v1::Pathway& way, std::ostream& out) {
  const std::string margin(kWayMargin, ' ');
  for (int i = 0; i < way.steps_size(); ++i) {
    const v1::PathwayStep& step = way.steps(i);
    for (const v1::PreparedPrerequisite& one : step.prepared_prerequisites()) {
      out << margin << "step " << i + 1 << ": " << one.sentence() << "\n";
    }
    if (!step.missing_accommodations().empty()) {
      out << margin << "step " << i + 1 << " doesn't offer: "
          << AccommodationsWords(step.missing_accommodations()) << "\n";
    }
  }
}

void PrintGoals(const v1::Pathway& way, std::ostream& out) {
  Table table({{.header = "leads to", .max_width = 40},
               {.header = "employer", .max_width = 30},
               {.header = "municipality"},
               {.header = "name", .max_width = kWayNameColumn}});
  for (const v1::PathwayGoal& goal : way.goals()) {
    table.AddRow({goal.title(), goal.employer_display_name(),
                  goal.municipality_code(), goal.requirement()});
  }
  table.Print(out, kWayMargin);
  const int more = way.gain_requirements() - way.goals_size();
  if (more > 0) {
    out << std::string(kWayMargin, ' ') << "and " << more << " more\n";
  }
}

}  // namespace

void PrintPathways(const google::protobuf::RepeatedPtrField<v1::Pathway>& ways,
                   std::ostream& out) {
  for (int i = 0; i < ways.size(); ++i) {
    const v1::Pathway& way = ways[i];
    out << i + 1 << ": " << Counted(way.gain_positions(), "position") << " of "
        << Counted(way.gain_requirements(), "requirement") << ", "
        << Counted(way.weeks(), "week") << ", ends " << DayText(way.end_date())
        << "\n";
    PrintSteps(way, out);
    PrintStepNotes(way, out);
    PrintGoals(way, out);
  }
}

}  // namespace kugge::ctl
