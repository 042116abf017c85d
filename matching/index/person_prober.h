// A requirement held against the people of one segment: which lists matter,
// who is refused by its hard demands, and what everybody's score is.
#ifndef KUGGE_MATCHING_INDEX_PERSON_PROBER_H_
#define KUGGE_MATCHING_INDEX_PERSON_PROBER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "matching/compiled_requirement.h"
#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/index/block.h"
#include "matching/index/person_segment.h"
#include "matching/index/row_collector.h"
#include "matching/index/search.h"
#include "matching/index/wish_bounds.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one segment, one thread. See SegmentSearch for what the
// functions mean.
class PersonProber {
 public:
  PersonProber(PersonProber&&) = default;
  // All outlive the prober. `segment.fits()`, and CanProbe(requirement).
  // `lists` are what FindLists found.
  PersonProber(const PersonSegment& segment,
               const CompiledRequirement& requirement,
               std::span<const uint32_t> lists, SearchBuffers& buffers);

  // What earns credit: FindLists waits for memory that FetchLists asked for,
  // the constructor for what FindLists did. With several segments each is
  // called for all of them.
  static void FetchLists(const PersonSegment& segment,
                         const CompiledRequirement& requirement);
  static PostingLists::Numbers FindLists(
      const PersonSegment& segment, const CompiledRequirement& requirement);

  // Whether the lists can say everything about such a requirement.
  static bool CanProbe(const CompiledRequirement& requirement);

  static std::span<const DocRange> Narrow(std::span<const DocRange> ranges,
                                          Pass) {
    return ranges;
  }
  // Asks for the memory that Sum is going to read.
  void Fetch(const Block& block) const;
  void Restrict(const Block& block, Pass pass, BlockBits& mask);
  size_t Postings(const Block& block) const {
    return early_postings_ * block.words * 64 / segment_.size();
  }
  void Sum(const Block& block, BlockSums& sums);
  LateLists Late(const Block& block);
  // Where short lists decide, and nobody's sum holds a wish.
  bool CanReach() const {
    return !wishes_.has_value() && early_most_ > late_most_;
  }
  uint16_t base() const { return base_; }
  uint16_t LeastToReach() const {
    return static_cast<uint16_t>(base_ + late_most_ + 1);
  }
  uint16_t LeastBySeveral() const {
    return static_cast<uint16_t>(base_ + late_most_ + several_lists_);
  }
  size_t Reach(const Block& block, uint16_t least, BlockSums& sums,
               std::span<uint16_t> found);
  void ReachAmong(const Block& block, const BlockBits& mask, BlockSums& sums);
  void ClearReached(const Block& block, BlockSums& sums);
  uint16_t LeastSum(uint32_t order) const;
  bool Sharpens() const { return wishes_.has_value(); }
  size_t Sharpen(const Block& block, uint16_t least, uint32_t done_from,
                 std::span<uint16_t> found) {
    return wishes_->Sharpen(block, least, done_from, buffers_.marks, found,
                            buffers_.bounds, buffers_.scores);
  }
  uint16_t LeastSharp(uint32_t order) const { return wishes_->Bound(order); }
  void Prefetch(DocNumber person) const {
    if (segment_.anyone_asks() && !Sharpens()) {
      __builtin_prefetch(&segment_.TermsOf(person));
    }
  }
  RowVerdict Judge(DocNumber person, uint16_t bound, uint16_t least, Pass pass);
  RowVerdict JudgeAlone(DocNumber person, Pass pass);
  const PersonSegment::Documents& documents() const {
    return segment_.documents();
  }

 private:
  // A level factor is a thousand times a level, below 2^23, by another one,
  // below 2^13: exact, as the inverse is too large by less than that in 2^40.
  static constexpr unsigned kShift = 40;

  // A list of people who hold something that earns credit toward a demand.
  struct Term {
    ListCursor cursor;
    Relation relation;
    // What a posting is worth where nothing it says takes from it.
    uint16_t most = 0;
    // For a graded demand: the relation's credit times the factor of each
    // evidence.
    std::array<uint32_t, 4> by_evidence{};

    const PostingLists::List& list() const { return cursor.list(); }
  };
  // Nothing is allotted where a demand has one list.
  using Terms = absl::InlinedVector<Term, 1>;
  struct DemandPlan {
    uint32_t demand = 0;
    Bp weight = 0;
    bool hard = false;
    bool learnable = true;
    // A level above the lowest or an evidence is asked for: a posting's worth
    // depends on what it says.
    bool graded = false;
    // For a graded demand: what its level is divided by, and 2^kShift by that,
    // rounded up.
    uint32_t level = kLowestLevel;
    uint64_t inverse_of_level = 0;
    // Some list that can satisfy it is long, and what it says is looked up
    // afterwards: until then all who stand in it count as satisfying.
    bool deferred = false;
    // Added for everybody, and looked up for whom it can matter: lists without
    // bits, and with. Largest worth first.
    Terms early{};
    Terms late{};
    ListCursor lacking{};
  };

  void PlanWishes();
  // `lists` are those of the earnings toward the demand.
  DemandPlan& AddPlanFor(uint32_t demand,
                         std::span<const CompiledRequirement::Earning> earnings,
                         std::span<const uint32_t> lists);
  void AddTerm(const PostingLists::List& list, const Relation& relation,
               DemandPlan& plan) const;
  void PlanReach();
  // What is left of the bound once the plans' late lists are looked up, or as
  // many of them as it takes to be below `least`.
  uint16_t Complete(DocNumber person, uint16_t bound, uint16_t least);
  PersonSide SideOf(DocNumber person) const;
  const Demand& DemandOf(const DemandPlan& plan) const {
    return requirement_.requirement().demands[plan.demand];
  }
  // What a posting says, and is worth, toward the plan's demand.
  Says SaysOf(const DemandPlan& plan, const Term& term, size_t posting) const {
    if (!term.relation.satisfying) return Says::kNothing;
    if (!plan.graded) return Says::kSatisfied;
    return WhatItSays(HeldOf(term.list().infos[posting]), DemandOf(plan), true);
  }
  static uint16_t WorthOf(const DemandPlan& plan, const Term& term,
                          size_t posting) {
    return plan.graded ? WorthOf(plan, term, term.list().infos[posting])
                       : term.most;
  }
  // As CreditOf, without a branch or a division.
  static uint16_t WorthOf(const DemandPlan& plan, const Term& term,
                          PostingInfo info) {
    const uint32_t level =
        std::clamp<uint32_t>(info.level(), kLowestLevel, plan.level);
    const auto factor = static_cast<uint32_t>(
        uint64_t{kFullCredit} * level * plan.inverse_of_level >> kShift);
    const uint32_t base =
        term.by_evidence[static_cast<size_t>(info.evidence())];
    return static_cast<uint16_t>(
        Contribution(plan.weight, base * factor / 1'000'000));
  }
  // Calls visit(posting) for what the list says of one person.
  template <typename Visit>
  static void ForEachOf(const PostingLists::List& list, DocNumber person,
                        Visit visit);
  // Whether what was deferred is satisfied.
  bool Confirmed(DocNumber person);
  Says SaysOf(const DemandPlan& plan, DocNumber person);
  // The best that some of the plan's lists pay one person; at least `paid`.
  uint16_t BestOf(const DemandPlan& plan, const Terms& terms, DocNumber person,
                  uint16_t paid);

  void PlanGrades(DemandPlan& plan) const;
  // What everybody's lists say of the demand, as bits of `buffers_`.
  void GatherSays(const Block& block, DemandPlan& plan, Pass pass);
  void GatherBits(const Block& block, const DemandPlan& plan);
  void GatherGraded(const Block& block, DemandPlan& plan, Pass pass);
  void GatherLacking(const Block& block, DemandPlan& plan);
  // Bits of `word` of those whom the demand refuses, after GatherSays.
  uint64_t RefusedWord(const Block& block, const DemandPlan& plan,
                       size_t word) const;
  void RestrictToNearMisses(const Block& block, BlockBits& mask);
  // What is paid for by one list, in which nobody stands twice, whatever it
  // says.
  static bool HasSingleList(const DemandPlan& plan);
  // `Sums` is what is added to, and how.
  template <typename Sums>
  void AddPlan(const Block& block, DemandPlan& plan, Sums& sums);
  template <typename Sums>
  static void AddSingle(const Block& block, Term& term, Sums& sums);
  template <typename Sums>
  void AddBestOf(const Block& block, DemandPlan& plan, Sums& sums);
  template <typename Sums>
  void AddGraded(const Block& block, DemandPlan& plan, Sums& sums);

  const PersonSegment& segment_;
  const CompiledRequirement& requirement_;
  const Strategy& strategy_;
  SearchBuffers& buffers_;
  std::vector<DemandPlan> plans_;
  // Places in plans_ of those whose late lists pay less than their most to
  // some, and of those with something deferred.
  absl::InlinedVector<uint32_t, 8> late_plans_;
  absl::InlinedVector<uint32_t, 8> deferred_plans_;
  // Of all early lists: into plans_.
  absl::InlinedVector<ListCursor*, 24> early_cursors_;
  // The late lists of all plans, from the segment's first document on and from
  // a block's.
  absl::InlinedVector<LateList, 8> late_lists_;
  absl::InlinedVector<LateList, 8> late_of_block_;
  uint16_t late_most_ = 0;
  size_t early_postings_ = 0;
  // For Reach: places in plans_ of those that add something early, those of a
  // single list first, and how many these are.
  absl::InlinedVector<uint32_t, 24> by_length_;
  size_t single_lists_ = 0;
  // How many of the first ones the last Reach left out.
  size_t left_out_ = 0;
  // The most that all of them add, and what more than one is needed for, as a
  // rule.
  uint32_t early_most_ = 0;
  uint16_t several_lists_ = 1;
  // What the sums hold beside the requirement's score; none where nobody asks,
  // or it can't be held.
  std::optional<WishBounds> wishes_;
  // The first document of the block that was summed last.
  DocNumber summed_ = 0;
  // What the kinds that aren't asked about give everybody.
  uint16_t base_ = 0;
  CompiledRequirement::Scratch scratch_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_PERSON_PROBER_H_
