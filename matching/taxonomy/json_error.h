// Where a text stops being JSON, for the message to whoever sent it.
#ifndef KUGGE_MATCHING_TAXONOMY_JSON_ERROR_H_
#define KUGGE_MATCHING_TAXONOMY_JSON_ERROR_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace kugge::matching {

// The byte offset at which reading `bytes` as JSON fails; its size when the
// text ends too early. Meant for bytes that a parser has already refused.
size_t JsonErrorOffset(absl::string_view bytes);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_JSON_ERROR_H_
