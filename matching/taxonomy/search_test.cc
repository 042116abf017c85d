#include "matching/taxonomy/search.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/edit_distance.h"
#include "matching/taxonomy/fold.h"

namespace kugge::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ConceptRecord Named(std::string label, ConceptKind kind = ConceptKind::kSkill,
                    std::string code = "") {
  ConceptRecord record;
  record.label = std::move(label);
  record.kind = kind;
  record.code = std::move(code);
  return record;
}

class SearchTest : public testing::Test {
 protected:
  std::vector<std::string> Labels(absl::string_view text,
                                  std::vector<ConceptKind> kinds = {}) {
    std::vector<std::string> labels;
    for (const SearchHit& hit :
         index_.Search({.text = text, .kinds = std::move(kinds)})) {
      labels.push_back(concepts_[hit.index].label);
    }
    return labels;
  }

  static std::vector<ConceptRecord> Concepts() {
    std::vector<ConceptRecord> all = {
        Named("Svetsare", ConceptKind::kOccupationName),
        Named("Svetsare och gasskärare", ConceptKind::kSsykLevel4, "7212"),
        Named("TIG-svetsning"),
        Named("Målning"),
        Named("Malning"),
        Named("Undersköterska, hemtjänst", ConceptKind::kOccupationName),
        Named("Åkeri"),
        Named("Akeribransch"),
        Named("Stenografi"),
        Named("Officerare", ConceptKind::kSsykLevel4, "0110"),
        Named("C#, programmeringsspråk"),
        Named("Svenska", ConceptKind::kLanguage, "SV"),
    };
    all[8].deprecated = true;
    all[2].alternative_labels = {"Gasvolframsvetsning"};
    return all;
  }

  const std::vector<ConceptRecord> concepts_ = Concepts();
  const SearchIndex index_{concepts_};
};

TEST_F(SearchTest, ExactThenPrefixThenWordThenFuzzy) {
  EXPECT_THAT(Labels("svetsare"),
              ElementsAre("Svetsare", "Svetsare och gasskärare"));
  // "Svenska" has one letter wrong.
  EXPECT_THAT(Labels("svets"),
              ElementsAre("Svetsare", "Svetsare och gasskärare",
                          "TIG-svetsning", "Svenska"));
}

TEST_F(SearchTest, MarksAreOptionalAndExactOnesRankFirst) {
  EXPECT_THAT(Labels("målning"), ElementsAre("Målning", "Malning"));
  EXPECT_THAT(Labels("malning"), ElementsAre("Malning", "Målning"));
  EXPECT_THAT(Labels("ÅKERI"), ElementsAre("Åkeri", "Akeribransch"));
}

TEST_F(SearchTest, MisspellingsAreForgiven) {
  EXPECT_THAT(Labels("undreskoterska"),
              ElementsAre("Undersköterska, hemtjänst"));
  EXPECT_THAT(Labels("svtesare"),
              ElementsAre("Svetsare", "Svetsare och gasskärare"));
  EXPECT_THAT(Labels("tgi"), IsEmpty());
}

TEST_F(SearchTest, EveryTypedWordMustBegin) {
  EXPECT_THAT(Labels("hemtj under"), ElementsAre("Undersköterska, hemtjänst"));
  EXPECT_THAT(Labels("hemtj svets"), IsEmpty());
}

TEST_F(SearchTest, CodesAndAlternativeLabelsAreFound) {
  EXPECT_THAT(Labels("0110"), ElementsAre("Officerare"));
  EXPECT_THAT(Labels("72"), ElementsAre("Svetsare och gasskärare"));
  EXPECT_THAT(Labels("110"), IsEmpty());
  EXPECT_THAT(Labels("sv", {ConceptKind::kLanguage}), ElementsAre("Svenska"));
  EXPECT_THAT(Labels("gasvolfram"), ElementsAre("TIG-svetsning"));
  EXPECT_THAT(Labels("c#"), ElementsAre("C#, programmeringsspråk"));
}

TEST_F(SearchTest, KindsLimitAndDeprecatedFilter) {
  EXPECT_THAT(Labels("svets", {ConceptKind::kSsykLevel4}),
              ElementsAre("Svetsare och gasskärare"));
  EXPECT_THAT(Labels("stenografi"), IsEmpty());
  EXPECT_EQ(
      index_.Search({.text = "stenografi", .include_deprecated = true}).size(),
      1u);
  EXPECT_EQ(index_.Search({.text = "svets", .limit = 2}).size(), 2u);
  EXPECT_THAT(index_.Search({.text = "svets", .limit = 0}), IsEmpty());
}

TEST_F(SearchTest, OddTextsFindNothingAndHarmNothing) {
  EXPECT_THAT(Labels(""), IsEmpty());
  EXPECT_THAT(Labels(" ,.- "), IsEmpty());
  EXPECT_THAT(Labels("\xff\xfe\xc3"), IsEmpty());
  EXPECT_THAT(Labels(std::string(100'000, 'x')), IsEmpty());
  std::string words;
  for (int i = 0; i < 10'000; ++i) words += "svets ";
  EXPECT_FALSE(Labels(words).empty());
}

TEST(FoldTest, LowersAndSeparates) {
  EXPECT_EQ(FoldCase("  Åre,ÄPPLE–Öl\xC2\xA0"
                     "C++ "),
            "åre äpple öl c++");
  EXPECT_EQ(FoldMarks("Åre ÄPPLE Ö é Ñ æ"), "are apple o e n ae");
  EXPECT_EQ(FoldMarks("\xC3"), "\xC3");
}

TEST(FoldTest, StemsMeet) {
  EXPECT_EQ(Stem("svetsning"), Stem("svetsare"));
  EXPECT_EQ(Stem("truckar"), "truck");
  EXPECT_EQ(Stem("bil"), "bil");
}

TEST(EditDistanceTest, CountsLettersAndSwaps) {
  EXPECT_TRUE(BeginsNearly("truckforare", "truck", 0));
  EXPECT_TRUE(BeginsNearly("truckforare", "truckfo", 0));
  EXPECT_TRUE(BeginsNearly("truckforare", "trukc", 1));
  EXPECT_TRUE(BeginsNearly("truckforare", "ruck", 1));
  EXPECT_TRUE(BeginsNearly("truckforare", "trruck", 1));
  EXPECT_FALSE(BeginsNearly("truckforare", "tarkc", 1));
  EXPECT_FALSE(BeginsNearly("tr", "truck", 1));
}

}  // namespace
}  // namespace kugge::matching
