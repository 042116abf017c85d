// A requirement's score of everybody in a block of people, exactly: nothing is
// left to be looked up person by person.
#ifndef KUGGE_MATCHING_INDEX_DEMAND_SUMS_H_
#define KUGGE_MATCHING_INDEX_DEMAND_SUMS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matching/compiled_requirement.h"
#include "matching/index/block.h"
#include "matching/index/person_segment.h"
#include "matching/index/search.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one segment, one thread.
class DemandSums {
 public:
  // All outlive this. `segment.fits()`, and
  // PersonProber::CanProbe(requirement).
  DemandSums(const PersonSegment& segment,
             const CompiledRequirement& requirement, SearchBuffers& buffers);

  // Leaves of `mask`, as PersonProber::Restrict leaves it for the pass of
  // ELIGIBLE ones, those whom each HARD demand lets in.
  void Confirm(const Block& block, BlockBits& mask);
  // Fills the buffers' sums: with what `Late` adds they are the scores.
  void Sum(const Block& block);
  LateLists Late(const Block& block);

 private:
  // A list of people who hold something that earns credit toward a demand.
  struct Term {
    ListCursor cursor;
    Relation relation;
    // What a posting is worth where nothing it says takes from it.
    uint16_t most = 0;
    // Of graded demands, once they are read: by code of what a posting says.
    std::vector<uint16_t> worths{};

    const PostingLists::List& list() const { return cursor.list(); }
  };
  struct Plan {
    const Demand* demand = nullptr;
    Bp weight = 0;
    bool graded = false;
    // HARD, and the bits of some long list don't say whether it is satisfied.
    bool unconfirmed = false;
    // All of it is in Late.
    bool late = false;
    // Largest worth first.
    std::vector<Term> terms{};
  };

  Plan PlanFor(uint32_t demand) const;
  void AddTerm(PostingKey key, const Relation& relation, Plan& plan) const;
  uint16_t WorthOf(const Plan& plan, const Term& term, PostingInfo info) const;
  void AddBestOf(const Block& block, Plan& plan);
  void AddGraded(const Block& block, Plan& plan);

  const PersonSegment& segment_;
  const CompiledRequirement& requirement_;
  SearchBuffers& buffers_;
  std::vector<Plan> plans_;
  // From the segment's first document on, and from a block's.
  std::vector<LateList> late_lists_;
  std::vector<LateList> late_of_block_;
  uint16_t late_most_ = 0;
  // What the kinds that aren't asked about give everybody.
  uint16_t base_ = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_DEMAND_SUMS_H_
