// The people of a block held against a requirement all at once, for whoever
// counts them: orders and classes without a verdict on each (docs/scoring.md
// section 10.1).
#ifndef KUGGE_MATCHING_INDEX_PERSON_COUNTS_H_
#define KUGGE_MATCHING_INDEX_PERSON_COUNTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "matching/compiled_requirement.h"
#include "matching/index/block.h"
#include "matching/index/demand_sums.h"
#include "matching/index/order_tally.h"
#include "matching/index/person_segment.h"
#include "matching/index/row_collector.h"
#include "matching/index/wish_tables.h"
#include "matching/rank.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one segment, one thread. See SegmentCount.
class PersonCounts {
 public:
  static bool CanCount(const PersonSegment& segment) {
    return segment.fits() &&
           (!segment.anyone_asks() || segment.wish_columns().fits());
  }

  // All outlive this. CanCount(segment), and PersonProber::CanProbe(
  // requirement). `but` isn't counted.
  PersonCounts(const PersonSegment& segment,
               const CompiledRequirement& requirement,
               const RankRequest<PersonFeatures>& request,
               const std::optional<DocumentId>& but, SearchBuffers& buffers);

  // Clears of `mask` whom `but` names and who is no candidate.
  void LeaveOut(const Block& block, BlockBits& mask) const;
  // Whether somebody whom no demand stands in the way of may be UNCERTAIN.
  bool WishesMayBeUnknown();
  // Counts those of the buffers' mask, as PersonProber::Restrict leaves it,
  // whose order is at least `least`. How many had to be looked at for that.
  size_t Count(const Block& block, Pass pass, uint32_t least,
               OrderTallies& tallies);
  // Counts all of them whom no wish refuses.
  void CountAll(const Block& block, Pass pass, OrderTallies& tallies);

 private:
  // What the two scores are worth in the order, and the requirement's of a
  // person who asks nothing.
  struct Shares {
    uint32_t score = 0;
    uint32_t reverse = 0;
    uint32_t alone = 0;
  };

  // People whom nothing but their distance can still keep from being counted.
  struct Candidates {
    size_t size = 0;
    // One more than there can be.
    std::array<uint16_t, OrderBatch::kMost + 1> at;
    // Without what the distance adds.
    std::array<uint32_t, OrderBatch::kMost + 1> orders;
    // 0 where nothing is unknown.
    std::array<uint32_t, OrderBatch::kMost + 1> unknown;
  };

  void Plan();
  // Leaves of the buffers' mask who is in the pass for certain.
  void Prepare(const Block& block, Pass pass);
  uint16_t LeastScore(uint32_t least) const;
  size_t CountAlone(const Block& block, Pass pass, uint32_t least,
                    std::span<const uint16_t> found,
                    OrderTallies& tallies) const;
  size_t CountAsking(const Block& block, Pass pass, uint32_t least,
                     std::span<const uint16_t> found, OrderTallies& tallies);
  void Gather(const Block& block, uint32_t least,
              std::span<const uint16_t> found, Candidates& candidates) const;
  void CountBatch(const Block& block, Pass pass, uint32_t least,
                  const Candidates& candidates, OrderTallies& tallies) const;

  const PersonSegment& segment_;
  const CompiledRequirement& requirement_;
  SearchBuffers& buffers_;
  Shares shares_{};
  // Ascending.
  std::vector<DocNumber> left_out_;
  // Made when somebody is first counted.
  std::optional<DemandSums> demands_;
  std::optional<WishTables> wishes_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_PERSON_COUNTS_H_
