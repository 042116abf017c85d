// The search for those whom short lists name, against a look at everybody.
#include "matching/index/reaching_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "matching/index/block.h"
#include "matching/random_market_for_test.h"
#include "matching/rank.h"

namespace kugge::matching {
namespace {

constexpr size_t kSkill = static_cast<size_t>(DemandKind::kSkill);

// People of one town who ask nothing of a job and hold some of 40 skills.
class ReachTest : public ::testing::TestWithParam<DocNumber> {
 protected:
  void SetUp() override { BlockLengthSetting() = GetParam(); }
  void TearDown() override { BlockLengthSetting() = kBlockLength; }

  std::vector<Held>& Add() {
    auto person = std::make_shared<PersonFeatures>();
    person->id = random_.Id();
    std::vector<Held>& held = person->sections[kSkill].held;
    person->sections[kSkill].state =
        random_.Chance(70) ? SectionState::kComplete : SectionState::kOpen;
    changes_.people.push_back({person->id, person});
    return held;
  }
  // Skill i is held by about one person in i + 2.
  void AddAtRandom() {
    std::vector<Held>& held = Add();
    for (ConceptIndex skill = 0; skill < 40; ++skill) {
      if (random_.Below(skill + 2) != 0) continue;
      held.push_back({.concept_index = skill,
                      .level = static_cast<Level>(random_.Below(6))});
    }
  }
  Demand AnyDemand(ConceptIndex skill, uint32_t percent_hard) {
    return {.kind = DemandKind::kSkill,
            .concept_index = skill,
            .minimum_level =
                static_cast<Level>(random_.Chance(30) ? random_.Below(5) : 0),
            .strength = random_.Chance(percent_hard) ? Strength::kHard
                                                     : Strength::kSoft,
            .importance = static_cast<uint8_t>(1 + random_.Below(10))};
  }

  // How many people the search judged for what a look at everybody finds.
  size_t Judged(const RequirementFeatures& requirement, size_t k) {
    Strategy strategy = DefaultStrategy();
    strategy.demand_weights = {0, 10'000, 0, 0, 0, 0};
    const CompiledRequirement asking(requirement,
                                     {&graph_, strategy, TieKey{}});
    RankRequest<PersonFeatures> request;
    request.today = 20'000;
    request.k = k;
    const auto found = TopPeople(*market_, asking, request);
    const auto expected = ExhaustiveTopPeople(*market_, asking, request);
    EXPECT_TRUE(found.ok() && expected.ok());
    EXPECT_EQ(found->rows, expected->rows);
    EXPECT_EQ(found->more, expected->more);
    return found->judged;
  }
  void Load() { market_ = Market().Apply(changes_); }

  RandomMarket random_{11};
  const ConceptGraph graph_;
  MarketChanges changes_;
  std::shared_ptr<const Market> market_;
};

TEST_P(ReachTest, FindsWhatALookAtEverybodyFinds) {
  constexpr size_t kPeople = 1'500;
  for (size_t i = 0; i < kPeople; ++i) AddAtRandom();
  Load();
  size_t questions = 0;
  size_t judged = 0;
  for (int round = 0; round < 60; ++round) {
    RequirementFeatures requirement;
    requirement.id = random_.Id();
    const auto first = static_cast<ConceptIndex>(random_.Below(25));
    for (ConceptIndex skill = first; skill < first + 12; ++skill) {
      requirement.demands.push_back(AnyDemand(skill, round % 3 == 0 ? 10 : 0));
    }
    for (const size_t k : {1u, 5u, 40u}) {
      judged += Judged(requirement, k);
      ++questions;
      ASSERT_FALSE(HasFailure()) << "round " << round << ", k " << k;
    }
  }
  EXPECT_LT(judged, questions * kPeople / 4);
}

// Nine of three hundred hold both of two skills, four others a third one: the
// two together are what the best of the first block has, and no more.
TEST_P(ReachTest, WhoHasJustTheLeastIsFoundByItsTie) {
  for (int i = 0; i < 300; ++i) {
    std::vector<Held>& held = Add();
    if (i % 34 == 0) held = {{.concept_index = 1}, {.concept_index = 2}};
    if (i % 75 == 7) held = {{.concept_index = 3}};
  }
  Load();
  for (int round = 0; round < 20; ++round) {
    RequirementFeatures requirement;
    requirement.id = random_.Id();
    for (const ConceptIndex skill : {1u, 2u, 3u}) {
      requirement.demands.push_back(
          {.kind = DemandKind::kSkill, .concept_index = skill});
    }
    Judged(requirement, 1);
    ASSERT_FALSE(HasFailure()) << "round " << round;
  }
}

INSTANTIATE_TEST_SUITE_P(BlocksOf, ReachTest,
                         testing::Values(DocNumber{64}, DocNumber{128},
                                         kBlockLength));

}  // namespace
}  // namespace kugge::matching
