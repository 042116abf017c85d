#include "matching/index/offering_segment.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "matching/course.h"

namespace kugge::matching {
namespace {

std::vector<OfferingSegment::Documents::Pointer> ById(
    std::vector<OfferingSegment::Documents::Pointer> offerings) {
  std::ranges::sort(offerings, {},
                    [](const auto& offering) { return offering->id; });
  return offerings;
}

uint64_t BitsOf(const Point& place) {
  return static_cast<uint64_t>(static_cast<uint32_t>(place.lat_e5)) << 32 |
         static_cast<uint32_t>(place.lon_e5);
}

}  // namespace

OfferingSegment::OfferingSegment(std::vector<Documents::Pointer> offerings)
    : documents_(ById(std::move(offerings))) {
  for (DocNumber n = 0; n < size(); ++n) {
    const OfferingFeatures& offering = documents_[n];
    plain_.push_back(offering.open && !offering.private_to_tenant ? 1 : 0);
    weeks_.push_back(offering.weeks);
  }
  FillGains();
  FillPrerequisites();
  FillSessions();
}

void OfferingSegment::FillGains() {
  absl::flat_hash_map<uint64_t, uint32_t> numbers;
  begins_.reserve(size() + 1);
  for (DocNumber n = 0; n < size(); ++n) {
    begins_.push_back(static_cast<uint32_t>(numbers_.size()));
    for (const Gain& gain : documents_[n].gains) {
      const auto [it, added] = numbers.try_emplace(
          GainBits(gain), static_cast<uint32_t>(gains_.size()));
      if (added) gains_.push_back(gain);
      numbers_.push_back(it->second);
    }
  }
  begins_.push_back(static_cast<uint32_t>(numbers_.size()));
}

void OfferingSegment::FillPrerequisites() {
  absl::flat_hash_map<uint64_t, uint32_t> numbers;
  asked_begins_.reserve(size() + 1);
  for (DocNumber n = 0; n < size(); ++n) {
    asked_begins_.push_back(static_cast<uint32_t>(asked_.size()));
    for (const Demand& demand : documents_[n].prerequisites) {
      if (demand.strength != Strength::kHard) continue;
      const auto [it, added] = numbers.try_emplace(
          DemandBits(demand), static_cast<uint32_t>(prerequisites_.size()));
      if (added) prerequisites_.push_back(demand);
      asked_.push_back(it->second);
    }
  }
  asked_begins_.push_back(static_cast<uint32_t>(asked_.size()));
}

void OfferingSegment::FillSessions() {
  absl::flat_hash_map<uint64_t, uint32_t> numbers;
  session_begins_.reserve(size() + 1);
  for (DocNumber n = 0; n < size(); ++n) {
    session_begins_.push_back(static_cast<uint32_t>(sessions_.size()));
    for (const SessionFeatures& session : documents_[n].sessions) {
      SessionTerms terms{.distance_learning = session.distance_learning};
      if (IsUsable(session, std::numeric_limits<Days>::min())) {
        terms.start_day = session.start_day;
        terms.end_day = EndOf(documents_[n], session);
      }
      if (session.place.has_value()) {
        const auto [it, added] = numbers.try_emplace(
            BitsOf(*session.place), static_cast<uint32_t>(places_.size()));
        if (added) places_.push_back(*session.place);
        terms.place = it->second;
      }
      sessions_.push_back(terms);
    }
  }
  session_begins_.push_back(static_cast<uint32_t>(sessions_.size()));
}

size_t OfferingSegment::bytes() const {
  return documents_.bytes() + plain_.capacity() +
         gains_.capacity() * sizeof(Gain) +
         prerequisites_.capacity() * sizeof(Demand) +
         (numbers_.capacity() + begins_.capacity() + asked_.capacity() +
          asked_begins_.capacity() + session_begins_.capacity()) *
             sizeof(uint32_t) +
         sessions_.capacity() * sizeof(SessionTerms) +
         places_.capacity() * sizeof(Point) +
         weeks_.capacity() * sizeof(uint16_t);
}

}  // namespace kugge::matching
