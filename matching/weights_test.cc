#include "matching/weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "matching/random_market_for_test.h"
#include "matching/strategy.h"

namespace kugge::matching {
namespace {

std::vector<Bp> Share(Bp weight, std::vector<uint8_t> importances) {
  std::vector<Demand> demands;
  for (const uint8_t importance : importances) {
    demands.push_back({.kind = DemandKind::kSkill, .importance = importance});
  }
  std::vector<Bp> shared;
  ShareWeights(demands, {0, weight, 0, 0, 0, 0}, shared);
  return shared;
}

TEST(ShareWeightsTest, LeftOversGoToTheLargestRemainders) {
  // Quotas 14.28.., 28.57.., 57.14..: one left, to the second.
  EXPECT_THAT(Share(100, {1, 2, 4}), testing::ElementsAre(14, 29, 57));
}

TEST(ShareWeightsTest, EqualRemaindersGoToTheFirst) {
  EXPECT_THAT(Share(100, {5, 5, 5}), testing::ElementsAre(34, 33, 33));
  EXPECT_THAT(Share(3000, {7, 7, 7, 7, 7, 7, 7}),
              testing::ElementsAre(429, 429, 429, 429, 428, 428, 428));
  // 3.5 twice and 3.0: the half left over goes to the first.
  EXPECT_THAT(Share(10, {7, 7, 6}), testing::ElementsAre(4, 3, 3));
}

TEST(ShareWeightsTest, ImportanceZeroCountsAsOne) {
  EXPECT_THAT(Share(90, {0, 2}), testing::ElementsAre(30, 60));
}

TEST(ShareWeightsTest, AKindOfNoWeightSharesNothing) {
  EXPECT_THAT(Share(0, {1, 9}), testing::ElementsAre(0, 0));
}

TEST(ShareWeightsTest, EveryKindIsSharedOutWhole) {
  constexpr uint64_t kSeed = 11;
  RandomMarket random(kSeed);
  for (int round = 0; round < 2'000; ++round) {
    const Strategy strategy = random.AnyStrategy();
    const RequirementFeatures requirement = random.Requirement();
    std::vector<Bp> shared;
    ShareWeights(requirement.demands, strategy.demand_weights, shared);
    std::array<Bp, kDemandKindCount> sums{};
    std::array<bool, kDemandKindCount> asked{};
    for (size_t i = 0; i < shared.size(); ++i) {
      const auto kind = static_cast<size_t>(requirement.demands[i].kind);
      sums[kind] += shared[i];
      asked[kind] = true;
    }
    for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
      if (asked[kind]) {
        ASSERT_EQ(sums[kind], strategy.demand_weights[kind])
            << "seed " << kSeed << " round " << round;
      }
    }
  }
}

TEST(StrategyTest, TheDefaultIsValid) {
  EXPECT_TRUE(Validate(DefaultStrategy()).ok());
}

TEST(StrategyTest, WeightsThatAreAllZeroAreRefusedInWords) {
  Strategy strategy = DefaultStrategy();
  strategy.demand_weights = {};
  const absl::Status status = Validate(strategy);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()),
              testing::HasSubstr("demand_weights: all weights are zero"));
}

TEST(StrategyTest, EachFaultNamesItsField) {
  struct Case {
    const char* field;
    void (*spoil)(Strategy&);
  };
  const Case cases[] = {
      {"wish_weights", [](Strategy& s) { s.wish_weights[0] += 1; }},
      {"demand_weights", [](Strategy& s) { s.demand_weights[0] = 0xFFFFFFFF; }},
      {"score_factor", [](Strategy& s) { s.score_factor = 8; }},
      {"score_factor", [](Strategy& s) { s.score_factor = 0xFFFFFFFF; }},
      {"score_factor",
       [](Strategy& s) { s.score_factor = s.reverse_factor = 0; }},
      {"not_asked_credit", [](Strategy& s) { s.not_asked_credit = 1001; }},
      {"also_satisfying",
       [](Strategy& s) {
         s.also_satisfying = RelationBit(RelationKind::kRelated);
       }},
      {"also_satisfying", [](Strategy& s) { s.also_satisfying = 1 << 9; }},
      {"evidence_factors", [](Strategy& s) { s.evidence_factors[0] = 999; }},
      {"evidence_factors", [](Strategy& s) { s.evidence_factors[3] = 501; }},
  };
  for (const Case& c : cases) {
    Strategy strategy = DefaultStrategy();
    c.spoil(strategy);
    const absl::Status status = Validate(strategy);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << c.field;
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr(c.field));
  }
}

}  // namespace
}  // namespace kugge::matching
