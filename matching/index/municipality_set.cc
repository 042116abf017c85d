#include "matching/index/municipality_set.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace kugge::matching {

MunicipalitySet::MunicipalitySet(
    const std::optional<std::vector<MunicipalityIndex>>& municipalities)
    : all_(!municipalities.has_value()),
      words_(1, all_ ? ~uint64_t{0} : uint64_t{0}) {
  if (all_) return;
  size_t words = 1;
  for (const MunicipalityIndex m : *municipalities) {
    words = std::max(words, m / 64u + size_t{1});
  }
  words_.resize(words + 1, 0);
  for (const MunicipalityIndex m : *municipalities) {
    words_[m / 64u] |= uint64_t{1} << (m % 64u);
  }
}

}  // namespace kugge::matching
