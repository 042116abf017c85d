// Reader of the official JobTech query results: flat lists, hierarchies
// (narrower), groups with related concepts, substitutability, and the list of
// ids of older systems. Bytes in, records out; docs/formats/taxonomy.md has the
// shapes. The simdjson library stays behind this header.
#ifndef KUGGE_MATCHING_TAXONOMY_JOBTECH_READER_H_
#define KUGGE_MATCHING_TAXONOMY_JOBTECH_READER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/source.h"

namespace kugge::matching {

// Reads one file. Its role is told by its content; `name` is for messages.
// InvalidArgument, naming the file and the byte offset, when it is no JSON or
// cut off; naming the file and what was expected, when it is no taxonomy file.
// A malformed concept in a good file is refused in Source::refused, the rest
// is kept.
absl::StatusOr<Source> ReadJobtech(absl::string_view name,
                                   absl::string_view bytes);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_JOBTECH_READER_H_
