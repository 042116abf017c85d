#include "matching/geo/distance.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace kugge::matching {
namespace {

constexpr int64_t kMaxLatE5 = 9'000'000;
constexpr int64_t kMaxLonE5 = 18'000'000;
constexpr int64_t kOneQ30 = int64_t{1} << 30;
// round(pi / 36,000,000 * 2^60): the sum of two latitudes in e5 times this is
// their mean in radians, Q60.
constexpr int64_t kHalfSumToRadiansQ60 = 100'611'381'362;
// round(6,371,008.8 * pi / 180 / 1e5 / 16 / 100 * 2^40): sixteenths of 1e-5
// degree of arc to hundreds of metres, Q40.
constexpr int64_t kSixteenthsToHmQ40 = 764'126'773;

// The cosine in Q30 of an angle in Q30 radians, 0 <= x <= pi/2: the Taylor
// polynomial to x^10 by Horner's rule.
int64_t CosineQ30(int64_t x) {
  const int64_t x2 = (x * x) >> 30;
  int64_t t = kOneQ30 - x2 / 90;
  t = kOneQ30 - ((x2 * t) >> 30) / 56;
  t = kOneQ30 - ((x2 * t) >> 30) / 30;
  t = kOneQ30 - ((x2 * t) >> 30) / 12;
  t = kOneQ30 - ((x2 * t) >> 30) / 2;
  return std::max<int64_t>(t, 0);
}

// The largest r with r * r <= n (n < 2^62): the machine's own root is at most
// one off.
int64_t IntegerSquareRoot(int64_t n) {
  auto root = static_cast<int64_t>(std::sqrt(static_cast<double>(n)));
  while (root * root > n) --root;
  while ((root + 1) * (root + 1) <= n) ++root;
  return root;
}

Point Clamped(Point p) {
  return {.lat_e5 = static_cast<int32_t>(
              std::clamp<int64_t>(p.lat_e5, -kMaxLatE5, kMaxLatE5)),
          .lon_e5 = static_cast<int32_t>(
              std::clamp<int64_t>(p.lon_e5, -kMaxLonE5, kMaxLonE5))};
}

// Of two points with this sum and difference of latitudes, and difference of
// longitudes.
int32_t DistanceOf(int64_t lat_sum, int64_t lat_difference,
                   int64_t lon_difference) {
  const int64_t mid_latitude = (lat_sum * kHalfSumToRadiansQ60) >> 30;
  const int64_t y = lat_difference << 4;
  const int64_t x = (lon_difference * CosineQ30(mid_latitude)) >> 26;
  const int64_t arc = IntegerSquareRoot(x * x + y * y);
  return static_cast<int32_t>((arc * kSixteenthsToHmQ40 + (int64_t{1} << 39)) >>
                              40);
}

// How far a value is from a range.
int64_t Gap(int64_t value, int64_t least, int64_t most) {
  return std::max<int64_t>({least - value, value - most, 0});
}

}  // namespace

bool IsValid(Point point) { return point == Clamped(point); }

int32_t DistanceHm(Point a, Point b) {
  a = Clamped(a);
  b = Clamped(b);
  const int64_t lat_sum = std::abs(int64_t{a.lat_e5} + b.lat_e5);
  const int64_t lat_difference = std::abs(int64_t{a.lat_e5} - b.lat_e5);
  int64_t lon_difference = std::abs(int64_t{a.lon_e5} - b.lon_e5);
  if (lon_difference > kMaxLonE5) {
    lon_difference = 2 * kMaxLonE5 - lon_difference;
  }
  return DistanceOf(lat_sum, lat_difference, lon_difference);
}

int32_t LeastDistanceHm(Point point, const Box& box) {
  point = Clamped(point);
  const Point least = Clamped(box.least);
  const Point most = Clamped(box.most);
  const int64_t farthest =
      std::max(std::abs(int64_t{point.lon_e5} - least.lon_e5),
               std::abs(int64_t{point.lon_e5} - most.lon_e5));
  if (farthest > kMaxLonE5) return 0;
  // Each part at its smallest; meridians are closest at the latitude farthest
  // from the equator.
  const int64_t lat_sum =
      std::max(std::abs(int64_t{point.lat_e5} + least.lat_e5),
               std::abs(int64_t{point.lat_e5} + most.lat_e5));
  const int32_t distance =
      DistanceOf(lat_sum, Gap(point.lat_e5, least.lat_e5, most.lat_e5),
                 Gap(point.lon_e5, least.lon_e5, most.lon_e5));
  // The cosine is rounded; a hundred metres is far more than that can do.
  return std::max(distance - 1, 0);
}

}  // namespace kugge::matching
