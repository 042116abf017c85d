#include "services/rpc/resource_rules.h"

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/taxonomy.pb.h"
#include "kugge/v1/tenant.pb.h"

namespace kugge::rpc {
namespace {

template <typename T>
Violations Check(const std::string& text, absl::string_view path = "") {
  T message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  Violations violations;
  CheckResource(message, path, &violations);
  return violations;
}

template <typename T>
void ExpectFine(const std::string& text) {
  EXPECT_TRUE(Check<T>(text).empty()) << text << Check<T>(text).ToStatus();
}

// Exactly one wrong field, this one.
template <typename T>
void ExpectFault(const std::string& text, const std::string& path) {
  const Violations violations = Check<T>(text);
  ASSERT_EQ(violations.total(), 1) << text << violations.ToStatus();
  EXPECT_EQ(violations.list()[0].path, path) << text;
}

TEST(ResourceRulesTest, ProfilesAgreeWithTheirKind) {
  ExpectFine<v1::Profile>("kind: PROFILE_KIND_JOB_SEEKER");
  ExpectFine<v1::Profile>(
      "kind: PROFILE_KIND_EMPLOYEE nominating_employer: 'e'");
  ExpectFault<v1::Profile>(
      "kind: PROFILE_KIND_STUDENT nominating_employer: 'e'",
      "nominating_employer");
  ExpectFine<v1::Profile>(
      "kind: PROFILE_KIND_STUDENT graduation_date { year: 2026 }");
  ExpectFault<v1::Profile>(
      "kind: PROFILE_KIND_JOB_SEEKER graduation_date { year: 2026 }",
      "graduation_date");
}

TEST(ResourceRulesTest, AConceptStandsOnceInAProfile) {
  ExpectFine<v1::Profile>(
      "skills { held { skill: 'a' } held { skill: 'b' } lacking: 'c' }");
  ExpectFault<v1::Profile>(
      "occupations { held { occupation: 'a' } held { occupation: 'a' } }",
      "occupations.held[1].occupation");
  ExpectFault<v1::Profile>(
      "skills { held { skill: 'a' } held { skill: 'b' } "
      "held { skill: 'a' level: 2 } }",
      "skills.held[2].skill");
  ExpectFault<v1::Profile>(
      "languages { held { language: 'a' } held { language: 'a' } }",
      "languages.held[1].language");
  ExpectFault<v1::Profile>(
      "licences { held { licence: 'a' } held { licence: 'a' } }",
      "licences.held[1].licence");
  ExpectFault<v1::Profile>(
      "authorisations { held { authorisation: 'a' } "
      "held { authorisation: 'a' } }",
      "authorisations.held[1].authorisation");
  ExpectFault<v1::Profile>(
      "education { held { field: 'a' eqf_level: 4 } "
      "held { field: 'a' eqf_level: 6 } }",
      "education.held[1].field");
  ExpectFault<v1::Profile>("skills { lacking: 'a' lacking: 'a' }",
                           "skills.lacking[1]");
  ExpectFault<v1::Profile>("skills { held { skill: 'a' } lacking: 'a' }",
                           "skills.lacking[0]");
}

TEST(ResourceRulesTest, WishesAreConsistent) {
  ExpectFine<v1::Profile>(
      "wishes { mobility { easy_distance_km: 30 maximum_distance_km: 30 } "
      "working_time { minimum_hours_percent: 50 maximum_hours_percent: 50 } }");
  ExpectFault<v1::Profile>(
      "wishes { mobility { easy_distance_km: 31 maximum_distance_km: 30 } }",
      "wishes.mobility.maximum_distance_km");
  ExpectFault<v1::Profile>(
      "wishes { working_time { minimum_hours_percent: 60 "
      "maximum_hours_percent: 50 } }",
      "wishes.working_time.maximum_hours_percent");
  ExpectFault<v1::Profile>(
      "wishes { occupations { occupation: 'a' } "
      "occupations { occupation: 'a' } }",
      "wishes.occupations[1].occupation");
  ExpectFault<v1::Profile>(
      "wishes { working_time { shifts: SHIFT_DAY shifts: SHIFT_DAY } }",
      "wishes.working_time.shifts[1]");
  ExpectFault<v1::Profile>(
      "wishes { mobility { relocation_regions: 'a' relocation_regions: 'a' } }",
      "wishes.mobility.relocation_regions[1]");
  ExpectFault<v1::Profile>(
      "accommodations_needed: ACCOMMODATION_QUIET_ROOM "
      "accommodations_needed: ACCOMMODATION_QUIET_ROOM",
      "accommodations_needed[1]");
}

TEST(ResourceRulesTest, AnInterviewBelongsToItsOrigin) {
  ExpectFine<v1::Requirement>("origin: REQUIREMENT_ORIGIN_VACANCY");
  ExpectFine<v1::Requirement>(
      "origin: REQUIREMENT_ORIGIN_INTERVIEW interview { role_asked: 'x' }");
  ExpectFault<v1::Requirement>("origin: REQUIREMENT_ORIGIN_INTERVIEW",
                               "interview");
  ExpectFault<v1::Requirement>(
      "origin: REQUIREMENT_ORIGIN_VACANCY interview { role_asked: 'x' }",
      "interview");
}

TEST(ResourceRulesTest, RequirementsAreConsistent) {
  ExpectFault<v1::Requirement>(
      "minimum_hours_percent: 80 maximum_hours_percent: 50",
      "maximum_hours_percent");
  const std::string start = "start_date { year: 2026 month: 3 day: 1 } ";
  ExpectFine<v1::Requirement>(start);
  ExpectFine<v1::Requirement>(start +
                              "end_start_date { year: 2026 month: 3 day: 2 }");
  ExpectFault<v1::Requirement>(start +
                                   "end_start_date { year: 2026 month: 3 day: "
                                   "1 }",
                               "end_start_date");
  ExpectFault<v1::Requirement>("shifts: SHIFT_DAY shifts: SHIFT_DAY",
                               "shifts[1]");
}

TEST(ResourceRulesTest, DemandsStandOnceAndAskForSomething) {
  for (const char* kind :
       {"occupation", "skill", "language", "licence", "authorisation"}) {
    const std::string one = absl::StrCat(kind, "s { ", kind, ": 'a' } ");
    ExpectFine<v1::Requirement>(absl::StrCat("demands { ", one, "}"));
    ExpectFault<v1::Requirement>(absl::StrCat("demands { ", one, one, "}"),
                                 absl::StrCat("demands.", kind, "s[1].", kind));
    ExpectFault<v1::Offering>(
        absl::StrCat("prerequisites { ", one, one, "}"),
        absl::StrCat("prerequisites.", kind, "s[1].", kind));
  }
  ExpectFine<v1::Requirement>("demands { education { field: 'a' } }");
  ExpectFine<v1::Requirement>("demands { education { minimum_eqf_level: 4 } }");
  ExpectFault<v1::Requirement>("demands { education { importance: 3 } }",
                               "demands.education[0]");
  ExpectFault<v1::Requirement>(
      "demands { education { field: 'a' } "
      "education { field: 'a' minimum_eqf_level: 4 } }",
      "demands.education[1].field");
}

TEST(ResourceRulesTest, OfferingsTeachAThingOnce) {
  ExpectFault<v1::Offering>(
      "taught_skills { skill: 'a' level: 1 } taught_skills { skill: 'a' }",
      "taught_skills[1].skill");
  ExpectFault<v1::Offering>(
      "taught_languages { language: 'a' } taught_languages { language: 'a' }",
      "taught_languages[1].language");
  ExpectFault<v1::Offering>("awarded_licences: 'a' awarded_licences: 'a'",
                            "awarded_licences[1]");
  ExpectFault<v1::Offering>(
      "awarded_authorisations: 'a' awarded_authorisations: 'a'",
      "awarded_authorisations[1]");
  ExpectFault<v1::Offering>(
      "awarded_education { field: 'a' } awarded_education { field: 'a' }",
      "awarded_education[1].field");
}

TEST(ResourceRulesTest, SessionsAreConsistent) {
  const std::string start = "start_date { year: 2026 month: 3 day: 1 } ";
  const std::string next_day = "end_date { year: 2026 month: 3 day: 2 } ";
  const std::string distance = "distance_learning: true ";
  ExpectFine<v1::Session>(start + next_day + distance +
                          "seats: 10 seats_taken: 10");
  ExpectFine<v1::Session>("place { municipality_code: '2062' }");
  ExpectFault<v1::Session>("seats: 10", "place");
  ExpectFault<v1::Session>(distance + "seats: 10 seats_taken: 11",
                           "seats_taken");
  ExpectFault<v1::Session>(
      start + distance + "end_date { year: 2026 month: 3 day: 1 }", "end_date");
  ExpectFault<v1::Session>(
      start + distance + "end_date { year: 2025 month: 12 day: 31 }",
      "end_date");
  ExpectFault<v1::Session>(
      distance +
          "accommodations_offered: ACCOMMODATION_QUIET_ROOM "
          "accommodations_offered: ACCOMMODATION_QUIET_ROOM",
      "accommodations_offered[1]");
}

TEST(ResourceRulesTest, EmployersAreConsistent) {
  ExpectFine<v1::Employer>("workforce { employees: 10 women: 4 men: 5 }");
  ExpectFault<v1::Employer>("workforce { employees: 10 women: 6 men: 5 }",
                            "workforce.employees");
  ExpectFault<v1::Employer>("sites { site_id: 'a' } sites { site_id: 'a' }",
                            "sites[1].site_id");
  ExpectFault<v1::Employer>("industry_codes: 'C' industry_codes: 'C'",
                            "industry_codes[1]");
  ExpectFine<v1::Employer>("member_employers: 'a' member_employers: 'b'");
  ExpectFault<v1::Employer>("member_employers: 'a' member_employers: 'a'",
                            "member_employers[1]");
  ExpectFault<v1::Employer>(
      "member_employers: 'a' organisation_number: '5560360793'",
      "organisation_number");
}

TEST(ResourceRulesTest, RegionsNameAMunicipalityOnce) {
  ExpectFine<v1::Region>(
      "municipality_codes: '2062' "
      "municipality_codes: '2034'");
  ExpectFault<v1::Region>(
      "municipality_codes: '2062' municipality_codes: '2062'",
      "municipality_codes[1]");
}

TEST(ResourceRulesTest, WeightsAreWholeOrAbsent) {
  ExpectFine<v1::Strategy>("");
  ExpectFine<v1::Strategy>(
      "requirement_weights { occupation: 4000 skill: 6000 } "
      "person_weights { distance: 10000 }");
  ExpectFault<v1::Strategy>("requirement_weights { occupation: 4000 }",
                            "requirement_weights");
  ExpectFault<v1::Strategy>("requirement_weights { }", "requirement_weights");
  ExpectFault<v1::Strategy>("person_weights { distance: 10000 hours: 1 }",
                            "person_weights");
  ExpectFault<v1::Strategy>("person_weights { }", "person_weights");
}

TEST(ResourceRulesTest, RelatedSatisfiesNothing) {
  ExpectFine<v1::Strategy>(
      "satisfying_relations: CONCEPT_RELATION_SUBSTITUTE_75");
  ExpectFault<v1::Strategy>(
      "satisfying_relations: CONCEPT_RELATION_SUBSTITUTE_75 "
      "satisfying_relations: CONCEPT_RELATION_RELATED",
      "satisfying_relations[1]");
}

TEST(ResourceRulesTest, SubstitutesAre25Or75) {
  ExpectFine<v1::Concept>(
      "substitutes { concept_id: 'a' grade: 25 } "
      "substitutes { concept_id: 'b' grade: 75 }");
  ExpectFault<v1::Concept>("substitutes { concept_id: 'a' grade: 50 }",
                           "substitutes[0].grade");
}

TEST(ResourceRulesTest, PathsStartWhereTheCallerSays) {
  EXPECT_EQ(
      Check<v1::Session>("distance_learning: false", "requests[3].session")
          .list()[0]
          .path,
      "requests[3].session.place");
}

TEST(ResourceRulesTest, OtherMessagesHaveNoSuchRules) {
  ExpectFine<v1::Tenant>("name: 'x'");
}

}  // namespace
}  // namespace kugge::rpc
