// Section 9 of docs/scoring.md as the oracle reads it: every ordered sequence
// of offerings is tried, and what a way gains is judged by the person that it
// would make. One object answers one question.
#ifndef KUGGE_TESTS_ORACLE_ORACLE_PATHWAYS_H_
#define KUGGE_TESTS_ORACLE_ORACLE_PATHWAYS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "matching/features.h"
#include "matching/types.h"
#include "tests/oracle/oracle.h"

namespace kugge::oracle {

// Section 9.2: ways are put together from so many offerings, and from what
// prepares for them.
inline constexpr size_t kMostPromising = 24;

// What a way must keep to; 0 weeks or pace: any.
struct WayLimits {
  size_t steps = 3;
  uint32_t weeks = 0;
  uint8_t pace_percent = 0;
};

// A session of an offering, on a way.
struct WayStep {
  const matching::OfferingFeatures* offering = nullptr;
  const matching::SessionFeatures* session = nullptr;
  matching::Days end_day = matching::kNoDay;
  uint32_t weeks = 0;
  matching::HundredMetres distance = matching::kUnknownDistance;
  // Of the person and the offering.
  matching::Tie tie{};
  // Of the offering's prerequisites, those that are HARD and that an earlier
  // step gives.
  std::vector<uint32_t> prepared{};
};
struct WayGoal {
  const matching::RequirementFeatures* requirement = nullptr;
  uint32_t order = 0;
  matching::Tie tie{};
};
struct WayRow {
  std::vector<WayStep> steps;
  uint64_t gain_positions = 0;
  uint64_t gain_requirements = 0;
  uint32_t weeks = 0;
  matching::Days end_day = matching::kNoDay;
  std::vector<WayGoal> goals;
};

// A whole answer.
struct WayList {
  // Section 9.2: requirements within reach, offerings with a promise, and those
  // of the pool.
  size_t within_reach = 0;
  size_t promising = 0;
  size_t considered = 0;
  // Section 9.3: the first ways of their sets that another dominates.
  size_t dominated = 0;
  std::vector<WayRow> rows;
};

// Keeps references.
class Pathways {
 public:
  // `toward` narrows the requirements, `filter` the offerings.
  Pathways(const Oracle& oracle, const Relations& relations,
           const Documents& documents, const Question& question,
           const matching::PersonFeatures& person, const WayLimits& limits)
      : oracle_(oracle),
        documents_(documents),
        question_(question),
        person_(person),
        limits_(limits),
        scorer_(relations, *question.strategy) {}

  WayList Answer(const RequirementFilter& toward, const OfferingFilter& filter);

 private:
  using Way = std::vector<WayStep>;
  using Set = std::set<matching::DocumentId>;
  using Gained = std::vector<const matching::RequirementFeatures*>;
  // What the person lacks for a requirement within reach.
  struct Reach {
    const matching::RequirementFeatures* requirement;
    std::vector<matching::Demand> lacks;
  };
  struct Promise {
    uint64_t promise;
    WayStep first;
  };

  // Section 9.1. Absent `after`: nothing before it.
  std::optional<WayStep> StepOf(const matching::OfferingFeatures& offering,
                                std::optional<matching::Days> after) const;
  bool HasAlready(const matching::Demand& demand) const;
  bool Gives(const Way& way, const matching::Demand& demand) const;
  bool MayTake(const Way& before,
               const matching::OfferingFeatures& offering) const;
  // `steps` may leave out some of a way that ends on `end`.
  matching::PersonFeatures After(const Way& steps, matching::Days end) const;
  const Gained& GainedBy(const Way& steps, matching::Days end);
  bool IsNecessary(const Way& way, size_t step);

  // Section 9.2.
  void LookAtRequirements(const RequirementFilter& toward);
  bool WishesAllow(const matching::RequirementFeatures& requirement) const;
  std::optional<std::vector<matching::Demand>> Lacks(
      const matching::RequirementFeatures& requirement) const;
  std::vector<Promise> Promises(const OfferingFilter& filter) const;
  const matching::OfferingFeatures* Preparation(
      const std::vector<Promise>& all,
      const matching::Demand& prerequisite) const;
  void MakePool(const std::vector<Promise>& all);
  void LeaveOutTheUnreachable();

  std::optional<Way> With(const Way& way,
                          const matching::OfferingFeatures& offering) const;
  // Every way that begins with `way`, which has its sessions, weeks and
  // prerequisites in order.
  void Extend(const Way& way);
  void Keep(const Way& way);
  // Section 9.3.
  void Choose(WayList& answer) const;
  WayRow RowOf(const Way& way, const Gained& gained) const;

  const Oracle& oracle_;
  const Documents& documents_;
  const Question question_;
  const matching::PersonFeatures& person_;
  const WayLimits limits_;
  const PairScorer scorer_;
  // Candidates toward which the person goes, and isn't ELIGIBLE for.
  Gained wanted_;
  std::vector<Reach> within_reach_;
  std::vector<const matching::OfferingFeatures*> pool_;
  std::map<std::pair<Set, matching::Days>, Gained> gained_;
  // The first way over each set of offerings.
  std::map<Set, WayRow> first_;
};

}  // namespace kugge::oracle

#endif  // KUGGE_TESTS_ORACLE_ORACLE_PATHWAYS_H_
