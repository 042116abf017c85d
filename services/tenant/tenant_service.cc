#include "services/tenant/tenant_service.h"

#include "services/resource/resource_type.h"
#include "services/tenant/official_regions.h"

namespace kugge::tenant {

grpc::Status TenantServiceShell::GetTenant(grpc::ServerContext* context,
                                           const v1::GetTenantRequest* request,
                                           v1::Tenant* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Get(resource::kTenant, *request, call, response);
  });
}

grpc::Status TenantServiceShell::ListTenants(
    grpc::ServerContext* context, const v1::ListTenantsRequest* request,
    v1::ListTenantsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.List(resource::kTenant, *request, call, response);
  });
}

grpc::Status TenantServiceShell::CreateTenant(
    grpc::ServerContext* context, const v1::CreateTenantRequest* request,
    v1::Tenant* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Create(resource::kTenant, *request, call, response);
  });
}

grpc::Status TenantServiceShell::UpdateTenant(
    grpc::ServerContext* context, const v1::UpdateTenantRequest* request,
    v1::Tenant* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Update(resource::kTenant, *request, call, response);
  });
}

grpc::Status TenantServiceShell::DeleteTenant(
    grpc::ServerContext* context, const v1::DeleteTenantRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Delete(resource::kTenant, *request, call);
  });
}

grpc::Status TenantServiceShell::GetRegion(grpc::ServerContext* context,
                                           const v1::GetRegionRequest* request,
                                           v1::Region* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return IsOfficialRegion(request->name())
               ? GetOfficialRegion(request->name(), response)
               : parts_.handler.Get(resource::kRegion, *request, call,
                                    response);
  });
}

grpc::Status TenantServiceShell::ListRegions(
    grpc::ServerContext* context, const v1::ListRegionsRequest* request,
    v1::ListRegionsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return request->parent().empty()
               ? ListOfficialRegions(*request, response)
               : parts_.handler.List(resource::kRegion, *request, call,
                                     response);
  });
}

grpc::Status TenantServiceShell::CreateRegion(
    grpc::ServerContext* context, const v1::CreateRegionRequest* request,
    v1::Region* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Create(resource::kRegion, *request, call, response);
  });
}

grpc::Status TenantServiceShell::UpdateRegion(
    grpc::ServerContext* context, const v1::UpdateRegionRequest* request,
    v1::Region* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Update(resource::kRegion, *request, call, response);
  });
}

grpc::Status TenantServiceShell::DeleteRegion(
    grpc::ServerContext* context, const v1::DeleteRegionRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Delete(resource::kRegion, *request, call);
  });
}

grpc::Status TenantServiceShell::GetStrategy(
    grpc::ServerContext* context, const v1::GetStrategyRequest* request,
    v1::Strategy* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Get(resource::kStrategy, *request, call, response);
  });
}

grpc::Status TenantServiceShell::ListStrategies(
    grpc::ServerContext* context, const v1::ListStrategiesRequest* request,
    v1::ListStrategiesResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.List(resource::kStrategy, *request, call, response);
  });
}

grpc::Status TenantServiceShell::CreateStrategy(
    grpc::ServerContext* context, const v1::CreateStrategyRequest* request,
    v1::Strategy* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Create(resource::kStrategy, *request, call, response);
  });
}

grpc::Status TenantServiceShell::UpdateStrategy(
    grpc::ServerContext* context, const v1::UpdateStrategyRequest* request,
    v1::Strategy* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Update(resource::kStrategy, *request, call, response);
  });
}

grpc::Status TenantServiceShell::DeleteStrategy(
    grpc::ServerContext* context, const v1::DeleteStrategyRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Delete(resource::kStrategy, *request, call);
  });
}

}  // namespace kugge::tenant
