// Words of Swedish labels, made comparable: lower case, and bare of marks.
#ifndef KUGGE_MATCHING_TAXONOMY_FOLD_H_
#define KUGGE_MATCHING_TAXONOMY_FOLD_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace kugge::matching {

// Lower case for ASCII and the Latin-1 letters; marks kept ("Åre" -> "åre").
// Everything that is neither letter nor digit, "+" and "#" excepted, becomes
// one space between words ("C++ / C#" -> "c++ c#"); other bytes stay.
std::string FoldCase(absl::string_view text);

// FoldCase, and å ä á à â ã -> a, ö ø ó ò ô õ -> o, é è ê ë -> e, ü ú ù û -> u,
// í ì î ï -> i, ç -> c, ñ -> n, ý ÿ -> y, æ -> ae.
std::string FoldMarks(absl::string_view text);

// The words of a folded text.
std::vector<std::string> FoldedWords(absl::string_view folded);

// The stem of a folded, bare word by crude Swedish endings: the longest listed
// ending that leaves at least four letters is cut off. See
// docs/formats/taxonomy.md.
std::string Stem(absl::string_view word);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_FOLD_H_
