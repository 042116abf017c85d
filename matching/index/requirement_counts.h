// The requirements of a block held against a person all at once, for whoever
// counts them: as PersonCounts the other way round.
#ifndef KUGGE_MATCHING_INDEX_REQUIREMENT_COUNTS_H_
#define KUGGE_MATCHING_INDEX_REQUIREMENT_COUNTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/index/block.h"
#include "matching/index/job_tables.h"
#include "matching/index/order_tally.h"
#include "matching/index/requirement_segment.h"
#include "matching/index/row_collector.h"
#include "matching/rank.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one segment, one thread. See SegmentCount.
class RequirementCounts {
 public:
  static bool CanCount(const RequirementSegment& segment) {
    return segment.fits() && segment.job_columns().fits();
  }

  // All outlive this. CanCount(segment). `but` isn't counted.
  RequirementCounts(const RequirementSegment& segment,
                    const CompiledPerson& person,
                    const RankRequest<RequirementFeatures>& request,
                    const std::optional<DocumentId>& but,
                    SearchBuffers& buffers);

  // Clears of `mask` what `but` names and what is no candidate.
  void LeaveOut(const Block& block, BlockBits& mask) const;
  // Whether something that no demand stands in the way of may be UNCERTAIN.
  bool WishesMayBeUnknown();
  // Counts those of the buffers' mask, as RequirementProber::Restrict leaves
  // it, whose order is at least `least`. About how many a search would judge.
  size_t Count(const Block& block, Pass pass, uint32_t least,
               OrderTallies& tallies);
  // Counts all of them that no wish refuses.
  void CountAll(const Block& block, Pass pass, OrderTallies& tallies);

 private:
  // The requirements that demand something the person earns credit toward.
  struct Term {
    ListCursor cursor;
    // By code of what a posting says.
    std::vector<uint16_t> credits{};
  };

  bool IsOpen(DocNumber requirement) const;
  void Plan();
  // Fills the buffers' sums with the scores; those of requirements that ask
  // nothing with kSilent.
  void Sum(const Block& block);
  void CountBatch(const Block& block, Pass pass, uint32_t least,
                  std::span<const uint16_t> found, OrderTallies& tallies) const;
  uint16_t LeastScore(uint32_t least) const;

  static constexpr uint16_t kSilent = 0xFFFF;

  const RequirementSegment& segment_;
  const CompiledPerson& person_;
  const RankRequest<RequirementFeatures>& request_;
  SearchBuffers& buffers_;
  std::optional<DocNumber> but_;
  // Made when something is first counted.
  bool planned_ = false;
  std::shared_ptr<const SegmentWeights> weights_;
  std::vector<Term> terms_;
  std::optional<JobTables> wishes_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_REQUIREMENT_COUNTS_H_
