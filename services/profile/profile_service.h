// People. The gRPC shell: a method is one line, its logic is in
// services/resource.
#ifndef KUGGE_SERVICES_PROFILE_PROFILE_SERVICE_H_
#define KUGGE_SERVICES_PROFILE_PROFILE_SERVICE_H_

#include "grpcpp/grpcpp.h"
#include "kugge/v1/profile_service.grpc.pb.h"
#include "services/resource/service_parts.h"

namespace kugge::profile {

class ProfileServiceShell final : public v1::ProfileService::Service {
 public:
  explicit ProfileServiceShell(const resource::ServiceParts& parts)
      : parts_(parts) {}

  grpc::Status GetProfile(grpc::ServerContext* context,
                          const v1::GetProfileRequest* request,
                          v1::Profile* response) override;
  grpc::Status ListProfiles(grpc::ServerContext* context,
                            const v1::ListProfilesRequest* request,
                            v1::ListProfilesResponse* response) override;
  grpc::Status CreateProfile(grpc::ServerContext* context,
                             const v1::CreateProfileRequest* request,
                             v1::Profile* response) override;
  grpc::Status UpdateProfile(grpc::ServerContext* context,
                             const v1::UpdateProfileRequest* request,
                             v1::Profile* response) override;
  grpc::Status DeleteProfile(grpc::ServerContext* context,
                             const v1::DeleteProfileRequest* request,
                             google::protobuf::Empty* response) override;
  grpc::Status BatchGetProfiles(
      grpc::ServerContext* context, const v1::BatchGetProfilesRequest* request,
      v1::BatchGetProfilesResponse* response) override;
  grpc::Status BatchCreateProfiles(
      grpc::ServerContext* context,
      const v1::BatchCreateProfilesRequest* request,
      v1::BatchCreateProfilesResponse* response) override;
  grpc::Status BatchUpdateProfiles(
      grpc::ServerContext* context,
      const v1::BatchUpdateProfilesRequest* request,
      v1::BatchUpdateProfilesResponse* response) override;
  grpc::Status BatchDeleteProfiles(
      grpc::ServerContext* context,
      const v1::BatchDeleteProfilesRequest* request,
      google::protobuf::Empty* response) override;
  grpc::Status ImportProfiles(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::ImportProfilesResponse,
                               v1::ImportProfilesRequest>* stream) override;

 private:
  const resource::ServiceParts parts_;
};

}  // namespace kugge::profile

#endif  // KUGGE_SERVICES_PROFILE_PROFILE_SERVICE_H_
