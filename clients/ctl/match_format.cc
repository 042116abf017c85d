#include "clients/ctl/match_format.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/ctl/format_table.h"
#include "clients/ctl/words.h"

namespace kugge::ctl {
namespace {

using Contributions = google::protobuf::RepeatedPtrField<v1::Contribution>;

constexpr size_t kNameWidth = 200;
// Sentences are not cut: their end may be what to ask.
constexpr size_t kSentenceWidth = 1000;
constexpr size_t kIndent = 4;

std::string RankIfMet(const v1::Contribution& line) {
  return line.rank_if_met() > 0 ? absl::StrCat(line.rank_if_met()) : "";
}

// Lines of one side; returns their sum.
int64_t PrintSide(const std::string& title, const Contributions& lines,
                  std::ostream& out) {
  Table table({{.header = "points", .right = true},
               {.header = "weight", .right = true},
               {.header = "credit", .right = true},
               {.header = "outcome", .max_width = 16},
               {.header = "rank if met", .right = true},
               {.header = title, .max_width = kSentenceWidth}});
  int64_t weight = 0;
  int64_t points = 0;
  for (const v1::Contribution& line : lines) {
    weight += line.weight();
    points += line.contribution();
    table.AddRow({BasisPoints(line.contribution()), BasisPoints(line.weight()),
                  Thousandths(line.credit()), OutcomeWords(line.outcome()),
                  RankIfMet(line), line.sentence()});
  }
  table.AddRow({BasisPoints(points), BasisPoints(weight), "", "total", "", ""});
  table.Print(out, kIndent);
  return points;
}

void CheckSum(int64_t sum, int score, std::ostream& out) {
  if (sum == score) return;
  out << std::string(kIndent, ' ') << "these lines sum to " << BasisPoints(sum)
      << ", the answer says " << BasisPoints(score) << "\n";
}

Table MatchTable() {
  return Table({{.header = "#", .right = true},
                {.header = "eligibility"},
                {.header = "score", .right = true},
                {.header = "potential", .right = true},
                {.header = "reverse", .right = true},
                {.header = "title", .max_width = 40},
                {.header = "employer", .max_width = 30},
                {.header = "municipality"},
                {.header = "name", .max_width = kNameWidth}});
}

void AddMatchRow(const v1::Match& match, const std::string& rank,
                 Table* table) {
  table->AddRow(
      {rank, EligibilityWords(match.eligibility()), BasisPoints(match.score()),
       BasisPoints(match.potential_score()), BasisPoints(match.reverse_score()),
       match.title(), match.employer_display_name(), match.municipality_code(),
       match.name()});
}

const std::string& LabelOrConcept(const std::string& label,
                                  const std::string& concept_id) {
  return label.empty() ? concept_id : label;
}

// `occupation: Verkmästare for Svetsare, close substitute`.
std::string BridgeWords(const v1::Bridge& bridge) {
  if (!bridge.sentence().empty()) return bridge.sentence();
  return absl::StrCat(
      KindWords(bridge.kind()), ": ",
      LabelOrConcept(bridge.held_label(), bridge.held_concept()), " for ",
      LabelOrConcept(bridge.asked_label(), bridge.asked_concept()), ", ",
      RelationWords(bridge.relation()));
}

}  // namespace

void PrintContributions(const v1::Match& match, std::ostream& out) {
  if (!match.contributions().empty()) {
    CheckSum(PrintSide("demand", match.contributions(), out), match.score(),
             out);
  }
  if (!match.reverse_contributions().empty()) {
    CheckSum(PrintSide("wish", match.reverse_contributions(), out),
             match.reverse_score(), out);
  }
}

void PrintMatches(const MatchRows& rows, int first_rank, bool explain,
                  std::ostream& out) {
  Table table = MatchTable();
  for (int i = 0; i < rows.size(); ++i) {
    AddMatchRow(rows[i], absl::StrCat(first_rank + i), &table);
  }
  table.PrintWithDetails(out, [&](size_t i) {
    if (explain) PrintContributions(rows[static_cast<int>(i)], out);
  });
}

void PrintBridges(const BridgeRows& rows, bool explain, std::ostream& out) {
  Table table = MatchTable();
  for (int i = 0; i < rows.size(); ++i) {
    AddMatchRow(rows[i].match(), absl::StrCat(i + 1), &table);
  }
  const std::string margin(kIndent, ' ');
  table.PrintWithDetails(out, [&](size_t i) {
    const v1::BridgeMatch& row = rows[static_cast<int>(i)];
    for (const v1::Bridge& bridge : row.bridges()) {
      out << margin << BridgeWords(bridge) << "\n";
    }
    if (row.uncertain()) out << margin << "something else is unknown: ask\n";
    if (explain) PrintContributions(row.match(), out);
  });
}

void PrintProfileMatches(
    const google::protobuf::RepeatedPtrField<v1::ProfileMatches>& people,
    bool header, std::ostream& out) {
  Table table({{.header = "person", .max_width = kNameWidth},
               {.header = "#", .right = true},
               {.header = "eligibility"},
               {.header = "score", .right = true},
               {.header = "potential", .right = true},
               {.header = "reverse", .right = true},
               {.header = "requirement", .max_width = kNameWidth}});
  for (const v1::ProfileMatches& one : people) {
    if (one.matches().empty()) {
      table.AddRow({one.profile(), "", "nothing fits", "", "", "", ""});
    }
    for (int i = 0; i < one.matches_size(); ++i) {
      const v1::RankedRequirement& row = one.matches(i);
      table.AddRow({one.profile(), absl::StrCat(i + 1),
                    EligibilityWords(row.eligibility()),
                    BasisPoints(row.score()),
                    BasisPoints(row.potential_score()),
                    BasisPoints(row.reverse_score()), row.requirement()});
    }
  }
  if (header) out << table.HeaderLine() << "\n";
  for (const std::string& line : table.RowLines()) out << line << "\n";
}

void PrintPair(const v1::Match& match, std::ostream& out) {
  Table table = MatchTable();
  AddMatchRow(match, "", &table);
  table.PrintWithDetails(out, [&](size_t) { PrintContributions(match, out); });
}

void PrintMatchContext(const v1::MatchContext& context, std::ostream& out) {
  out << "strategy " << context.strategy() << " v" << context.strategy_version()
      << ", " << context.taxonomy() << ", revision " << context.revision()
      << "\n";
}

}  // namespace kugge::ctl
