#include "matching/taxonomy/fold.h"

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace kugge::matching {
namespace {

// Bare letters of U+00E0..U+00FF, the lower-case Latin-1 letters; "" is the
// division sign.
constexpr absl::string_view kBare[32] = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e",  "e", "e",
    "e", "i", "i", "i", "i", "d", "n",  "o", "o",  "o", "o",
    "o", "",  "o", "u", "u", "u", "u",  "y", "th", "y"};

// Longest first.
constexpr absl::string_view kEndings[] = {
    "ningarna", "ningen", "ningar", "arnas", "ernas", "ornas", "andet", "arna",
    "erna",     "orna",   "aren",   "ande",  "ning",  "ens",   "are",   "ets",
    "ar",       "er",     "or",     "en",    "et",    "ad",    "at",    "as",
    "a",        "e",      "n",      "s",     "t"};

std::string Fold(absl::string_view text, bool bare) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  const auto separate = [&] {
    if (gap && !out.empty()) out.push_back(' ');
    gap = false;
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next =
        static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    if (byte == 0xC3 && next >= 0x80 && next <= 0xBF) {
      // U+00C0..U+00FF; capitals stand 0x20 below their small letters, except
      // the multiplication sign and sharp s, left as they are.
      const bool letter = next != 0x97 && next != 0x9F;
      const int small = letter && next < 0xA0 ? next + 0x20 : next;
      separate();
      if (bare && letter) {
        out.append(kBare[small - 0xA0].data(), kBare[small - 0xA0].size());
      } else {
        out.push_back(static_cast<char>(0xC3));
        out.push_back(static_cast<char>(small));
      }
      ++i;
    } else if (byte == 0xC2 && next == 0xA0) {  // no-break space
      gap = true;
      ++i;
    } else if (byte == 0xE2 && next == 0x80 && i + 2 < text.size()) {
      gap = true;  // dashes, quotes, ellipsis and other general punctuation
      i += 2;
    } else if (byte >= 0x80 || absl::ascii_isalnum(byte) || byte == '+' ||
               byte == '#') {
      separate();
      out.push_back(absl::ascii_tolower(byte));
    } else {
      gap = true;
    }
  }
  return out;
}

}  // namespace

std::string FoldCase(absl::string_view text) { return Fold(text, false); }

std::string FoldMarks(absl::string_view text) { return Fold(text, true); }

std::vector<std::string> FoldedWords(absl::string_view folded) {
  return absl::StrSplit(folded, ' ', absl::SkipEmpty());
}

std::string Stem(absl::string_view word) {
  for (absl::string_view ending : kEndings) {
    if (word.size() >= ending.size() + 4 && absl::EndsWith(word, ending)) {
      return std::string(word.substr(0, word.size() - ending.size()));
    }
  }
  return std::string(word);
}

}  // namespace kugge::matching
