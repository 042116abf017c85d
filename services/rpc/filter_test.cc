#include "services/rpc/filter.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "services/rpc/errors.h"

namespace kugge::rpc {
namespace {

v1::Requirement StoredRequirement() {
  v1::Requirement requirement;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "tenants/a/employers/b/requirements/c"
        title: "Svetsare till ÄLVDALEN (MIG*)"
        origin: REQUIREMENT_ORIGIN_VACANCY
        positions: 3
        demands {
          skills { skill: "one1_one_one" minimum_level: 3 }
          skills { skill: "two2_two_two" minimum_level: 1 }
        }
        place {
          municipality_code: "2062"
          point { latitude: 61.5 longitude: 14 }
        }
        shifts: SHIFT_DAY
        shifts: SHIFT_NIGHT
        start_date { year: 2026 month: 3 day: 1 }
        create_time { seconds: 1772357400 }
      )pb",
      &requirement));
  return requirement;
}

absl::StatusOr<bool> Ask(absl::string_view text) {
  const auto filter = Filter::Parse(text);
  if (!filter.ok()) return filter.status();
  const auto bound = filter->Bind(v1::Requirement::descriptor());
  if (!bound.ok()) return bound.status();
  return bound->Matches(StoredRequirement());
}

struct Case {
  const char* text;
  bool matches;
};

void ExpectAnswers(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const absl::StatusOr<bool> answer = Ask(c.text);
    ASSERT_TRUE(answer.ok()) << c.text << ": " << answer.status();
    EXPECT_EQ(*answer, c.matches) << c.text;
  }
}

// Each text and a word that its refusal must hold.
void ExpectRefusals(
    const std::vector<std::pair<std::string, std::string>>& cases) {
  for (const auto& [text, word] : cases) {
    const absl::Status status = Ask(text).status();
    ASSERT_EQ(ViolationsOf(status).size(), 1) << text;
    EXPECT_EQ(ViolationsOf(status)[0].path, "filter");
    EXPECT_TRUE(absl::StrContains(ViolationsOf(status)[0].description, word))
        << text << " -> " << status;
  }
}

TEST(FilterTest, AnEmptyFilterMatchesEverything) {
  ExpectAnswers({{"", true}, {"   ", true}});
}

TEST(FilterTest, NumbersCompare) {
  ExpectAnswers({{"positions = 3", true},
                 {"positions=3", true},
                 {"positions != 3", false},
                 {"positions > 2", true},
                 {"positions >= 4", false},
                 {"positions < 4", true},
                 {"positions <= 3", true},
                 {"positions:3", true},
                 {"positions > -5", true},
                 {"minimum_hours_percent = 0", true},
                 // Not set, and the field knows it.
                 {"remote_percent = 0", false},
                 {"remote_percent != 5", false},
                 {"place.point.latitude > 61.4", true},
                 {"place.point.latitude < 61.4", false},
                 {"place.point.longitude = 14", true}});
}

TEST(FilterTest, TextsCompare) {
  ExpectAnswers({{"place.municipality_code = 2062", true},
                 {"place.municipality_code = \"2062\"", true},
                 {"place.municipality_code = '2062'", true},
                 {"place.municipality_code = 20*", true},
                 {"place.municipality_code = \"20*\"", true},
                 {"place.municipality_code = 21*", false},
                 {"place.municipality_code != 20*", false},
                 {"place.municipality_code != 21*", true},
                 {"place.municipality_code >= 2000", true},
                 {"title = svetsare", false},
                 {"title = Svetsare*", true},
                 {"title:svetsare", true},
                 {"title:älvdalen", true},
                 {"title:mora", false},
                 {"title:\"(mig\\*)\"", true},
                 {"name:\"tenants/a/employers/b/*\"", true},
                 {"name = tenants/a/employers/b/requirements/c", true}});
}

TEST(FilterTest, EnumsCompareByEitherName) {
  ExpectAnswers({{"origin = VACANCY", true},
                 {"origin = REQUIREMENT_ORIGIN_VACANCY", true},
                 {"origin != INTERVIEW", true},
                 {"origin:INTERVIEW", false},
                 {"state = UNSPECIFIED", true}});
}

TEST(FilterTest, DaysAndTimesCompare) {
  ExpectAnswers({{"start_date = 2026-03-01", true},
                 {"start_date < \"2026-03-02\"", true},
                 {"start_date > 2026-03-01", false},
                 // Not set: no comparison holds, not even !=.
                 {"close_date < 2030-01-01", false},
                 {"close_date != 2030-01-01", false},
                 {"NOT close_date < 2030-01-01", true},
                 {"create_time > 2026-03-01", true},
                 {"create_time < 2026-03-02", true},
                 {"create_time = \"2026-03-01T09:30:00Z\"", true},
                 {"create_time = \"2026-03-01T10:30:00+01:00\"", true}});
}

TEST(FilterTest, ListsHoldAValueOrNot) {
  ExpectAnswers({{"demands.skills.skill:one1_one_one", true},
                 {"demands.skills.skill:two2_two_two", true},
                 {"demands.skills.skill:one1", false},
                 {"demands.skills.skill:one1*", true},
                 {"demands.skills.minimum_level:3", true},
                 {"demands.skills.minimum_level:4", false},
                 {"demands.languages.language:abc", false},
                 {"shifts:NIGHT", true},
                 {"shifts:EVENING", false},
                 {"-shifts:EVENING", true}});
}

TEST(FilterTest, PresenceIsAskedWithAStar) {
  ExpectAnswers({{"place:*", true},
                 {"place.point:*", true},
                 {"interview:*", false},
                 {"interview.date:*", false},
                 {"positions:*", true},
                 {"remote_percent:*", false},
                 {"external_id:*", false},
                 {"demands.skills:*", true},
                 {"demands.education:*", false},
                 {"start_date:*", true},
                 {"shifts:*", true}});
}

// AIP-160: OR binds tighter than AND, and a space is an AND.
TEST(FilterTest, PrecedenceIsThatOfTheAip) {
  ExpectAnswers(
      {{"positions = 9 OR positions = 3 AND origin = VACANCY", true},
       {"positions = 3 OR positions = 4 AND origin = FORECAST", false},
       {"positions = 3 OR (positions = 4 AND origin = FORECAST)", true},
       {"positions = 3 origin = VACANCY", true},
       {"positions = 3 origin = FORECAST", false},
       {"positions = 9 OR positions = 3 origin = FORECAST", false},
       {"NOT positions = 9 AND origin = VACANCY", true},
       {"NOT (positions = 3 AND origin = VACANCY)", false},
       {"-(positions = 9)", true},
       {"-positions = 9", true},
       {"NOT positions = 3 OR origin = VACANCY", true},
       {"((((positions = 3))))", true}});
}

TEST(FilterTest, MalformedTextsAreRefusedAtTheirPlace) {
  ExpectRefusals({{"positions", "stands alone"},
                  {"positions =", "a value is wanted"},
                  {"= 3", "a comparison is wanted"},
                  {"positions = 3 AND", "a comparison is wanted"},
                  {"AND positions = 3", "a comparison is wanted"},
                  {"positions = 3 OR", "a comparison is wanted"},
                  {"NOT", "a comparison is wanted"},
                  {"NOT NOT positions = 3", "a comparison is wanted"},
                  {"positions = 3 and origin = VACANCY", "capitals"},
                  {"(positions = 3", "not closed"},
                  {"positions = 3)", "at character 14"},
                  {"()", "a comparison is wanted"},
                  {"title = \"abc", "not closed"},
                  {"title = \"abc\\", "not closed"},
                  {"title = \"a\\nb\"", "after \\"},
                  {"title = \"a*b\"", "* may stand only"},
                  {"title = a*b", "* may stand only"},
                  {"positions ! 3", "no operator"},
                  {"positions = 3, 4", "no operator"},
                  {"positions == 3", "a value is wanted"},
                  {"create_time = 2026-03-01T09:30:00Z", "in quotes"},
                  {"size(shifts) = 2", "functions"},
                  {"\"title\" = x", "a comparison is wanted"},
                  {"title = AND", "a value is wanted"},
                  {"title = (a OR b)", "a value is wanted"},
                  {std::string("title = a\x01"), "control"},
                  {std::string("title = \xff"), "UTF-8"}});
}

TEST(FilterTest, UnknownFieldsAreNamed) {
  ExpectRefusals({{"titel = x", "\"titel\" is no field of Requirement"},
                  {"place.street = x", "place.street"},
                  {"place..point:*", "place..point"},
                  {".title = x", ".title"},
                  {"title. = x", "title."},
                  {"title.x = y", "title.x"},
                  {"start_date.year = 2026", "start_date.year"},
                  {"--positions = 3", "-positions"}});
}

TEST(FilterTest, WrongValuesAndOperatorsAreNamed) {
  ExpectRefusals({{"positions = three", "\"three\"; must be a whole number"},
                  {"positions = 3.5", "a whole number"},
                  {"positions = 99999999999999999999", "a whole number"},
                  {"positions = 3*", "no text"},
                  {"place.point.latitude = north", "a number"},
                  {"place.point.latitude = nan", "a number"},
                  {"origin = VACANT", "one of UNSPECIFIED, VACANCY"},
                  {"origin > VACANCY", "no order"},
                  {"start_date = 2026-02-30", "a day such as"},
                  {"start_date = 2026-3-1", "a day such as"},
                  {"create_time > yesterday", "a time such as"},
                  {"create_time > infinite-future", "a time such as"},
                  {"title > a*", "no order"},
                  {"shifts = DAY", "is a list"},
                  {"demands.skills.minimum_level > 2", "is a list"},
                  {"place = 3", "is a message"},
                  {"place:3", "is a message"}});
}

TEST(FilterTest, WhatIsSensitiveCannotBeFilteredBy) {
  for (const char* text :
       {"accommodations_needed:*", "NOT accommodations_needed:QUIET_ROOM",
        "wishes.mobility.relocation_barriers:HOUSING"}) {
    const auto filter = Filter::Parse(text);
    ASSERT_TRUE(filter.ok());
    const absl::Status status =
        filter->Bind(v1::Profile::descriptor()).status();
    EXPECT_TRUE(absl::StrContains(status.message(), "sensitive")) << status;
  }
}

TEST(FilterTest, LengthDepthAndTermsAreBounded) {
  const auto nested = [](int depth) {
    return absl::StrCat(std::string(depth, '('), "positions = 3",
                        std::string(depth, ')'));
  };
  const auto terms = [](int count) {
    return absl::StrJoin(std::vector<std::string>(count, "positions = 3"), " ");
  };
  EXPECT_TRUE(*Ask(nested(Filter::kMaxDepth)));
  EXPECT_TRUE(*Ask(terms(Filter::kMaxTerms)));
  ExpectRefusals(
      {{nested(Filter::kMaxDepth + 1), "20 parentheses"},
       {nested(900), "20 parentheses"},
       {terms(Filter::kMaxTerms + 1), "100 comparisons"},
       {absl::StrCat("title = ", std::string(2000, 'a')), "at most 2000"}});
}

// No text makes the parser crash, hang or answer anything but InvalidArgument.
TEST(FilterTest, RandomTextsAreAnsweredOrRefused) {
  constexpr uint32_t kSeed = 20260301;
  const std::vector<std::string> pieces = {
      "positions", "title", "shifts", "place", "start_date", "origin", "=",
      "!=",        "<",     ">=",     ":",     "(",          ")",      "AND",
      "OR",        "NOT",   "-",      "\"",    "'",          "\\",     "*",
      "3",         "-3",    "DAY",    "*",     ".",          ",",      " ",
      " ",         " ",     "å",      "\xff",  "2026-03-01", "x",      "!"};
  std::mt19937 random(kSeed);
  int answered = 0;
  for (int round = 0; round < 100'000; ++round) {
    std::string text;
    const int length = static_cast<int>(random() % 14);
    for (int i = 0; i < length; ++i) {
      text += random() % 20 == 0 ? std::string(1, static_cast<char>(random()))
                                 : pieces[random() % pieces.size()];
    }
    const absl::StatusOr<bool> answer = Ask(text);
    if (answer.ok()) {
      ++answered;
    } else {
      ASSERT_EQ(ViolationsOf(answer.status()).size(), 1)
          << text << " seed " << kSeed;
    }
  }
  EXPECT_GT(answered, 1000);
}

// --- flat rows ---------------------------------------------------------------

FieldTable Table() {
  using Type = FilterField::Type;
  return {{"title", Type::kString},
          {"score", Type::kInt},
          {"place.municipality_code", Type::kString},
          {"start_date", Type::kDate},
          {"in_time", Type::kBool},
          {"eligibility",
           Type::kEnum,
           {{"ELIGIBILITY_ELIGIBLE", 1}, {"ELIGIBILITY_UNCERTAIN", 2}}}};
}

FilterValue Row(int field) {
  switch (field) {
    case 0:
      return absl::string_view("Svetsare");
    case 1:
      return int64_t{8250};
    case 2:
      return absl::string_view("2062");
    case 4:
      return true;
    case 5:
      return int64_t{2};
    default:
      return std::monostate();
  }
}

TEST(FilterTest, RowsAreFilteredByTheSameLanguage) {
  const std::vector<Case> cases = {
      {"", true},
      {"score >= 8000", true},
      {"score >= 8000 AND title:SVETS", true},
      {"place.municipality_code = 20*", true},
      {"in_time = true", true},
      {"in_time = false OR eligibility = UNCERTAIN", true},
      {"eligibility = ELIGIBLE", false},
      {"start_date > 2026-01-01", false},
      {"start_date:*", false},
      {"NOT start_date:*", true},
      {"title:*", true}};
  for (const Case& c : cases) {
    const auto bound = Filter::Parse(c.text)->BindFields(Table());
    ASSERT_TRUE(bound.ok()) << bound.status();
    EXPECT_EQ(bound->Matches(Row), c.matches) << c.text;
  }
}

TEST(FilterTest, RowsTellWhatCanBeFilteredBy) {
  const absl::Status status =
      Filter::Parse("scores > 3")->BindFields(Table()).status();
  EXPECT_TRUE(absl::StrContains(status.message(), "\"scores\"")) << status;
  EXPECT_TRUE(absl::StrContains(status.message(), "title, score")) << status;
  EXPECT_FALSE(Filter::Parse("score > x")->BindFields(Table()).ok());
  EXPECT_FALSE(Filter::Parse("score.x > 1")->BindFields(Table()).ok());
}

TEST(FilterTest, ARowFilterSaysWithWhichValuesItMayMatch) {
  struct DomainCase {
    std::string text;
    std::vector<size_t> places;
  };
  const FilterDomain domain({"0180", "2062", "2080"});  // and, last, absent
  const std::string field = "place.municipality_code";
  const std::vector<DomainCase> cases = {
      {"", {0, 1, 2, 3}},
      {"F = 2062", {1}},
      {"F = 9999", {}},
      {"F != 2062", {0, 2}},
      {"NOT F = 2062", {0, 2, 3}},
      {"F = 20*", {1, 2}},
      {"F:06", {1}},
      {"F:*", {0, 1, 2}},
      {"F > 0180", {1, 2}},
      {"F = 2062 OR F = 2080", {1, 2}},
      {"F = 2062 AND F = 2080", {}},
      {"F = 2062 AND score > 3", {1}},
      {"F = 2062 OR score > 3", {0, 1, 2, 3}},
      {"NOT (F = 2062 OR F = 0180)", {2, 3}},
      {"NOT (F = 2062 OR score > 3)", {0, 2, 3}},
      {"NOT (F = 2062 AND score > 3)", {0, 1, 2, 3}},
      {"score > 3", {0, 1, 2, 3}}};
  for (const DomainCase& c : cases) {
    const std::string text = absl::StrReplaceAll(c.text, {{"F", field}});
    const auto bound = Filter::Parse(text)->BindFields(Table());
    ASSERT_TRUE(bound.ok()) << bound.status();
    EXPECT_EQ(bound->MayMatch(2, domain), c.places) << text;
  }
}

TEST(FilterTest, ARowFilterSaysWhatItReads) {
  const auto bound = Filter::Parse("in_time = true OR score > 1 OR score < 0")
                         ->BindFields(Table());
  ASSERT_TRUE(bound.ok());
  EXPECT_EQ(bound->fields(), absl::MakeConstSpan({1, 4}));
}

}  // namespace
}  // namespace kugge::rpc
