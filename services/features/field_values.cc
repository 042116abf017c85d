#include "services/features/field_values.h"

#include <cmath>

#include "matching/geo/municipalities.h"

namespace kugge::features {
namespace {

constexpr int32_t kDefaultImportance = 5;
constexpr double kE5 = 100'000.0;

}  // namespace

matching::Strength StrengthOf(v1::Strength strength) {
  return strength == v1::STRENGTH_HARD ? matching::Strength::kHard
                                       : matching::Strength::kSoft;
}

matching::Evidence EvidenceOf(v1::EvidenceLevel evidence) {
  switch (evidence) {
    case v1::EVIDENCE_LEVEL_EVIDENCED:
      return matching::Evidence::kEvidenced;
    case v1::EVIDENCE_LEVEL_VALIDATED:
      return matching::Evidence::kValidated;
    case v1::EVIDENCE_LEVEL_CERTIFIED:
      return matching::Evidence::kCertified;
    default:
      return matching::Evidence::kClaimed;
  }
}

uint8_t ImportanceOf(int32_t importance) {
  return static_cast<uint8_t>(importance == 0 ? kDefaultImportance
                                              : importance);
}

matching::ShiftSet ShiftsOf(const google::protobuf::RepeatedField<int>& list) {
  matching::ShiftSet shifts = 0;
  for (const int shift : list) {
    if (shift >= v1::SHIFT_DAY && shift <= v1::SHIFT_ROTATING) {
      shifts = static_cast<matching::ShiftSet>(shifts |
                                               (1u << (shift - v1::SHIFT_DAY)));
    }
  }
  return shifts;
}

matching::MunicipalityIndex MunicipalityOf(const v1::Place& place) {
  return matching::FindMunicipality(place.municipality_code())
      .value_or(matching::kNoMunicipality);
}

std::optional<matching::Point> PointOf(const v1::Place& place) {
  if (place.has_point()) {
    return matching::Point{
        static_cast<int32_t>(std::lround(place.point().latitude() * kE5)),
        static_cast<int32_t>(std::lround(place.point().longitude() * kE5))};
  }
  const matching::MunicipalityIndex index = MunicipalityOf(place);
  if (index == matching::kNoMunicipality) return std::nullopt;
  return matching::Municipalities()[index].town_point;
}

}  // namespace kugge::features
