// The search against all sets there are (docs/scoring.md section 12).
#include "matching/propose_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/random_market_for_test.h"

namespace kugge::matching {
namespace {

const std::function<bool()>& NeverCancelled() {
  static const std::function<bool()> never;
  return never;
}

struct SearchCase {
  std::vector<uint32_t> weeks;
  std::vector<Vacancy> vacancies;
  uint32_t budget = 0;

  FoundModules Found(size_t most_nodes = 200'000) const {
    return SearchModules({.weeks = weeks,
                          .vacancies = vacancies,
                          .budget = budget,
                          .most_nodes = most_nodes,
                          .cancelled = NeverCancelled()})
        .value();
  }
  std::optional<uint32_t> WeeksOfSet(ModuleSet modules) const {
    uint32_t sum = 0;
    for (size_t i = 0; i < weeks.size(); ++i) {
      if ((modules >> i & 1) != 0) sum += weeks[i];
    }
    if (sum > budget) return std::nullopt;
    return sum;
  }
};

// Modules, one of each list is needed.
LackGroup GroupOf(std::vector<ModuleSet> needs, uint64_t people) {
  LackGroup group{.needs = std::move(needs), .people = people};
  for (const ModuleSet need : group.needs) group.touches |= need;
  return group;
}

// Every set looked at.
struct Best {
  ModuleSet modules = 0;
  uint64_t filled = 0;
};
Best BestOfAll(const SearchCase& one) {
  // The smaller, the better; of two sets the one with the first of the modules
  // that they don't share is the larger number when read from the first on.
  const auto key = [&](ModuleSet modules, uint32_t weeks) {
    ModuleSet turned = 0;
    for (size_t i = 0; i < 64; ++i) {
      if ((modules >> i & 1) != 0) turned |= ModuleSet{1} << (63 - i);
    }
    return std::tuple(~FilledBy(one.vacancies, modules), weeks,
                      ~PairsLedBy(one.vacancies, modules), ~turned);
  };
  ModuleSet best = 0;
  for (ModuleSet modules = 1; modules < ModuleSet{1} << one.weeks.size();
       ++modules) {
    const std::optional<uint32_t> weeks = one.WeeksOfSet(modules);
    if (weeks.has_value() &&
        key(modules, *weeks) < key(best, *one.WeeksOfSet(best))) {
      best = modules;
    }
  }
  return {best, FilledBy(one.vacancies, best)};
}

SearchCase AnyCase(RandomMarket& random, uint32_t modules) {
  SearchCase one;
  for (uint32_t i = 0; i < modules; ++i) {
    one.weeks.push_back(1 + random.Below(4));
  }
  one.budget = 1 + random.Below(2 * modules);
  for (uint32_t i = 1 + random.Below(6); i > 0; --i) {
    Vacancy& vacancy = one.vacancies.emplace_back();
    vacancy.positions = random.Below(6);
    for (uint32_t g = random.Below(6); g > 0; --g) {
      std::vector<ModuleSet> needs;
      for (uint32_t n = 1 + random.Below(3); n > 0; --n) {
        ModuleSet need = ModuleSet{1} << random.Below(modules);
        if (random.Chance(40)) need |= ModuleSet{1} << random.Below(modules);
        needs.push_back(need);
      }
      vacancy.groups.push_back(GroupOf(needs, 1 + random.Below(4)));
    }
  }
  return one;
}

TEST(SearchModulesTest, JointDemandsAreFilledTogetherOrNotAtAll) {
  // Neither of the first two does anything alone, and they fill more than the
  // third, which a choice of what adds most would begin with.
  const SearchCase one{
      .weeks = {2, 2, 1},
      .vacancies = {{.positions = 5, .groups = {GroupOf({1, 2}, 9)}},
                    {.positions = 4, .groups = {GroupOf({4}, 4)}}},
      .budget = 4};
  const FoundModules found = one.Found();
  EXPECT_EQ(found.modules, 3u);
  EXPECT_EQ(found.filled, 5u);
  EXPECT_EQ(found.bound, 5u);
}

TEST(SearchModulesTest, OfEqualSetsFewestWeeksThenMostPairsThenTheFirst) {
  SearchCase one{.weeks = {3, 2, 2},
                 .vacancies = {{.positions = 2,
                                .groups = {GroupOf({1}, 9), GroupOf({2}, 2),
                                           GroupOf({4}, 2)}}},
                 .budget = 3};
  EXPECT_EQ(one.Found().modules, 2u);
  one.vacancies[0].groups[2].people = 3;
  EXPECT_EQ(one.Found().modules, 4u);
  one.budget = 1;
  EXPECT_EQ(one.Found().modules, 0u);
  EXPECT_EQ(one.Found().bound, 0u);
}

TEST(SearchModulesTest, EqualsEverySetLookedAt) {
  size_t several = 0;
  size_t at_the_budget = 0;
  for (uint64_t seed = 1; seed <= 3'000; ++seed) {
    RandomMarket random(seed);
    const SearchCase one = AnyCase(random, 1 + random.Below(9));
    const FoundModules found = one.Found();
    const Best best = BestOfAll(one);
    ASSERT_EQ(found.filled, best.filled) << seed;
    ASSERT_EQ(found.modules, best.modules) << seed;
    ASSERT_EQ(found.bound, best.filled) << seed;
    several += std::popcount(found.modules) > 1 ? 1 : 0;
    at_the_budget += one.WeeksOfSet(found.modules) == one.budget ? 1 : 0;
  }
  EXPECT_GT(several, 1'000u);
  EXPECT_GT(at_the_budget, 300u);
}

TEST(SearchModulesTest, FewNodesGiveABoundThatHolds) {
  size_t unfinished = 0;
  size_t worse = 0;
  for (uint64_t seed = 1; seed <= 2'000; ++seed) {
    RandomMarket random(seed);
    const SearchCase one = AnyCase(random, 4 + random.Below(7));
    const FoundModules found = one.Found(1 + random.Below(8));
    const Best best = BestOfAll(one);
    ASSERT_EQ(found.filled, FilledBy(one.vacancies, found.modules)) << seed;
    ASSERT_TRUE(one.WeeksOfSet(found.modules).has_value()) << seed;
    ASSERT_LE(found.filled, best.filled) << seed;
    ASSERT_LE(best.filled, found.bound) << seed;
    ASSERT_LE(found.nodes, 8u) << seed;
    unfinished += found.filled < found.bound ? 1 : 0;
    worse += found.filled < best.filled ? 1 : 0;
  }
  EXPECT_GT(unfinished, 300u);
  EXPECT_GT(worse, 100u);
}

TEST(SearchModulesTest, SixtyFourModulesAreSearchedWithinTheNodes) {
  RandomMarket random(7);
  SearchCase one = AnyCase(random, 64);
  one.budget = 40;
  for (int i = 0; i < 60; ++i) {
    for (Vacancy& vacancy : AnyCase(random, 64).vacancies) {
      one.vacancies.push_back(std::move(vacancy));
    }
  }
  const FoundModules few = one.Found(2'000);
  EXPECT_LE(few.nodes, 2'000u);
  EXPECT_LE(few.filled, few.bound);
  const FoundModules more = one.Found(8'000);
  EXPECT_LE(few.filled, more.filled);
  EXPECT_LE(more.bound, few.bound);
  EXPECT_EQ(more.modules, one.Found(8'000).modules);
}

TEST(SearchModulesTest, IsCancelled) {
  RandomMarket random(1);
  const SearchCase one = AnyCase(random, 5);
  const std::function<bool()> cancelled = [] { return true; };
  EXPECT_EQ(SearchModules({.weeks = one.weeks,
                           .vacancies = one.vacancies,
                           .budget = one.budget,
                           .most_nodes = 10,
                           .cancelled = cancelled})
                .status()
                .code(),
            absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace kugge::matching
