// Spelling distance for search.
#ifndef KUGGE_MATCHING_TAXONOMY_EDIT_DISTANCE_H_
#define KUGGE_MATCHING_TAXONOMY_EDIT_DISTANCE_H_

#include "absl/strings/string_view.h"

namespace kugge::matching {

// True when some beginning of `word` becomes `typed` by at most `most` letters
// added, left out or changed, or neighbours swapped (optimal string alignment,
// on bytes).
bool BeginsNearly(absl::string_view word, absl::string_view typed, int most);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_EDIT_DISTANCE_H_
