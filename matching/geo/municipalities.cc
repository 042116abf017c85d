#include "matching/geo/municipalities.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "matching/geo/distance.h"
#include "matching/geo/municipalities_table.h"

namespace kugge::matching {
namespace {

absl::string_view NameOf(std::span<const geo_table::Area> areas,
                         absl::string_view code) {
  const auto at = std::ranges::find(areas, code, &geo_table::Area::code);
  return at == areas.end() ? absl::string_view() : at->name;
}

std::vector<Municipality> MakeMunicipalities() {
  std::vector<Municipality> all;
  for (const geo_table::Row& row : geo_table::kRows) {
    all.push_back(
        {.code = row.code,
         .name = row.name,
         .concept_id = row.concept_id,
         .county_code = row.county,
         .county = NameOf(geo_table::kCounties, row.county),
         .functional_area_code = row.functional_area,
         .functional_area =
             NameOf(geo_table::kFunctionalAreas, row.functional_area),
         .labour_market_code = row.labour_market,
         .labour_market = NameOf(geo_table::kLabourMarkets, row.labour_market),
         .town = row.town,
         .town_point = row.town_point});
  }
  return all;
}

void AddRegions(absl::string_view prefix, RegionKind kind,
                std::span<const geo_table::Area> areas,
                absl::string_view geo_table::Row::* member,
                std::vector<OfficialRegion>& regions) {
  for (const geo_table::Area& area : areas) {
    OfficialRegion region = {
        .id = absl::StrCat(prefix, absl::StripPrefix(area.code, "LA")),
        .kind = kind,
        .code = area.code,
        .name = area.name,
        .concept_id = area.concept_id,
        .municipalities = {}};
    for (size_t i = 0; i < geo_table::kRows.size(); ++i) {
      if (geo_table::kRows[i].*member == area.code) {
        region.municipalities.push_back(static_cast<MunicipalityIndex>(i));
      }
    }
    regions.push_back(std::move(region));
  }
}

std::vector<OfficialRegion> MakeRegions() {
  using geo_table::Row;
  std::vector<OfficialRegion> regions;
  AddRegions("county-", RegionKind::kCounty, geo_table::kCounties, &Row::county,
             regions);
  AddRegions("fa-", RegionKind::kFunctionalArea, geo_table::kFunctionalAreas,
             &Row::functional_area, regions);
  AddRegions("la-", RegionKind::kLabourMarket, geo_table::kLabourMarkets,
             &Row::labour_market, regions);
  return regions;
}

}  // namespace

std::span<const Municipality> Municipalities() {
  // Constant, and never destroyed: views of it live to the end.
  static const auto& all = *new std::vector<Municipality>(MakeMunicipalities());
  return all;
}

std::optional<MunicipalityIndex> FindMunicipality(absl::string_view code) {
  const std::span<const Municipality> all = Municipalities();
  const auto at = std::ranges::lower_bound(all, code, {}, &Municipality::code);
  if (at == all.end() || at->code != code) return std::nullopt;
  return static_cast<MunicipalityIndex>(at - all.begin());
}

std::optional<MunicipalityIndex> FindMunicipalityByConcept(
    absl::string_view concept_id) {
  const std::span<const Municipality> all = Municipalities();
  const auto at = std::ranges::find(all, concept_id, &Municipality::concept_id);
  if (at == all.end()) return std::nullopt;
  return static_cast<MunicipalityIndex>(at - all.begin());
}

int32_t MunicipalityDistanceHm(MunicipalityIndex a, MunicipalityIndex b) {
  return DistanceHm(Municipalities()[a].town_point,
                    Municipalities()[b].town_point);
}

MunicipalityIndex NearestMunicipality(Point point) {
  const std::span<const Municipality> all = Municipalities();
  size_t nearest = 0;
  int32_t least = DistanceHm(point, all[0].town_point);
  for (size_t i = 1; i < all.size(); ++i) {
    const int32_t distance = DistanceHm(point, all[i].town_point);
    if (distance < least) {
      least = distance;
      nearest = i;
    }
  }
  return static_cast<MunicipalityIndex>(nearest);
}

std::span<const OfficialRegion> OfficialRegions() {
  // Constant, and never destroyed: views of it live to the end.
  static const auto& all = *new std::vector<OfficialRegion>(MakeRegions());
  return all;
}

const OfficialRegion* FindOfficialRegion(absl::string_view id) {
  if (id.empty()) return nullptr;
  for (const OfficialRegion& region : OfficialRegions()) {
    if (region.id == id || region.concept_id == id) return &region;
  }
  return nullptr;
}

}  // namespace kugge::matching
