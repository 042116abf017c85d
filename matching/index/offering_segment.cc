#include "matching/index/offering_segment.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace kugge::matching {
namespace {

std::vector<OfferingSegment::Documents::Pointer> ById(
    std::vector<OfferingSegment::Documents::Pointer> offerings) {
  std::ranges::sort(offerings, {},
                    [](const auto& offering) { return offering->id; });
  return offerings;
}

}  // namespace

OfferingSegment::OfferingSegment(std::vector<Documents::Pointer> offerings)
    : documents_(ById(std::move(offerings))) {
  absl::flat_hash_map<uint64_t, uint32_t> numbers;
  begins_.reserve(size() + 1);
  for (DocNumber n = 0; n < size(); ++n) {
    const OfferingFeatures& offering = documents_[n];
    plain_.push_back(offering.open && !offering.private_to_tenant ? 1 : 0);
    begins_.push_back(static_cast<uint32_t>(numbers_.size()));
    for (const Gain& gain : offering.gains) {
      const auto [it, added] = numbers.try_emplace(
          GainBits(gain), static_cast<uint32_t>(gains_.size()));
      if (added) gains_.push_back(gain);
      numbers_.push_back(it->second);
    }
  }
  begins_.push_back(static_cast<uint32_t>(numbers_.size()));
}

size_t OfferingSegment::bytes() const {
  return documents_.bytes() + plain_.capacity() +
         gains_.capacity() * sizeof(Gain) +
         (numbers_.capacity() + begins_.capacity()) * sizeof(uint32_t);
}

}  // namespace kugge::matching
