// A second scorer, written from docs/scoring.md alone: every pair is scored,
// every list is sorted whole. It shares nothing with matching/ but its types,
// so that a mistake in one of the two shows as a difference. Slow and obvious
// on purpose; section numbers in the sources are those of docs/scoring.md.
#ifndef KUGGE_TESTS_ORACLE_ORACLE_H_
#define KUGGE_TESTS_ORACLE_ORACLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/strategy.h"
#include "matching/types.h"

namespace kugge::oracle {

// `held` earns `credit` toward `wanted`.
struct Edge {
  matching::ConceptIndex held = 0;
  matching::ConceptIndex wanted = 0;
  matching::RelationKind relation = matching::RelationKind::kExact;
  uint16_t credit = 0;
};

// What holding one concept says of another.
struct Relation {
  matching::RelationKind kind = matching::RelationKind::kExact;
  uint32_t credit = 0;
};

// Its own copy of the relations that a market's concept graph is built from.
class Relations {
 public:
  Relations(size_t concepts, const std::vector<Edge>& edges);

  // Section 1.1, with either of the two being kNoConcept or unknown to the
  // taxonomy.
  std::optional<Relation> Toward(matching::ConceptIndex held,
                                 matching::ConceptIndex wanted) const;

  size_t concepts() const { return concepts_; }

 private:
  size_t concepts_;
  // [held][wanted]
  std::vector<std::vector<std::optional<Relation>>> table_;
};

// docs/formats/geo.md.
matching::HundredMetres Distance(matching::Point a, matching::Point b);

// Section 1.5: one weight per demand, in the order of the list.
std::vector<uint32_t> SharedWeights(
    const std::vector<matching::Demand>& demands,
    const matching::Strategy& strategy);

// Whether a relation is enough for a hard demand: the three that always are,
// and what the strategy adds.
bool Satisfies(matching::RelationKind kind, const matching::Strategy& strategy);

// Section 1.3: what one held concept says of satisfying a demand.
enum class Says { kYes, kUnknown, kNo, kNothing };

// Section 1.2 to 1.4 for one held concept.
struct HeldCredit {
  int32_t place = -1;
  Relation relation;
  uint32_t level = 0;
  uint32_t evidence = 0;
  uint32_t credit = 0;
  uint32_t potential = 0;
  Says says = Says::kNothing;
};

// Sections 1 and 2 for one pair, with the strategy and relations they need.
class PairScorer {
 public:
  PairScorer(const Relations& relations, const matching::Strategy& strategy)
      : relations_(relations), strategy_(strategy) {}

  // Absent: no relation.
  std::optional<HeldCredit> Credit(const matching::Held& held,
                                   const matching::Demand& demand) const;

  // Sections 1.4 and 7; weight and contributions are left 0.
  matching::DemandLine Line(const matching::Demand& demand,
                            const matching::Section& section) const;

  // Every line of the requirement's side; empty when it asks nothing.
  std::vector<matching::DemandLine> DemandLines(
      const matching::PersonFeatures& person,
      const matching::RequirementFeatures& requirement) const;

  // Every line of the person's side; empty when it asks nothing.
  std::vector<matching::WishLine> WishLines(
      const matching::PersonFeatures& person,
      const matching::RequirementFeatures& requirement) const;

  // Both sides, sums, eligibility and order; whom it is with is left empty.
  matching::Explanation Score(
      const matching::PersonFeatures& person,
      const matching::RequirementFeatures& requirement) const;

  // Section 3 alone, without a score.
  matching::Eligibility EligibilityOf(
      const matching::PersonFeatures& person,
      const matching::RequirementFeatures& requirement) const;

  // Section 6: would any of the gains satisfy the demand?
  bool WouldSatisfy(const std::vector<matching::Gain>& gains,
                    const matching::Demand& demand) const;

  const matching::Strategy& strategy() const { return strategy_; }

 private:
  matching::WishLine OccupationWish(const matching::Wishes& wishes,
                                    const matching::JobFacts& job) const;

  const Relations& relations_;
  const matching::Strategy& strategy_;
};

// The documents of a market, keyed by id.
struct Documents {
  std::map<matching::DocumentId, matching::PersonFeatures> people;
  std::map<matching::DocumentId, matching::RequirementFeatures> requirements;
  std::map<matching::DocumentId, matching::OfferingFeatures> offerings;
};

// Section 4, a whole answer.
struct Answer {
  std::array<size_t, matching::kEligibilityCount> counts{};
  // ELIGIBLE, then UNCERTAIN.
  std::vector<matching::Match> rows;
  std::vector<matching::Match> near_misses;
};

// Section 6, one row; fields as matching::OfferingMatch has them.
struct OfferingRow {
  matching::DocumentId offering;
  std::string reference;
  matching::DocumentId session;
  std::string session_reference;
  matching::Tie tie;
  size_t other_sessions = 0;
  uint32_t coverage = 0;
  matching::Days end_day = matching::kNoDay;
  uint32_t weeks = 0;
  matching::HundredMetres distance = matching::kUnknownDistance;
  bool in_time = false;
  uint64_t unlocked_people = 0;
  std::vector<uint32_t> closes;
  size_t requirements_helped = 0;
  uint64_t gain_positions = 0;
  uint64_t gain_requirements = 0;
};

// Section 6.2, one learnable demand of the gap.
struct OpenDemand {
  matching::DocumentId requirement;
  std::string reference;
  uint32_t demand = 0;
  uint32_t weight = 0;
  matching::Satisfied satisfied = matching::Satisfied::kNo;
};

// Section 6, a whole answer; the gap only for a person.
struct OfferingList {
  size_t scored = 0;
  std::vector<OfferingRow> rows;
  std::vector<OpenDemand> gap;
  size_t gap_requirements = 0;
  // Of a requirement: what no row covers, and its share.
  std::vector<uint32_t> uncovered;
  uint32_t uncovered_share = 0;
};

using PersonFilter = std::function<bool(const matching::PersonFeatures&)>;
using RequirementFilter =
    std::function<bool(const matching::RequirementFeatures&)>;
using OfferingFilter = std::function<bool(const matching::OfferingFeatures&)>;

// Who asks and when.
struct Question {
  const matching::Strategy* strategy = nullptr;
  matching::TenantIndex tenant = 0;
  matching::Days today = 0;
};

// Answers the questions over a set of documents. Keeps references.
class Oracle {
 public:
  Oracle(const Relations& relations, const Documents& documents,
         std::array<uint8_t, 16> tie_key)
      : relations_(relations), documents_(documents), tie_key_(tie_key) {}

  matching::Tie TieOf(const matching::DocumentId& from,
                      const matching::DocumentId& to) const;

  Answer TopRequirements(const Question& question,
                         const matching::PersonFeatures& person,
                         const RequirementFilter& filter) const;
  Answer TopPeople(const Question& question,
                   const matching::RequirementFeatures& requirement,
                   const PersonFilter& filter) const;
  OfferingList OfferingsForRequirement(
      const Question& question,
      const matching::RequirementFeatures& requirement,
      const OfferingFilter& filter) const;
  // `toward` narrows the requirements whose gaps and gains count.
  OfferingList OfferingsForPerson(const Question& question,
                                  const matching::PersonFeatures& person,
                                  const OfferingFilter& filter,
                                  const RequirementFilter& toward) const;

  // Who asks for offerings.
  struct Asking {
    const matching::DocumentId& id;
    const std::optional<matching::Point>& point;
    // Null when a requirement asks.
    const matching::Wishes* wishes;
  };
  // The row's session part, or nothing when no session is usable.
  std::optional<OfferingRow> BestSession(
      const Question& question, const matching::OfferingFeatures& offering,
      const Asking& asking) const;

 private:
  // Section 6.2, points 1 and 2.
  OfferingList Gap(const Question& question,
                   const matching::PersonFeatures& person,
                   const RequirementFilter& toward) const;

  const Relations& relations_;
  const Documents& documents_;
  std::array<uint8_t, 16> tie_key_;
};

// Sections 4 and 6: who may be an answer, before any filter.
bool IsCandidate(const matching::PersonFeatures& person,
                 const Question& question);
bool IsCandidate(const matching::RequirementFeatures& requirement,
                 const Question& question);
bool IsCandidate(const matching::OfferingFeatures& offering,
                 const Question& question);

// Section 4, points 1 to 3: does x come before y?
bool RowBefore(const matching::Match& x, const matching::Match& y);

// Refused by nothing but what the requirement asks and can be learnt.
bool RefusedByDemandsOnly(const matching::Explanation& pair);

// SKILL, LANGUAGE, LICENCE, AUTHORISATION, EDUCATION.
bool CanBeLearnt(matching::DemandKind kind);

}  // namespace kugge::oracle

#endif  // KUGGE_TESTS_ORACLE_ORACLE_H_
