// A requirement held against the people of one segment: which lists matter,
// who is refused by its hard demands, and what everybody's score is.
#ifndef KUGGE_MATCHING_INDEX_PERSON_PROBER_H_
#define KUGGE_MATCHING_INDEX_PERSON_PROBER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matching/compiled_requirement.h"
#include "matching/index/block.h"
#include "matching/index/person_segment.h"
#include "matching/index/row_collector.h"
#include "matching/index/search.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one segment, one thread. See SegmentSearch for what the
// functions mean.
class PersonProber {
 public:
  // Both outlive the prober. `segment.fits()`, and CanProbe(requirement).
  PersonProber(const PersonSegment& segment,
               const CompiledRequirement& requirement);

  // Whether the lists can say everything about such a requirement.
  static bool CanProbe(const CompiledRequirement& requirement);

  void BeginPass(Pass pass);
  void MoveTo(const Block& block);
  void Restrict(const Block& block, Pass pass, BlockBits& mask);
  size_t Postings() const { return postings_; }
  void Sum(const Block& block, BlockSums& sums);
  uint16_t LeastSum(uint32_t order) const;
  RowVerdict Judge(DocNumber person, uint16_t sum, Pass pass);
  RowVerdict JudgeAlone(DocNumber person);
  const DocumentId& IdOf(DocNumber person) const {
    return segment_.documents().IdOf(person);
  }

 private:
  // A list of people who hold something that earns credit toward a demand.
  struct Term {
    ListCursor cursor;
    Relation relation;
    // For a demand that asks for no level and no evidence.
    uint16_t contribution = 0;
  };
  struct DemandPlan {
    uint32_t demand = 0;
    bool hard = false;
    bool learnable = true;
    // A level above the lowest or an evidence is asked for: a posting's worth
    // depends on what it says.
    bool graded = false;
    // One list that names nobody twice: its contribution can simply be added.
    bool single = false;
    // Largest contribution first.
    std::vector<Term> terms{};
    ListCursor lacking{};
  };

  DemandPlan PlanFor(uint32_t demand) const;
  const Demand& DemandOf(const DemandPlan& plan) const {
    return requirement_.requirement().demands[plan.demand];
  }
  // What everybody's lists say of the demand, as bits of `buffers_`.
  void GatherSays(const Block& block, const DemandPlan& plan);
  void GatherGraded(const Block& block, const DemandPlan& plan);
  void GatherLacking(const Block& block, const DemandPlan& plan);
  // Bits of `word` of those whom the demand refuses, after GatherSays.
  uint64_t RefusedWord(const Block& block, const DemandPlan& plan,
                       size_t word) const;
  void RestrictToNearMisses(const Block& block, BlockBits& mask);
  void AddSingle(const Block& block, const Term& term, BlockSums& sums) const;
  void AddBestOf(const Block& block, const DemandPlan& plan, BlockSums& sums);
  void AddGraded(const Block& block, const DemandPlan& plan, BlockSums& sums);

  const PersonSegment& segment_;
  const CompiledRequirement& requirement_;
  const Strategy& strategy_;
  SearchBuffers& buffers_;
  std::vector<DemandPlan> plans_;
  // What the kinds that aren't asked about give everybody.
  uint16_t base_ = 0;
  size_t postings_ = 0;
  CompiledRequirement::Scratch scratch_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_PERSON_PROBER_H_
