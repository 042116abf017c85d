// Distance between two places, the same on every processor: matching compares
// and ranks by it, and floating-point great-circle formulas differ in their
// last bits between libraries. Integers only; the formula, with every shift and
// rounding, is docs/formats/geo.md.
#ifndef KUGGE_MATCHING_GEO_DISTANCE_H_
#define KUGGE_MATCHING_GEO_DISTANCE_H_

#include <cstdint>

namespace kugge::matching {

// WGS84, in hundred-thousandths of a degree (about a metre).
struct Point {
  int32_t lat_e5 = 0;
  int32_t lon_e5 = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

// Latitude within 90 and longitude within 180 degrees of zero.
bool IsValid(Point point);

// Distance in whole hundreds of metres, rounded to the nearest, halves up:
// equirectangular around the mid latitude on a sphere of 6,371,008.8 m. Within
// 0.6 % of the great circle for any two places in Sweden. Symmetric; zero for
// equal points. Coordinates outside IsValid are taken as the nearest valid
// ones.
int32_t DistanceHm(Point a, Point b);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_GEO_DISTANCE_H_
