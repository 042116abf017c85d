#include "services/rpc/accept_language.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace kugge::rpc {
namespace {

TEST(AcceptLanguageTest, TheLargerWeightOfSwedishAndEnglish) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "sv"},
      {"sv", "sv"},
      {"en", "en"},
      {"EN", "en"},
      {"sv-SE", "sv"},
      {"en-GB", "en"},
      {"en-GB,sv;q=0.5", "en"},
      {"sv;q=0.5, en-GB", "en"},
      {"sv;q=0.5,en;q=0.7", "en"},
      {"sv;q=0.7,en;q=0.5", "sv"},
      {"en;q=0.2,en-US;q=0.9,sv;q=0.8", "en"},
      // Both alike: the one that is named first.
      {"en,sv", "en"},
      {"sv,en", "sv"},
      // Others are passed over, to the best that there is.
      {"fr", "sv"},
      {"fr,en;q=0.1", "en"},
      {"de-DE, fr;q=0.9, sv;q=0.1", "sv"},
      {"english", "sv"},
      {"svk", "sv"},
  };
  for (const auto& [header, language] : cases) {
    EXPECT_EQ(PreferredLanguage(header), language) << header;
  }
}

TEST(AcceptLanguageTest, AStarIsWhateverIsNotNamed) {
  EXPECT_EQ(PreferredLanguage("*"), "sv");
  EXPECT_EQ(PreferredLanguage("en,*;q=0.5"), "en");
  EXPECT_EQ(PreferredLanguage("en;q=0.3,*;q=0.5"), "sv");
  EXPECT_EQ(PreferredLanguage("sv;q=0,*"), "en");
  EXPECT_EQ(PreferredLanguage("sv;q=0,en;q=0"), "sv");
  EXPECT_EQ(PreferredLanguage("en;q=0"), "sv");
}

TEST(AcceptLanguageTest, WhatCannotBeReadIsPassedOver) {
  for (const char* header :
       {",", ";", "en;q=x", "en;q=2", "en;q=-1", "en;q=nan", "en;q=", "-en",
        ";q=1", "\xff\xfe", "e n"}) {
    EXPECT_EQ(PreferredLanguage(header), "sv") << header;
  }
  EXPECT_EQ(PreferredLanguage("en;q=x,en;q=0.5"), "en");
  EXPECT_EQ(PreferredLanguage("en;level=1"), "en");
  EXPECT_EQ(PreferredLanguage("en ; Q=0.5 ; x"), "en");
}

}  // namespace
}  // namespace kugge::rpc
