#include "matching/crowd.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "matching/geo/distance.h"

namespace kugge::matching {

Crowd::Crowd(const Market& market, TenantIndex tenant, Days today,
             Scoring scoring)
    : scoring_(std::move(scoring)) {
  const SegmentedIndex<PersonSegment>& index = market.person_index();
  for (const auto& part : index.parts()) AddPart(part.segment, part.gone);
  if (!index.head().empty()) {
    auto newest = std::make_shared<const PersonSegment>(index.head());
    const size_t size = newest->size();
    AddPart(std::move(newest), DocSet(size));
  }
  for (const Part& part : parts_) FillCandidates(part, tenant, today);
  for (size_t i = 0; i < kWishKindCount; ++i) {
    for (const Part& part : parts_) {
      anyone_refuses_[i] |= std::ranges::any_of(
          part.segment->Indifferent(static_cast<WishKind>(i)),
          [](uint64_t word) { return word != ~uint64_t{0}; });
    }
  }
}

void Crowd::AddPart(std::shared_ptr<const PersonSegment> segment, DocSet gone) {
  const size_t words = (segment->size() + 63) / 64;
  parts_.push_back({.segment = std::move(segment),
                    .gone = std::move(gone),
                    .first = static_cast<CrowdNumber>(size())});
  candidates_.resize(candidates_.size() + words, 0);
}

void Crowd::FillCandidates(const Part& part, TenantIndex tenant, Days today) {
  const PersonSegment& segment = *part.segment;
  for (const DocRange& range :
       segment.Ranges(tenant, MunicipalitySet(std::nullopt))) {
    if (segment.AllPlain(today)) {
      SetRange(candidates_, part.first + range.begin, part.first + range.end);
      continue;
    }
    for (DocNumber n = range.begin; n < range.end; ++n) {
      if (IsCandidate(segment.documents()[n], tenant, today)) {
        SetBit(candidates_, part.first + n);
      }
    }
  }
  part.gone.ClearIn(0,
                    std::span(candidates_)
                        .subspan(part.first / 64, (segment.size() + 63) / 64));
}

const PersonFeatures& Crowd::operator[](CrowdNumber n) const {
  const auto after = std::ranges::upper_bound(parts_, n, {}, &Part::first);
  const Part& part = *(after - 1);
  return part.segment->documents()[n - part.first];
}

CrowdBits Crowd::In(const Area& area) const {
  CrowdBits in = candidates_;
  if (area.municipalities.has_value()) {
    CrowdBits there(in.size(), 0);
    for (const Part& part : parts_) {
      for (const PersonRun& run : part.segment->runs()) {
        if (!std::ranges::binary_search(*area.municipalities,
                                        run.municipality)) {
          continue;
        }
        SetRange(there, part.first + run.people.begin,
                 part.first + run.people.end);
      }
    }
    for (size_t i = 0; i < in.size(); ++i) in[i] &= there[i];
  }
  if (!area.circle.has_value()) return in;
  // Neighbours mostly share a home, as far as it is told.
  std::optional<Point> last;
  bool last_inside = false;
  CrowdSet(in).ForEach([&](CrowdNumber n) {
    const std::optional<Point>& home = (*this)[n].home;
    if (home.has_value() && home != last) {
      last = home;
      last_inside = DistanceHm(*home, area.circle->site) <= area.circle->radius;
    }
    if (!home.has_value() || !last_inside) ClearBit(in, n);
  });
  return in;
}

namespace {

// Of the sets that are lists; null where none is.
const CrowdSet* ShortestList(const CrowdSelection& selection) {
  const CrowdSet* shortest = nullptr;
  for (const CrowdSet* const set : selection.sets) {
    if (!set->is_list()) continue;
    if (shortest == nullptr || set->list().size() < shortest->list().size()) {
      shortest = set;
    }
  }
  return shortest;
}

// Whether one that `listed` has is in everything else.
bool IsSelected(const CrowdSelection& selection, const CrowdSet* listed,
                CrowdNumber n) {
  return HasBit(*selection.among, n) &&
         std::ranges::all_of(
             selection.bits,
             [n](const CrowdBits* bits) { return HasBit(*bits, n); }) &&
         std::ranges::all_of(selection.sets, [&](const CrowdSet* set) {
           return set == listed || set->Has(n);
         });
}

}  // namespace

size_t Crowd::CountUpTo(const CrowdSelection& selection, size_t most) const {
  size_t count = 0;
  const CrowdSet* const shortest = ShortestList(selection);
  if (shortest != nullptr) {
    for (const CrowdNumber n : shortest->list()) {
      if (count >= most) break;
      count += IsSelected(selection, shortest, n) ? 1 : 0;
    }
    return count;
  }
  // Piece by piece, so that what is left of a piece stays at hand.
  constexpr size_t kPiece = 64;
  absl::InlinedVector<const uint64_t*, 16> others;
  for (const CrowdBits* const bits : selection.bits) {
    others.push_back(bits->data());
  }
  for (const CrowdSet* const set : selection.sets) {
    others.push_back(set->bits().data());
  }
  const CrowdBits& among = *selection.among;
  std::array<uint64_t, kPiece> left;
  for (size_t begin = 0; begin < among.size() && count < most;
       begin += kPiece) {
    const size_t size = std::min(kPiece, among.size() - begin);
    std::copy_n(among.data() + begin, size, left.data());
    for (const uint64_t* const other : others) {
      for (size_t i = 0; i < size; ++i) left[i] &= other[begin + i];
    }
    for (size_t i = 0; i < size; ++i) {
      count += static_cast<size_t>(std::popcount(left[i]));
    }
  }
  return count;
}

CrowdSet Crowd::Select(const CrowdSelection& selection) const {
  const CrowdSet* const shortest = ShortestList(selection);
  if (shortest == nullptr) {
    CrowdBits found = *selection.among;
    const auto keep = [&](const CrowdBits& bits) {
      for (size_t i = 0; i < found.size(); ++i) found[i] &= bits[i];
    };
    for (const CrowdBits* const bits : selection.bits) keep(*bits);
    for (const CrowdSet* const set : selection.sets) keep(set->bits());
    return CrowdSet(std::move(found));
  }
  std::vector<CrowdNumber> found;
  for (const CrowdNumber n : shortest->list()) {
    if (IsSelected(selection, shortest, n)) found.push_back(n);
  }
  return CrowdSet(std::move(found));
}

size_t CrowdCounter::Count(const CrowdSelection& selection) {
  std::vector<const void*> key(selection.bits.begin(), selection.bits.end());
  key.insert(key.end(), selection.sets.begin(), selection.sets.end());
  std::ranges::sort(key);
  const auto repeats = std::ranges::unique(key);
  key.erase(repeats.begin(), repeats.end());
  key.push_back(selection.among);
  const auto [it, added] = counts_.try_emplace(std::move(key), 0);
  if (added) {
    it->second =
        crowd_.CountUpTo(selection, std::numeric_limits<size_t>::max());
  }
  return it->second;
}

size_t CrowdCounter::AtMost(const CrowdSelection& selection) {
  size_t least = Count({.among = selection.among});
  for (const CrowdBits* const bits : selection.bits) {
    least = std::min(least, Count({.among = selection.among, .bits = {bits}}));
  }
  for (const CrowdSet* const set : selection.sets) {
    least = std::min(least, Count({.among = selection.among, .sets = {set}}));
  }
  return least;
}

}  // namespace kugge::matching
