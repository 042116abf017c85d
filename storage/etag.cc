#include "storage/etag.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace kugge::storage {
namespace {

constexpr size_t kEtagSize = 16;

}  // namespace

std::string EtagOf(Revision revision) {
  return absl::StrCat(absl::Hex(revision, absl::kZeroPad16));
}

absl::StatusOr<Revision> ParseEtag(absl::string_view etag) {
  Revision revision = 0;
  if (etag.size() != kEtagSize || !absl::SimpleHexAtoi(etag, &revision) ||
      revision == 0 || EtagOf(revision) != etag) {
    return absl::InvalidArgumentError(
        "etag is not one that this service gave out");
  }
  return revision;
}

}  // namespace kugge::storage
