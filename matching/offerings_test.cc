// Offerings for a requirement and for a person's gaps (docs/scoring.md section
// 6).
#include "matching/offerings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "matching/course_rank.h"
#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"

namespace kugge::matching {
namespace {

constexpr ConceptIndex kForklift = 1;
constexpr ConceptIndex kPacking = 2;
constexpr ConceptIndex kSwedish = 3;

class OfferingsTest : public testing::Test {
 protected:
  OfferingsTest() {
    requirement_.id = random_.Id();
    requirement_.demands = {
        {.kind = DemandKind::kOccupation, .concept_index = 0},
        {.kind = DemandKind::kSkill,
         .concept_index = kPacking,
         .importance = 1},
        {.kind = DemandKind::kSkill,
         .concept_index = kForklift,
         .strength = Strength::kHard,
         .importance = 2},
        {.kind = DemandKind::kLanguage,
         .concept_index = kSwedish,
         .minimum_level = 3}};
    person_.id = random_.Id();
  }

  OfferingFeatures& Add(std::vector<Gain> gains) {
    auto offering = std::make_shared<OfferingFeatures>();
    offering->id = random_.Id();
    offering->reference = "offering";
    offering->gains = std::move(gains);
    offering->weeks = 4;
    SessionFeatures session;
    session.id = random_.Id();
    session.reference = "session";
    session.start_day = kToday + 10;
    session.end_day = kToday + 40;
    session.seats = 1;
    offering->sessions = {session};
    changes_.offerings.push_back({offering->id, offering});
    return *offering;
  }

  OfferingAnswer ForRequirement() const {
    const CompiledRequirement requirement(requirement_,
                                          {&graph_, DefaultStrategy(), {}});
    return *TopOfferings(*Market().Apply(changes_), requirement,
                         {.today = kToday});
  }

  OfferingAnswer ForPerson() {
    changes_.requirements = {
        {requirement_.id, std::make_shared<RequirementFeatures>(requirement_)}};
    const CompiledPerson person(person_, {&graph_, DefaultStrategy(), {}});
    return *TopOfferings(*Market().Apply(changes_), person, {.today = kToday});
  }

  RandomMarket random_{1};
  ConceptGraph graph_ = ConceptGraph::FromRelations({{}, {}, {}, {}});
  RequirementFeatures requirement_;
  PersonFeatures person_;
  MarketChanges changes_;
};

const Gain kForkliftGain{.section = DemandKind::kSkill,
                         .concept_index = kForklift};
const Gain kPackingGain{.section = DemandKind::kSkill,
                        .concept_index = kPacking};

TEST_F(OfferingsTest, CoverageIsTheShareOfLearnableWeight) {
  // Weights: packing 1000, forklift 2000, Swedish 1000; the occupation's 3000
  // can't be learnt.
  Add({{.section = DemandKind::kOccupation, .concept_index = 0},
       kForkliftGain});
  const OfferingAnswer answer = ForRequirement();
  ASSERT_EQ(answer.rows.size(), 1u);
  EXPECT_EQ(answer.rows[0].coverage, 5'000u);
  EXPECT_THAT(answer.rows[0].closes, testing::ElementsAre(2));
  EXPECT_EQ(answer.rows[0].offering_reference, "offering");
  EXPECT_EQ(answer.rows[0].session_reference, "session");
}

TEST_F(OfferingsTest, ALevelTaughtBelowTheAskedOneCoversNothing) {
  Add({{.section = DemandKind::kLanguage,
        .concept_index = kSwedish,
        .level = 2}});
  Add({{.section = DemandKind::kLanguage, .concept_index = kSwedish}});
  EXPECT_TRUE(ForRequirement().rows.empty());
  Add({{.section = DemandKind::kLanguage,
        .concept_index = kSwedish,
        .level = 3}});
  EXPECT_EQ(ForRequirement().rows.size(), 1u);
  EXPECT_EQ(ForRequirement().documents_scored, 3u);
}

TEST_F(OfferingsTest, TaughtIsEvidencedAndAwardedIsCertified) {
  requirement_.demands[2].minimum_evidence = Evidence::kCertified;
  Add({kForkliftGain});
  EXPECT_TRUE(ForRequirement().rows.empty());
  Gain award = kForkliftGain;
  award.evidence = Evidence::kCertified;
  Add({award});
  EXPECT_EQ(ForRequirement().rows.size(), 1u);
}

TEST_F(OfferingsTest, UnusableSessionsGiveNoRow) {
  Add({kForkliftGain}).sessions[0].open = false;
  Add({kForkliftGain}).sessions[0].seats_taken = 1;
  Add({kForkliftGain}).sessions[0].start_day = kToday - 1;
  Add({kForkliftGain}).sessions[0].start_day = kNoDay;
  Add({kForkliftGain}).sessions.clear();
  Add({kForkliftGain}).open = false;
  EXPECT_TRUE(ForRequirement().rows.empty());
}

TEST_F(OfferingsTest, TheBestSessionEndsFirst) {
  OfferingFeatures& offering = Add({kForkliftGain});
  SessionFeatures sooner = offering.sessions[0];
  sooner.id = random_.Id();
  sooner.end_day = kNoDay;  // start + 4 weeks
  offering.sessions.push_back(sooner);
  const OfferingAnswer answer = ForRequirement();
  ASSERT_EQ(answer.rows.size(), 1u);
  EXPECT_EQ(answer.rows[0].session, sooner.id);
  EXPECT_EQ(answer.rows[0].end_day, kToday + 38);
  EXPECT_EQ(answer.rows[0].other_sessions, 1u);
}

TEST_F(OfferingsTest, InTimeComesBeforeCoverageThenEndThenDistance) {
  requirement_.facts.latest_start = kToday + 41;
  requirement_.facts.place = kMora;
  OfferingFeatures& late = Add({kForkliftGain, kPackingGain});
  late.sessions[0].end_day = kToday + 41;
  const DocumentId packing = Add({kPackingGain}).id;
  OfferingFeatures& near = Add({kForkliftGain});
  near.sessions[0].place = kMora;
  OfferingFeatures& far = Add({kForkliftGain});
  far.sessions[0].place = kOrsa;
  const DocumentId nowhere = Add({kForkliftGain}).id;
  OfferingFeatures& sooner = Add({kForkliftGain});
  sooner.sessions[0].end_day = kToday + 39;
  const OfferingAnswer answer = ForRequirement();
  std::vector<DocumentId> ids;
  for (const OfferingMatch& row : answer.rows) ids.push_back(row.offering);
  EXPECT_THAT(ids, testing::ElementsAre(sooner.id, near.id, far.id, nowhere,
                                        packing, late.id));
  EXPECT_TRUE(answer.rows[0].in_time);
  EXPECT_FALSE(answer.rows[5].in_time);
}

// Two sessions end first; the second one has the seats, and is the only one in
// reach where everybody wishes for a short way.
TEST_F(OfferingsTest,
       TheFirstRequirementServedLooksAtEverySessionThatEndsFirst) {
  constexpr Point kHere{.lat_e5 = 6'100'000, .lon_e5 = 1'450'000};
  constexpr Point kThere{.lat_e5 = 6'200'000, .lon_e5 = 1'450'000};
  OfferingFeatures& offering = Add({kForkliftGain});
  offering.sessions.push_back(offering.sessions[0]);
  offering.sessions[0].place = kHere;
  offering.sessions[1].id = random_.Id();
  offering.sessions[1].place = kThere;
  offering.sessions[1].seats = 5;
  std::vector<std::shared_ptr<PersonFeatures>> people;
  for (int i = 0; i < 3; ++i) {
    people.push_back(std::make_shared<PersonFeatures>());
    people.back()->id = random_.Id();
    changes_.people.push_back({people.back()->id, people.back()});
  }
  RequirementFeatures here;
  here.id = random_.Id();
  here.positions = 3;
  here.facts.place = kHere;
  here.demands = {requirement_.demands[2]};
  RequirementFeatures there = here;
  there.id = random_.Id();
  there.facts.place = kThere;
  there.demands = {requirement_.demands[1], requirement_.demands[2]};
  for (const RequirementFeatures* const one : {&here, &there}) {
    changes_.requirements.push_back(
        {one->id, std::make_shared<RequirementFeatures>(*one)});
  }
  CourseRequest<RequirementFeatures> request;
  request.today = kToday;
  request.k = 1;
  const CompiledCourse course(offering, {&graph_, DefaultStrategy(), {}});
  for (const bool short_way : {false, true}) {
    for (const auto& person : people) {
      person->home = kThere;
      person->wishes.distance_strength = Strength::kHard;
      if (short_way) person->wishes.maximum_distance = 10;
    }
    const auto answer = TopRequirements(*Market().Apply(changes_), course,
                                        std::nullopt, request);
    ASSERT_EQ(answer->rows.size(), 1u);
    EXPECT_EQ(answer->rows[0].requirement, there.id);
    EXPECT_EQ(answer->rows[0].unlocked_people, 3u);
    EXPECT_EQ(answer->rows[0].fillable, 3u);
    EXPECT_TRUE(answer->more);
  }
}

TEST_F(OfferingsTest, APersonsGapIsWhatItIsNotKnownToSatisfy) {
  person_.sections[static_cast<size_t>(DemandKind::kSkill)] = {
      .state = SectionState::kComplete,
      .held = {{.concept_index = kPacking}},
      .lacking = {}};
  Add({kForkliftGain, kPackingGain});
  const OfferingAnswer answer = ForPerson();
  // The forklift (2000, refused: a near miss that can be learnt) and Swedish
  // (1000, unknown).
  ASSERT_EQ(answer.gap.size(), 2u);
  EXPECT_EQ(answer.gap[0].demand, 2u);
  EXPECT_EQ(answer.gap[0].satisfied, Satisfied::kNo);
  EXPECT_EQ(answer.gap[1].satisfied, Satisfied::kUnknown);
  ASSERT_EQ(answer.rows.size(), 1u);
  EXPECT_EQ(answer.rows[0].coverage, 6'666u);
  EXPECT_THAT(answer.rows[0].closes, testing::ElementsAre(0));
  EXPECT_EQ(answer.rows[0].requirements_helped, 1u);
}

TEST_F(OfferingsTest, APersonIsNotSentWhereItCannotGo) {
  person_.home = kMora;
  person_.wishes.maximum_distance = 10;
  person_.wishes.distance_strength = Strength::kHard;
  person_.wishes.earliest_start = kToday + 10;
  requirement_.facts.place = kMora;
  const DocumentId good = Add({kForkliftGain}).id;
  Add({kForkliftGain}).sessions[0].start_day = kToday + 9;
  Add({kForkliftGain}).sessions[0].place = kOrsa;
  OfferingFeatures& remote = Add({kForkliftGain});
  remote.sessions[0].place = kOrsa;
  remote.sessions[0].distance_learning = true;
  OfferingFeatures& demanding = Add({kForkliftGain});
  demanding.prerequisites = {{.kind = DemandKind::kLicence,
                              .concept_index = 0,
                              .strength = Strength::kHard}};
  std::vector<DocumentId> ids;
  person_.sections[static_cast<size_t>(DemandKind::kLicence)].lacking = {0};
  for (const OfferingMatch& row : ForPerson().rows) ids.push_back(row.offering);
  EXPECT_THAT(ids, testing::ElementsAre(remote.id, good));
  person_.sections[static_cast<size_t>(DemandKind::kLicence)].lacking = {};
  EXPECT_EQ(ForPerson().rows.size(), 3u);
}

TEST_F(OfferingsTest, ANearMissThatCannotBeLearntHasNoGap) {
  person_.wishes.shifts = kShiftDay;
  person_.wishes.shifts_strength = Strength::kHard;
  requirement_.facts.shifts = kShiftNight;
  Add({kForkliftGain});
  const OfferingAnswer answer = ForPerson();
  EXPECT_EQ(answer.gap_requirements, 0u);
  EXPECT_TRUE(answer.rows.empty());
}

TEST(OfferingPagesTest, PagesConcatenatedAreOneBigPage) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    RandomMarket random(seed);
    const ConceptGraph graph = random.Graph();
    const Scoring scoring{&graph, random.AnyStrategy(), random.AnyTieKey()};
    const auto market = Market().Apply(random.Fill(0, 150, 200));
    const CompiledPerson person(random.Person(), scoring);
    const CompiledRequirement requirement(random.Requirement(), scoring);
    const auto ask = [&](bool of_person, const OfferingRequest& request) {
      return of_person ? *TopOfferings(*market, person, request)
                       : *TopOfferings(*market, requirement, request);
    };
    for (const bool of_person : {false, true}) {
      OfferingRequest request{.today = kToday, .k = 1000};
      const OfferingAnswer whole = ask(of_person, request);
      std::vector<OfferingMatch> pages;
      request.k = 3;
      while (true) {
        const OfferingAnswer page = ask(of_person, request);
        pages.insert(pages.end(), page.rows.begin(), page.rows.end());
        if (page.remaining == 0) break;
        request.after = page.rows.back().key;
      }
      ASSERT_EQ(pages, whole.rows) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace kugge::matching
