#include "clients/population/draw.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "clients/population/ads.h"

namespace kugge::population {
namespace {

using ::testing::ElementsAre;

TEST(Draw, StaysWithinItsBounds) {
  Draw draw(1);
  std::set<int> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(draw.Between(-2, 3));
  EXPECT_THAT(seen, ElementsAre(-2, -1, 0, 1, 2, 3));
  EXPECT_EQ(draw.Below(0), 0);
}

// The values that the same seed gives everywhere; a change of them changes
// every population.
TEST(Draw, GivesTheSameValuesForEver) {
  Draw draw(StreamSeed(42, "people"));
  const std::vector<uint64_t> drawn = {draw.Below(1000), draw.Below(1000),
                                       draw.Below(1000)};
  Draw again(StreamSeed(42, "people"));
  for (const uint64_t value : drawn) EXPECT_EQ(again.Below(1000), value);
  EXPECT_NE(StreamSeed(42, "people"), StreamSeed(42, "needs"));
  EXPECT_NE(StreamSeed(42, "people"), StreamSeed(43, "people"));
}

TEST(WeightedPositions, PicksByWeight) {
  Draw draw(3);
  const WeightedPositions positions({0, 1, 9});
  std::vector<int> counts(3);
  for (int i = 0; i < 10'000; ++i) ++counts[positions.Pick(draw)];
  EXPECT_EQ(counts[0], 0);
  EXPECT_NEAR(counts[1], 1000, 150);
}

TEST(WeightedPositions, PicksSomeWithoutRepeats) {
  Draw draw(4);
  const WeightedPositions positions({1'000'000, 1, 1, 1, 1});
  for (int i = 0; i < 50; ++i) {
    const std::vector<size_t> picked = positions.PickSome(draw, 4);
    EXPECT_EQ(std::set<size_t>(picked.begin(), picked.end()).size(), 4);
  }
  EXPECT_THAT(positions.PickSome(draw, 9), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(positions.PickSome(draw, 0), ElementsAre());
  EXPECT_THAT(WeightedPositions().PickSome(draw, 2), ElementsAre());
}

TEST(SixteenthsOfPower07, IsThePower) {
  EXPECT_EQ(SixteenthsOfPower07(0), 0);
  EXPECT_EQ(SixteenthsOfPower07(1), 16);
  EXPECT_EQ(SixteenthsOfPower07(10), 80);    // 16 * 5.0119
  EXPECT_EQ(SixteenthsOfPower07(100), 401);  // 16 * 25.1189
  EXPECT_EQ(SixteenthsOfPower07(511), SixteenthsOfPower07(100'000));
}

TEST(SplitCsvLine, UnderstandsQuotes) {
  EXPECT_THAT(SplitCsvLine("a,\"b, c\",\"d \"\"e\"\"\","),
              ElementsAre("a", "b, c", "d \"e\"", ""));
}

}  // namespace
}  // namespace kugge::population
