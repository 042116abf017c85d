// Municipalities as bits: looked up once a run of documents.
#ifndef KUGGE_MATCHING_INDEX_MUNICIPALITY_SET_H_
#define KUGGE_MATCHING_INDEX_MUNICIPALITY_SET_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "matching/types.h"

namespace kugge::matching {

class MunicipalitySet {
 public:
  // Absent: all of them.
  explicit MunicipalitySet(
      const std::optional<std::vector<MunicipalityIndex>>& municipalities)
      : all_(!municipalities.has_value()) {
    if (all_) return;
    for (const MunicipalityIndex m : *municipalities) {
      if (m / 64u >= bits_.size()) bits_.resize(m / 64u + 1, 0);
      bits_[m / 64u] |= uint64_t{1} << (m % 64u);
    }
  }

  bool all() const { return all_; }
  bool Contains(MunicipalityIndex m) const {
    return all_ ||
           (m / 64u < bits_.size() && (bits_[m / 64u] >> (m % 64u) & 1) != 0);
  }

 private:
  bool all_;
  std::vector<uint64_t> bits_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_MUNICIPALITY_SET_H_
