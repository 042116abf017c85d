// What each of a crowd gains by many requirements: the sets of those whom they
// unlock, added up person by person. docs/scoring.md section 8.5.
#ifndef KUGGE_MATCHING_CROWD_GAINS_H_
#define KUGGE_MATCHING_CROWD_GAINS_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "matching/crowd.h"
#include "matching/gains.h"
#include "matching/index/sliced_sums.h"

namespace kugge::matching {

// One question, one thread. First all requirements are added, then the people
// are looked at piece by piece.
class CrowdGains {
 public:
  // Some of the people of a piece, a bit each.
  using Mask = SlicedSums::Mask;
  static constexpr size_t kPieceWords = SlicedSums::kWords;

  // The crowd outlives it.
  explicit CrowdGains(const Crowd& crowd);

  // A requirement with so many positions, and whom it is unlocked for.
  void Add(CrowdSelection unlocked, uint32_t positions);
  // To be called once, after the last of them.
  void Prepare();

  // Makes those the piece whose words of the crowd's bits begin with `first`.
  void SumPiece(size_t first);
  // Of the piece, who gains something.
  Mask Gaining() const;
  // Of the piece, no fewer than gain so many positions.
  Mask MayGain(uint64_t positions) const;
  // Of the person `i` of the piece.
  Gained Of(size_t i) const;
  CrowdNumber NumberOf(size_t i) const {
    return static_cast<CrowdNumber>(first_ * 64 + i);
  }

  // The words of `bits` from `first` on, 0 where there are no more.
  static Mask PieceOf(const CrowdBits& bits, size_t first);

 private:
  // Whose wishes let them take a job: who is in all of these.
  using LetByJob = absl::InlinedVector<const CrowdBits*, kWishKindCount>;
  using JobsByLet = absl::flat_hash_map<LetByJob, Gained>;
  // Jobs that let the same people take them, and what they come to.
  struct Jobs {
    LetByJob let{};
    Gained gained{};
    // So many of the first sets are those of the jobs before them.
    size_t shared = 0;
  };
  // Whom requirements are unlocked for, whatever the job.
  struct Learners {
    const CrowdBits* among = nullptr;
    // Sorted, distinct.
    std::vector<const CrowdSet*> having{};

    friend bool operator==(const Learners&, const Learners&) = default;
    template <typename H>
    friend H AbslHashValue(H state, const Learners& learners) {
      return H::combine(std::move(state), learners.among, learners.having);
    }
  };
  struct Many {
    Learners learners;
    std::vector<Jobs> jobs;
  };

  static std::vector<Jobs> InOrder(const JobsByLet& by_let);
  void AddFew(const CrowdSet& people, const LetByJob& let,
              const Gained& gained);
  void AddMany(const Mask& people, const std::vector<Jobs>& jobs);

  const Crowd& crowd_;
  absl::flat_hash_map<Learners, JobsByLet> added_;
  // Those whose people are added 64 at a time.
  std::vector<Many> many_;
  // What the others come to, person by person: they unlock few. Empty where
  // there is none.
  std::vector<Gained> few_;
  CrowdBits few_bits_;
  // Of the piece.
  size_t first_ = 0;
  SlicedSums positions_;
  SlicedSums requirements_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_CROWD_GAINS_H_
