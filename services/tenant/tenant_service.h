// Tenants, their regions and strategies, and the official regions. The gRPC
// shell: a method is one line, its logic is in services/resource.
#ifndef KUGGE_SERVICES_TENANT_TENANT_SERVICE_H_
#define KUGGE_SERVICES_TENANT_TENANT_SERVICE_H_

#include "grpcpp/grpcpp.h"
#include "kugge/v1/tenant_service.grpc.pb.h"
#include "services/resource/service_parts.h"

namespace kugge::tenant {

class TenantServiceShell final : public v1::TenantService::Service {
 public:
  explicit TenantServiceShell(const resource::ServiceParts& parts)
      : parts_(parts) {}

  grpc::Status GetTenant(grpc::ServerContext* context,
                         const v1::GetTenantRequest* request,
                         v1::Tenant* response) override;
  grpc::Status ListTenants(grpc::ServerContext* context,
                           const v1::ListTenantsRequest* request,
                           v1::ListTenantsResponse* response) override;
  grpc::Status CreateTenant(grpc::ServerContext* context,
                            const v1::CreateTenantRequest* request,
                            v1::Tenant* response) override;
  grpc::Status UpdateTenant(grpc::ServerContext* context,
                            const v1::UpdateTenantRequest* request,
                            v1::Tenant* response) override;
  grpc::Status DeleteTenant(grpc::ServerContext* context,
                            const v1::DeleteTenantRequest* request,
                            google::protobuf::Empty* response) override;
  grpc::Status GetRegion(grpc::ServerContext* context,
                         const v1::GetRegionRequest* request,
                         v1::Region* response) override;
  grpc::Status ListRegions(grpc::ServerContext* context,
                           const v1::ListRegionsRequest* request,
                           v1::ListRegionsResponse* response) override;
  grpc::Status CreateRegion(grpc::ServerContext* context,
                            const v1::CreateRegionRequest* request,
                            v1::Region* response) override;
  grpc::Status UpdateRegion(grpc::ServerContext* context,
                            const v1::UpdateRegionRequest* request,
                            v1::Region* response) override;
  grpc::Status DeleteRegion(grpc::ServerContext* context,
                            const v1::DeleteRegionRequest* request,
                            google::protobuf::Empty* response) override;
  grpc::Status GetStrategy(grpc::ServerContext* context,
                           const v1::GetStrategyRequest* request,
                           v1::Strategy* response) override;
  grpc::Status ListStrategies(grpc::ServerContext* context,
                              const v1::ListStrategiesRequest* request,
                              v1::ListStrategiesResponse* response) override;
  grpc::Status CreateStrategy(grpc::ServerContext* context,
                              const v1::CreateStrategyRequest* request,
                              v1::Strategy* response) override;
  grpc::Status UpdateStrategy(grpc::ServerContext* context,
                              const v1::UpdateStrategyRequest* request,
                              v1::Strategy* response) override;
  grpc::Status DeleteStrategy(grpc::ServerContext* context,
                              const v1::DeleteStrategyRequest* request,
                              google::protobuf::Empty* response) override;

 private:
  const resource::ServiceParts parts_;
};

}  // namespace kugge::tenant

#endif  // KUGGE_SERVICES_TENANT_TENANT_SERVICE_H_
