// A person held against the requirements of one segment: which lists the
// person reaches, whom its sections refuse, and what its score is everywhere.
#ifndef KUGGE_MATCHING_INDEX_REQUIREMENT_PROBER_H_
#define KUGGE_MATCHING_INDEX_REQUIREMENT_PROBER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
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
  // All outlive the prober. `segment.fits()`. `lists` are what FindLists found.
  RequirementProber(const RequirementSegment& segment,
                    const CompiledPerson& person,
                    std::span<const uint32_t> lists, SearchBuffers& buffers);

  // What the person reaches, as PersonProber's: of each the list and that of
  // its HARD demands.
  static void FetchLists(const RequirementSegment& segment,
                         const CompiledPerson& person);
  static PostingLists::Numbers FindLists(const RequirementSegment& segment,
                                         const CompiledPerson& person);

  // Those of `ranges` (ascending, apart) that can hold somebody of the pass:
  // places that the person would never go to are left out.
  std::vector<DocRange> Narrow(std::span<const DocRange> ranges,
                               Pass pass) const;
  // Asks for the memory that Sum is going to read.
  void Fetch(const Block& block) const;
  void Restrict(const Block& block, Pass pass, BlockBits& mask);
  size_t Postings(const Block& block) const {
    return postings_ * block.words * 64 / segment_.size();
  }
  void Sum(const Block& block, BlockSums& sums);
  LateLists Late(const Block& block);
  uint16_t LeastSum(uint32_t order) const;
  void Prefetch(DocNumber requirement) const {
    __builtin_prefetch(&segment_.TermsOf(requirement));
  }
  RowVerdict Judge(DocNumber requirement, uint16_t bound, uint16_t least,
                   Pass pass);
  RowVerdict JudgeAlone(DocNumber requirement, Pass pass);
  const RequirementSegment::Documents& documents() const {
    return segment_.documents();
  }

 private:
  static constexpr uint32_t kNotTold = 0xFFFFFFFF;
  // Lists of HARD demands that hold no more are read once, not block by block.
  // In small segments a list is long sooner, so that both kinds are there.
  static constexpr size_t kMostShort = 64;
  static constexpr size_t kLeastShort = 2;
  static constexpr size_t kShortShare = 2048;
  // The requirements that demand something the person earns credit toward, or
  // states it lacks.
  struct Term {
    ListCursor cursor;
    // Of the HARD demands alone.
    ListCursor hard;
    CompiledPerson::Toward toward;
    // Where in `credits_` stands what the person gives the different infos of
    // the list, and in `satisfied_` what it is to those of the HARD one;
    // kNotTold until that is asked for.
    uint32_t credits = kNotTold;
    uint32_t satisfied = kNotTold;
    // Toward a demand that asks for no level and no evidence: the most.
    Thousandths plain_credit = 0;
    // A long list, looked up for whom it can matter instead of summed, and the
    // most that it adds.
    bool late = false;
    uint16_t most = 0;
  };
  // The requirements whose job is in an occupation that the person wants, or
  // one related to it.
  struct OfferTerm {
    ListCursor cursor;
    ConceptIndex occupation = kNoConcept;
    // In the sums.
    uint16_t worth = 0;
  };

  void AddTerms(std::span<const uint32_t> lists);
  void AddTerm(const CompiledPerson::Reach& reach,
               const PostingLists::List& list, const PostingLists::List& hard);
  void PlanWishes();
  void PlanOffers();
  // By code of the list's infos, or of the HARD list's. Until the next call.
  const uint16_t* CreditsOf(Term& term) {
    if (term.credits == kNotTold) TellCredits(term);
    return credits_.data() + term.credits;
  }
  const Satisfied* SatisfiedOf(Term& term) {
    if (term.satisfied == kNotTold) TellSatisfied(term);
    return satisfied_.data() + term.satisfied;
  }
  void TellCredits(Term& term);
  void TellSatisfied(Term& term);
  bool IsShort(const PostingLists::List& list) const {
    return list.size() <=
           std::clamp(segment_.size() / kShortShare, kLeastShort, kMostShort);
  }
  void GatherShort();
  // What one posting adds to the sum.
  uint16_t WorthOf(Term& term, size_t posting);
  void AddLists(const Block& block, BlockSums& sums);
  // What is left of the bound once the late lists are looked up, or as many of
  // them as it takes to be below `least`.
  uint16_t Complete(DocNumber requirement, uint16_t bound, uint16_t least);
  void JudgeCommon();
  // Whom no hard demand stands in the way of.
  void FillEligible(const Block& block, BlockBits& eligible);
  void AddSatisfied(const Block& block, BlockBits& eligible);
  void CountRefused(const Block& block);
  void AddOffers(const Block& block, BlockSums& sums);
  void AddDistances(const Block& block, BlockSums& sums);
  void MarkSilent(const Block& block, BlockSums& sums) const;
  uint16_t WorthOfOccupations(std::span<const ConceptIndex> occupations) const;
  // No requirement of the run gets more for its distance.
  uint16_t WorthOfRun(const RequirementRun& run);
  Thousandths MostCreditOf(const RequirementRun& run) const;
  bool Reachable(const RequirementRun& run) const;

  const RequirementSegment& segment_;
  const CompiledPerson& person_;
  const Strategy& strategy_;
  const std::shared_ptr<const SegmentWeights> weights_;
  SearchBuffers& buffers_;
  std::vector<Term> terms_;
  std::vector<uint16_t> credits_;
  std::vector<Satisfied> satisfied_;
  // Of those with HARD demands among them, and of these those whose list is
  // long.
  std::vector<Term*> hard_terms_;
  std::vector<Term*> long_hard_terms_;
  // Who makes HARD demands that the person satisfies, by the short lists, in no
  // order: once for each such demand.
  std::vector<DocNumber> satisfied_by_short_;
  // Of the segment's common demands those that the person isn't known to
  // satisfy, and those of them that refuse it.
  std::vector<const CommonDemand*> common_unmet_;
  std::vector<const CommonDemand*> common_refused_;
  // Places in terms_ of the late ones, those that add most first; their lists,
  // from the segment's first document on and from a block's.
  std::vector<size_t> late_terms_;
  std::vector<LateList> late_lists_;
  std::vector<LateList> late_of_block_;
  uint16_t late_most_ = 0;
  std::vector<OfferTerm> offers_;
  // By column of hard demands: whether the person's section counts as open.
  std::array<bool, RequirementSegment::kHardColumns> open_{};
  bool person_asks_ = false;
  // Whether the sums hold, beside the requirement's score, a bound on what the
  // distance adds to the order, in units of that score.
  bool with_distance_ = false;
  // The most that the person's other wishes add to its own score.
  Bp rest_ = kFullBp;
  // By place in the segment's runs; below 0 where it isn't known yet.
  std::vector<int32_t> worth_of_run_;
  size_t postings_ = 0;
  CompiledPerson::Scratch scratch_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_REQUIREMENT_PROBER_H_
