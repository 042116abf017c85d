#include "services/features/extractor.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "matching/geo/municipalities.h"
#include "matching/taxonomy/taxonomy.h"
#include "services/features/calendar.h"

namespace kugge::features {
namespace {

using matching::ConceptKind;
using matching::DemandKind;
using testing::ElementsAre;
using testing::IsEmpty;

template <typename M>
M Parse(const std::string& text) {
  M message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message))
      << text;
  return message;
}

matching::ConceptRecord Concept(std::string id, ConceptKind kind) {
  matching::ConceptRecord record;
  record.id = std::move(id);
  record.kind = kind;
  record.label = "label";
  return record;
}

class ExtractorTest : public testing::Test {
 protected:
  // Indices follow the ids: 0 aaaa, 1 bbbb, 2 cccc.
  const std::unique_ptr<const matching::Taxonomy> taxonomy_ =
      matching::Taxonomy::FromConcepts(
          "test", {Concept("aaaa_aaa_aaa", ConceptKind::kSkill),
                   Concept("bbbb_bbb_bbb", ConceptKind::kOccupationName),
                   Concept("cccc_ccc_ccc", ConceptKind::kSkill)});
  Interners interners_;
  const Extractor extractor_{*taxonomy_, interners_};
  const RegionLookup regions_ = [](absl::string_view region) {
    return region == "regions/county-20"
               ? std::vector<std::string>{"2062", "2034", "2062", "nowhere"}
               : std::vector<std::string>{};
  };
};

TEST_F(ExtractorTest, WhatIsNotToldAsksNothing) {
  const auto person = extractor_.Person(
      Parse<v1::Profile>(R"(name: "tenants/t/profiles/p")"), regions_);
  EXPECT_EQ(person.reference, "tenants/t/profiles/p");
  EXPECT_EQ(person.home, std::nullopt);
  EXPECT_EQ(person.wishes.maximum_distance, std::nullopt);
  EXPECT_EQ(person.wishes.earliest_start, matching::kNoDay);
  EXPECT_EQ(person.expire_day, matching::kNoDay);
  EXPECT_THAT(person.wishes.occupations, IsEmpty());
  for (const matching::Section& section : person.sections) {
    EXPECT_EQ(section.state, matching::SectionState::kOpen);
    EXPECT_THAT(section.held, IsEmpty());
  }
}

TEST_F(ExtractorTest, HeldSkillsAreSortedByIndexWithClaimedAsTheLeastEvidence) {
  const auto person = extractor_.Person(Parse<v1::Profile>(R"(
    name: "tenants/t/profiles/p"
    skills {
      completeness: COMPLETENESS_COMPLETE
      held { skill: "cccc_ccc_ccc" level: 4 evidence: EVIDENCE_LEVEL_VALIDATED }
      held { skill: "aaaa_aaa_aaa" }
      lacking: "cccc_ccc_ccc"
    })"),
                                        regions_);
  const matching::Section& skills =
      person.sections[static_cast<size_t>(DemandKind::kSkill)];
  EXPECT_EQ(skills.state, matching::SectionState::kComplete);
  EXPECT_THAT(
      skills.held,
      ElementsAre(matching::Held{0, 0, matching::Evidence::kClaimed},
                  matching::Held{2, 4, matching::Evidence::kValidated}));
  EXPECT_THAT(skills.lacking, ElementsAre(2u));
}

TEST_F(ExtractorTest, DistanceIsHardUnlessSaidToBeSoftAndInHundredsOfMetres) {
  const auto hard = extractor_.Person(
      Parse<v1::Profile>(
          R"(wishes { mobility { easy_distance_km: 5 maximum_distance_km: 40
               relocation_regions: "regions/county-20" } })"),
      regions_);
  EXPECT_EQ(hard.wishes.easy_distance, 50);
  EXPECT_EQ(hard.wishes.maximum_distance, 400);
  EXPECT_EQ(hard.wishes.distance_strength, matching::Strength::kHard);
  EXPECT_THAT(hard.wishes.relocation,
              ElementsAre(*matching::FindMunicipality("2034"),
                          *matching::FindMunicipality("2062")));
  const auto soft =
      extractor_.Person(Parse<v1::Profile>(
                            R"(wishes { mobility { maximum_distance_km: 40
               strength: STRENGTH_SOFT } })"),
                        regions_);
  EXPECT_EQ(soft.wishes.distance_strength, matching::Strength::kSoft);
}

TEST_F(ExtractorTest, APlaceWithoutAPointIsTheMunicipalitysMainTown) {
  const auto town = extractor_.Person(
      Parse<v1::Profile>(R"(home { municipality_code: "2062" })"), regions_);
  EXPECT_EQ(town.home,
            matching::Municipalities()[*matching::FindMunicipality("2062")]
                .town_point);
  const auto exact =
      extractor_.Person(Parse<v1::Profile>(R"(home { municipality_code: "2062"
          point { latitude: 61.123456 longitude: 14.5 } })"),
                        regions_);
  EXPECT_EQ(exact.home, (matching::Point{6112346, 1450000}));
}

TEST_F(ExtractorTest, DemandsAreSortedByKindThenConceptId) {
  const auto requirement = extractor_.Requirement(Parse<v1::Requirement>(R"(
        name: "tenants/t/employers/e/requirements/r"
        demands {
          skills { skill: "cccc_ccc_ccc" strength: STRENGTH_HARD }
          skills { skill: "aaaa_aaa_aaa" importance: 9 }
          occupations { occupation: "bbbb_bbb_bbb" }
        })"),
                                                  v1::Employer());
  ASSERT_EQ(requirement.demands.size(), 3u);
  EXPECT_EQ(requirement.demands[0].kind, DemandKind::kOccupation);
  EXPECT_EQ(requirement.demands[1].concept_index, 0u);
  EXPECT_EQ(requirement.demands[1].importance, 9);
  EXPECT_EQ(requirement.demands[2].concept_index, 2u);
  EXPECT_EQ(requirement.demands[2].importance, 5);
  EXPECT_EQ(requirement.demands[2].strength, matching::Strength::kHard);
  EXPECT_THAT(requirement.facts.occupations, ElementsAre(1u));
  EXPECT_EQ(requirement.positions, 1u);
  EXPECT_EQ(requirement.facts.remote_percent, std::nullopt);
}

TEST_F(ExtractorTest, ARequirementWithoutAPlaceTakesItsSites) {
  const auto employer = Parse<v1::Employer>(R"(
    sites { site_id: "mill" place { municipality_code: "2062" } })");
  const auto requirement = extractor_.Requirement(
      Parse<v1::Requirement>(R"(site_id: "mill")"), employer);
  EXPECT_EQ(requirement.facts.municipality,
            *matching::FindMunicipality("2062"));
}

TEST_F(ExtractorTest, OccupationsThatNoTaxonomyHasAreInNoGroup) {
  const auto requirement = extractor_.Requirement(
      Parse<v1::Requirement>(
          R"(demands { occupations { occupation: "zzzz_zzz_zzz" } })"),
      v1::Employer());
  EXPECT_EQ(requirement.occupation_group, matching::kNoConcept);
  EXPECT_GE(requirement.demands[0].concept_index, taxonomy_->size());
}

TEST_F(ExtractorTest, TaughtThingsAreEvidencedAndAwardsCertified) {
  const auto sessions = std::vector<v1::Session>{Parse<v1::Session>(R"(
    name: "tenants/t/providers/p/offerings/o/sessions/s"
    start_date { year: 1970 month: 1 day: 3 }
    seats: 5 seats_taken: 2 state: OFFERING_STATE_CLOSED)")};
  const auto offering = extractor_.Offering(Parse<v1::Offering>(R"(
        name: "tenants/t/providers/p/offerings/o"
        taught_skills { skill: "cccc_ccc_ccc" level: 2 }
        awarded_authorisations: "aaaa_aaa_aaa")"),
                                            sessions);
  EXPECT_THAT(offering.gains,
              ElementsAre(matching::Gain{DemandKind::kSkill, 2, 2,
                                         matching::Evidence::kEvidenced},
                          matching::Gain{DemandKind::kAuthorisation, 0, 0,
                                         matching::Evidence::kCertified}));
  ASSERT_EQ(offering.sessions.size(), 1u);
  EXPECT_EQ(offering.sessions[0].start_day, 2);
  EXPECT_EQ(offering.sessions[0].end_day, matching::kNoDay);
  EXPECT_FALSE(offering.sessions[0].open);
  EXPECT_EQ(offering.sessions[0].pace_percent, 100);
}

TEST(StrategyOfTest, WhatIsAbsentIsTheDefaults) {
  const matching::Strategy strategy =
      StrategyOf(Parse<v1::Strategy>(R"(name: "s" version: 3)"));
  EXPECT_EQ(strategy.demand_weights,
            matching::DefaultStrategy().demand_weights);
  EXPECT_EQ(strategy.score_factor, 7u);
  EXPECT_EQ(strategy.version, 3u);
}

TEST(StrategyOfTest, NamedRelationsSatisfyToo) {
  const matching::Strategy strategy = StrategyOf(Parse<v1::Strategy>(
      "satisfying_relations: CONCEPT_RELATION_SUBSTITUTE_75"));
  EXPECT_EQ(strategy.also_satisfying,
            matching::RelationBit(matching::RelationKind::kSubstitute75));
}

TEST(CalendarTest, DaysAndDatesGoBothWays) {
  EXPECT_EQ(ToDays(v1::Date()), matching::kNoDay);
  for (const matching::Days day : {0, 59, 11016, 20413}) {
    EXPECT_EQ(ToDays(ToDate(day)), day);
  }
}

TEST(CalendarTest, TheDayChangesAtMidnightInSweden) {
  const absl::Time late = absl::FromCivil(
      absl::CivilSecond(2026, 1, 1, 23, 30, 0), absl::UTCTimeZone());
  EXPECT_EQ(DayInSweden(late), DayInSweden(late - absl::Hours(2)) + 1);
}

TEST(TenantOfTest, TheTenantIsTheSecondPartOfAName) {
  EXPECT_EQ(TenantOf("tenants/mora/profiles/p"), "mora");
  EXPECT_EQ(TenantOf("tenants/mora"), "mora");
  EXPECT_EQ(TenantOf("tenants"), "");
}

}  // namespace
}  // namespace kugge::features
