// A person held against the requirements of one segment: which lists the
// person reaches, whom its sections refuse, and what its score is everywhere.
#ifndef KUGGE_MATCHING_INDEX_REQUIREMENT_PROBER_H_
#define KUGGE_MATCHING_INDEX_REQUIREMENT_PROBER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/index/block.h"
#include "matching/index/requirement_segment.h"
#include "matching/index/row_collector.h"
#include "matching/index/search.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one segment, one thread. See SegmentSearch for what the
// functions mean.
class RequirementProber {
 public:
  // Both outlive the prober. `segment.fits()`.
  RequirementProber(const RequirementSegment& segment,
                    const CompiledPerson& person);

  void BeginPass(Pass pass);
  void MoveTo(const Block& block);
  void Restrict(const Block& block, Pass pass, BlockBits& mask);
  size_t Postings() const { return postings_; }
  void Sum(const Block& block, BlockSums& sums);
  uint16_t LeastSum(uint32_t order) const;
  RowVerdict Judge(DocNumber requirement, uint16_t sum, Pass pass);
  RowVerdict JudgeAlone(DocNumber requirement);
  const DocumentId& IdOf(DocNumber requirement) const {
    return segment_.documents().IdOf(requirement);
  }

 private:
  // The requirements that demand something the person earns credit toward, or
  // states it lacks.
  struct Term {
    ListCursor cursor;
    DemandKind kind = DemandKind::kSkill;
    ConceptIndex concept_index = kNoConcept;
    // Toward a demand that asks for no level and no evidence.
    DemandVerdict plain;
    // Whether the section counts as open for demands of the list.
    bool open = false;
  };

  void AddTerm(DemandKind kind, ConceptIndex concept_index);
  // What the person gives a posting of the term.
  DemandVerdict VerdictOn(const Term& term, PostingInfo info) const;
  void CountSatisfied(const Block& block);
  void CountRefused(const Block& block);

  const RequirementSegment& segment_;
  const CompiledPerson& person_;
  const Strategy& strategy_;
  const std::shared_ptr<const SegmentWeights> weights_;
  SearchBuffers& buffers_;
  std::vector<Term> terms_;
  // By column of hard demands: whether the person's section counts as open.
  std::array<bool, RequirementSegment::kHardColumns> open_{};
  bool person_asks_ = false;
  size_t postings_ = 0;
  CompiledPerson::Scratch scratch_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_REQUIREMENT_PROBER_H_
