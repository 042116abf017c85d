// Providers, offerings and sessions. The gRPC shell: a method is one line, its
// logic is in services/resource.
#ifndef KUGGE_SERVICES_TRAINING_TRAINING_SERVICE_H_
#define KUGGE_SERVICES_TRAINING_TRAINING_SERVICE_H_

#include "grpcpp/grpcpp.h"
#include "kugge/v1/training_service.grpc.pb.h"
#include "services/resource/service_parts.h"

namespace kugge::training {

class TrainingServiceShell final : public v1::TrainingService::Service {
 public:
  explicit TrainingServiceShell(const resource::ServiceParts& parts)
      : parts_(parts) {}

  grpc::Status GetProvider(grpc::ServerContext* context,
                           const v1::GetProviderRequest* request,
                           v1::Provider* response) override;
  grpc::Status ListProviders(grpc::ServerContext* context,
                             const v1::ListProvidersRequest* request,
                             v1::ListProvidersResponse* response) override;
  grpc::Status CreateProvider(grpc::ServerContext* context,
                              const v1::CreateProviderRequest* request,
                              v1::Provider* response) override;
  grpc::Status UpdateProvider(grpc::ServerContext* context,
                              const v1::UpdateProviderRequest* request,
                              v1::Provider* response) override;
  grpc::Status DeleteProvider(grpc::ServerContext* context,
                              const v1::DeleteProviderRequest* request,
                              google::protobuf::Empty* response) override;
  grpc::Status GetOffering(grpc::ServerContext* context,
                           const v1::GetOfferingRequest* request,
                           v1::Offering* response) override;
  grpc::Status ListOfferings(grpc::ServerContext* context,
                             const v1::ListOfferingsRequest* request,
                             v1::ListOfferingsResponse* response) override;
  grpc::Status CreateOffering(grpc::ServerContext* context,
                              const v1::CreateOfferingRequest* request,
                              v1::Offering* response) override;
  grpc::Status UpdateOffering(grpc::ServerContext* context,
                              const v1::UpdateOfferingRequest* request,
                              v1::Offering* response) override;
  grpc::Status DeleteOffering(grpc::ServerContext* context,
                              const v1::DeleteOfferingRequest* request,
                              google::protobuf::Empty* response) override;
  grpc::Status BatchGetOfferings(
      grpc::ServerContext* context, const v1::BatchGetOfferingsRequest* request,
      v1::BatchGetOfferingsResponse* response) override;
  grpc::Status BatchCreateOfferings(
      grpc::ServerContext* context,
      const v1::BatchCreateOfferingsRequest* request,
      v1::BatchCreateOfferingsResponse* response) override;
  grpc::Status BatchUpdateOfferings(
      grpc::ServerContext* context,
      const v1::BatchUpdateOfferingsRequest* request,
      v1::BatchUpdateOfferingsResponse* response) override;
  grpc::Status BatchDeleteOfferings(
      grpc::ServerContext* context,
      const v1::BatchDeleteOfferingsRequest* request,
      google::protobuf::Empty* response) override;
  grpc::Status ImportOfferings(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::ImportOfferingsResponse,
                               v1::ImportOfferingsRequest>* stream) override;
  grpc::Status GetSession(grpc::ServerContext* context,
                          const v1::GetSessionRequest* request,
                          v1::Session* response) override;
  grpc::Status ListSessions(grpc::ServerContext* context,
                            const v1::ListSessionsRequest* request,
                            v1::ListSessionsResponse* response) override;
  grpc::Status CreateSession(grpc::ServerContext* context,
                             const v1::CreateSessionRequest* request,
                             v1::Session* response) override;
  grpc::Status UpdateSession(grpc::ServerContext* context,
                             const v1::UpdateSessionRequest* request,
                             v1::Session* response) override;
  grpc::Status DeleteSession(grpc::ServerContext* context,
                             const v1::DeleteSessionRequest* request,
                             google::protobuf::Empty* response) override;
  grpc::Status BatchGetSessions(
      grpc::ServerContext* context, const v1::BatchGetSessionsRequest* request,
      v1::BatchGetSessionsResponse* response) override;
  grpc::Status BatchCreateSessions(
      grpc::ServerContext* context,
      const v1::BatchCreateSessionsRequest* request,
      v1::BatchCreateSessionsResponse* response) override;
  grpc::Status BatchUpdateSessions(
      grpc::ServerContext* context,
      const v1::BatchUpdateSessionsRequest* request,
      v1::BatchUpdateSessionsResponse* response) override;
  grpc::Status BatchDeleteSessions(
      grpc::ServerContext* context,
      const v1::BatchDeleteSessionsRequest* request,
      google::protobuf::Empty* response) override;
  grpc::Status ImportSessions(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::ImportSessionsResponse,
                               v1::ImportSessionsRequest>* stream) override;

 private:
  const resource::ServiceParts parts_;
};

}  // namespace kugge::training

#endif  // KUGGE_SERVICES_TRAINING_TRAINING_SERVICE_H_
