// The regions that ship with the product: counties, FA regions and local labour
// markets, as sets of municipalities. Read-only.
#ifndef KUGGE_SERVICES_TENANT_OFFICIAL_REGIONS_H_
#define KUGGE_SERVICES_TENANT_OFFICIAL_REGIONS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "kugge/v1/tenant_service.pb.h"

namespace kugge::tenant {

// Whether a valid region name is one of `regions/{region}`.
bool IsOfficialRegion(absl::string_view name);

absl::Status GetOfficialRegion(absl::string_view name, v1::Region* region);

// All that pass the filter, on one page whatever page_size is: there are fewer
// than 200.
absl::Status ListOfficialRegions(const v1::ListRegionsRequest& request,
                                 v1::ListRegionsResponse* response);

}  // namespace kugge::tenant

#endif  // KUGGE_SERVICES_TENANT_OFFICIAL_REGIONS_H_
