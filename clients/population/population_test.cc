#include "clients/population/population.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/population/field_rules_check.h"
#include "clients/population/market.h"
#include "clients/population/taxonomy_files.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/provider.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::population {
namespace {

using ::testing::HasSubstr;

// A taxonomy of our own making, in the project's format: six groups of five
// skills and two occupations each, a licence, a field, two languages.
std::string SmallTaxonomy() {
  std::vector<std::string> lines;
  const auto add = [&lines](absl::string_view id, absl::string_view type,
                            absl::string_view label, absl::string_view rest) {
    lines.push_back(absl::StrCat("{\"id\":\"", id, "\",\"type\":\"", type,
                                 "\",\"preferredLabel\":\"", label, "\"", rest,
                                 "}"));
  };
  const char* codes[] = {"4322", "8332", "8344", "5330", "2221", "7212"};
  for (int g = 0; g < 6; ++g) {
    std::vector<std::string> skills;
    for (int s = 0; s < 5; ++s) {
      // The first two stand in the next group too.
      const std::string id = absl::StrCat("sk", g, s, "_aaa_aaa");
      skills.push_back(absl::StrCat("\"", id, "\""));
      add(id, "skill", absl::StrCat(s == 4 ? "Certifikat " : "Kunnande ", g, s),
          "");
    }
    for (int s = 0; s < 2; ++s) {
      skills.push_back(absl::StrCat("\"sk", (g + 1) % 6, s, "_aaa_aaa\""));
    }
    const std::string group = absl::StrCat("gr0", g, "_aaa_aaa");
    add(group, "ssyk-level-4", absl::StrCat("Grupp ", g),
        absl::StrCat(",\"code\":\"", codes[g], "\",\"related\":[",
                     absl::StrJoin(skills, ","), "]"));
    for (int o = 0; o < 2; ++o) {
      add(absl::StrCat("oc", g, o, "_aaa_aaa"), "occupation-name",
          absl::StrCat("Yrke ", g, o),
          absl::StrCat(",\"broader\":[\"", group, "\"],\"substitutes\":[{",
                       "\"concept\":\"oc", (g + 2) % 6,
                       "0_aaa_aaa\",\"grade\":75}]"));
    }
  }
  add("li0B_aaa_aaa", "driving-licence", "B", "");
  add("liCE_aaa_aaa", "driving-licence", "CE", "");
  add("la0s_aaa_aaa", "language", "Svenska", "");
  add("la0e_aaa_aaa", "language", "Engelska", "");
  add("su05_aaa_aaa", "sun-education-field-1", "Teknik", ",\"code\":\"5\"");
  add("su07_aaa_aaa", "sun-education-field-1", "Vård", ",\"code\":\"7\"");
  return absl::StrJoin(lines, "\n");
}

Options SmallOptions() {
  Options options;
  options.people = 300;
  options.requirements = 200;
  options.offerings = 60;
  options.seed = 7;
  options.tenant = "test";
  options.today = absl::CivilDay(2026, 3, 2);
  options.taxonomy_files = {{"small.jsonl", SmallTaxonomy()}};
  options.municipality_codes = {"2062", "2034", "2039", "0484"};
  return options;
}

using Files = std::map<std::string, std::vector<std::string>>;

Files FilesOf(const Options& options) {
  Files files;
  const absl::Status status = Generate(
      options, [&files](absl::string_view file, absl::string_view line) {
        files[std::string(file)].emplace_back(line);
        return absl::OkStatus();
      });
  EXPECT_TRUE(status.ok()) << status;
  return files;
}

template <typename Message>
std::vector<Message> Parse(const Files& files, const std::string& file) {
  std::vector<Message> messages;
  const auto lines = files.find(file);
  if (lines == files.end()) return messages;
  for (const std::string& line : lines->second) {
    messages.emplace_back();
    const auto status =
        google::protobuf::util::JsonStringToMessage(line, &messages.back());
    EXPECT_TRUE(status.ok()) << file << ": " << line;
  }
  return messages;
}

template <typename Message>
void ExpectKeepsRules(const Files& files, const std::string& file,
                      FieldRulesCheck& rules) {
  std::set<std::string> names;
  for (const Message& message : Parse<Message>(files, file)) {
    EXPECT_THAT(rules.Violations(message), ::testing::IsEmpty())
        << file << ": " << message.ShortDebugString();
    EXPECT_TRUE(absl::StartsWith(message.name(), "tenants/test/"));
    EXPECT_TRUE(names.insert(message.name()).second) << message.name();
  }
}

TEST(Population, SameSeedSameBytes) {
  EXPECT_EQ(FilesOf(SmallOptions()), FilesOf(SmallOptions()));
}

TEST(Population, OtherSeedOtherBytes) {
  Options other = SmallOptions();
  other.seed = 8;
  const Files a = FilesOf(SmallOptions());
  const Files b = FilesOf(other);
  for (const auto& [file, lines] : a) EXPECT_NE(lines, b.at(file)) << file;
}

TEST(Population, MorePeopleLeaveTheOthersAsTheyWere) {
  Options more = SmallOptions();
  more.people += 10;
  const Files a = FilesOf(SmallOptions());
  Files b = FilesOf(more);
  b["profiles.jsonl"].resize(a.at("profiles.jsonl").size());
  EXPECT_EQ(a, b);
}

TEST(Population, WritesAsManyAsAsked) {
  const Files files = FilesOf(SmallOptions());
  EXPECT_EQ(files.at("profiles.jsonl").size(), 300);
  EXPECT_EQ(files.at("employers.jsonl").size(), 80);
  EXPECT_EQ(files.at("requirements.jsonl").size(), 200);
  EXPECT_EQ(files.at("providers.jsonl").size(), 10);
  EXPECT_EQ(files.at("offerings.jsonl").size(), 60);
  EXPECT_GE(files.at("sessions.jsonl").size(), 60);
  EXPECT_LE(files.at("sessions.jsonl").size(), 360);
}

TEST(Population, NothingAskedNothingWritten) {
  Options none = SmallOptions();
  none.people = none.requirements = none.offerings = 0;
  EXPECT_TRUE(FilesOf(none).empty());
}

TEST(Population, EveryResourceKeepsTheFieldRules) {
  const Options options = SmallOptions();
  const auto taxonomy = ReadTaxonomy(options.taxonomy_files);
  ASSERT_TRUE(taxonomy.ok()) << taxonomy.status();
  FieldRulesCheck rules(**taxonomy);
  const Files files = FilesOf(options);
  ExpectKeepsRules<v1::Profile>(files, "profiles.jsonl", rules);
  ExpectKeepsRules<v1::Employer>(files, "employers.jsonl", rules);
  ExpectKeepsRules<v1::Requirement>(files, "requirements.jsonl", rules);
  ExpectKeepsRules<v1::Provider>(files, "providers.jsonl", rules);
  ExpectKeepsRules<v1::Offering>(files, "offerings.jsonl", rules);
  ExpectKeepsRules<v1::Session>(files, "sessions.jsonl", rules);
}

TEST(Population, ChildrenHaveParentsThatCameBefore) {
  const Files files = FilesOf(SmallOptions());
  std::set<std::string> names;
  for (const auto& e : Parse<v1::Employer>(files, "employers.jsonl")) {
    names.insert(e.name());
  }
  for (const auto& r : Parse<v1::Requirement>(files, "requirements.jsonl")) {
    EXPECT_TRUE(
        names.contains(r.name().substr(0, r.name().rfind("/requirements/"))));
  }
  for (const auto& p : Parse<v1::Profile>(files, "profiles.jsonl")) {
    EXPECT_EQ(p.kind() == v1::PROFILE_KIND_EMPLOYEE,
              names.contains(p.nominating_employer()));
    EXPECT_EQ(p.kind() == v1::PROFILE_KIND_STUDENT, p.has_graduation_date());
  }
  for (const auto& p : Parse<v1::Provider>(files, "providers.jsonl")) {
    names.insert(p.name());
  }
  for (const auto& o : Parse<v1::Offering>(files, "offerings.jsonl")) {
    EXPECT_TRUE(
        names.contains(o.name().substr(0, o.name().rfind("/offerings/"))));
    names.insert(o.name());
  }
  for (const auto& s : Parse<v1::Session>(files, "sessions.jsonl")) {
    EXPECT_TRUE(
        names.contains(s.name().substr(0, s.name().rfind("/sessions/"))));
  }
}

TEST(Population, ConceptsStandOnceInTheirList) {
  const Files files = FilesOf(SmallOptions());
  for (const auto& profile : Parse<v1::Profile>(files, "profiles.jsonl")) {
    std::set<std::string> ids;
    for (const auto& held : profile.skills().held()) {
      EXPECT_TRUE(ids.insert(held.skill()).second) << profile.name();
    }
    ids.clear();
    for (const auto& held : profile.occupations().held()) {
      EXPECT_TRUE(ids.insert(held.occupation()).second) << profile.name();
    }
    ids.clear();
    for (const auto& held : profile.languages().held()) {
      EXPECT_TRUE(ids.insert(held.language()).second) << profile.name();
    }
    const auto& mobility = profile.wishes().mobility();
    EXPECT_LE(mobility.easy_distance_km(), mobility.maximum_distance_km());
    const auto& time = profile.wishes().working_time();
    EXPECT_LE(time.minimum_hours_percent(), time.maximum_hours_percent());
  }
}

TEST(Population, LivesWhereItWasTold) {
  const Options options = SmallOptions();
  const std::set<std::string> allowed(options.municipality_codes.begin(),
                                      options.municipality_codes.end());
  const Files files = FilesOf(options);
  std::set<std::string> seen;
  for (const auto& profile : Parse<v1::Profile>(files, "profiles.jsonl")) {
    seen.insert(profile.home().municipality_code());
  }
  for (const auto& need : Parse<v1::Requirement>(files, "requirements.jsonl")) {
    seen.insert(need.place().municipality_code());
  }
  EXPECT_EQ(seen, allowed);
}

TEST(Population, SharesAreAboutThoseOfTheRealData) {
  Options options = SmallOptions();
  options.people = options.requirements = options.offerings = 2000;
  const Files files = FilesOf(options);
  int complete = 0;
  for (const auto& profile : Parse<v1::Profile>(files, "profiles.jsonl")) {
    complete += profile.skills().completeness() == v1::COMPLETENESS_COMPLETE;
  }
  EXPECT_NEAR(complete, 1700, 60);
  int vacancies = 0;
  int bare = 0;
  for (const auto& need : Parse<v1::Requirement>(files, "requirements.jsonl")) {
    if (need.origin() != v1::REQUIREMENT_ORIGIN_VACANCY) continue;
    ++vacancies;
    bare += need.demands().skills().empty();
  }
  EXPECT_NEAR(vacancies, 1400, 90);
  EXPECT_NEAR(bare * 100 / vacancies, 70, 6);
  int distance = 0;
  for (const auto& offering : Parse<v1::Offering>(files, "offerings.jsonl")) {
    distance += offering.form() == v1::OFFERING_FORM_DISTANCE;
  }
  EXPECT_NEAR(distance, 700, 90);
}

TEST(Population, AdsSayWhatIsInDemand) {
  Options options = SmallOptions();
  options.requirements = 1000;
  options.ads_csv =
      "id,occupation_concept_id,label,occupation_group_concept_id\r\n";
  for (int i = 0; i < 20; ++i) {
    options.ads_csv +=
        absl::StrCat(i, ",oc31_aaa_aaa,\"Yrke, 31\",gr03_aaa_aaa\r\n");
  }
  int of_the_group = 0;
  const Files files = FilesOf(options);
  for (const auto& need : Parse<v1::Requirement>(files, "requirements.jsonl")) {
    of_the_group +=
        absl::StartsWith(need.demands().occupations(0).occupation(), "oc3");
  }
  // 41 of 46 by weight; a sixth is drawn from the whole major group.
  EXPECT_GT(of_the_group, 700);
}

TEST(Population, WrongOptionsAreNamed) {
  const auto error = [](const Options& options) {
    return std::string(
        Generate(options, [](absl::string_view, absl::string_view) {
          return absl::OkStatus();
        }).message());
  };
  Options options = SmallOptions();
  options.people = -1;
  EXPECT_THAT(error(options), HasSubstr("people is -1"));
  options = SmallOptions();
  options.tenant.clear();
  EXPECT_THAT(error(options), HasSubstr("tenant"));
  options = SmallOptions();
  options.municipality_codes = {"2062", "9999"};
  EXPECT_THAT(error(options), HasSubstr("9999"));
  options = SmallOptions();
  options.taxonomy_files = {{"a.jsonl", "{}\n{\"id\":"}};
  EXPECT_THAT(error(options), HasSubstr("a.jsonl line 1"));
  options = SmallOptions();
  options.ads_csv = "id,label\n";
  EXPECT_THAT(error(options), HasSubstr("occupation_concept_id"));
}

TEST(Population, AWriterThatFailsEndsTheRun) {
  int lines = 0;
  const absl::Status status =
      Generate(SmallOptions(), [&lines](absl::string_view, absl::string_view) {
        return ++lines < 5 ? absl::OkStatus()
                           : absl::ResourceExhaustedError("disk full");
      });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(lines, 5);
}

TEST(IsAuthorisation, TellsLicencesFromSkills) {
  EXPECT_TRUE(IsAuthorisation("Legitimation som sjuksköterska"));
  EXPECT_TRUE(
      IsAuthorisation("Utbildningsbevis enligt TLP 10 för truckförare"));
  EXPECT_TRUE(IsAuthorisation("Traverskort"));
  EXPECT_TRUE(IsAuthorisation("Mastcertifikat"));
  EXPECT_FALSE(IsAuthorisation("Truckvana"));
  EXPECT_FALSE(IsAuthorisation("TIG-svetsning"));
}

}  // namespace
}  // namespace kugge::population
