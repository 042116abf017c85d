#include "clients/ctl/resource_types.h"

#include "kugge/v1/employer_service.grpc.pb.h"
#include "kugge/v1/profile_service.grpc.pb.h"
#include "kugge/v1/tenant_service.grpc.pb.h"
#include "kugge/v1/training_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

using Tenants = v1::TenantService::Stub;
using Profiles = v1::ProfileService::Stub;
using Employers = v1::EmployerService::Stub;
using Training = v1::TrainingService::Stub;

std::vector<ResourceType> MakeTable() {
  return {
      {"tenant",
       {"tenants"},
       {"display_name", "organisation_number"},
       Bind(&Tenants::GetTenant),
       Bind(&Tenants::ListTenants),
       Bind(&Tenants::CreateTenant),
       Bind(&Tenants::UpdateTenant),
       Bind(&Tenants::DeleteTenant),
       {}},
      {"region",
       {"tenants", "regions"},
       {"display_name", "municipality_codes"},
       Bind(&Tenants::GetRegion),
       Bind(&Tenants::ListRegions),
       Bind(&Tenants::CreateRegion),
       Bind(&Tenants::UpdateRegion),
       Bind(&Tenants::DeleteRegion),
       {}},
      {"strategy",
       {"tenants", "strategies"},
       {"display_name", "version", "score_share", "reverse_score_share"},
       Bind(&Tenants::GetStrategy),
       Bind(&Tenants::ListStrategies),
       Bind(&Tenants::CreateStrategy),
       Bind(&Tenants::UpdateStrategy),
       Bind(&Tenants::DeleteStrategy),
       {}},
      {"employer",
       {"tenants", "employers"},
       {"display_name", "organisation_number", "external_id"},
       Bind(&Employers::GetEmployer),
       Bind(&Employers::ListEmployers),
       Bind(&Employers::CreateEmployer),
       Bind(&Employers::UpdateEmployer),
       Bind(&Employers::DeleteEmployer),
       {}},
      {"requirement",
       {"tenants", "employers", "requirements"},
       {"title", "origin", "state", "positions", "place.municipality_code",
        "start_date", "external_id"},
       Bind(&Employers::GetRequirement),
       Bind(&Employers::ListRequirements),
       Bind(&Employers::CreateRequirement),
       Bind(&Employers::UpdateRequirement),
       Bind(&Employers::DeleteRequirement),
       Bind(&Employers::ImportRequirements)},
      {"profile",
       {"tenants", "profiles"},
       {"kind", "home.municipality_code", "graduation_date", "external_id"},
       Bind(&Profiles::GetProfile),
       Bind(&Profiles::ListProfiles),
       Bind(&Profiles::CreateProfile),
       Bind(&Profiles::UpdateProfile),
       Bind(&Profiles::DeleteProfile),
       Bind(&Profiles::ImportProfiles)},
      {"provider",
       {"tenants", "providers"},
       {"display_name", "place.municipality_code", "external_id"},
       Bind(&Training::GetProvider),
       Bind(&Training::ListProviders),
       Bind(&Training::CreateProvider),
       Bind(&Training::UpdateProvider),
       Bind(&Training::DeleteProvider),
       {}},
      {"offering",
       {"tenants", "providers", "offerings"},
       {"title", "state", "length_weeks", "form", "external_id"},
       Bind(&Training::GetOffering),
       Bind(&Training::ListOfferings),
       Bind(&Training::CreateOffering),
       Bind(&Training::UpdateOffering),
       Bind(&Training::DeleteOffering),
       Bind(&Training::ImportOfferings)},
      {"session",
       {"tenants", "providers", "offerings", "sessions"},
       {"state", "start_date", "end_date", "place.municipality_code",
        "distance_learning", "seats", "seats_taken", "external_id"},
       Bind(&Training::GetSession),
       Bind(&Training::ListSessions),
       Bind(&Training::CreateSession),
       Bind(&Training::UpdateSession),
       Bind(&Training::DeleteSession),
       Bind(&Training::ImportSessions)},
  };
}

}  // namespace

const std::vector<ResourceType>& ResourceTypes() {
  static const auto& table = *new std::vector<ResourceType>(MakeTable());
  return table;
}

const ResourceType* FindResourceType(absl::string_view noun) {
  for (const ResourceType& type : ResourceTypes()) {
    if (type.noun == noun) return &type;
  }
  return nullptr;
}

}  // namespace kugge::ctl
