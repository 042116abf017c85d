#include "matching/credit.h"

#include <algorithm>

#include "matching/constants.h"
#include "matching/features.h"
#include "matching/types.h"

namespace kugge::matching {

bool IsGraded(const Demand& demand) {
  return demand.minimum_level > kLowestLevel ||
         demand.minimum_evidence > Evidence::kClaimed;
}

bool CountsAsOpen(const Section& section, const Demand& demand) {
  if (section.state == SectionState::kOpen) return true;
  if (demand.kind != DemandKind::kEducation ||
      demand.concept_index == kNoConcept) {
    return false;
  }
  // Sorted, so a field that isn't told stands last.
  return !section.held.empty() &&
         section.held.back().concept_index == kNoConcept;
}

bool StatesLacking(const Section& section, const Demand& demand) {
  return !section.lacking.empty() &&
         std::ranges::binary_search(section.lacking, demand.concept_index);
}

}  // namespace kugge::matching
