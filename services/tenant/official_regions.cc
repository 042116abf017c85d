#include "services/tenant/official_regions.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "matching/geo/municipalities.h"
#include "services/rpc/errors.h"
#include "services/rpc/filter.h"
#include "services/rpc/resource_name.h"

namespace kugge::tenant {
namespace {

constexpr absl::string_view kCollection = "regions/";

void Fill(const matching::OfficialRegion& official, v1::Region* region) {
  region->set_name(absl::StrCat(kCollection, official.id));
  region->set_display_name(std::string(official.name));
  for (const matching::MunicipalityIndex index : official.municipalities) {
    region->add_municipality_codes(
        std::string(matching::Municipalities()[index].code));
  }
}

}  // namespace

bool IsOfficialRegion(absl::string_view name) {
  return absl::StartsWith(name, kCollection);
}

absl::Status GetOfficialRegion(absl::string_view name, v1::Region* region) {
  const matching::OfficialRegion* official =
      matching::FindOfficialRegion(rpc::LastIdOf(name));
  if (official == nullptr) return rpc::NotFound(name);
  Fill(*official, region);
  return absl::OkStatus();
}

absl::Status ListOfficialRegions(const v1::ListRegionsRequest& request,
                                 v1::ListRegionsResponse* response) {
  KUGGE_ASSIGN_OR_RETURN(const rpc::Filter parsed,
                         rpc::Filter::Parse(request.filter()));
  KUGGE_ASSIGN_OR_RETURN(const rpc::BoundFilter filter,
                         parsed.Bind(v1::Region::descriptor()));
  for (const matching::OfficialRegion& official : matching::OfficialRegions()) {
    v1::Region region;
    Fill(official, &region);
    if (filter.Matches(region)) *response->add_regions() = region;
  }
  return absl::OkStatus();
}

}  // namespace kugge::tenant
