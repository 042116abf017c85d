#include "matching/staffing.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <list>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "base/status_macros.h"
#include "matching/area_unlocks.h"
#include "matching/course.h"
#include "matching/credit.h"
#include "matching/crowd.h"
#include "matching/offering_walk.h"
#include "matching/unlocks.h"

namespace kugge::matching {
namespace {

// A training that unlocks somebody.
struct Training {
  StaffingStep step{};
  Tie tie{};
  AreaUnlocks::Unlocked unlocked{};
};

class Assessment {
 public:
  Assessment(const Market& market, const CompiledRequirement& requirement,
             const StaffingRequest& request)
      : market_(market),
        requirement_(requirement),
        request_(request),
        crowd_(market, request.tenant, request.today, requirement.scoring()),
        area_(crowd_.In(request.area)),
        unlocks_(wanted(), crowd_, area_),
        everybody_(unlocks_.Everybody()) {}

  absl::StatusOr<StaffingAnswer> Answer() {
    CountNow();
    KUGGE_RETURN_IF_ERROR(GatherTrainings());
    answer_.trainings = trainings_.size();
    Plan();
    return std::move(answer_);
  }

 private:
  const RequirementFeatures& wanted() const {
    return requirement_.requirement();
  }

  size_t CountIn(CrowdSelection selection) const {
    selection.bits.push_back(&area_);
    return crowd_.Select(selection).Count();
  }

  void CountNow() {
    answer_.people = CountBits(area_);
    answer_.eligible_people = CountIn(EligiblePeople(wanted(), crowd_));
    CrowdSelection possible{.among = &crowd_.candidates()};
    std::list<CrowdSet> not_refused;
    for (const Demand& demand : wanted().demands) {
      answer_.lacking.push_back(
          answer_.people -
          crowd_.CountSatisfyingUpTo({&demand}, {.among = &area_},
                                     std::numeric_limits<size_t>::max()));
      if (demand.strength != Strength::kHard) continue;
      not_refused.push_back(crowd_.NotRefusedBy(demand, Taught{}));
      possible.sets.push_back(&not_refused.back());
    }
    crowd_.HoldToWishes(wanted().facts, kNoDay, Certainty::kPossible, possible);
    answer_.uncertain_people = CountIn(possible) - answer_.eligible_people;
    answer_.shortfall = request_.positions > answer_.eligible_people
                            ? request_.positions - answer_.eligible_people
                            : 0;
  }

  absl::Status GatherTrainings() {
    const SessionSeeker seeker(requirement_);
    const std::function<bool(const OfferingFeatures&)> all;
    size_t candidates = 0;
    return ForEachRelevant(
        market_,
        {.tenant = request_.tenant,
         .filter = all,
         .cancelled = request_.cancelled},
        [&](const Gain& gain) { return Touches(gain); }, candidates,
        [&](const OfferingFeatures& offering) { Consider(offering, seeker); });
  }

  // Only who satisfies a HARD demand unlocks anybody.
  bool Touches(const Gain& gain) const {
    if (!CanBeLearnt(gain.section)) return false;
    const Held held{gain.concept_index, gain.level, gain.evidence};
    bool touches = false;
    requirement_.demands().ForEachDemand(
        gain.section, gain.concept_index,
        [&](uint32_t place, const Relation& relation) {
          const Demand& demand = wanted().demands[place];
          touches |=
              demand.strength == Strength::kHard &&
              WhatItSays(held, demand, relation.satisfying) == Says::kSatisfied;
        });
    return touches;
  }

  void Consider(const OfferingFeatures& offering, const SessionSeeker& seeker) {
    const auto best = seeker.Best(offering, request_.today);
    if (!best.has_value() ||
        (request_.by != kNoDay && best->choice.end_day > request_.by)) {
      return;
    }
    const CompiledCourse course(offering, requirement_.scoring());
    const RequirementCoverage coverage =
        CoverageOf(course, wanted().demands, requirement_.weights());
    if (coverage.coverage == 0) return;
    std::optional<AreaUnlocks::Unlocked> unlocked =
        unlocks_.Of(offering, coverage.closes, *best->session);
    if (!unlocked.has_value()) return;
    const size_t people = AreaUnlocks::CountAmong(*unlocked, everybody_);
    if (people == 0) return;
    Training training{.step = {.offering = offering.id,
                               .offering_reference = offering.reference,
                               .session = best->session->id,
                               .session_reference = best->session->reference,
                               .end_day = best->choice.end_day,
                               .seats_left = best->session->seats -
                                             best->session->seats_taken},
                      .tie = seeker.TieWith(offering.id),
                      .unlocked = *std::move(unlocked)};
    training.step.unlocked_people = people;
    trainings_.push_back(std::move(training));
  }

  void Plan() {
    NumberBits left = everybody_;
    uint64_t shortfall = answer_.shortfall;
    std::vector<Training*> open;
    open.reserve(trainings_.size());
    for (Training& training : trainings_) open.push_back(&training);
    while (shortfall > 0 && answer_.plan.size() < request_.most_trainings) {
      for (Training* const training : open) {
        const uint64_t fresh =
            AreaUnlocks::CountAmong(training->unlocked, left);
        training->step.adds =
            std::min(fresh, uint64_t{training->step.seats_left});
      }
      const auto best =
          std::ranges::min_element(open, {}, [](const Training* training) {
            return std::tuple(~training->step.adds, training->step.end_day,
                              training->tie, training->step.offering);
          });
      if (best == open.end() || (*best)->step.adds == 0) break;
      AreaUnlocks::Remove((*best)->unlocked, left);
      shortfall -= std::min(shortfall, (*best)->step.adds);
      answer_.plan.push_back((*best)->step);
      open.erase(best);
    }
    answer_.shortfall_after_plan = shortfall;
  }

  const Market& market_;
  const CompiledRequirement& requirement_;
  const StaffingRequest& request_;
  Crowd crowd_;
  const CrowdBits area_;
  AreaUnlocks unlocks_;
  // Who waits for a training, as `unlocks_` numbers them.
  const NumberBits everybody_;
  std::vector<Training> trainings_;
  StaffingAnswer answer_;
};

}  // namespace

absl::StatusOr<StaffingAnswer> AssessStaffing(
    const Market& market, const CompiledRequirement& requirement,
    const StaffingRequest& request) {
  return Assessment(market, requirement, request).Answer();
}

}  // namespace kugge::matching
