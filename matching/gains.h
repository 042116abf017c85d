// What courses unlock for one person: docs/scoring.md section 8.3, from the
// person's side. Every requirement is looked at once, then each course is a few
// look-ups.
#ifndef KUGGE_MATCHING_GAINS_H_
#define KUGGE_MATCHING_GAINS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "matching/compiled_person.h"
#include "matching/features.h"
#include "matching/index/requirement_segment.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

// A demand's number among those that stand between the person and some
// requirement.
using GapNumber = uint32_t;

// Requirements that become ELIGIBLE, and the sum of their positions.
struct Gained {
  uint64_t positions = 0;
  uint64_t requirements = 0;

  friend bool operator==(const Gained&, const Gained&) = default;
};

// One question, one thread.
class PersonGains {
 public:
  // Both outlive it.
  PersonGains(const Market& market, const CompiledPerson& person)
      : market_(market), person_(person) {}

  // Looks at the requirements that the tenant may see today and that pass
  // `toward` (empty: all). Errors: CANCELLED.
  absl::Status Gather(
      TenantIndex tenant, Days today,
      const std::function<bool(const RequirementFeatures&)>& toward,
      const std::function<bool()>& cancelled);

  // How many lack nothing but what can be learnt.
  size_t requirements() const { return requirements_; }

  // The demands that these gains would satisfy, ascending, distinct.
  std::vector<GapNumber> Closes(const std::vector<Gain>& gains);

  bool ClosesAny(const Gain& gain) { return !ClosedBy(gain).empty(); }
  // Appends those that the gain would satisfy, in any order.
  void AddClosed(const Gain& gain, std::vector<GapNumber>& closed) const;

  // What somebody who closed these is ELIGIBLE for and wasn't, free from
  // `end_day` on. `closed` as Closes gives it.
  Gained Of(const std::vector<GapNumber>& closed, Days end_day) const;
  // No fewer positions than Of gives, whatever the day, at hardly any cost.
  uint64_t PositionsAtMost(const std::vector<GapNumber>& closed) const {
    uint64_t most = 0;
    for (const GapNumber gap : closed) most += positions_lacking_[gap];
    return most;
  }
  // Those requirements, in no order. They live as long as the market.
  std::vector<const RequirementFeatures*> RequirementsOf(
      const std::vector<GapNumber>& closed, Days end_day) const;

  // What closing the demand, and no other, brings nearer: over the requirements
  // that lack it, 1000 * positions / (how many different ones they lack).
  uint64_t PromiseOf(GapNumber gap) const { return promises_[gap]; }

 private:
  // One requirement, of those that lack the same.
  struct Found {
    // The first day on which it is no longer to be had.
    Days limit = kNoDay;
    uint32_t positions = 0;
    const RequirementFeatures* requirement = nullptr;
  };
  using Lacks = absl::InlinedVector<GapNumber, 4>;
  struct Group {
    // Ascending, distinct.
    Lacks lacks;
    // By limit, ascending, and what all from each place on sum up to.
    std::vector<Found> found;
    std::vector<Gained> from;
  };

  void LookThrough(
      const RequirementSegment& segment, const DocSet& gone, TenantIndex tenant,
      Days today,
      const std::function<bool(const RequirementFeatures&)>& toward);
  void LookAt(const RequirementFeatures& requirement);
  // Whether the HARD wishes let the person take the job after a course, and
  // before which day the course must end.
  bool MayTake(const PlainFacts& facts,
               std::span<const ConceptIndex> occupations, Days& limit) const;
  void Add(Lacks lacks, const Found& found);
  GapNumber NumberOf(const Demand& demand);
  void FileGroups();
  // Calls visit(group, place in it from which on requirements are open) for
  // each group that lacks nothing else.
  template <typename Visit>
  void ForEachGroup(const std::vector<GapNumber>& closed, Days end_day,
                    Visit visit) const;
  static void Sum(Group& group);
  const std::vector<GapNumber>& ClosedBy(const Gain& gain);

  const Market& market_;
  const CompiledPerson& person_;
  size_t requirements_ = 0;
  absl::flat_hash_map<uint64_t, GapNumber> numbers_;
  std::vector<Demand> demands_;
  std::vector<uint64_t> promises_;
  // Of all requirements that lack the demand.
  std::vector<uint64_t> positions_lacking_;
  // Those that lack one demand alone, by its number, and the others.
  std::vector<Group> single_;
  std::vector<Group> groups_;
  absl::flat_hash_map<Lacks, uint32_t> group_numbers_;
  // For each demand, places in groups_ of those that are looked up when it is
  // closed: each stands with one of those that it lacks.
  std::vector<std::vector<uint32_t>> filed_;
  absl::flat_hash_map<uint64_t, std::vector<GapNumber>> by_concept_;
  absl::flat_hash_map<uint64_t, std::vector<GapNumber>> by_gain_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_GAINS_H_
