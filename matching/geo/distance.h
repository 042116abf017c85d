// Distance between two places, the same on every processor: matching compares
// and ranks by it, and floating-point great-circle formulas differ in their
// last bits between libraries. Integers only; the formula, with every shift and
// rounding, is docs/formats/geo.md.
#ifndef KUGGE_MATCHING_GEO_DISTANCE_H_
#define KUGGE_MATCHING_GEO_DISTANCE_H_

#include <algorithm>
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

// Points between two latitudes and two longitudes, ends included.
struct Box {
  Point least;
  Point most;

  // The smallest box around this one and the point.
  Box Around(Point point) const {
    return {.least = {std::min(least.lat_e5, point.lat_e5),
                      std::min(least.lon_e5, point.lon_e5)},
            .most = {std::max(most.lat_e5, point.lat_e5),
                     std::max(most.lon_e5, point.lon_e5)}};
  }
};

// No point of the box is nearer than this, by DistanceHm; mostly some point is
// hardly farther. 0 for a box that reaches more than half around the globe.
int32_t LeastDistanceHm(Point point, const Box& box);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_GEO_DISTANCE_H_
