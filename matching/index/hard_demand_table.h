// The HARD demands of a segment's requirements, each different one numbered
// once: somebody held against all of them is held against every requirement.
#ifndef KUGGE_MATCHING_INDEX_HARD_DEMAND_TABLE_H_
#define KUGGE_MATCHING_INDEX_HARD_DEMAND_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/features.h"
#include "matching/index/documents.h"

namespace kugge::matching {

// Immutable once built.
class HardDemandTable {
 public:
  // Numbers of demands, several a requirement.
  using Number = uint32_t;

  HardDemandTable() = default;
  explicit HardDemandTable(
      const SegmentDocuments<RequirementFeatures>& documents);

  // All that are asked, distinct in kind, concept, level and evidence; their
  // importance means nothing.
  const std::vector<Demand>& distinct() const { return distinct_; }
  // Those of one requirement, in the order of its list; the same may stand
  // twice.
  std::span<const Number> Of(DocNumber requirement) const {
    return {numbers_.data() + begins_[requirement],
            numbers_.data() + begins_[requirement + 1]};
  }
  size_t bytes() const {
    return distinct_.capacity() * sizeof(Demand) +
           (numbers_.capacity() + begins_.capacity()) * sizeof(Number);
  }

 private:
  std::vector<Demand> distinct_;
  std::vector<Number> numbers_;
  std::vector<uint32_t> begins_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_HARD_DEMAND_TABLE_H_
