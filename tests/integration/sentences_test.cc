// Explanations in words, in the language that a call asks for.
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/integration/market.h"

namespace kugge::integration {
namespace {

using testing::Contains;
using testing::ElementsAre;

template <typename Lines>
std::vector<std::string> SentencesOf(const Lines& lines) {
  std::vector<std::string> sentences;
  for (const auto& line : lines) sentences.push_back(line.sentence());
  return sentences;
}

class SentencesTest : public MarketTest {
 protected:
  SentencesTest() {
    EXPECT_TRUE(
        ImportTaxonomy("bilingual",
                       absl::StrReplaceAll(kSmallTaxonomy,
                                           {{R"("preferredLabel":"Gasteknik")",
                                             R"("preferredLabel":"Gasteknik",)"
                                             R"("preferredLabelEn":"Gas")"}}))
            .ok());
    // A fitter is of the welder's group, CE includes B, nothing is told of
    // drawings; Göteborg and Mora are 380 kilometres apart.
    MakePerson("x", absl::StrCat(Occupation(kFitter), Skills({kGas}),
                                 Licence(kLicenceCe),
                                 "home { municipality_code: '2062' } "
                                 "wishes { mobility { maximum_distance_km: 50 "
                                 "strength: STRENGTH_SOFT } }"));
  }

  v1::Match Explained(const std::string& accept_language) {
    const Client client(server().addresses().api, accept_language);
    const Reply reply = client.Call(
        "MatchService/ExplainMatch",
        absl::StrCat("profile: 'tenants/t/profiles/x' requirement: '",
                     kRequirement, "'"));
    EXPECT_TRUE(reply.ok()) << reply;
    return reply.As<v1::ExplainMatchResponse>().match();
  }
};

const std::vector<std::string>& Swedish() {
  static const auto& sentences = *new std::vector<std::string>{
      ("Svetsare: har yrket montör, samma yrkesgrupp, 0,6 av 1,0. Fråga: Har "
       "personen yrket svetsare?"),
      ("Ritningsunderlag: inget är angivet. Fråga: Har personen "
       "kompetensen Ritningsunderlag?"),
      "Gasteknik (krav): har det, 1,0 av 1,0.",
      "Körkort B (krav): har körkort CE, som omfattar det, 1,0 av 1,0.",
      "Språk: inget efterfrågas, räknas som 0,5 av 1,0.",
      "Behörighet: inget efterfrågas, räknas som 0,5 av 1,0.",
      "Utbildning: inget efterfrågas, räknas som 0,5 av 1,0."};
  return sentences;
}

TEST_F(SentencesTest, SwedishUnlessEnglishIsPreferred) {
  for (const char* language : {"", "sv", "sv-SE,en;q=0.5", "fr", "fr,*"}) {
    EXPECT_THAT(SentencesOf(Explained(language).contributions()),
                testing::ElementsAreArray(Swedish()))
        << language;
  }
  for (const char* language : {"en", "en-GB", "sv;q=0.5,en", "fr,en;q=0.1"}) {
    const v1::Match match = Explained(language);
    EXPECT_THAT(
        SentencesOf(match.contributions()),
        ElementsAre("Svetsare: has the occupation Montör, same occupational "
                    "group, 0.6 of 1.0. Ask: Does the person have the "
                    "occupation Svetsare?",
                    "Ritningsunderlag: nothing is stated. Ask: Does the person "
                    "have the skill Ritningsunderlag?",
                    "Gas (required): has it, 1.0 of 1.0.",
                    "Driving licence B (required): has driving licence CE, "
                    "which includes it, 1.0 of 1.0.",
                    "Language: nothing is asked for, counts as 0.5 of 1.0.",
                    "Authorisation: nothing is asked for, counts as 0.5 of "
                    "1.0.",
                    "Education: nothing is asked for, counts as 0.5 of 1.0."))
        << language;
    // Labels are data, and the same in every language.
    EXPECT_EQ(match.contributions(2).asked_label(), "Gasteknik");
  }
}

TEST_F(SentencesTest, WishesAndListsHaveThemToo) {
  const v1::Match match = Explained("sv");
  EXPECT_THAT(
      SentencesOf(match.reverse_contributions()),
      Contains(testing::MatchesRegex(
          "Avstånd \\(högst 50 km\\): [0-9]+(,[0-9])? km till jobbet, längre "
          "än personen har angett, 0,0 av 1,0\\.")));
  EXPECT_THAT(SentencesOf(match.reverse_contributions()),
              Contains("Omfattning: inget önskemål är angivet, räknas som 0,5 "
                       "av 1,0."));
  const auto list = People();
  ASSERT_EQ(list.matches_size(), 1);
  EXPECT_EQ(SentencesOf(list.matches(0).contributions()),
            SentencesOf(match.contributions()));
  EXPECT_EQ(SentencesOf(list.matches(0).reverse_contributions()),
            SentencesOf(match.reverse_contributions()));
}

TEST_F(SentencesTest, ATrainingSaysWhatItClosesAndWhatItAsksFirst) {
  MakeProvider();
  MakeOffering(
      "o", absl::StrCat("taught_skills { skill: '", kDrawings,
                        "' } prerequisites { languages { language: '", kSwedish,
                        "' minimum_level: CEFR_LEVEL_B1 "
                        "strength: STRENGTH_HARD } }"));
  const Client english(server().addresses().api, "en");
  const auto ask = [&](const Client& client, const std::string& origin) {
    return client.Call("MatchService/MatchOfferings", origin)
        .As<v1::MatchOfferingsResponse>();
  };
  const std::string requirement =
      absl::StrCat("requirement: '", kRequirement, "'");
  const auto served = ask(client(), requirement);
  ASSERT_EQ(served.matches_size(), 1);
  EXPECT_THAT(
      SentencesOf(served.matches(0).demands()),
      testing::UnorderedElementsAre("Ritningsunderlag: täcks av utbildningen.",
                                    "Gasteknik: återstår efter utbildningen.",
                                    "Körkort B: återstår efter utbildningen."));
  EXPECT_THAT(SentencesOf(ask(english, requirement).matches(0).demands()),
              Contains("Gas: still open after the training."));
  const std::string person = "profile: 'tenants/t/profiles/x'";
  const auto offered = ask(client(), person);
  ASSERT_EQ(offered.matches_size(), 1);
  EXPECT_THAT(SentencesOf(offered.matches(0).missing_prerequisites()),
              ElementsAre("Svenska (krav, minst B1): efterfrågas före "
                          "utbildningen. Fråga: Kan personen svenska (minst "
                          "B1)?"));
  EXPECT_THAT(
      SentencesOf(ask(english, person).matches(0).missing_prerequisites()),
      ElementsAre("Svenska (required, at least B1): asked for before the "
                  "training. Ask: Does the person know Svenska (at least "
                  "B1)?"));
}

// A line of a person's gap stands for the demands of all requirements.
TEST_F(SentencesTest, ALineNamesTheHighestLevelClosedOrTheLowestLeft) {
  for (const char* level : {"A2", "C1", "B1", "B2"}) {
    MakeRequirement(
        absl::AsciiStrToLower(level),
        absl::StrCat("title: 'Svetsare' origin: REQUIREMENT_ORIGIN_VACANCY "
                     "site_id: 's' demands { languages { language: '",
                     kSwedish, "' minimum_level: CEFR_LEVEL_", level, " } }"));
  }
  MakeProvider();
  MakeOffering("o", absl::StrCat("taught_languages { language: '", kSwedish,
                                 "' level: CEFR_LEVEL_B1 }"));
  const auto offered = Offerings("profile: 'tenants/t/profiles/x'");
  ASSERT_EQ(offered.matches_size(), 1);
  EXPECT_THAT(SentencesOf(offered.matches(0).demands()),
              testing::IsSupersetOf(
                  {"Svenska (minst B1): täcks av utbildningen.",
                   "Svenska (minst B2): återstår efter utbildningen."}));
}

}  // namespace
}  // namespace kugge::integration
