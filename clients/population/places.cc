#include "clients/population/places.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "clients/population/place_sizes.h"
#include "matching/geo/municipalities.h"

namespace kugge::population {
namespace {

using matching::Municipality;
using matching::MunicipalityIndex;

absl::StatusOr<std::set<MunicipalityIndex>> Chosen(
    const std::vector<std::string>& codes) {
  std::set<MunicipalityIndex> chosen;
  for (const std::string& code : codes) {
    const std::optional<MunicipalityIndex> index =
        matching::FindMunicipality(code);
    if (!index.has_value()) {
      return absl::InvalidArgumentError(
          absl::StrCat("municipality_codes: '", code,
                       "' is no municipality; a code has four digits, such as "
                       "2062"));
    }
    chosen.insert(*index);
  }
  if (codes.empty()) {
    for (size_t i = 0; i < matching::Municipalities().size(); ++i) {
      chosen.insert(static_cast<MunicipalityIndex>(i));
    }
  }
  return chosen;
}

}  // namespace

absl::StatusOr<Places> Places::Build(const std::vector<std::string>& codes) {
  absl::StatusOr<std::set<MunicipalityIndex>> chosen = Chosen(codes);
  if (!chosen.ok()) return chosen.status();
  std::map<absl::string_view, std::vector<MunicipalityIndex>> by_market;
  std::set<std::string> counties;
  for (const MunicipalityIndex index : *chosen) {
    const Municipality& municipality = matching::Municipalities()[index];
    by_market[municipality.labour_market_code].push_back(index);
    counties.insert(absl::StrCat("regions/county-", municipality.county_code));
  }
  Places places;
  places.counties_.assign(counties.begin(), counties.end());
  std::vector<uint64_t> market_sizes;
  for (const auto& [code, members] : by_market) {
    LabourMarket market;
    std::vector<uint64_t> sizes;
    uint64_t sum = 0;
    for (const MunicipalityIndex index : members) {
      const Municipality& municipality = matching::Municipalities()[index];
      market.places.push_back({.code = std::string(municipality.code),
                               .name = std::string(municipality.name)});
      sizes.push_back(ThousandsOfInhabitants(municipality.code));
      sum += sizes.back();
    }
    market.largest = static_cast<size_t>(
        std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
    market.by_size = WeightedPositions(sizes);
    places.markets_.push_back(std::move(market));
    market_sizes.push_back(sum);
  }
  places.markets_by_size_ = WeightedPositions(market_sizes);
  return places;
}

const PopulatedPlace& Places::DrawPlace(Draw& draw) const {
  const LabourMarket& market = markets_[markets_by_size_.Pick(draw)];
  return market.places[market.by_size.Pick(draw)];
}

const PopulatedPlace& Places::DrawCentre(Draw& draw) const {
  const LabourMarket& market = markets_[markets_by_size_.Pick(draw)];
  return market.places[market.largest];
}

const std::string& Places::DrawCounty(Draw& draw) const {
  return draw.OneOf(counties_);
}

}  // namespace kugge::population
