// The 290 municipalities of Sweden, shipped with the product: names, codes,
// JobTech ids, the main town each is measured from, and the official regions
// they make up. Distances between municipalities go from town to town: an
// area's middle point can be tens of kilometres from where anybody lives.
#ifndef KUGGE_MATCHING_GEO_MUNICIPALITIES_H_
#define KUGGE_MATCHING_GEO_MUNICIPALITIES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matching/geo/distance.h"

namespace kugge::matching {

// A municipality's place in Municipalities(), stable within a version.
using MunicipalityIndex = uint16_t;

struct Municipality {
  absl::string_view code;                  // SCB's, such as "2062"; zeros kept
  absl::string_view name;                  // "Mora"
  absl::string_view concept_id;            // JobTech's
  absl::string_view county_code;           // "20"
  absl::string_view county;                // "Dalarna"
  absl::string_view functional_area_code;  // Tillväxtverket's FA region, "31"
  absl::string_view functional_area;
  absl::string_view labour_market_code;  // SCB's local market 2024, "LA2401"
  absl::string_view labour_market;
  absl::string_view town;  // the main town (centralort)
  Point town_point;
};

// All of them, ascending by code.
std::span<const Municipality> Municipalities();

// By SCB code; nullopt when there is none.
std::optional<MunicipalityIndex> FindMunicipality(absl::string_view code);

// By JobTech concept id.
std::optional<MunicipalityIndex> FindMunicipalityByConcept(
    absl::string_view concept_id);

// Town to town, in hundreds of metres; both below Municipalities().size().
int32_t MunicipalityDistanceHm(MunicipalityIndex a, MunicipalityIndex b);

// The municipality whose town is nearest, the lower code where two are.
MunicipalityIndex NearestMunicipality(Point point);

enum class RegionKind : uint8_t {
  kCounty,          // län, 21
  kFunctionalArea,  // FA region
  kLabourMarket,    // local labour market 2024
};

struct OfficialRegion {
  std::string id;  // "county-20", "fa-31", "la-2401"
  RegionKind kind = RegionKind::kCounty;
  absl::string_view code;
  absl::string_view name;
  absl::string_view concept_id;  // JobTech's, of counties; else empty
  std::vector<MunicipalityIndex> municipalities;  // ascending
};

// Counties by code, then FA regions by number, then labour markets by code.
std::span<const OfficialRegion> OfficialRegions();

// By id, or by a county's JobTech concept id; null when there is none.
const OfficialRegion* FindOfficialRegion(absl::string_view id);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_GEO_MUNICIPALITIES_H_
