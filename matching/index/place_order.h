// The order that documents stand in within a segment: by place along a curve
// that keeps neighbours together, so that "within reach" is a few ranges of
// numbers.
#ifndef KUGGE_MATCHING_INDEX_PLACE_ORDER_H_
#define KUGGE_MATCHING_INDEX_PLACE_ORDER_H_

#include <cstdint>

#include "matching/types.h"

namespace kugge::matching {

// A municipality's place along a Hilbert curve over all towns, from 0;
// kNoMunicipality and numbers without a municipality stand last.
uint16_t PlaceRank(MunicipalityIndex municipality);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_PLACE_ORDER_H_
