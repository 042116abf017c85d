#include "matching/taxonomy/edit_distance.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "absl/strings/string_view.h"

namespace kugge::matching {
namespace {
constexpr size_t kMostBytes = 64;
}  // namespace

bool BeginsNearly(absl::string_view word, absl::string_view typed, int most) {
  typed = typed.substr(0, kMostBytes - 1);
  word = word.substr(0, typed.size() + static_cast<size_t>(most));
  if (word.size() + static_cast<size_t>(most) < typed.size()) return false;
  // Rows are beginnings of `word`, columns beginnings of `typed`.
  std::array<int, kMostBytes> two_up{};
  std::array<int, kMostBytes> up{};
  std::array<int, kMostBytes> row{};
  const size_t columns = typed.size();
  for (size_t j = 0; j <= columns; ++j) up[j] = static_cast<int>(j);
  if (up[columns] <= most) return true;
  for (size_t i = 1; i <= word.size(); ++i) {
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (size_t j = 1; j <= columns; ++j) {
      const int change = word[i - 1] == typed[j - 1] ? 0 : 1;
      row[j] = std::min({up[j] + 1, row[j - 1] + 1, up[j - 1] + change});
      if (i > 1 && j > 1 && word[i - 1] == typed[j - 2] &&
          word[i - 2] == typed[j - 1]) {
        row[j] = std::min(row[j], two_up[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (row[columns] <= most) return true;
    // A swap can still come from the row above, which is one dearer.
    if (least > most + 1) return false;
    two_up = up;
    up = row;
  }
  return false;
}

}  // namespace kugge::matching
