// A requirement's job held against the occupations that the people of a segment
// want: a bound on what that adds to the order, in units of the requirement's
// score, so that it can stand in the same sums.
#ifndef KUGGE_MATCHING_INDEX_WANTED_LISTS_H_
#define KUGGE_MATCHING_INDEX_WANTED_LISTS_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "matching/compiled_requirement.h"
#include "matching/index/block.h"
#include "matching/index/kernels.h"
#include "matching/index/person_segment.h"
#include "matching/index/postings.h"
#include "matching/types.h"
#include "matching/wishes.h"

namespace kugge::matching {

// Of several credits for one occupation the largest; sorted by occupation.
std::vector<std::pair<ConceptIndex, Thousandths>> LargestOfEach(
    std::vector<std::pair<ConceptIndex, Thousandths>> credits);

// What a credit of the person's side is worth in the sums, rounded up.
// CanHoldWishes(strategy).
uint16_t WorthOfWish(const Strategy& strategy, WishKind kind,
                     Thousandths credit);

// The most that the kinds of wishes which no bound in the sums stands for add
// to the person's score.
Bp MostOfWishes(const Strategy& strategy, AskedKinds asked, AskedKinds bounded);

// One question, one segment, one thread.
class WantedLists {
 public:
  // Both outlive this. CanHoldWishes(requirement.strategy()), and somebody of
  // the segment asks.
  WantedLists(const PersonSegment& segment,
              const CompiledRequirement& requirement);

  // Asks for the memory that Add is going to read.
  void Fetch(const Block& block) const;
  // Adds each person's bound, but for the late lists. `best` is all zero, and
  // is left so.
  void Add(const Block& block, BlockSums& sums, BlockSums& best);
  // What Add added for one person, and the most that a late list would.
  uint16_t EarlyOf(DocNumber person) const;
  uint16_t LateOf(DocNumber person) const;

  // Long lists, a person's largest first, from the segment's first document on.
  std::vector<LateList> Late() const;
  // The most that Late adds.
  uint16_t late_most() const { return late_.empty() ? 0 : late_.front().most; }
  // Of the lists that Add reads.
  size_t postings() const { return postings_; }

 private:
  // A list of people who want an occupation that the job's is related to, or
  // who want none.
  struct Term {
    ListCursor cursor{};
    // kNoConcept: those who name none. Not of those who ask nothing at all.
    ConceptIndex occupation = kNoConcept;
    bool asking_nothing = false;
    Thousandths credit = 0;
    // What a person who wants nothing more gets.
    uint16_t most = 0;
  };

  void AddTerm(PostingKey key, Term term);
  uint16_t Worth(Thousandths credit) const;

  const PersonSegment& segment_;
  const CompiledRequirement& requirement_;
  std::vector<Term> early_;
  // Largest worth first.
  std::vector<Term> late_;
  size_t postings_ = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_WANTED_LISTS_H_
