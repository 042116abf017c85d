// What the people of a segment ask of a job, in a few bytes each: people ask
// much the same, so each thing that is asked stands once, and a person names it
// by a code. A question judges each code, not each person.
#ifndef KUGGE_MATCHING_INDEX_WISH_COLUMNS_H_
#define KUGGE_MATCHING_INDEX_WISH_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/features.h"
#include "matching/geo/distance.h"
#include "matching/index/documents.h"
#include "matching/types.h"

namespace kugge::matching {

// Of one person. 0 each: not told, or not asked.
struct WishCodes {
  uint32_t home = 0;
  // 0: the person asks nothing at all.
  uint16_t terms = 0;
  uint16_t start = 0;
  uint16_t travel = 0;
};

// Immutable once built.
class WishColumns {
 public:
  // What a code of each kind stands for. Hours, shifts and remote share, and
  // whether occupations are wanted, and how; what isn't asked is as it is
  // unless told.
  struct Terms {
    PlainWishes wishes{};
    bool wants_occupations = false;
  };
  struct Start {
    Days earliest = kNoDay;
    Strength strength = Strength::kSoft;
  };
  struct Travel {
    HundredMetres maximum = 0;
    HundredMetres easy = 0;
    Strength strength = Strength::kSoft;
  };
  // No maximum distance is longer; no two places are as far apart.
  static constexpr HundredMetres kLongest = 1'000'000;
  // No occupation is more important: so its share of the largest importance is
  // told by its thousandths, rounded up.
  static constexpr uint8_t kMostImportant = 10;

  WishColumns() = default;
  explicit WishColumns(const SegmentDocuments<PersonFeatures>& documents);

  // False where something that somebody asks can't be held: then there are no
  // codes.
  bool fits() const { return fits_; }
  // By person.
  const std::vector<WishCodes>& codes() const { return codes_; }
  // By code. The first of each stands for nothing.
  const std::vector<Terms>& terms() const { return terms_; }
  const std::vector<Start>& starts() const { return starts_; }
  const std::vector<Travel>& travels() const { return travels_; }
  const std::vector<Point>& homes() const { return homes_; }
  // Of those who tell a maximum distance the ones that would move to the
  // municipality; ascending.
  std::span<const DocNumber> MoversTo(MunicipalityIndex municipality) const;

  // Whether everybody with a HARD maximum distance tells a home.
  bool travellers_have_homes() const { return travellers_have_homes_; }

  size_t bytes() const;

 private:
  class Builder;

  void FillMovers(const SegmentDocuments<PersonFeatures>& documents);

  bool fits_ = false;
  bool travellers_have_homes_ = true;
  std::vector<WishCodes> codes_;
  std::vector<Terms> terms_;
  std::vector<Start> starts_;
  std::vector<Travel> travels_;
  std::vector<Point> homes_;
  std::vector<DocNumber> movers_;
  // One more than the municipalities that somebody would move to.
  std::vector<uint32_t> mover_begins_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_WISH_COLUMNS_H_
