#include "services/rpc/formats.h"

#include <gtest/gtest.h>

#include <string>

namespace kugge::rpc {
namespace {

TEST(FormatsTest, OrganisationNumbersHaveTheirCheckDigit) {
  EXPECT_TRUE(IsOrganisationNumber("5560360793"));
  EXPECT_TRUE(IsOrganisationNumber("556036-0793"));
  EXPECT_TRUE(IsOrganisationNumber("2021000555"));
  EXPECT_FALSE(IsOrganisationNumber("5560360794"));
  EXPECT_FALSE(IsOrganisationNumber("55603-60793"));
  EXPECT_FALSE(IsOrganisationNumber("556036 0793"));
  EXPECT_FALSE(IsOrganisationNumber("556036079"));
  EXPECT_FALSE(IsOrganisationNumber("165560360793"));
  EXPECT_FALSE(IsOrganisationNumber(""));
}

TEST(FormatsTest, ASoleTradersNumberIsNoOrganisationNumber) {
  // The check digit is right, but it is the shape of a personal number.
  EXPECT_TRUE(HasLuhnDigit("8112189876"));
  EXPECT_FALSE(IsOrganisationNumber("8112189876"));
}

// 811218-9876 is the Tax Agency's own example of a check digit.
TEST(FormatsTest, PersonalNumbersAreFoundInText) {
  for (const char* text :
       {"811218-9876", "811218+9876", "19811218-9876", "198112189876",
        "8112189876", "case 811218-9876, closed", "(198112189876)",
        "p811218-9876",
        // A coordination number: 60 is added to the day.
        "811278-9873", "19811278-9873"}) {
    EXPECT_TRUE(HoldsPersonalNumber(text)) << text;
  }
}

TEST(FormatsTest, OtherNumbersAreNotTakenForPersonalOnes) {
  for (const char* text :
       {"", "abc", "811218-9875", "811318-9876", "811232-9876", "811218-987",
        "811218-98760", "0811218-9876", "556036-0793", "2026-03-01",
        "070-123 45 67", "1981121898761", "81121-89876", "811218 9876",
        "999912189876"}) {
    EXPECT_FALSE(HoldsPersonalNumber(text)) << text;
  }
}

TEST(FormatsTest, Uuids) {
  EXPECT_TRUE(IsUuid("0123abcd-4567-89ab-cdef-0123456789AB"));
  EXPECT_FALSE(IsUuid("0123abcd-4567-89ab-cdef-0123456789Ag"));
  EXPECT_FALSE(IsUuid("0123abcd456789abcdef0123456789ab"));
  EXPECT_FALSE(IsUuid("0123abcd-4567-89ab-cdef-0123456789a"));
}

TEST(FormatsTest, ResourceIds) {
  EXPECT_TRUE(IsResourceId("a"));
  EXPECT_TRUE(IsResourceId("mora-2062"));
  EXPECT_TRUE(IsResourceId(std::string(63, 'a')));
  for (const std::string& id :
       {std::string(), std::string(64, 'a'), std::string("1a"),
        std::string("a-"), std::string("A"), std::string("a_b"),
        std::string("-a"), std::string("a/b"), std::string("å")}) {
    EXPECT_FALSE(IsResourceId(id)) << id;
  }
}

TEST(FormatsTest, ConceptIds) {
  EXPECT_TRUE(IsConceptId("DJh5_yyF_hEM"));
  EXPECT_TRUE(IsConceptId("0123abcd-4567-89ab-cdef-0123456789ab"));
  EXPECT_FALSE(IsConceptId("DJh5-yyF-hEM"));
  EXPECT_FALSE(IsConceptId("DJh5_yyF_hE"));
  EXPECT_FALSE(IsConceptId(""));
}

TEST(FormatsTest, IndustryCodes) {
  for (const char* code : {"A", "U", "01", "011", "0111", "01110"}) {
    EXPECT_TRUE(IsIndustryCode(code)) << code;
  }
  for (const char* code : {"", "a", "V", "1", "011100", "0a", "Å"}) {
    EXPECT_FALSE(IsIndustryCode(code)) << code;
  }
}

TEST(FormatsTest, CalendarDays) {
  EXPECT_TRUE(IsCalendarDay(2024, 2, 29));
  EXPECT_TRUE(IsCalendarDay(2000, 2, 29));
  EXPECT_FALSE(IsCalendarDay(1900, 2, 29));
  EXPECT_FALSE(IsCalendarDay(2026, 2, 29));
  EXPECT_FALSE(IsCalendarDay(2026, 4, 31));
  EXPECT_FALSE(IsCalendarDay(2026, 13, 1));
  EXPECT_FALSE(IsCalendarDay(2026, 0, 1));
  EXPECT_FALSE(IsCalendarDay(2026, 1, 0));
}

TEST(TextFactsTest, EachAsciiByteIsSeenWhereverItStands) {
  for (int byte = 0; byte < 0x80; ++byte) {
    const bool line_end = byte == '\t' || byte == '\n' || byte == '\r';
    const bool control = byte < 0x20 || byte == 0x7f;
    for (size_t length = 1; length < 20; ++length) {
      for (size_t at = 0; at < length; ++at) {
        std::string text(length, 'x');
        text[at] = static_cast<char>(byte);
        const TextFacts facts = LookAtText(text);
        EXPECT_TRUE(facts.valid_utf8);
        EXPECT_EQ(facts.code_points, static_cast<int>(length));
        EXPECT_EQ(facts.has_line_ends, line_end) << byte << " at " << at;
        EXPECT_EQ(facts.has_control, control && !line_end)
            << byte << " at " << at;
      }
    }
  }
}

TEST(FormatsTest, TextFacts) {
  EXPECT_EQ(LookAtText("Svärdsjö").code_points, 8);
  EXPECT_TRUE(LookAtText("a\nb\tc").has_line_ends);
  EXPECT_FALSE(LookAtText("a\nb\tc").has_control);
  EXPECT_TRUE(LookAtText("a\x01").has_control);
  EXPECT_TRUE(LookAtText("a\x7f").has_control);
  EXPECT_TRUE(LookAtText("a\xc2\x85").has_control);
  EXPECT_FALSE(LookAtText("\xc2\xa0").has_control);
}

TEST(FormatsTest, WrongUtf8IsSeen) {
  for (const char* text :
       {"\xff", "\x80", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
        "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "a\xe2\x82"}) {
    EXPECT_FALSE(LookAtText(text).valid_utf8);
  }
  for (const char* text : {"", "€", "😀", "\xf4\x8f\xbf\xbf", "\xee\x80\x80"}) {
    EXPECT_TRUE(LookAtText(text).valid_utf8) << text;
  }
}

TEST(FormatsTest, ACutNeverSplitsACharacter) {
  EXPECT_EQ(CutUtf8("åäö", 6), "åäö");
  EXPECT_EQ(CutUtf8("åäö", 5), "åä");
  EXPECT_EQ(CutUtf8("åäö", 1), "");
  EXPECT_EQ(CutUtf8("abc", 2), "ab");
}

}  // namespace
}  // namespace kugge::rpc
