// Wrong fields of resources over the wire: each gets one clear error that names
// it, and nothing is written.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/employer_service.pb.h"
#include "kugge/v1/profile_service.pb.h"
#include "kugge/v1/taxonomy_service.pb.h"
#include "tests/integration/market.h"

namespace kugge::integration {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

// What a resource may not hold, and the field that must be named.
using Case = std::pair<std::string, std::string>;

std::string Repeat(int times, const std::string& text) {
  std::string all;
  for (int i = 0; i < times; ++i) absl::StrAppend(&all, text, " ");
  return all;
}

class BadFieldTest : public MarketTest {
 protected:
  // Creates, updates and imports are refused alike.
  void ExpectRefused(const std::string& service, const std::string& singular,
                     const std::string& Singular, const std::string& parent,
                     const std::string& plural, const std::string& good,
                     const std::vector<Case>& cases) const {
    const std::string name = absl::StrCat(parent, "/", plural, "/x");
    Do(absl::StrCat(service, "/Create", Singular),
       absl::StrCat("parent: '", parent, "' ", singular, "_id: 'x' ", singular,
                    " { ", good, " }"));
    const std::string get = absl::StrCat(service, "/Get", Singular);
    const std::string by_name = absl::StrCat("name: '", name, "'");
    const std::string before = Do(get, by_name).answers.at(0);
    for (const auto& [body, field] : cases) {
      const std::string path = absl::StrCat(singular, ".", field);
      ExpectInvalid(
          absl::StrCat(service, "/Create", Singular),
          absl::StrCat("parent: '", parent, "' ", singular, "_id: 'y' ",
                       singular, " { ", body, " ", Fill(body, good), " }"),
          path);
      ExpectInvalid(
          absl::StrCat(service, "/Update", Singular),
          absl::StrCat(singular, " { name: '", name, "' ", body, " }"), path);
      EXPECT_EQ(
          Call(get, absl::StrCat("name: '", parent, "/", plural, "/y'")).code,
          grpc::StatusCode::NOT_FOUND)
          << body;
      EXPECT_EQ(Do(get, by_name).answers.at(0), before) << body;
    }
  }

  // A scalar may stand once in protobuf's text.
  static std::string Fill(const std::string& body, const std::string& good) {
    const std::string first = body.substr(0, body.find(':'));
    const size_t at = good.find(first + ":");
    if (at == std::string::npos) return good;
    const size_t end = good.find(' ', good.find(' ', at) + 1);
    return absl::StrCat(good.substr(0, at),
                        end == std::string::npos ? "" : good.substr(end));
  }
};

TEST_F(BadFieldTest, Profiles) {
  const std::string long_list =
      Repeat(501, absl::StrCat("held { skill: '", kGas, "' }"));
  ExpectRefused(
      "ProfileService", "profile", "Profile", "tenants/t", "profiles",
      "kind: PROFILE_KIND_JOB_SEEKER",
      {
          {"skills { held { skill: 'none_skl_999' } }", "skills.held[0].skill"},
          {"skills { held { skill: 'svets' } }", "skills.held[0].skill"},
          {absl::StrCat("skills { held { skill: '", kWelder, "' } }"),
           "skills.held[0].skill"},
          {absl::StrCat("occupations { lacking: '", kGas, "' }"),
           "occupations.lacking[0]"},
          {absl::StrCat("skills { held { skill: '", kGas, "' level: 6 } }"),
           "skills.held[0].level"},
          {absl::StrCat("skills { held { skill: '", kGas, "' level: -1 } }"),
           "skills.held[0].level"},
          {absl::StrCat("skills { held { skill: '", kGas,
                        "' level: 2147483647 } }"),
           "skills.held[0].level"},
          {absl::StrCat("skills { ", long_list, "}"), "skills.held"},
          {absl::StrCat("skills { held { skill: '", kGas, "' } held { skill: '",
                        kGas, "' } }"),
           "skills.held[1].skill"},
          {absl::StrCat("skills { held { skill: '", kGas, "' } lacking: '",
                        kGas, "' }"),
           "skills.lacking[0]"},
          {absl::StrCat("languages { held { language: '", kSwedish,
                        "' level: 77 } }"),
           "languages.held[0].level"},
          {"home { municipality_code: '206' }", "home.municipality_code"},
          {"home { municipality_code: '9999' }", "home.municipality_code"},
          {"home { }", "home.municipality_code"},
          {"home { municipality_code: '2062' point { latitude: 91 } }",
           "home.point.latitude"},
          {"home { municipality_code: '2062' point { longitude: nan } }",
           "home.point.longitude"},
          {"home { municipality_code: '2062' point { latitude: -inf } }",
           "home.point.latitude"},
          {"wishes { mobility { maximum_distance_km: 1000000 } }",
           "wishes.mobility.maximum_distance_km"},
          {"wishes { mobility { easy_distance_km: 9 maximum_distance_km: 8 } }",
           "wishes.mobility.maximum_distance_km"},
          {"wishes { mobility { maximum_distance_km: 8 relocation_regions: "
           "'regions/county-99' } }",
           "wishes.mobility.relocation_regions[0]"},
          {"wishes { mobility { relocation_regions: 'dalarna' } }",
           "wishes.mobility.relocation_regions[0]"},
          {"wishes { working_time { shifts: SHIFT_UNSPECIFIED } }",
           "wishes.working_time.shifts[0]"},
          {"wishes { earliest_start_date { year: 2027 month: 2 day: 30 } }",
           "wishes.earliest_start_date"},
          {absl::StrCat("wishes { occupations { occupation: '", kWelder,
                        "' importance: 11 } }"),
           "wishes.occupations[0].importance"},
          {absl::StrCat("external_id: '", std::string(101, 'x'), "'"),
           "external_id"},
          {"external_id: 'a\\nb'", "external_id"},
          {"nominating_employer: 'tenants/t/employers/e'",
           "nominating_employer"},
          {"kind: 77", "kind"},
          {"expire_time { seconds: 999999999999 }", "expire_time"},
      });
}

TEST_F(BadFieldTest, Requirements) {
  ExpectRefused(
      "EmployerService", "requirement", "Requirement", "tenants/t/employers/e",
      "requirements", "title: 'T' origin: REQUIREMENT_ORIGIN_VACANCY",
      {
          {absl::StrCat("title: '", std::string(201, 'x'), "'"), "title"},
          {"title: 'a\\001b'", "title"},
          {"positions: -5", "positions"},
          {"positions: 10001", "positions"},
          {"site_id: 'nowhere'", "site_id"},
          {"remote_percent: 101", "remote_percent"},
          {"minimum_hours_percent: 80 maximum_hours_percent: 50",
           "maximum_hours_percent"},
          {"interview { date { year: 2026 month: 1 day: 1 } }", "interview"},
          {"demands { skills { } }", "demands.skills[0].skill"},
          {absl::StrCat("demands { languages { language: '", kSwedish, "' } }"),
           "demands.languages[0].minimum_level"},
          {absl::StrCat("demands { licences { licence: '", kGas, "' } }"),
           "demands.licences[0].licence"},
          {"demands { education { } }", "demands.education[0]"},
          {absl::StrCat("demands { occupations { occupation: '", kWelder,
                        "' minimum_experience_months: 601 } }"),
           "demands.occupations[0].minimum_experience_months"},
          {"start_date { year: 2030 month: 1 day: 2 } "
           "end_start_date { year: 2030 month: 1 day: 2 }",
           "end_start_date"},
          {"close_date { year: 99999 month: 1 day: 1 }", "close_date"},
      });
}

TEST_F(BadFieldTest, SessionsAndRegionsAndStrategies) {
  MakeProvider();
  MakeOffering("o", "");
  const std::string days =
      "start_date { year: 2099 month: 3 day: 1 } "
      "end_date { year: 2099 month: 5 day: 1 } distance_learning: true ";
  ExpectRefused("TrainingService", "session", "Session",
                "tenants/t/providers/p/offerings/o", "sessions",
                days + "seats: 5 ",
                {
                    {"seats: 10001", "seats"},
                    {"seats_taken: 6", "seats_taken"},
                    {"pace_percent: 101", "pace_percent"},
                    {absl::StrCat("instruction_language: '", kGas, "'"),
                     "instruction_language"},
                });
  ExpectRefused("TenantService", "region", "Region", "tenants/t", "regions",
                "display_name: 'A' municipality_codes: '2062' ",
                {
                    {"municipality_codes: '0000'", "municipality_codes[0]"},
                });
  ExpectRefused("TenantService", "strategy", "Strategy", "tenants/t",
                "strategies", "display_name: 'A'",
                {
                    {"not_asked_credit: 1001", "not_asked_credit"},
                    {"maximum_near_misses: 4", "maximum_near_misses"},
                    {"requirement_weights { skill: -1 occupation: 10001 }",
                     "requirement_weights.occupation"},
                    {"satisfying_relations: CONCEPT_RELATION_RELATED",
                     "satisfying_relations[0]"},
                });
}

}  // namespace
}  // namespace kugge::integration
