#include "services/match/asking.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/features/extractor.h"

namespace kugge::match {
namespace {

constexpr int32_t kDefaultPageSize = 10;
constexpr int32_t kMaxPageSize = 1000;

}  // namespace

absl::StatusOr<Question> Asking::Begin(rpc::RequestContext& call) const {
  KUGGE_ASSIGN_OR_RETURN(auto view, resources.View(call));
  return absl::StatusOr<Question>(absl::in_place, repository, index,
                                  std::move(view), call);
}

void Asking::CountScored(absl::string_view question, size_t documents) const {
  if (metrics != nullptr) {
    metrics->CountDocumentsScored(question, static_cast<double>(documents));
  }
}

size_t PageSizeOf(int32_t asked) {
  return static_cast<size_t>(asked == 0 ? kDefaultPageSize
                                        : std::min(asked, kMaxPageSize));
}

std::string TenantNameOf(absl::string_view name) {
  return absl::StrCat("tenants/", features::TenantOf(name));
}

}  // namespace kugge::match
