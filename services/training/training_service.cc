#include "services/training/training_service.h"

#include "services/resource/import_stream.h"
#include "services/resource/resource_type.h"

namespace kugge::training {

grpc::Status TrainingServiceShell::GetProvider(
    grpc::ServerContext* context, const v1::GetProviderRequest* request,
    v1::Provider* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Get(resource::kProvider, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::ListProviders(
    grpc::ServerContext* context, const v1::ListProvidersRequest* request,
    v1::ListProvidersResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.List(resource::kProvider, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::CreateProvider(
    grpc::ServerContext* context, const v1::CreateProviderRequest* request,
    v1::Provider* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Create(resource::kProvider, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::UpdateProvider(
    grpc::ServerContext* context, const v1::UpdateProviderRequest* request,
    v1::Provider* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Update(resource::kProvider, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::DeleteProvider(
    grpc::ServerContext* context, const v1::DeleteProviderRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Delete(resource::kProvider, *request, call);
  });
}

grpc::Status TrainingServiceShell::GetOffering(
    grpc::ServerContext* context, const v1::GetOfferingRequest* request,
    v1::Offering* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Get(resource::kOffering, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::ListOfferings(
    grpc::ServerContext* context, const v1::ListOfferingsRequest* request,
    v1::ListOfferingsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.List(resource::kOffering, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::CreateOffering(
    grpc::ServerContext* context, const v1::CreateOfferingRequest* request,
    v1::Offering* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Create(resource::kOffering, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::UpdateOffering(
    grpc::ServerContext* context, const v1::UpdateOfferingRequest* request,
    v1::Offering* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Update(resource::kOffering, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::DeleteOffering(
    grpc::ServerContext* context, const v1::DeleteOfferingRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Delete(resource::kOffering, *request, call);
  });
}

grpc::Status TrainingServiceShell::BatchGetOfferings(
    grpc::ServerContext* context, const v1::BatchGetOfferingsRequest* request,
    v1::BatchGetOfferingsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchGet(resource::kOffering, *request, call,
                                   response);
  });
}

grpc::Status TrainingServiceShell::BatchCreateOfferings(
    grpc::ServerContext* context,
    const v1::BatchCreateOfferingsRequest* request,
    v1::BatchCreateOfferingsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchCreate(resource::kOffering, *request, call,
                                      response);
  });
}

grpc::Status TrainingServiceShell::BatchUpdateOfferings(
    grpc::ServerContext* context,
    const v1::BatchUpdateOfferingsRequest* request,
    v1::BatchUpdateOfferingsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchUpdate(resource::kOffering, *request, call,
                                      response);
  });
}

grpc::Status TrainingServiceShell::BatchDeleteOfferings(
    grpc::ServerContext* context,
    const v1::BatchDeleteOfferingsRequest* request, google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchDelete(resource::kOffering, *request, call);
  });
}

grpc::Status TrainingServiceShell::ImportOfferings(
    grpc::ServerContext* context,
    grpc::ServerReaderWriter<v1::ImportOfferingsResponse,
                             v1::ImportOfferingsRequest>* stream) {
  return parts_.serve.Stream(
      *context, "ImportOfferings", [&](rpc::RequestContext& call) {
        return parts_.importer.Import(resource::kOffering,
                                      resource::StreamOf(*stream), call);
      });
}

grpc::Status TrainingServiceShell::GetSession(
    grpc::ServerContext* context, const v1::GetSessionRequest* request,
    v1::Session* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Get(resource::kSession, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::ListSessions(
    grpc::ServerContext* context, const v1::ListSessionsRequest* request,
    v1::ListSessionsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.List(resource::kSession, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::CreateSession(
    grpc::ServerContext* context, const v1::CreateSessionRequest* request,
    v1::Session* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Create(resource::kSession, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::UpdateSession(
    grpc::ServerContext* context, const v1::UpdateSessionRequest* request,
    v1::Session* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Update(resource::kSession, *request, call, response);
  });
}

grpc::Status TrainingServiceShell::DeleteSession(
    grpc::ServerContext* context, const v1::DeleteSessionRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.Delete(resource::kSession, *request, call);
  });
}

grpc::Status TrainingServiceShell::BatchGetSessions(
    grpc::ServerContext* context, const v1::BatchGetSessionsRequest* request,
    v1::BatchGetSessionsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchGet(resource::kSession, *request, call,
                                   response);
  });
}

grpc::Status TrainingServiceShell::BatchCreateSessions(
    grpc::ServerContext* context, const v1::BatchCreateSessionsRequest* request,
    v1::BatchCreateSessionsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchCreate(resource::kSession, *request, call,
                                      response);
  });
}

grpc::Status TrainingServiceShell::BatchUpdateSessions(
    grpc::ServerContext* context, const v1::BatchUpdateSessionsRequest* request,
    v1::BatchUpdateSessionsResponse* response) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchUpdate(resource::kSession, *request, call,
                                      response);
  });
}

grpc::Status TrainingServiceShell::BatchDeleteSessions(
    grpc::ServerContext* context, const v1::BatchDeleteSessionsRequest* request,
    google::protobuf::Empty*) {
  return parts_.serve.Unary(*context, *request, [&](rpc::RequestContext& call) {
    return parts_.handler.BatchDelete(resource::kSession, *request, call);
  });
}

grpc::Status TrainingServiceShell::ImportSessions(
    grpc::ServerContext* context,
    grpc::ServerReaderWriter<v1::ImportSessionsResponse,
                             v1::ImportSessionsRequest>* stream) {
  return parts_.serve.Stream(
      *context, "ImportSessions", [&](rpc::RequestContext& call) {
        return parts_.importer.Import(resource::kSession,
                                      resource::StreamOf(*stream), call);
      });
}

}  // namespace kugge::training
