// The content of a training, worked out by hand from docs/scoring.md section
// 12.
#include "matching/propose.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"

namespace kugge::matching {
namespace {

constexpr ConceptIndex kFirstSkill = 100;  // related to themselves alone

DocumentId IdOf(uint8_t number) {
  DocumentId id;
  id.bytes[0] = number;
  return id;
}

Demand HardDemand(ConceptIndex skill) {
  return {.kind = DemandKind::kSkill,
          .concept_index = skill,
          .strength = Strength::kHard};
}

// Skills alone, and whatever a test adds.
class ProposalTest : public testing::Test {
 protected:
  ProposalTest() : graph_(ConceptGraph::FromRelations({})) {
    scoring_.graph = &graph_;
    scoring_.strategy = DefaultStrategy();
    request_ = {.today = kToday, .start_day = kToday, .budget_weeks = 4};
  }

  PersonFeatures& AddPerson(const std::vector<ConceptIndex>& skills) {
    auto person = std::make_shared<PersonFeatures>();
    person->id = IdOf(next_id_++);
    Section& section =
        person->sections[static_cast<size_t>(DemandKind::kSkill)];
    section.state = SectionState::kComplete;
    for (const ConceptIndex skill : skills) {
      section.held.push_back({.concept_index = skill});
    }
    changes_.people.push_back({person->id, person});
    return *person;
  }
  RequirementFeatures& AddRequirement(uint32_t positions,
                                      std::vector<Demand> demands) {
    auto requirement = std::make_shared<RequirementFeatures>();
    requirement->id = IdOf(next_id_++);
    requirement->positions = positions;
    requirement->demands = std::move(demands);
    changes_.requirements.push_back({requirement->id, requirement});
    request_.requirements.push_back(requirement.get());
    return *requirement;
  }
  OfferingFeatures& AddOffering(std::vector<Gain> gains, uint16_t weeks) {
    auto offering = std::make_shared<OfferingFeatures>();
    offering->id = IdOf(next_id_++);
    offering->gains = std::move(gains);
    offering->weeks = weeks;
    changes_.offerings.push_back({offering->id, offering});
    return *offering;
  }

  ProposalAnswer Propose() {
    return ProposeOffering(*Market().Apply(changes_), scoring_, request_)
        .value();
  }

  const ConceptGraph graph_;
  Scoring scoring_;
  ProposalRequest request_;
  MarketChanges changes_;
  uint8_t next_id_ = 1;
};

TEST_F(ProposalTest, ModulesComeByWhatTheyAddAndTheLastOneCompletesTheRest) {
  constexpr ConceptIndex kA = kFirstSkill;
  constexpr ConceptIndex kB = kA + 1;
  constexpr ConceptIndex kC = kA + 2;
  AddRequirement(4, {HardDemand(kA), HardDemand(kB), HardDemand(kC)});
  AddPerson({kA, kC});
  AddPerson({kC});
  AddPerson({kC});
  // Lacks what two more weeks than there are would teach.
  AddPerson({});
  AddPerson({kA, kB, kC});
  const ProposalAnswer answer = Propose();
  ASSERT_EQ(answer.modules.size(), 2u);
  EXPECT_EQ(answer.modules[0].gain.concept_index, kB);
  EXPECT_EQ(answer.modules[0].adds_positions, 1u);
  EXPECT_EQ(answer.modules[0].weeks, 2u);
  EXPECT_EQ(answer.modules[0].weeks_from_offerings, 0u);
  EXPECT_EQ(answer.modules[0].requirements, 1u);
  EXPECT_EQ(answer.modules[1].gain.concept_index, kA);
  EXPECT_EQ(answer.modules[1].adds_positions, 2u);
  EXPECT_EQ(answer.modules[1].adds_pairs, 2u);
  EXPECT_EQ(answer.weeks, 4u);
  EXPECT_EQ(answer.open_positions, 3u);
  EXPECT_EQ(answer.filled_positions, 3u);
  EXPECT_EQ(answer.filled_positions_bound, 3u);
  EXPECT_EQ(answer.unlocked_people, 3u);
  EXPECT_EQ(answer.served_requirements, 1u);
  EXPECT_EQ(answer.people, 5u);
  // All three have the third skill: it is what to ask first.
  ASSERT_EQ(answer.prerequisites.size(), 1u);
  EXPECT_EQ(answer.prerequisites[0].demand.concept_index, kC);
  EXPECT_EQ(answer.prerequisites[0].people, 3u);
  EXPECT_TRUE(answer.prerequisites[0].proposed);
  ASSERT_EQ(answer.uncovered.size(), 1u);
  EXPECT_EQ(answer.uncovered[0].pairs, 1u);
  EXPECT_EQ(answer.uncovered[0].positions, 0u);
  EXPECT_EQ(answer.uncovered[0].weeks, 2u);
}

TEST_F(ProposalTest, NeitherOfTwoModulesAloneAddsAnything) {
  AddRequirement(2, {HardDemand(kFirstSkill), HardDemand(kFirstSkill + 1)});
  AddPerson({});
  AddPerson({});
  const ProposalAnswer both = Propose();
  ASSERT_EQ(both.modules.size(), 2u);
  EXPECT_EQ(both.modules[0].adds_positions, 0u);
  EXPECT_EQ(both.modules[0].adds_pairs, 0u);
  EXPECT_EQ(both.modules[1].adds_positions, 2u);
  request_.budget_weeks = 3;
  const ProposalAnswer none = Propose();
  EXPECT_TRUE(none.modules.empty());
  EXPECT_TRUE(none.prerequisites.empty());
  EXPECT_TRUE(none.anything_lacking);
  ASSERT_EQ(none.uncovered.size(), 2u);
  EXPECT_EQ(none.uncovered[0].positions, 2u);
  EXPECT_EQ(none.uncovered[0].pairs, 0u);
}

TEST_F(ProposalTest, WeeksAreTheLowerMedianOfTheTrainingsThereAre) {
  constexpr ConceptIndex kA = kFirstSkill;
  AddRequirement(1, {HardDemand(kA)});
  AddRequirement(1, {HardDemand(kA + 1)});
  AddPerson({kA});
  AddPerson({kA + 1});
  const auto gain = [](ConceptIndex skill) {
    return Gain{.section = DemandKind::kSkill, .concept_index = skill};
  };
  AddOffering({gain(kA)}, 7);
  AddOffering({gain(kA), gain(kA + 5), gain(kA + 6)}, 11);  // 3 each
  AddOffering({gain(kA + 5)}, 1);
  AddOffering({gain(kA)}, 0);  // tells none
  AddOffering({gain(kA)}, 2).open = false;
  request_.budget_weeks = 50;
  const ProposalAnswer answer = Propose();
  ASSERT_EQ(answer.modules.size(), 0u);  // both are filled
  EXPECT_FALSE(answer.anything_lacking);
  ASSERT_EQ(answer.uncovered.size(), 2u);
  EXPECT_EQ(answer.uncovered[0].weeks, 3u);  // of 3 and 7
  EXPECT_EQ(answer.uncovered[1].weeks, 3u);  // of 1, 3 and 7
  changes_.people.pop_back();
  const ProposalAnswer one = Propose();
  ASSERT_EQ(one.modules.size(), 1u);
  EXPECT_EQ(one.modules[0].gain.concept_index, kA + 1);
  EXPECT_EQ(one.modules[0].weeks, 3u);
  EXPECT_EQ(one.modules[0].weeks_from_offerings, 0u);
}

TEST_F(ProposalTest, LicencesAndValidatedThingsAreAwarded) {
  AddRequirement(1, {{.kind = DemandKind::kSkill,
                      .concept_index = kFirstSkill,
                      .minimum_level = 3,
                      .minimum_evidence = Evidence::kValidated,
                      .strength = Strength::kHard},
                     {.kind = DemandKind::kLicence,
                      .concept_index = kFirstSkill + 1,
                      .strength = Strength::kHard}});
  AddPerson({kFirstSkill});
  // Nobody gives the licence.
  EXPECT_TRUE(Propose().modules.empty());
  AddOffering({{.section = DemandKind::kLicence,
                .concept_index = kFirstSkill + 1,
                .evidence = Evidence::kCertified}},
              2);
  const ProposalAnswer answer = Propose();
  ASSERT_EQ(answer.modules.size(), 2u);
  const Gain skill{.section = DemandKind::kSkill,
                   .concept_index = kFirstSkill,
                   .level = 3,
                   .evidence = Evidence::kCertified};
  EXPECT_EQ(answer.modules[0].gain, skill);
  EXPECT_EQ(answer.modules[1].gain.evidence, Evidence::kCertified);
}

TEST_F(ProposalTest, OnlyThoseWhoCanBeginAndTakeTheJobAfterwardsCount) {
  RequirementFeatures& job = AddRequirement(9, {HardDemand(kFirstSkill)});
  job.facts.latest_start = kToday + 28;
  request_.area.municipalities = {5};
  AddPerson({}).municipality = 5;
  AddPerson({}).municipality = 6;
  PersonFeatures& later = AddPerson({});
  later.municipality = 5;
  later.wishes.earliest_start = kToday + 1;
  PersonFeatures& in_time = AddPerson({});
  in_time.municipality = 5;
  in_time.wishes.earliest_start = kToday;
  in_time.wishes.start_strength = Strength::kHard;
  // ELIGIBLE now, elsewhere: one position less.
  AddPerson({kFirstSkill}).municipality = 6;
  ProposalAnswer answer = Propose();
  // It ends on the day before which the job would have to begin.
  EXPECT_EQ(answer.filled_positions, 1u);
  EXPECT_EQ(answer.open_positions, 8u);
  EXPECT_EQ(answer.people, 3u);
  job.facts.latest_start = kToday + 29;
  EXPECT_EQ(Propose().filled_positions, 2u);
  request_.start_day = kToday + 1;
  answer = Propose();  // one begins later, for another it ends too late
  EXPECT_EQ(answer.filled_positions, 2u);
  job.close_day = kToday + 29;
  answer = Propose();
  EXPECT_EQ(answer.requirements, 0u);
  EXPECT_EQ(answer.open_positions, 0u);
  job.close_day = kToday + 30;
  EXPECT_EQ(Propose().requirements, 1u);
}

TEST_F(ProposalTest, MoreThanFortyEightModulesKeepABoundThatHolds) {
  for (ConceptIndex i = 0; i < 60; ++i) {
    AddRequirement(1, {HardDemand(kFirstSkill + i)});
  }
  AddPerson({});
  request_.budget_weeks = 100;
  const ProposalAnswer answer = Propose();
  EXPECT_EQ(answer.modules.size(), 48u);
  EXPECT_EQ(answer.filled_positions, 48u);
  EXPECT_EQ(answer.filled_positions_bound, 50u);
  EXPECT_EQ(answer.unlocked_people, 1u);
  EXPECT_EQ(answer.served_requirements, 48u);
  EXPECT_EQ(answer.uncovered.size(), 12u);
  // The same twice over, in another order.
  request_.requirements.insert(request_.requirements.end(),
                               request_.requirements.rbegin(),
                               request_.requirements.rend());
  const ProposalAnswer again = Propose();
  EXPECT_EQ(again.modules, answer.modules);
  EXPECT_EQ(again.requirements, 60u);
}

TEST_F(ProposalTest, IsCancelled) {
  AddRequirement(2, {HardDemand(kFirstSkill)});
  request_.cancelled = [] { return true; };
  EXPECT_EQ(ProposeOffering(*Market().Apply(changes_), scoring_, request_)
                .status()
                .code(),
            absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace kugge::matching
