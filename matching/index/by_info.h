// What was found for the kinds of postings of one list: the last ones, each
// found once. A list's postings ask for, or tell, few levels and evidences.
#ifndef KUGGE_MATCHING_INDEX_BY_INFO_H_
#define KUGGE_MATCHING_INDEX_BY_INFO_H_

#include <array>
#include <cstddef>

#include "matching/index/postings.h"
#include "matching/types.h"

namespace kugge::matching {

// `Found` says nothing of whether a demand is hard.
template <typename Found>
class ByInfo {
 public:
  // find(): what stands for such a posting, where it isn't known yet.
  template <typename Find>
  const Found& Get(PostingInfo info, Find find) {
    Place& place = places_[PlaceOf(info)];
    if (!place.info.AsksLike(info)) place = {info, find()};
    return place.found;
  }

 private:
  static constexpr size_t kPlaces = 32;
  struct Place {
    PostingInfo info;
    Found found{};
  };

  // Levels of skills and languages have a place for each evidence.
  static size_t PlaceOf(PostingInfo info) {
    return (info.level() + 8 * static_cast<size_t>(info.evidence())) % kPlaces;
  }

  // Each place begins with an info that belongs to another one.
  static std::array<Place, kPlaces> Empty() {
    std::array<Place, kPlaces> places;
    for (size_t i = 0; i < kPlaces; ++i) {
      places[i].info = PostingInfo(static_cast<Level>((i + 1) % kPlaces),
                                   Evidence::kClaimed, false);
    }
    return places;
  }

  std::array<Place, kPlaces> places_ = Empty();
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_BY_INFO_H_
