#include "tests/bench/course_workload.h"

#include <algorithm>

#include "matching/geo/municipalities.h"
#include "tests/bench/documents.h"

namespace kugge::bench {
namespace {

using matching::DemandKind;
using matching::Evidence;
using matching::OfferingFeatures;
using matching::SessionFeatures;

constexpr uint64_t kOfferingStream = 18ull << 40;
constexpr uint64_t kSessionStream = 19ull << 40;
// Requirements of the market are others than those that ask.
constexpr uint64_t kFirstRequirement = 1ull << 32;

matching::DocumentId IdOf(uint64_t stream, uint64_t index) {
  matching::DocumentId id;
  const uint64_t high = Mix(stream + index);
  const uint64_t low = stream + index;
  for (size_t i = 0; i < 8; ++i) {
    id.bytes[i] = static_cast<uint8_t>(high >> (8 * i));
    id.bytes[8 + i] = static_cast<uint8_t>(low >> (8 * i));
  }
  return id;
}

void AddGains(const Workload& workload, Random& random,
              OfferingFeatures& offering) {
  const uint32_t occupation = workload.DrawOccupation(random);
  const uint32_t skills = random.Between(1, 3);
  for (uint32_t i = 0; i < skills; ++i) {
    offering.gains.push_back(
        {.section = DemandKind::kSkill,
         .concept_index = workload.DrawSkill(occupation, random),
         .level = static_cast<matching::Level>(random.Between(2, 4))});
  }
  if (random.Percent(5)) {
    offering.gains.push_back(
        {.section = DemandKind::kLanguage,
         .concept_index = kSwedish,
         .level = static_cast<matching::Level>(random.Between(3, 5))});
  }
  if (random.Percent(4)) {
    offering.gains.push_back(
        {.section = DemandKind::kLicence,
         .concept_index = kFirstLicence + random.Below(kLicences),
         .evidence = Evidence::kCertified});
  }
  std::ranges::sort(offering.gains, [](const auto& a, const auto& b) {
    return std::pair(a.section, a.concept_index) <
           std::pair(b.section, b.concept_index);
  });
}

SessionFeatures SessionAt(const Workload& workload, uint64_t index,
                          uint16_t weeks, Random& random) {
  SessionFeatures session;
  session.id = IdOf(kSessionStream, index);
  session.start_day = kToday + static_cast<int32_t>(random.Between(7, 180));
  session.end_day = session.start_day + 7 * weeks;
  session.place =
      matching::Municipalities()[workload.DrawMunicipality(random)].town_point;
  session.distance_learning = random.Percent(15);
  session.seats = random.Between(8, 30);
  session.seats_taken = random.Below(session.seats);
  session.pace_percent = random.Percent(70) ? 100 : 50;
  return session;
}

}  // namespace

matching::DocumentId OfferingId(uint64_t index) {
  return IdOf(kOfferingStream, index);
}

Query QueryOfRequirement(const Workload& workload, uint64_t index) {
  return workload.QueryAt(kFirstRequirement + index);
}

matching::RequirementFeatures RequirementAt(const Workload& workload,
                                            const FullWorkload& full,
                                            uint64_t index) {
  const uint64_t number = kFirstRequirement + index;
  auto requirement =
      full.RequirementOf(QueryOfRequirement(workload, index), number);
  Random random(workload.seed(), kFirstRequirement + number);
  requirement.positions = random.Between(1, 5);
  if (random.Percent(50)) {
    requirement.close_day =
        kToday + static_cast<int32_t>(random.Between(20, 300));
  }
  return requirement;
}

OfferingFeatures OfferingAt(const Workload& workload, uint64_t index) {
  Random random(workload.seed(), kOfferingStream + index);
  OfferingFeatures offering;
  offering.id = OfferingId(index);
  AddGains(workload, random, offering);
  offering.weeks = static_cast<uint16_t>(random.Between(2, 26));
  if (random.Percent(20)) {
    offering.prerequisites.push_back(
        {.kind = DemandKind::kLanguage,
         .concept_index = kSwedish,
         .minimum_level = static_cast<matching::Level>(random.Between(2, 3)),
         .strength = matching::Strength::kHard});
  }
  const uint32_t sessions = random.Between(1, 3);
  for (uint32_t i = 0; i < sessions; ++i) {
    offering.sessions.push_back(
        SessionAt(workload, 4 * index + i, offering.weeks, random));
  }
  return offering;
}

}  // namespace kugge::bench
