#include "matching/index/hard_distances.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace kugge::matching {

HardDistances::HardDistances(const SegmentDocuments<PersonFeatures>& documents,
                             const std::vector<DocNumber>& people) {
  std::vector<std::pair<Point, Traveller>> travellers;
  travellers.reserve(people.size());
  for (const DocNumber n : people) {
    const PersonFeatures& person = documents[n];
    if (!person.home.has_value()) {
      homeless_.push_back(n);
    } else {
      travellers.emplace_back(*person.home,
                              Traveller{n, *person.wishes.maximum_distance});
    }
  }
  std::ranges::sort(travellers, [](const auto& a, const auto& b) {
    return std::tuple(a.first.lat_e5, a.first.lon_e5, -a.second.maximum,
                      a.second.person) <
           std::tuple(b.first.lat_e5, b.first.lon_e5, -b.second.maximum,
                      b.second.person);
  });
  by_home_.reserve(travellers.size());
  for (const auto& [home, traveller] : travellers) {
    const auto at = static_cast<uint32_t>(by_home_.size());
    if (homes_.empty() || homes_.back().point != home) {
      homes_.push_back({.point = home, .begin = at, .end = at});
    }
    by_home_.push_back(traveller);
    homes_.back().end = at + 1;
  }
  homes_.shrink_to_fit();
  FillMovers(documents, people);
}

void HardDistances::FillMovers(
    const SegmentDocuments<PersonFeatures>& documents,
    const std::vector<DocNumber>& people) {
  for (const DocNumber n : people) {
    for (const MunicipalityIndex to : documents[n].wishes.relocation) {
      if (to == kNoMunicipality) continue;
      if (mover_begins_.size() < size_t{to} + 2) {
        mover_begins_.resize(size_t{to} + 2);
      }
      ++mover_begins_[size_t{to} + 1];
    }
  }
  std::partial_sum(mover_begins_.begin(), mover_begins_.end(),
                   mover_begins_.begin());
  if (mover_begins_.empty()) return;
  movers_.resize(mover_begins_.back());
  std::vector<uint32_t> filled = mover_begins_;
  for (const DocNumber n : people) {
    for (const MunicipalityIndex to : documents[n].wishes.relocation) {
      if (to != kNoMunicipality) movers_[filled[to]++] = n;
    }
  }
}

size_t HardDistances::bytes() const {
  return (homeless_.capacity() + movers_.capacity()) * sizeof(DocNumber) +
         homes_.capacity() * sizeof(Home) +
         by_home_.capacity() * sizeof(Traveller) +
         mover_begins_.capacity() * sizeof(uint32_t);
}

}  // namespace kugge::matching
