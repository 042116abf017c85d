#include "clients/ctl/format_table.h"

#include <sstream>

#include "clients/ctl/import_report.h"
#include "clients/ctl/match_format.h"
#include "clients/ctl/words.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace kugge::ctl {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(FormatTableTest, ColumnsAreAlignedByCharactersNotBytes) {
  Table table({{.header = "ort"}, {.header = "antal", .right = true}});
  table.AddRow({"Älvdalen", "7"});
  table.AddRow({"Mora", "12"});
  EXPECT_EQ(table.HeaderLine(), "ort       antal");
  EXPECT_THAT(table.RowLines(),
              ElementsAre("Älvdalen      7", "Mora         12"));
}

TEST(FormatTableTest, LongCellsAreCutBetweenCharacters) {
  EXPECT_EQ(FitText("ååååå", 5), "ååååå");
  EXPECT_EQ(FitText("åååååå", 5), "åååå…");
  EXPECT_EQ(CharacterCount(FitText("åååååå", 5)), 5u);
  EXPECT_EQ(FitText("ab cdef", 4), "ab…");
  EXPECT_EQ(FitText("a\nb\tc", 10), "a b c");
  EXPECT_EQ(FitText("abc", 1), "…");
}

TEST(FormatTableTest, EmptyColumnsAreLeftOut) {
  Table table({{.header = "a"}, {.header = "b"}, {.header = "c"}});
  table.AddRow({"1", "", "3"});
  EXPECT_EQ(table.HeaderLine(), "a  c");
  EXPECT_THAT(table.RowLines(), ElementsAre("1  3"));
}

TEST(FormatTableTest, ARuleIsAsLongAsTheLongestLine) {
  Table table({{.header = "x"}, {.header = "n", .right = true}});
  table.AddRow({"äö", "5"});
  table.AddRule();
  table.AddRow({"total", "5"});
  std::ostringstream out;
  table.Print(out, 2);
  EXPECT_EQ(out.str(), "  x      n\n  äö     5\n  --------\n  total  5\n");
}

TEST(WordsTest, NumbersKeepEveryDigit) {
  EXPECT_EQ(BasisPoints(8734), "87.34");
  EXPECT_EQ(BasisPoints(5), "0.05");
  EXPECT_EQ(BasisPoints(10000), "100.00");
  EXPECT_EQ(BasisPoints(-5), "-0.05");
  EXPECT_EQ(Thousandths(40), "0.040");
  EXPECT_EQ(Thousandths(1000), "1.000");
  EXPECT_EQ(Distance(123), "12.3 km");
}

TEST(WordsTest, EveryValueOfAnEnumHasItsWord) {
  for (int i = 1; i < v1::Eligibility_ARRAYSIZE; ++i) {
    EXPECT_NE(EligibilityWords(static_cast<v1::Eligibility>(i)), "") << i;
  }
  for (int i = 1; i < v1::DemandOutcome_ARRAYSIZE; ++i) {
    EXPECT_NE(OutcomeWords(static_cast<v1::DemandOutcome>(i)), "") << i;
  }
  for (int i = 1; i < v1::ConceptRelation_ARRAYSIZE; ++i) {
    EXPECT_NE(RelationWords(static_cast<v1::ConceptRelation>(i)), "") << i;
  }
  for (int i = 1; i < v1::AbsenceReason_ARRAYSIZE; ++i) {
    EXPECT_NE(AbsenceWords(static_cast<v1::AbsenceReason>(i), 1), "") << i;
  }
  for (int i = 1; i < v1::NoMatchReason_ARRAYSIZE; ++i) {
    EXPECT_NE(NoMatchWords(static_cast<v1::NoMatchReason>(i)), "No matches.")
        << i;
  }
  for (int i = 1; i < v1::DemandKind_ARRAYSIZE; ++i) {
    if (!v1::DemandKind_IsValid(i)) continue;
    EXPECT_NE(KindWords(static_cast<v1::DemandKind>(i)), "") << i;
  }
}

v1::Match ExampleMatch() {
  v1::Match match;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "tenants/demo/employers/e/requirements/r"
        title: "Svetsare"
        eligibility: ELIGIBILITY_ELIGIBLE
        score: 5350
        contributions {
          kind: DEMAND_KIND_SKILL
          sentence: "TIG: has MIG, related, 0.4 of 1.0."
          weight: 7750
          credit: 400
          contribution: 3100
          outcome: DEMAND_OUTCOME_PARTLY
        }
        contributions {
          kind: DEMAND_KIND_LANGUAGE
          sentence: "Svenska: knows the language, 1.0 of 1.0."
          weight: 2250
          credit: 1000
          contribution: 2250
          outcome: DEMAND_OUTCOME_MET
        }
      )pb",
      &match));
  return match;
}

TEST(MatchFormatTest, ContributionsAreSentencesWithTheirPoints) {
  std::ostringstream out;
  PrintContributions(ExampleMatch(), out);
  EXPECT_EQ(
      out.str(),
      "    points  weight  credit  outcome  demand\n"
      "     31.00   77.50   0.400  partly   TIG: has MIG, related, 0.4 of "
      "1.0.\n"
      "     22.50   22.50   1.000  met      Svenska: knows the language, "
      "1.0 of 1.0.\n"
      "     53.50  100.00          total\n");
}

TEST(MatchFormatTest, ASumThatDiffersFromTheScoreIsSaid) {
  v1::Match match = ExampleMatch();
  match.set_score(5351);
  std::ostringstream out;
  PrintContributions(match, out);
  EXPECT_THAT(out.str(),
              HasSubstr("these lines sum to 53.50, the answer says 53.51"));
}

TEST(MatchFormatTest, RowsAreNumberedAndExplainedOnlyWhenAsked) {
  MatchRows rows;
  *rows.Add() = ExampleMatch();
  std::ostringstream plain;
  PrintMatches(rows, 11, false, plain);
  EXPECT_EQ(plain.str(),
            " #  eligibility  score  potential  reverse  title     name\n"
            "11  eligible     53.50       0.00     0.00  Svetsare  "
            "tenants/demo/employers/e/requirements/r\n");
  std::ostringstream explained;
  PrintMatches(rows, 11, true, explained);
  EXPECT_THAT(explained.str(), HasSubstr("TIG: has MIG"));
}

TEST(ImportReportTest, ProgressTellsRowsRateAndRefusals) {
  const ImportCounts counts{.created = 90, .refused = 10};
  EXPECT_EQ(ProgressText(0.5, counts, absl::Seconds(2)),
            "[###############...............]  50 %  100 rows  50 rows/s  "
            "10 refused");
  EXPECT_EQ(ProgressText(-1, counts, absl::Seconds(2)),
            "100 rows  50 rows/s  10 refused");
}

}  // namespace
}  // namespace kugge::ctl
