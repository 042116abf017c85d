// What was found for the codes of a column: the last ones, each found once. The
// candidates of a question name few of them, whatever the column holds.
#ifndef KUGGE_MATCHING_INDEX_BY_CODE_H_
#define KUGGE_MATCHING_INDEX_BY_CODE_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace kugge::matching {

template <typename Found, size_t kPlaces>
class ByCode {
 public:
  // find(): what stands for the code, where it isn't known yet.
  template <typename Find>
  const Found& Get(uint32_t code, Find find) {
    Place& place = places_[code % kPlaces];
    if (place.code != code) place = {code, find()};
    return place.found;
  }

 private:
  static_assert(std::has_single_bit(kPlaces));
  struct Place {
    uint32_t code = 0;
    Found found{};
  };

  // Each place begins with a code that belongs to another one.
  static std::array<Place, kPlaces> Empty() {
    std::array<Place, kPlaces> places;
    for (uint32_t i = 0; i < kPlaces; ++i) places[i].code = i + 1;
    return places;
  }

  std::array<Place, kPlaces> places_ = Empty();
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_BY_CODE_H_
