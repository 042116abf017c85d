#include "matching/index/hard_demand_table.h"

#include "absl/container/flat_hash_map.h"

namespace kugge::matching {

HardDemandTable::HardDemandTable(
    const SegmentDocuments<RequirementFeatures>& documents) {
  absl::flat_hash_map<uint64_t, Number> numbers;
  begins_.reserve(documents.size() + 1);
  for (DocNumber n = 0; n < documents.size(); ++n) {
    begins_.push_back(static_cast<uint32_t>(numbers_.size()));
    for (const Demand& demand : documents[n].demands) {
      if (demand.strength != Strength::kHard) continue;
      const auto [it, added] = numbers.try_emplace(
          DemandBits(demand), static_cast<Number>(distinct_.size()));
      if (added) distinct_.push_back(demand);
      numbers_.push_back(it->second);
    }
  }
  begins_.push_back(static_cast<uint32_t>(numbers_.size()));
  numbers_.shrink_to_fit();
  distinct_.shrink_to_fit();
}

}  // namespace kugge::matching
