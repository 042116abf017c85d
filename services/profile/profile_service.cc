#include "services/profile/profile_service.h"

#include "services/resource/import_stream.h"
#include "services/resource/resource_type.h"

namespace kugge::profile {

grpc::Status ProfileServiceShell::GetProfile(
    grpc::ServerContext* context, const v1::GetProfileRequest* request,
    v1::Profile* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Get(resource::kProfile, *request, call, response);
  });
}

grpc::Status ProfileServiceShell::ListProfiles(
    grpc::ServerContext* context, const v1::ListProfilesRequest* request,
    v1::ListProfilesResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.List(resource::kProfile, *request, call, response);
  });
}

grpc::Status ProfileServiceShell::CreateProfile(
    grpc::ServerContext* context, const v1::CreateProfileRequest* request,
    v1::Profile* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Create(resource::kProfile, *request, call, response);
  });
}

grpc::Status ProfileServiceShell::UpdateProfile(
    grpc::ServerContext* context, const v1::UpdateProfileRequest* request,
    v1::Profile* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Update(resource::kProfile, *request, call, response);
  });
}

grpc::Status ProfileServiceShell::DeleteProfile(
    grpc::ServerContext* context, const v1::DeleteProfileRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Delete(resource::kProfile, *request, call);
  });
}

grpc::Status ProfileServiceShell::BatchGetProfiles(
    grpc::ServerContext* context, const v1::BatchGetProfilesRequest* request,
    v1::BatchGetProfilesResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchGet(resource::kProfile, *request, call,
                                   response);
  });
}

grpc::Status ProfileServiceShell::BatchCreateProfiles(
    grpc::ServerContext* context, const v1::BatchCreateProfilesRequest* request,
    v1::BatchCreateProfilesResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchCreate(resource::kProfile, *request, call,
                                      response);
  });
}

grpc::Status ProfileServiceShell::BatchUpdateProfiles(
    grpc::ServerContext* context, const v1::BatchUpdateProfilesRequest* request,
    v1::BatchUpdateProfilesResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchUpdate(resource::kProfile, *request, call,
                                      response);
  });
}

grpc::Status ProfileServiceShell::BatchDeleteProfiles(
    grpc::ServerContext* context, const v1::BatchDeleteProfilesRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchDelete(resource::kProfile, *request, call);
  });
}

grpc::Status ProfileServiceShell::ImportProfiles(
    grpc::ServerContext* context,
    grpc::ServerReaderWriter<v1::ImportProfilesResponse,
                             v1::ImportProfilesRequest>* stream) {
  return parts_.serve.Stream(
      *context, "ImportProfiles", [&](rpc::RequestContext& call) {
        return parts_.importer.Import(resource::kProfile,
                                      resource::StreamOf(*stream), call);
      });
}

}  // namespace kugge::profile
