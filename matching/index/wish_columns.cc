#include "matching/index/wish_columns.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/index/code_book.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

using TermsKey = std::tuple<uint8_t, uint8_t, uint8_t, uint8_t, uint8_t>;

uint8_t BitOf(Strength strength, unsigned place) {
  return static_cast<uint8_t>((strength == Strength::kHard ? 1u : 0u) << place);
}

// Of hours, shifts and remote share those that are asked, and nothing else.
WishColumns::Terms WishTermsOf(const Wishes& wishes) {
  WishColumns::Terms terms{.wants_occupations = !wishes.occupations.empty()};
  PlainWishes& plain = terms.wishes;
  if (terms.wants_occupations) {
    plain.occupations_strength = wishes.occupations_strength;
  }
  if (wishes.maximum_hours_percent > 0) {
    plain.minimum_hours_percent = wishes.minimum_hours_percent;
    plain.maximum_hours_percent = wishes.maximum_hours_percent;
    plain.hours_strength = wishes.hours_strength;
  }
  if (wishes.shifts != 0) {
    plain.shifts = wishes.shifts;
    plain.shifts_strength = wishes.shifts_strength;
  }
  if (wishes.minimum_remote_percent > 0) {
    plain.minimum_remote_percent = wishes.minimum_remote_percent;
    plain.remote_strength = wishes.remote_strength;
  }
  return terms;
}

TermsKey WishKeyOf(const WishColumns::Terms& terms) {
  const PlainWishes& wishes = terms.wishes;
  return {wishes.minimum_hours_percent, wishes.maximum_hours_percent,
          wishes.shifts, wishes.minimum_remote_percent,
          static_cast<uint8_t>(BitOf(wishes.occupations_strength, 0) |
                               BitOf(wishes.hours_strength, 1) |
                               BitOf(wishes.shifts_strength, 2) |
                               BitOf(wishes.remote_strength, 3) |
                               (terms.wants_occupations ? 1u : 0u) << 4)};
}

}  // namespace

class WishColumns::Builder {
 public:
  explicit Builder(WishColumns& columns) : columns_(columns) {}

  // False where the person asks something that can't be held.
  bool Add(const PersonFeatures& person) {
    WishCodes& codes = columns_.codes_.emplace_back();
    const Wishes& wishes = person.wishes;
    return !AsksAnything(wishes) ||
           (LargestImportance(wishes.occupations) <= kMostImportant &&
            AddTerms(wishes, codes) && AddStart(wishes, codes) &&
            AddTravel(wishes, person.home, codes));
  }

 private:
  bool AddTerms(const Wishes& wishes, WishCodes& codes) {
    const Terms terms = WishTermsOf(wishes);
    const auto code = terms_.CodeOf(WishKeyOf(terms), terms, columns_.terms_);
    codes.terms = code.value_or(0);
    return code.has_value();
  }

  bool AddStart(const Wishes& wishes, WishCodes& codes) {
    if (wishes.earliest_start == kNoDay) return true;
    const auto code =
        starts_.CodeOf({wishes.earliest_start, wishes.start_strength},
                       Start{.earliest = wishes.earliest_start,
                             .strength = wishes.start_strength},
                       columns_.starts_);
    codes.start = code.value_or(0);
    return code.has_value();
  }

  bool AddTravel(const Wishes& wishes, const std::optional<Point>& home,
                 WishCodes& codes) {
    if (!wishes.maximum_distance.has_value()) return true;
    const Travel travel{.maximum = *wishes.maximum_distance,
                        .easy = wishes.easy_distance,
                        .strength = wishes.distance_strength};
    if (travel.easy < 0 || travel.easy > travel.maximum ||
        travel.maximum > kLongest) {
      return false;
    }
    const auto code =
        travels_.CodeOf({travel.maximum, travel.easy, travel.strength}, travel,
                        columns_.travels_);
    codes.travel = code.value_or(0);
    if (!home.has_value()) {
      columns_.travellers_have_homes_ &= travel.strength != Strength::kHard;
      return code.has_value();
    }
    const auto home_code =
        homes_.CodeOf({home->lat_e5, home->lon_e5}, *home, columns_.homes_);
    codes.home = home_code.value_or(0);
    return code.has_value() && home_code.has_value();
  }

  WishColumns& columns_;
  CodeBook<TermsKey, uint16_t> terms_;
  CodeBook<std::pair<Days, Strength>, uint16_t> starts_;
  CodeBook<std::tuple<HundredMetres, HundredMetres, Strength>, uint16_t>
      travels_;
  CodeBook<std::pair<int32_t, int32_t>, uint32_t> homes_;
};

WishColumns::WishColumns(const SegmentDocuments<PersonFeatures>& documents)
    : fits_(true), terms_(1), starts_(1), travels_(1), homes_(1) {
  codes_.reserve(documents.size());
  Builder builder(*this);
  for (DocNumber n = 0; n < documents.size() && fits_; ++n) {
    fits_ = builder.Add(documents[n]);
  }
  if (!fits_) {
    *this = WishColumns();
    return;
  }
  terms_.shrink_to_fit();
  starts_.shrink_to_fit();
  travels_.shrink_to_fit();
  homes_.shrink_to_fit();
  FillMovers(documents);
}

void WishColumns::FillMovers(
    const SegmentDocuments<PersonFeatures>& documents) {
  std::vector<std::pair<MunicipalityIndex, DocNumber>> movers;
  for (DocNumber n = 0; n < documents.size(); ++n) {
    if (codes_[n].travel == 0) continue;
    for (const MunicipalityIndex to : documents[n].wishes.relocation) {
      if (to != kNoMunicipality) movers.emplace_back(to, n);
    }
  }
  if (movers.empty()) return;
  std::ranges::sort(movers);
  mover_begins_.assign(size_t{movers.back().first} + 2, 0);
  movers_.reserve(movers.size());
  for (const auto& [to, n] : movers) {
    movers_.push_back(n);
    ++mover_begins_[size_t{to} + 1];
  }
  std::partial_sum(mover_begins_.begin(), mover_begins_.end(),
                   mover_begins_.begin());
}

std::span<const DocNumber> WishColumns::MoversTo(
    MunicipalityIndex municipality) const {
  if (size_t{municipality} + 1 >= mover_begins_.size()) return {};
  const uint32_t begin = mover_begins_[municipality];
  return {movers_.data() + begin,
          mover_begins_[size_t{municipality} + 1] - begin};
}

size_t WishColumns::bytes() const {
  return codes_.capacity() * sizeof(WishCodes) +
         terms_.capacity() * sizeof(Terms) +
         starts_.capacity() * sizeof(Start) +
         travels_.capacity() * sizeof(Travel) +
         homes_.capacity() * sizeof(Point) +
         movers_.capacity() * sizeof(DocNumber) +
         mover_begins_.capacity() * sizeof(uint32_t);
}

}  // namespace kugge::matching
