#include "services/employer/employer_service.h"

#include "services/resource/import_stream.h"
#include "services/resource/resource_type.h"

namespace kugge::employer {

grpc::Status EmployerServiceShell::GetEmployer(
    grpc::ServerContext* context, const v1::GetEmployerRequest* request,
    v1::Employer* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Get(resource::kEmployer, *request, call, response);
  });
}

grpc::Status EmployerServiceShell::ListEmployers(
    grpc::ServerContext* context, const v1::ListEmployersRequest* request,
    v1::ListEmployersResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.List(resource::kEmployer, *request, call, response);
  });
}

grpc::Status EmployerServiceShell::CreateEmployer(
    grpc::ServerContext* context, const v1::CreateEmployerRequest* request,
    v1::Employer* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Create(resource::kEmployer, *request, call, response);
  });
}

grpc::Status EmployerServiceShell::UpdateEmployer(
    grpc::ServerContext* context, const v1::UpdateEmployerRequest* request,
    v1::Employer* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Update(resource::kEmployer, *request, call, response);
  });
}

grpc::Status EmployerServiceShell::DeleteEmployer(
    grpc::ServerContext* context, const v1::DeleteEmployerRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Delete(resource::kEmployer, *request, call);
  });
}

grpc::Status EmployerServiceShell::GetRequirement(
    grpc::ServerContext* context, const v1::GetRequirementRequest* request,
    v1::Requirement* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Get(resource::kRequirement, *request, call, response);
  });
}

grpc::Status EmployerServiceShell::ListRequirements(
    grpc::ServerContext* context, const v1::ListRequirementsRequest* request,
    v1::ListRequirementsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.List(resource::kRequirement, *request, call,
                               response);
  });
}

grpc::Status EmployerServiceShell::CreateRequirement(
    grpc::ServerContext* context, const v1::CreateRequirementRequest* request,
    v1::Requirement* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Create(resource::kRequirement, *request, call,
                                 response);
  });
}

grpc::Status EmployerServiceShell::UpdateRequirement(
    grpc::ServerContext* context, const v1::UpdateRequirementRequest* request,
    v1::Requirement* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Update(resource::kRequirement, *request, call,
                                 response);
  });
}

grpc::Status EmployerServiceShell::DeleteRequirement(
    grpc::ServerContext* context, const v1::DeleteRequirementRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Delete(resource::kRequirement, *request, call);
  });
}

grpc::Status EmployerServiceShell::BatchGetRequirements(
    grpc::ServerContext* context,
    const v1::BatchGetRequirementsRequest* request,
    v1::BatchGetRequirementsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchGet(resource::kRequirement, *request, call,
                                   response);
  });
}

grpc::Status EmployerServiceShell::BatchCreateRequirements(
    grpc::ServerContext* context,
    const v1::BatchCreateRequirementsRequest* request,
    v1::BatchCreateRequirementsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchCreate(resource::kRequirement, *request, call,
                                      response);
  });
}

grpc::Status EmployerServiceShell::BatchUpdateRequirements(
    grpc::ServerContext* context,
    const v1::BatchUpdateRequirementsRequest* request,
    v1::BatchUpdateRequirementsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchUpdate(resource::kRequirement, *request, call,
                                      response);
  });
}

grpc::Status EmployerServiceShell::BatchDeleteRequirements(
    grpc::ServerContext* context,
    const v1::BatchDeleteRequirementsRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchDelete(resource::kRequirement, *request, call);
  });
}

grpc::Status EmployerServiceShell::ImportRequirements(
    grpc::ServerContext* context,
    grpc::ServerReaderWriter<v1::ImportRequirementsResponse,
                             v1::ImportRequirementsRequest>* stream) {
  return parts_.serve.Stream(
      *context, "ImportRequirements", [&](rpc::RequestContext& call) {
        return parts_.importer.Import(resource::kRequirement,
                                      resource::StreamOf(*stream), call);
      });
}

}  // namespace kugge::employer
