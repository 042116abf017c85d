// Employers and what they need. The gRPC shell: a method is one line, its logic
// is in services/resource.
#ifndef KUGGE_SERVICES_EMPLOYER_EMPLOYER_SERVICE_H_
#define KUGGE_SERVICES_EMPLOYER_EMPLOYER_SERVICE_H_

#include "grpcpp/grpcpp.h"
#include "kugge/v1/employer_service.grpc.pb.h"
#include "services/resource/service_parts.h"

namespace kugge::employer {

class EmployerServiceShell final : public v1::EmployerService::Service {
 public:
  explicit EmployerServiceShell(const resource::ServiceParts& parts)
      : parts_(parts) {}

  grpc::Status GetEmployer(grpc::ServerContext* context,
                           const v1::GetEmployerRequest* request,
                           v1::Employer* response) override;
  grpc::Status ListEmployers(grpc::ServerContext* context,
                             const v1::ListEmployersRequest* request,
                             v1::ListEmployersResponse* response) override;
  grpc::Status CreateEmployer(grpc::ServerContext* context,
                              const v1::CreateEmployerRequest* request,
                              v1::Employer* response) override;
  grpc::Status UpdateEmployer(grpc::ServerContext* context,
                              const v1::UpdateEmployerRequest* request,
                              v1::Employer* response) override;
  grpc::Status DeleteEmployer(grpc::ServerContext* context,
                              const v1::DeleteEmployerRequest* request,
                              google::protobuf::Empty* response) override;
  grpc::Status GetRequirement(grpc::ServerContext* context,
                              const v1::GetRequirementRequest* request,
                              v1::Requirement* response) override;
  grpc::Status ListRequirements(
      grpc::ServerContext* context, const v1::ListRequirementsRequest* request,
      v1::ListRequirementsResponse* response) override;
  grpc::Status CreateRequirement(grpc::ServerContext* context,
                                 const v1::CreateRequirementRequest* request,
                                 v1::Requirement* response) override;
  grpc::Status UpdateRequirement(grpc::ServerContext* context,
                                 const v1::UpdateRequirementRequest* request,
                                 v1::Requirement* response) override;
  grpc::Status DeleteRequirement(grpc::ServerContext* context,
                                 const v1::DeleteRequirementRequest* request,
                                 google::protobuf::Empty* response) override;
  grpc::Status BatchGetRequirements(
      grpc::ServerContext* context,
      const v1::BatchGetRequirementsRequest* request,
      v1::BatchGetRequirementsResponse* response) override;
  grpc::Status BatchCreateRequirements(
      grpc::ServerContext* context,
      const v1::BatchCreateRequirementsRequest* request,
      v1::BatchCreateRequirementsResponse* response) override;
  grpc::Status BatchUpdateRequirements(
      grpc::ServerContext* context,
      const v1::BatchUpdateRequirementsRequest* request,
      v1::BatchUpdateRequirementsResponse* response) override;
  grpc::Status BatchDeleteRequirements(
      grpc::ServerContext* context,
      const v1::BatchDeleteRequirementsRequest* request,
      google::protobuf::Empty* response) override;
  grpc::Status ImportRequirements(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::ImportRequirementsResponse,
                               v1::ImportRequirementsRequest>* stream) override;

 private:
  const resource::ServiceParts parts_;
};

}  // namespace kugge::employer

#endif  // KUGGE_SERVICES_EMPLOYER_EMPLOYER_SERVICE_H_
