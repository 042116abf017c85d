// The people of a market as one row of numbers, and sets of them: how people
// are counted without a look at each. docs/scoring.md section 8.5.
#ifndef KUGGE_MATCHING_CROWD_H_
#define KUGGE_MATCHING_CROWD_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "matching/compiled_person.h"
#include "matching/course.h"
#include "matching/credit.h"
#include "matching/features.h"
#include "matching/index/documents.h"
#include "matching/index/kept_sets.h"
#include "matching/index/number_set.h"
#include "matching/index/person_segment.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

// A person's number in a crowd.
using CrowdNumber = uint32_t;
// A bit a person.
using CrowdBits = NumberBits;
using CrowdSet = NumberSet;

// Whose homes count. Both absent: everybody's.
struct Area {
  // Sorted.
  std::optional<std::vector<MunicipalityIndex>> municipalities{};
  struct Circle {
    Point site{};
    HundredMetres radius = 0;
  };
  // People whose home isn't known stand in no circle.
  std::optional<Circle> circle{};
};

// What people are held to: satisfied YES, or other than NO.
enum class Certainty : uint8_t { kCertain, kPossible };

// Who is in all of these. What they point at lives as long as the crowd, or
// what it was made from.
struct CrowdSelection {
  const CrowdBits* among = nullptr;
  std::vector<const CrowdBits*> bits{};
  std::vector<const CrowdSet*> sets{};
};

// One question's crowd, one thread. Sets are made when they are first asked
// for, and kept.
class Crowd {
 public:
  // The market outlives the crowd; `scoring.strategy` is valid.
  Crowd(const Market& market, TenantIndex tenant, Days today, Scoring scoring);

  const Scoring& scoring() const { return scoring_; }
  // Every number is below it; a multiple of 64. Not every number is somebody.
  size_t size() const { return candidates_.size() * 64; }
  const PersonFeatures& operator[](CrowdNumber n) const;
  // Candidates of the tenant, today.
  const CrowdBits& candidates() const { return candidates_; }

  // Candidates of the area.
  CrowdBits In(const Area& area) const;

  // Who satisfies the demand: YES.
  const CrowdSet& Satisfying(const Demand& demand);
  // No fewer than they are, at hardly any cost.
  size_t SatisfyingAtMost(const Demand& demand);
  // Whom the demand doesn't refuse, once a course has taught them so much of
  // it, short of satisfying it.
  CrowdSet NotRefusedBy(const Demand& demand, const Taught& taught);

  // Candidates whom the session is open to (docs/scoring.md 8.2), its
  // prerequisites left out.
  CrowdBits ReachOf(const SessionFeatures& session) const;
  // How many of `people`, who are candidates, are among these.
  size_t CountInReach(const CrowdSet& people,
                      const SessionFeatures& session) const;

  // Narrows `selection` to those whose HARD wishes let them take the job, with
  // the earliest start on `not_before` where it isn't later (kNoDay: as told).
  void HoldToWishes(const JobFacts& job, Days not_before, Certainty certainty,
                    CrowdSelection& selection);

  CrowdSet Select(const CrowdSelection& selection) const;
  // How many they are, where they are fewer than `most`; else so many or more.
  size_t CountUpTo(const CrowdSelection& selection, size_t most) const;
  // Those of `selection` who satisfy all of the demands, up to so many. Makes
  // no set of those who satisfy a demand that few do.
  size_t CountSatisfyingUpTo(const std::vector<const Demand*>& demands,
                             CrowdSelection selection, size_t most);

 private:
  struct Part {
    // Shared: those made here of the newest documents belong to nobody else.
    std::shared_ptr<const PersonSegment> segment;
    DocSet gone;
    // Of its first document; a multiple of 64.
    CrowdNumber first = 0;
  };
  // What a set that a segment keeps is about: the first word of its key, the
  // rest of which says which one it is.
  enum class Kept : int64_t {
    kSatisfying,
    kNotRefused,
    kReach,
    kWish,
    kTooLate
  };
  void AddPart(std::shared_ptr<const PersonSegment> segment, DocSet gone);
  // Puts a segment's bits where they stand among all.
  static void CopyBits(const CrowdSet& set, CrowdNumber first, CrowdBits& all) {
    std::ranges::copy(set.bits(), all.begin() + first / 64);
  }
  void FillCandidates(const Part& part, TenantIndex tenant, Days today);
  // The same through the lists alone; nothing where they can't tell, or where
  // it takes more looks at people than `most_looks`.
  std::optional<size_t> CountByLists(const std::vector<const Demand*>& demands,
                                     const CrowdSelection& selection,
                                     size_t most, size_t most_looks) const;
  // Those of one segment, as it numbers them.
  CrowdSet SatisfyingIn(const PersonSegment& segment,
                        const Demand& demand) const;
  // Those whom the demand doesn't refuse.
  CrowdBits LetByLists(const PersonSegment& segment, const Demand& demand,
                       const Taught& taught) const;
  CrowdBits LetOneByOne(const PersonSegment& segment, const Demand& demand,
                        const Taught& taught) const;
  // Those of one segment, as it numbers them: whom a wish of the kind can't
  // refuse, or doesn't.
  CrowdBits LetBy(WishKind kind, const PersonSegment& segment,
                  const JobFacts& job, Days not_before,
                  Certainty certainty) const;
  // Whom a session is open to in one segment: those who don't refuse the way,
  // as bits (null: anybody), without those who can't have begun by the day.
  struct Reach {
    KeptSets::Pointer near;
    KeptSets::Pointer late;
  };
  static Reach ReachIn(const PersonSegment& segment,
                       const SessionFeatures& session);
  static KeptSets::Pointer NearEnough(const PersonSegment& segment,
                                      Point place);
  static KeptSets::Pointer TooLate(const PersonSegment& segment,
                                   Days start_day);
  CrowdBits LetByDistance(const PersonSegment& segment, const JobFacts& job,
                          Certainty certainty) const;
  CrowdBits LetByOccupation(const PersonSegment& segment, const JobFacts& job,
                            Certainty certainty) const;
  CrowdBits LetByOther(WishKind kind, const PersonSegment& segment,
                       const JobFacts& job, Days not_before,
                       Certainty certainty) const;
  // Those of all segments.
  const CrowdBits& LetByWish(WishKind kind, const JobFacts& job,
                             Days not_before, Certainty certainty);

  const Scoring scoring_;
  std::vector<Part> parts_;
  CrowdBits candidates_;
  std::array<bool, kWishKindCount> anyone_refuses_{};
  absl::flat_hash_map<uint64_t, std::unique_ptr<CrowdSet>> satisfying_;
  absl::flat_hash_map<uint64_t, size_t> at_most_;
  // Maps: what selections point at stays where it is.
  std::map<KeptSets::Key, CrowdBits> let_;
  // The sets of all kinds of wish that a job is held to, by all of it that
  // decides about them.
  using JobKey = absl::InlinedVector<int64_t, 24>;
  absl::flat_hash_map<JobKey, std::vector<const CrowdBits*>> let_by_job_;
};

// Counts selections of one crowd, each different one once. What they point at
// outlives it.
class CrowdCounter {
 public:
  explicit CrowdCounter(const Crowd& crowd) : crowd_(crowd) {}

  size_t Count(const CrowdSelection& selection);
  // No fewer than Count; by each of its parts alone.
  size_t AtMost(const CrowdSelection& selection);

 private:
  const Crowd& crowd_;
  std::map<std::vector<const void*>, size_t> counts_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_CROWD_H_
