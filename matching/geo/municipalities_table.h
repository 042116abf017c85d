// The rows behind municipalities.h. Nothing else includes this.
#ifndef KUGGE_MATCHING_GEO_MUNICIPALITIES_TABLE_H_
#define KUGGE_MATCHING_GEO_MUNICIPALITIES_TABLE_H_

#include <array>

#include "absl/strings/string_view.h"
#include "matching/geo/distance.h"

namespace kugge::matching::geo_table {

struct Area {
  absl::string_view code;
  absl::string_view name;
  absl::string_view concept_id;  // empty where JobTech has none
};

struct Row {
  absl::string_view code;
  absl::string_view name;
  absl::string_view concept_id;
  absl::string_view county;
  absl::string_view functional_area;
  absl::string_view labour_market;
  absl::string_view town;
  Point town_point;
};

// Each ascending by code (functional areas by number).
extern const std::array<Area, 21> kCounties;
extern const std::array<Area, 72> kFunctionalAreas;
extern const std::array<Area, 66> kLabourMarkets;
extern const std::array<Row, 290> kRows;

}  // namespace kugge::matching::geo_table

#endif  // KUGGE_MATCHING_GEO_MUNICIPALITIES_TABLE_H_
