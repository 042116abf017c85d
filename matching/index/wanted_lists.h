// A requirement's job held against the occupations that the people of a segment
// want: what that adds to the order, in units of the requirement's score, so
// that it can stand in the same sums.
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
#include "matching/index/score_units.h"
#include "matching/index/wish_sum.h"
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
  // Both outlive this. `segment.wish_columns().fits()`.
  // CanHoldWishes(requirement.strategy()), and somebody of the segment asks.
  WantedLists(const PersonSegment& segment,
              const CompiledRequirement& requirement);

  // Asks for the memory that Add is going to read.
  void Fetch(const Block& block) const;
  // Adds what the wish is worth to each person's sum, but for the late lists,
  // and notes in `marks`, all zero, what it gives, as WishMark: nothing of
  // those who name no occupation.
  void Add(const Block& block, BlockSums& sums, BlockSums& marks);
  // What was added for a mark, and besides for those who ask nothing at all and
  // for those who ask something else; late or not.
  uint16_t WorthOf(uint16_t mark) const {
    return units_.WorthOf(mark & WishMark::kScore);
  }
  uint16_t worth_of_silence() const { return worth_of_silence_; }
  uint16_t worth_of_no_name() const { return worth_of_no_name_; }

  // Long lists of those who name no occupation, from the segment's first
  // document on.
  std::vector<LateList> Late() const;
  // The most that Late adds.
  uint16_t late_most() const;
  // Of the lists that Add reads.
  size_t postings() const { return postings_; }

 private:
  // What the wish gives somebody: of the person's score, and of the order in
  // units of the requirement's.
  struct Given {
    uint16_t score = 0;
    uint16_t worth = 0;
  };
  // People who want an occupation that the job's is related to.
  struct Wanted {
    ListCursor cursor;
    // Where in given_ stands what each of the list's infos gives, by its code.
    size_t given = 0;
    // WishMark::kRightOccupation, or 0.
    uint16_t right = 0;
  };
  // People who name none.
  struct Nameless {
    ListCursor cursor;
    uint16_t worth = 0;
  };

  // What an occupation that is wanted earns, and whether it satisfies.
  struct Credit {
    ConceptIndex occupation = kNoConcept;
    Thousandths credit = 0;
    bool satisfying = false;
  };
  static std::vector<Credit> CreditsOf(const CompiledRequirement& requirement);
  void AddWanted(const std::vector<Credit>& credits);
  uint16_t AddNameless(PostingKey key, Bp score);

  const PersonSegment& segment_;
  const ScoreUnits units_;
  const Bp weight_;
  std::vector<Wanted> wanted_;
  std::vector<Given> given_;
  std::vector<Nameless> nameless_;
  std::vector<Nameless> late_;
  uint16_t worth_of_silence_ = 0;
  uint16_t worth_of_no_name_ = 0;
  size_t postings_ = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_WANTED_LISTS_H_
