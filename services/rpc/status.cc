#include "services/rpc/status.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/escaping.h"
#include "base/log.h"
#include "google/rpc/status.pb.h"
#include "services/rpc/formats.h"

namespace kugge::rpc {
namespace {

constexpr size_t kMostTextBytes = 1000;
constexpr size_t kMostDetailBytes = 4500;

// Whether the texts of a code tell of our inside.
bool IsInternal(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal ||
         code == absl::StatusCode::kDataLoss ||
         code == absl::StatusCode::kUnknown;
}

// A text that quotes what was sent may hold bytes that are no UTF-8; a
// google.rpc.Status with them is one that no client can read.
std::string Readable(absl::string_view text) {
  return LookAtText(text).valid_utf8 ? std::string(text)
                                     : absl::CHexEscape(text);
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(status.code());
  if (IsInternal(status.code())) {
    Log(LogLevel::kError, "internal_error",
        {{"code", absl::StatusCodeToString(status.code())},
         {"text", status.message()}});
    return grpc::Status(
        code,
        "The service could not do this; the operator finds why in its log");
  }
  google::rpc::Status rich;
  rich.set_code(static_cast<int>(code));
  rich.set_message(
      std::string(CutUtf8(Readable(status.message()), kMostTextBytes)));
  size_t bytes = rich.message().size();
  status.ForEachPayload(
      [&](absl::string_view type_url, const absl::Cord& payload) {
        bytes += type_url.size() + payload.size();
        if (bytes > kMostDetailBytes) return;
        auto* detail = rich.add_details();
        detail->set_type_url(std::string(type_url));
        detail->set_value(std::string(payload));
      });
  return grpc::Status(code, rich.message(), rich.SerializeAsString());
}

}  // namespace kugge::rpc
