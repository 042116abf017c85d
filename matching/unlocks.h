// Whom the sessions of a course unlock for a requirement: docs/scoring.md
// section 8.3, counted over a crowd.
#ifndef KUGGE_MATCHING_UNLOCKS_H_
#define KUGGE_MATCHING_UNLOCKS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/course.h"
#include "matching/crowd.h"
#include "matching/features.h"
#include "matching/types.h"

namespace kugge::matching {

// One question, one thread. Requirements are candidates, sessions are usable
// ones of the course; `closes` are the places of the requirement's demands that
// the course would satisfy.
class Unlocking {
 public:
  // Both outlive it.
  Unlocking(const CompiledCourse& course, Crowd& crowd)
      : course_(course), crowd_(crowd) {}

  // Those it unlocks; nothing where it unlocks nobody, whoever they are. They
  // are the intersection of two: those whose HARD wishes let them and who lack
  // something that it closes, and those who have all that it leaves open.
  std::optional<CrowdSelection> Unlocked(const RequirementFeatures& requirement,
                                         std::span<const uint32_t> closes,
                                         const SessionFeatures& session);
  // How many Unlocked gives.
  size_t CountUnlocked(const RequirementFeatures& requirement,
                       std::span<const uint32_t> closes,
                       const SessionFeatures& session);
  // Those who can attend the session and don't satisfy the demand.
  CrowdSelection Lacking(const Demand& demand, const SessionFeatures& session);
  // Of the two that Unlocked intersects, the first alone.
  std::optional<CrowdSelection> Lacking(const RequirementFeatures& requirement,
                                        std::span<const uint32_t> closes,
                                        const SessionFeatures& session);
  uint64_t PossiblyUnlocked(const RequirementFeatures& requirement,
                            std::span<const uint32_t> closes,
                            const SessionFeatures& session);

 private:
  // Those who can attend, or can or may, and don't satisfy every one of those
  // demands, which has at least one.
  const CrowdBits& LackingAny(const SessionFeatures& session,
                              Certainty certainty,
                              const std::vector<const CrowdSet*>& closed);
  const CrowdBits& Attending(const SessionFeatures& session,
                             Certainty certainty);

  const CompiledCourse& course_;
  Crowd& crowd_;
  // Maps: selections point at what is in them.
  std::map<std::pair<DocumentId, Certainty>, CrowdBits> attending_;
  std::map<std::tuple<DocumentId, Certainty, std::vector<const CrowdSet*>>,
           CrowdBits>
      lacking_;
};

// How many are, where they are fewer than `most`; else so many or more.
size_t EligibleUpTo(const RequirementFeatures& requirement, size_t most,
                    Crowd& crowd);

// Who is ELIGIBLE for the requirement now, among a crowd's candidates.
CrowdSelection EligiblePeople(const RequirementFeatures& requirement,
                              Crowd& crowd);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_UNLOCKS_H_
