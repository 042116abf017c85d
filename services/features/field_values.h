// Fields of messages that several documents share -> the engine's values, with
// the defaults that the proto comments name.
#ifndef KUGGE_SERVICES_FEATURES_FIELD_VALUES_H_
#define KUGGE_SERVICES_FEATURES_FIELD_VALUES_H_

#include <cstdint>
#include <optional>

#include "google/protobuf/repeated_field.h"
#include "kugge/v1/common.pb.h"
#include "matching/features.h"

namespace kugge::features {

matching::Strength StrengthOf(v1::Strength strength);

matching::Evidence EvidenceOf(v1::EvidenceLevel evidence);

uint8_t ImportanceOf(int32_t importance);

matching::ShiftSet ShiftsOf(const google::protobuf::RepeatedField<int>& list);

// kNoMunicipality for a code that isn't known.
matching::MunicipalityIndex MunicipalityOf(const v1::Place& place);

// The place's own point, else that of its municipality's main town.
std::optional<matching::Point> PointOf(const v1::Place& place);

}  // namespace kugge::features

#endif  // KUGGE_SERVICES_FEATURES_FIELD_VALUES_H_
