// Everything that can be matched, as it was at one moment: immutable, shared by
// readers without locks, and replaced as a whole after each write. Deriving the
// next one copies only what a change touches.
#ifndef KUGGE_MATCHING_MARKET_H_
#define KUGGE_MATCHING_MARKET_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "matching/document_table.h"
#include "matching/features.h"
#include "matching/index/offering_segment.h"
#include "matching/index/person_segment.h"
#include "matching/index/requirement_segment.h"
#include "matching/index/segmented_index.h"
#include "matching/types.h"

namespace kugge::matching {

struct MarketChanges {
  std::vector<DocumentTable<PersonFeatures>::Change> people;
  std::vector<DocumentTable<RequirementFeatures>::Change> requirements;
  std::vector<DocumentTable<OfferingFeatures>::Change> offerings;
};

// Segments of the index to be made one.
struct MarketMerge {
  std::optional<SegmentedIndex<PersonSegment>::Merge> people;
  std::optional<SegmentedIndex<RequirementSegment>::Merge> requirements;
  std::optional<SegmentedIndex<OfferingSegment>::Merge> offerings;

  void Run() {
    if (people.has_value()) people->Run();
    if (requirements.has_value()) requirements->Run();
    if (offerings.has_value()) offerings->Run();
  }
};

class Market {
 public:
  // A market with nothing in it.
  Market() = default;

  // This market with `changes` made to it, in their order. This one stays as it
  // is. Shared, because every reader holds the market it began with.
  std::shared_ptr<const Market> Apply(MarketChanges changes) const;

  const DocumentTable<PersonFeatures>& people() const { return people_; }
  const DocumentTable<RequirementFeatures>& requirements() const {
    return requirements_;
  }
  const DocumentTable<OfferingFeatures>& offerings() const {
    return offerings_;
  }

  const SegmentedIndex<PersonSegment>& person_index() const {
    return person_index_;
  }
  const SegmentedIndex<RequirementSegment>& requirement_index() const {
    return requirement_index_;
  }
  const SegmentedIndex<OfferingSegment>& offering_index() const {
    return offering_index_;
  }

  // Bytes that the index takes beside the documents.
  size_t index_bytes() const {
    return person_index_.bytes() + requirement_index_.bytes() +
           offering_index_.bytes();
  }

  // What should be merged next, so that questions stay fast; nothing when there
  // is nothing to do. MarketMerge::Run takes long and needs no lock.
  std::optional<MarketMerge> PlanMerge(Writers writers) const;
  bool WantsMerge() const {
    return person_index_.WantsMerge() || requirement_index_.WantsMerge() ||
           offering_index_.WantsMerge();
  }
  // Everything in as few segments as can be.
  MarketMerge PlanCompaction() const;
  // This market with a merge put in place that was planned on it or on an
  // earlier one; the same documents. One merge at a time.
  std::shared_ptr<const Market> With(const MarketMerge& merge) const;

 private:
  DocumentTable<PersonFeatures> people_;
  DocumentTable<RequirementFeatures> requirements_;
  DocumentTable<OfferingFeatures> offerings_;
  SegmentedIndex<PersonSegment> person_index_;
  SegmentedIndex<RequirementSegment> requirement_index_;
  SegmentedIndex<OfferingSegment> offering_index_;
};

// Who may be an answer to whom, before any filter: docs/scoring.md sections 4
// and 6. `tenant` is the asking one.
bool IsCandidate(const PersonFeatures& person, TenantIndex tenant, Days today);
bool IsCandidate(const RequirementFeatures& requirement, TenantIndex tenant,
                 Days today);
bool IsCandidate(const OfferingFeatures& offering, TenantIndex tenant);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_MARKET_H_
