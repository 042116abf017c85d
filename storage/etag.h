// The etag of a resource is its revision, rendered as an opaque string.
#ifndef KUGGE_STORAGE_ETAG_H_
#define KUGGE_STORAGE_ETAG_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/key_value_store.h"

namespace kugge::storage {

std::string EtagOf(Revision revision);

// InvalidArgument for a text that EtagOf never makes.
absl::StatusOr<Revision> ParseEtag(absl::string_view etag);

}  // namespace kugge::storage

#endif  // KUGGE_STORAGE_ETAG_H_
