#include "matching/geo/distance.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace kugge::matching {
namespace {

// The haversine formula on the same sphere, in hundreds of metres.
double HaversineHm(Point a, Point b) {
  constexpr double kRadians = std::numbers::pi / 180 / 1e5;
  const double lat_a = a.lat_e5 * kRadians;
  const double lat_b = b.lat_e5 * kRadians;
  const double dlat = std::sin((lat_b - lat_a) / 2);
  const double dlon = std::sin((b.lon_e5 - a.lon_e5) * kRadians / 2);
  const double h =
      dlat * dlat + std::cos(lat_a) * std::cos(lat_b) * dlon * dlon;
  return 2 * 63710.088 * std::asin(std::sqrt(h));
}

Point RandomPlaceInSweden(std::mt19937& random) {
  std::uniform_int_distribution<int32_t> lat(5'533'000, 6'907'000);
  std::uniform_int_distribution<int32_t> lon(1'096'000, 2'417'000);
  return {lat(random), lon(random)};
}

TEST(DistanceTest, AgreesWithHaversineWithinSixTenthsOfAPercentOverSweden) {
  std::mt19937 random(20260101);
  double worst = 0;
  for (int i = 0; i < 200'000; ++i) {
    const Point a = RandomPlaceInSweden(random);
    const Point b = RandomPlaceInSweden(random);
    const double want = HaversineHm(a, b);
    const double off = std::abs(DistanceHm(a, b) - want);
    ASSERT_LE(off, 0.51 + 0.006 * want)
        << a.lat_e5 << "," << a.lon_e5 << " to " << b.lat_e5 << "," << b.lon_e5;
    if (want > 100) worst = std::max(worst, (off - 0.5) / want);
  }
  RecordProperty("worst_relative_error", std::to_string(worst));
}

TEST(DistanceTest, NearbyPlacesAreExactToTheRounding) {
  std::mt19937 random(7);
  std::uniform_int_distribution<int32_t> step(-40'000, 40'000);
  for (int i = 0; i < 50'000; ++i) {
    const Point a = RandomPlaceInSweden(random);
    const Point b = {a.lat_e5 + step(random), a.lon_e5 + step(random)};
    EXPECT_NEAR(DistanceHm(a, b), HaversineHm(a, b), 0.6);
  }
}

TEST(DistanceTest, IsSymmetricAndZeroForEqualPoints) {
  std::mt19937 random(11);
  for (int i = 0; i < 10'000; ++i) {
    const Point a = RandomPlaceInSweden(random);
    const Point b = RandomPlaceInSweden(random);
    EXPECT_EQ(DistanceHm(a, b), DistanceHm(b, a));
    EXPECT_EQ(DistanceHm(a, a), 0);
  }
}

// Computed by hand from docs/formats/geo.md, with unbounded integers.
TEST(DistanceTest, KeepsItsExactValues) {
  EXPECT_EQ(DistanceHm({5'932'890, 1'806'490}, {5'985'860, 1'763'890}), 636);
  EXPECT_EQ(DistanceHm({0, 0}, {0, 18'000'000}), 200'151);
  EXPECT_EQ(DistanceHm({9'000'000, 0}, {-9'000'000, 0}), 200'151);
  EXPECT_EQ(DistanceHm({6'000'000, 0}, {6'000'000, 100'000}), 556);
  EXPECT_EQ(DistanceHm({0, 0}, {45, 0}), 1);
  EXPECT_EQ(DistanceHm({0, 0}, {44, 0}), 0);
}

TEST(DistanceTest, CrossesTheDateLineTheShortWay) {
  EXPECT_EQ(DistanceHm({0, 17'950'000}, {0, -17'950'000}),
            DistanceHm({0, -50'000}, {0, 50'000}));
}

TEST(DistanceTest, TakesTheNearestValidCoordinates) {
  EXPECT_FALSE(IsValid({9'000'001, 0}));
  EXPECT_FALSE(IsValid({0, -18'000'001}));
  EXPECT_TRUE(IsValid({-9'000'000, 18'000'000}));
  EXPECT_EQ(DistanceHm({INT32_MAX, INT32_MAX}, {INT32_MIN, INT32_MIN}),
            DistanceHm({9'000'000, 18'000'000}, {-9'000'000, -18'000'000}));
}

TEST(DistanceTest, NoPointOfABoxIsNearerThanItsLeastDistance) {
  std::mt19937 random(20260102);
  for (int i = 0; i < 2'000; ++i) {
    const Point from = RandomPlaceInSweden(random);
    Box box{.least = RandomPlaceInSweden(random), .most = {}};
    box.most = box.least;
    std::vector<Point> inside = {box.least};
    for (int j = 0; j < 5; ++j) {
      Point near = RandomPlaceInSweden(random);
      near = {(near.lat_e5 + 9 * box.least.lat_e5) / 10,
              (near.lon_e5 + 9 * box.least.lon_e5) / 10};
      inside.push_back(near);
      box = box.Around(near);
    }
    const int32_t least = LeastDistanceHm(from, box);
    int32_t nearest = DistanceHm(from, box.least);
    for (const Point point : inside) {
      nearest = std::min(nearest, DistanceHm(from, point));
    }
    ASSERT_LE(least, nearest);
  }
}

TEST(DistanceTest, TheLeastDistanceToASinglePointIsHardlyLessThanItsDistance) {
  std::mt19937 random(20260103);
  for (int i = 0; i < 2'000; ++i) {
    const Point from = RandomPlaceInSweden(random);
    const Point to = RandomPlaceInSweden(random);
    const int32_t distance = DistanceHm(from, to);
    EXPECT_GE(LeastDistanceHm(from, {to, to}), distance - 1);
    EXPECT_LE(LeastDistanceHm(from, {to, to}), distance);
  }
}

}  // namespace
}  // namespace kugge::matching
