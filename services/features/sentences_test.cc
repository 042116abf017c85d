// Every sentence, in every language. testdata/sentences.txt holds them as they
// read. After a change of words write it anew, from the root of the repository,
// and read what differs:
//   KUGGE_REGENERATE=1 build/dev/tests/features_test --gtest_filter='Sentence*'
#include "services/features/sentences.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/features/sentence_cases_for_test.h"

namespace kugge::features {
namespace {

constexpr char kGoldenFile[] = "services/features/testdata/sentences.txt";

// `one` with a number on both sides of a `mark`.
bool HasNumberWith(absl::string_view text, char mark) {
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == mark && absl::ascii_isdigit(text[i - 1]) &&
        absl::ascii_isdigit(text[i + 1])) {
      return true;
    }
  }
  return false;
}

void ExpectReadsWell(const SentenceCase& one, Language language) {
  const std::string& sentence = one.sentences[static_cast<size_t>(language)];
  SCOPED_TRACE(absl::StrCat(one.name, ": ", sentence));
  ASSERT_FALSE(sentence.empty());
  for (const char* wrong : {"{", "}", "  ", " ,", " .", " :", " ?", "..", ",,",
                            ".?", "?.", "()", "(,", ", )", "( ", ", ,"}) {
    EXPECT_FALSE(absl::StrContains(sentence, wrong)) << wrong;
  }
  const char* question =
      language == Language::kSwedish ? ". Fråga: " : ". Ask: ";
  EXPECT_FALSE(absl::ascii_islower(static_cast<unsigned char>(sentence[0])));
  EXPECT_EQ(sentence.back(), one.asks ? '?' : '.');
  EXPECT_EQ(absl::StrContains(sentence, question), one.asks);
  EXPECT_FALSE(HasNumberWith(
      sentence, WordsOf(language).decimal_mark == "," ? '.' : ','));
}

TEST(SentenceTest, EverySentenceReadsWell) {
  for (const SentenceCase& one : SentenceCases().All()) {
    for (const Language language : kLanguages) ExpectReadsWell(one, language);
  }
}

TEST(SentenceTest, EveryKindRelationReasonAndOutcomeIsPutIntoWords) {
  const std::vector<SentenceCase> cases = SentenceCases().EveryDemand();
  // Kinds, reasons, outcomes, and relations with none.
  EXPECT_EQ(cases.size(), 6u * 6 * 4 * 9);
  for (const SentenceCase& one : cases) {
    for (const Language language : kLanguages) ExpectReadsWell(one, language);
  }
}

TEST(SentenceTest, SentencesAreThoseOfTheGoldenFile) {
  std::string written =
      "# Every sentence in every language, as sentences_test.cc writes it.\n";
  for (const SentenceCase& one : SentenceCases().All()) {
    absl::StrAppend(&written, "\n", one.name, "\n");
    for (const std::string& sentence : one.sentences) {
      absl::StrAppend(&written, "  ", sentence, "\n");
    }
  }
  const char* regenerate = std::getenv("KUGGE_REGENERATE");
  if (regenerate != nullptr && std::string(regenerate) == "1") {
    std::ofstream(kGoldenFile, std::ios::binary) << written;
  }
  std::ifstream file(kGoldenFile, std::ios::binary);
  ASSERT_TRUE(file.good()) << kGoldenFile << " isn't there";
  std::ostringstream golden;
  golden << file.rdbuf();
  // Line by line first, so that a failure shows what differs.
  const std::vector<std::string> expected = absl::StrSplit(golden.str(), '\n');
  const std::vector<std::string> found = absl::StrSplit(written, '\n');
  for (size_t i = 0; i < std::min(expected.size(), found.size()); ++i) {
    ASSERT_EQ(found[i], expected[i]) << "line " << i + 1;
  }
  EXPECT_EQ(written, golden.str());
}

// Whoever reads one language is told as much as whoever reads another.
TEST(SentenceTest, WhatDiffersInOneLanguageDiffersInTheOther) {
  std::vector<std::set<std::string>> distinct(kLanguages.size());
  for (const SentenceCase& one : SentenceCases().All()) {
    for (size_t i = 0; i < kLanguages.size(); ++i) {
      distinct[i].insert(one.sentences[i]);
    }
  }
  EXPECT_EQ(distinct[0].size(), distinct[1].size());
}

TEST(SentenceTest, LanguagesAreKnownByTheirTags) {
  for (const Language language : kLanguages) {
    EXPECT_EQ(LanguageOf(WordsOf(language).tag), language);
  }
  EXPECT_EQ(LanguageOf("fr"), Language::kSwedish);
  EXPECT_EQ(LanguageOf(""), Language::kSwedish);
}

// docs/scoring.md and what the product promises: "Svetsning TIG: har MIG,
// närliggande, 0,4 av 1,0".
TEST(SentenceTest, ARelatedSkill) {
  using matching::DemandKind;
  const SentenceCase one = SentenceCases().OfDemand(
      "", {.concept_index = AskedConcept(DemandKind::kSkill)},
      {{.concept_index = OtherConcept(DemandKind::kSkill)}},
      {.credit = 400,
       .outcome = matching::Outcome::kPartly,
       .reason = matching::LineReason::kNothingTold,
       .relation = matching::RelationKind::kRelated});
  EXPECT_THAT(
      one.sentences,
      testing::ElementsAre(
          "TIG-svetsning: har MIG-svetsning, närliggande, 0,4 av 1,0. Fråga: "
          "Har personen kompetensen TIG-svetsning?",
          "TIG welding: has MIG welding, related, 0.4 of 1.0. Ask: Does the "
          "person have the skill TIG welding?"));
}

}  // namespace
}  // namespace kugge::features
