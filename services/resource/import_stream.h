// A gRPC stream as an ImportStream.
#ifndef KUGGE_SERVICES_RESOURCE_IMPORT_STREAM_H_
#define KUGGE_SERVICES_RESOURCE_IMPORT_STREAM_H_

#include "grpcpp/support/sync_stream.h"
#include "services/resource/import_handler.h"

namespace kugge::resource {

// Valid as long as `stream`.
template <typename Response, typename Request>
ImportStream StreamOf(grpc::ServerReaderWriter<Response, Request>& stream) {
  return {
      .request = &Request::default_instance(),
      .response = &Response::default_instance(),
      .read =
          [&stream](google::protobuf::Message* request) {
            return stream.Read(google::protobuf::down_cast<Request*>(request));
          },
      .write =
          [&stream](const google::protobuf::Message& response) {
            return stream.Write(
                *google::protobuf::down_cast<const Response*>(&response));
          }};
}

}  // namespace kugge::resource

#endif  // KUGGE_SERVICES_RESOURCE_IMPORT_STREAM_H_
