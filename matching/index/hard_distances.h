// People of a segment whose maximum distance is HARD, kept so that a place
// gives those who would travel there without a look at the others: by home, the
// longest maximum first.
#ifndef KUGGE_MATCHING_INDEX_HARD_DISTANCES_H_
#define KUGGE_MATCHING_INDEX_HARD_DISTANCES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "matching/features.h"
#include "matching/geo/distance.h"
#include "matching/index/documents.h"
#include "matching/types.h"

namespace kugge::matching {

// Immutable once built.
class HardDistances {
 public:
  HardDistances() = default;
  // `people` are those whose maximum distance is told and HARD.
  HardDistances(const SegmentDocuments<PersonFeatures>& documents,
                const std::vector<DocNumber>& people);

  // Those whose home isn't known, ascending.
  const std::vector<DocNumber>& homeless() const { return homeless_; }

  // Calls visit(person) for those whose home is no farther from the place than
  // their maximum.
  template <typename Visit>
  void ForEachWithin(Point place, Visit visit) const {
    for (const Home& home : homes_) {
      const HundredMetres distance = DistanceHm(home.point, place);
      for (uint32_t i = home.begin;
           i < home.end && by_home_[i].maximum >= distance; ++i) {
        visit(by_home_[i].person);
      }
    }
  }

  // Calls visit(person) for those who would move to the municipality.
  template <typename Visit>
  void ForEachMover(MunicipalityIndex municipality, Visit visit) const {
    if (size_t{municipality} + 1 >= mover_begins_.size()) return;
    for (uint32_t i = mover_begins_[municipality];
         i < mover_begins_[municipality + 1]; ++i) {
      visit(movers_[i]);
    }
  }

  size_t bytes() const;

 private:
  struct Traveller {
    DocNumber person = 0;
    HundredMetres maximum = 0;
  };
  struct Home {
    Point point;
    uint32_t begin = 0;
    uint32_t end = 0;
  };

  void FillMovers(const SegmentDocuments<PersonFeatures>& documents,
                  const std::vector<DocNumber>& people);

  std::vector<DocNumber> homeless_;
  std::vector<Home> homes_;
  std::vector<Traveller> by_home_;
  std::vector<DocNumber> movers_;
  // One more than the municipalities that somebody would move to.
  std::vector<uint32_t> mover_begins_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_HARD_DISTANCES_H_
