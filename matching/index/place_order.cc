#include "matching/index/place_order.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "matching/geo/municipalities.h"

namespace kugge::matching {
namespace {

// A grid of 1024 x 1024 cells, about 1.6 x 0.8 km over Sweden.
constexpr uint32_t kGridBits = 10;

// Distance along the Hilbert curve: D. Hilbert, "Über die stetige Abbildung
// einer Linie auf ein Flächenstück", 1891; quadrants are visited in the order
// that a rotation and reflection of the coordinates keeps adjacent.
uint32_t HilbertIndex(uint32_t x, uint32_t y) {
  uint32_t index = 0;
  for (uint32_t side = 1u << (kGridBits - 1); side > 0; side /= 2) {
    const uint32_t right = (x & side) != 0 ? 1 : 0;
    const uint32_t upper = (y & side) != 0 ? 1 : 0;
    index += side * side * ((3 * right) ^ upper);
    if (upper == 0) {
      if (right == 1) {
        x = (1u << kGridBits) - 1 - x;
        y = (1u << kGridBits) - 1 - y;
      }
      std::swap(x, y);
    }
  }
  return index;
}

uint32_t Cell(int32_t value, int32_t low, int32_t high) {
  const int64_t cells = 1 << kGridBits;
  const int64_t cell = (int64_t{value} - low) * cells / (int64_t{high} - low);
  return static_cast<uint32_t>(std::clamp<int64_t>(cell, 0, cells - 1));
}

std::vector<uint16_t> MakeRanks() {
  const std::span<const Municipality> all = Municipalities();
  std::vector<std::pair<uint32_t, uint16_t>> along;
  for (uint16_t i = 0; i < all.size(); ++i) {
    const Point town = all[i].town_point;
    along.emplace_back(HilbertIndex(Cell(town.lon_e5, 1'000'000, 2'500'000),
                                    Cell(town.lat_e5, 5'500'000, 7'000'000)),
                       i);
  }
  std::ranges::sort(along);
  std::vector<uint16_t> ranks(all.size());
  for (uint16_t rank = 0; rank < along.size(); ++rank) {
    ranks[along[rank].second] = rank;
  }
  return ranks;
}

}  // namespace

uint16_t PlaceRank(MunicipalityIndex municipality) {
  static const std::vector<uint16_t>& ranks = *new auto(MakeRanks());
  return municipality < ranks.size() ? ranks[municipality] : kNoMunicipality;
}

}  // namespace kugge::matching
