#include "clients/ctl/course_format.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/ctl/format_table.h"
#include "clients/ctl/message_text.h"
#include "clients/ctl/words.h"

namespace kugge::ctl {
namespace {

using CoveredLines =
    google::protobuf::RepeatedPtrField<kugge::v1::CoveredDemand>;

constexpr size_t kNameColumn = 200;
// Sentences are not cut.
constexpr size_t kSentenceColumn = 1000;
constexpr size_t kMargin = 4;

std::string Period(const v1::OfferingMatch& row) {
  if (row.session().empty()) return "no open session";
  return absl::StrCat(DayText(row.session_start_date()), " to ",
                      DayText(row.session_end_date()));
}

std::string OfferingDistance(const v1::OfferingMatch& row) {
  return row.session().empty() || row.distance_hm() < 0
             ? ""
             : Distance(row.distance_hm());
}

void PrintCovered(const CoveredLines& demands, const std::string& session,
                  std::ostream& out) {
  if (demands.empty()) return;
  Table table({{.header = "weight", .right = true},
               {.header = "demand", .max_width = kSentenceColumn}});
  for (const v1::CoveredDemand& demand : demands) {
    table.AddRow({BasisPoints(demand.weight()), demand.sentence()});
  }
  table.Print(out, kMargin);
  if (!session.empty()) {
    out << std::string(kMargin, ' ') << "session " << session << "\n";
  }
}

void PrintMissing(const v1::OfferingMatch& row, std::ostream& out) {
  const std::string margin(kMargin, ' ');
  for (const v1::MissingPrerequisite& one : row.missing_prerequisites()) {
    out << margin << one.sentence() << "\n";
  }
  if (!row.missing_accommodations().empty()) {
    out << margin << "the session doesn't offer: "
        << AccommodationsWords(row.missing_accommodations()) << "\n";
  }
}

}  // namespace

void PrintOfferings(
    const google::protobuf::RepeatedPtrField<v1::OfferingMatch>& rows,
    OfferingsFor whom, const RowStyle& style, std::ostream& out) {
  Table table({{.header = "#", .right = true},
               {.header = "positions", .right = true},
               {.header = "requirements", .right = true},
               {.header = "coverage", .right = true},
               {.header = "unlocked", .right = true},
               {.header = "title", .max_width = 40},
               {.header = "provider", .max_width = 30},
               {.header = "weeks", .right = true},
               {.header = "session", .max_width = 30},
               {.header = "seats", .right = true},
               {.header = "in time"},
               {.header = "distance", .right = true},
               {.header = "others", .right = true},
               {.header = "name", .max_width = kNameColumn}});
  const bool person = whom == OfferingsFor::kPerson;
  for (int i = 0; i < rows.size(); ++i) {
    const v1::OfferingMatch& row = rows[i];
    table.AddRow({absl::StrCat(style.first_rank + i),
                  person ? absl::StrCat(row.gain_positions()) : "",
                  person ? absl::StrCat(row.gain_requirements()) : "",
                  BasisPoints(row.coverage()),
                  person ? "" : absl::StrCat(row.unlocked_people()),
                  row.title(), row.provider_display_name(),
                  absl::StrCat(row.length_weeks()), Period(row),
                  row.session().empty() ? "" : absl::StrCat(row.seats_left()),
                  row.in_time() ? "yes" : "", OfferingDistance(row),
                  absl::StrCat(row.other_sessions()), row.offering()});
  }
  table.PrintWithDetails(out, [&](size_t i) {
    if (!style.explain) return;
    const v1::OfferingMatch& row = rows[static_cast<int>(i)];
    PrintCovered(row.demands(), row.session(), out);
    PrintMissing(row, out);
  });
}

void PrintNotCovered(const v1::MatchOfferingsResponse& answer,
                     std::ostream& out) {
  if (answer.uncovered().empty()) return;
  out << BasisPoints(answer.uncovered_share())
      << " % of what can be learnt is covered by none of the trainings\n";
  Table table({{.header = "weight", .right = true},
               {.header = "uncovered", .max_width = kSentenceColumn}});
  for (const v1::CoveredDemand& demand : answer.uncovered()) {
    table.AddRow({BasisPoints(demand.weight()),
                  WhatItIsAbout(demand, demand.asked_concept())});
  }
  table.Print(out, kMargin);
}

void PrintServed(
    const google::protobuf::RepeatedPtrField<v1::ServedRequirement>& rows,
    const RowStyle& style, std::ostream& out) {
  Table table({{.header = "#", .right = true},
               {.header = "fillable", .right = true},
               {.header = "unlocked", .right = true},
               {.header = "possibly", .right = true},
               {.header = "eligible", .right = true},
               {.header = "positions", .right = true},
               {.header = "seats", .right = true},
               {.header = "coverage", .right = true},
               {.header = "ends"},
               {.header = "in time"},
               {.header = "title", .max_width = 40},
               {.header = "employer", .max_width = 30},
               {.header = "municipality"},
               {.header = "name", .max_width = kNameColumn}});
  for (int i = 0; i < rows.size(); ++i) {
    const v1::ServedRequirement& row = rows[i];
    table.AddRow({absl::StrCat(style.first_rank + i),
                  absl::StrCat(row.fillable_positions()),
                  absl::StrCat(row.unlocked_people()),
                  absl::StrCat(row.possibly_unlocked_people()),
                  absl::StrCat(row.eligible_people()),
                  absl::StrCat(row.positions()), absl::StrCat(row.seats_left()),
                  BasisPoints(row.coverage()), DayText(row.session_end_date()),
                  row.in_time() ? "yes" : "no", row.title(),
                  row.employer_display_name(), row.municipality_code(),
                  row.requirement()});
  }
  table.PrintWithDetails(out, [&](size_t i) {
    if (!style.explain) return;
    const v1::ServedRequirement& row = rows[static_cast<int>(i)];
    PrintCovered(row.demands(), row.session(), out);
  });
}

void PrintHelped(
    const google::protobuf::RepeatedPtrField<v1::HelpedProfile>& rows,
    const RowStyle& style, std::ostream& out) {
  Table table({{.header = "#", .right = true},
               {.header = "positions", .right = true},
               {.header = "requirements", .right = true},
               {.header = "municipality"},
               {.header = "name", .max_width = kNameColumn}});
  for (int i = 0; i < rows.size(); ++i) {
    const v1::HelpedProfile& row = rows[i];
    table.AddRow({absl::StrCat(style.first_rank + i),
                  absl::StrCat(row.gain_positions()),
                  absl::StrCat(row.gain_requirements()),
                  row.municipality_code(), row.profile()});
  }
  table.Print(out);
}

}  // namespace kugge::ctl
