#include "matching/course.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "matching/credit.h"
#include "matching/geo/distance.h"
#include "matching/relations.h"

namespace kugge::matching {
namespace {

constexpr Days kDaysPerWeek = 7;

// Somebody who has what the offering gives and nothing else.
PersonFeatures TaughtBy(const OfferingFeatures& offering) {
  PersonFeatures taught;
  for (Section& section : taught.sections) {
    section.state = SectionState::kComplete;
  }
  for (const Gain& gain : offering.gains) {
    taught.sections[static_cast<size_t>(gain.section)].held.push_back(
        {gain.concept_index, gain.level, gain.evidence});
  }
  return taught;
}

std::vector<Demand> HardOnes(std::span<const Demand> demands) {
  std::vector<Demand> hard;
  std::ranges::copy_if(
      demands, std::back_inserter(hard),
      [](const Demand& demand) { return demand.strength == Strength::kHard; });
  return hard;
}

}  // namespace

bool IsUsable(const SessionFeatures& session, Days today) {
  return session.open && session.seats_taken < session.seats &&
         session.start_day != kNoDay && session.start_day >= today;
}

Days EndOf(const OfferingFeatures& offering, const SessionFeatures& session) {
  return session.end_day != kNoDay
             ? session.end_day
             : session.start_day + kDaysPerWeek * Days{offering.weeks};
}

uint32_t WeeksOf(uint16_t told, Days start, Days end) {
  if (told != 0) return told;
  const Days days = std::max(0, end - start);
  return static_cast<uint32_t>((days + kDaysPerWeek - 1) / kDaysPerWeek);
}

HundredMetres DistanceTo(const std::optional<Point>& from,
                         const SessionFeatures& session) {
  if (session.distance_learning) return 0;
  if (!from.has_value() || !session.place.has_value()) return kUnknownDistance;
  return DistanceHm(*from, *session.place);
}

bool CanReach(const PlainWishes& wishes, Days start_day,
              HundredMetres distance) {
  if (wishes.earliest_start != kNoDay && start_day < wishes.earliest_start) {
    return false;
  }
  return wishes.distance_strength != Strength::kHard ||
         !wishes.maximum_distance.has_value() || distance == kUnknownDistance ||
         distance <= *wishes.maximum_distance;
}

Attendance AttendanceOf(const CompiledPerson& person,
                        const OfferingFeatures& offering) {
  Attendance attendance = Attendance::kCan;
  for (const Demand& demand : offering.prerequisites) {
    if (demand.strength != Strength::kHard) continue;
    const Satisfied satisfied = person.Judge(demand).satisfied;
    if (satisfied == Satisfied::kNo) return Attendance::kCannot;
    if (satisfied == Satisfied::kUnknown) attendance = Attendance::kMay;
  }
  return attendance;
}

CompiledCourse::CompiledCourse(const OfferingFeatures& offering,
                               Scoring scoring)
    : offering_(offering),
      taught_(TaughtBy(offering), std::move(scoring)),
      hard_prerequisites_(HardOnes(offering.prerequisites)) {}

Taught CompiledCourse::TaughtOf(const Demand& demand) const {
  Taught taught;
  if (!CanBeLearnt(demand.kind)) return taught;
  switch (taught_.Judge(demand).reason) {
    case LineReason::kNone:
      taught.says = Says::kSatisfied;
      break;
    case LineReason::kLevelUntold:
      taught.says = Says::kMaybe;
      break;
    case LineReason::kToldShort:
      taught.says = Says::kShort;
      break;
    case LineReason::kNothingTold:
      taught.opens = true;
      break;
    default:
      break;
  }
  return taught;
}

bool GainSatisfies(const ConceptGraph& graph, const Strategy& strategy,
                   const Gain& gain, const Demand& demand) {
  if (!CanBeLearnt(demand.kind)) return false;
  const Held held{gain.concept_index, gain.level, gain.evidence};
  if (demand.concept_index == kNoConcept) {
    return WhatItSays(held, demand, true) == Says::kSatisfied;
  }
  bool satisfies = false;
  ForEachFrom(graph, gain.concept_index, strategy.Satisfying(),
              [&](ConceptIndex wanted, const Relation& relation) {
                satisfies |= wanted == demand.concept_index &&
                             WhatItSays(held, demand, relation.satisfying) ==
                                 Says::kSatisfied;
              });
  return satisfies;
}

PersonFeatures AfterCourse(const OfferingFeatures& offering,
                           const PersonFeatures& person, Days end_day) {
  PersonFeatures after = person;
  for (const Gain& gain : offering.gains) {
    if (!CanBeLearnt(gain.section)) continue;
    after.sections[static_cast<size_t>(gain.section)].held.push_back(
        {gain.concept_index, gain.level, gain.evidence});
  }
  for (Section& section : after.sections) {
    std::ranges::stable_sort(section.held, {}, &Held::concept_index);
  }
  Days& start = after.wishes.earliest_start;
  start = start == kNoDay ? end_day : std::max(start, end_day);
  return after;
}

RequirementCoverage CoverageOf(const CompiledCourse& course,
                               std::span<const Demand> demands,
                               std::span<const Bp> weights) {
  RequirementCoverage found;
  uint64_t covered = 0;
  uint64_t total = 0;
  for (uint32_t i = 0; i < demands.size(); ++i) {
    if (!CanBeLearnt(demands[i].kind)) continue;
    total += weights[i];
    if (!course.WouldSatisfy(demands[i])) continue;
    covered += weights[i];
    found.closes.push_back(i);
  }
  if (total != 0) found.coverage = static_cast<Bp>(kFullBp * covered / total);
  return found;
}

SessionSeeker::SessionSeeker(const CompiledRequirement& requirement)
    : SessionSeeker(requirement.requirement(), requirement.scoring().tie_key) {}

SessionSeeker::SessionSeeker(const RequirementFeatures& requirement,
                             const TieKey& tie_key)
    : from_(requirement.id),
      place_(requirement.facts.place),
      tie_key_(tie_key) {}

SessionSeeker::SessionSeeker(const CompiledPerson& person)
    : from_(person.person().id),
      place_(person.person().home),
      tie_key_(person.scoring().tie_key),
      wishes_(&person.person().wishes) {}

std::optional<SessionChoice> SessionSeeker::ChoiceOf(
    const OfferingFeatures& offering, const SessionFeatures& session,
    Days today) const {
  if (!IsUsable(session, today)) return std::nullopt;
  const HundredMetres distance = DistanceTo(place_, session);
  if (wishes_ != nullptr && !CanReach(*wishes_, session.start_day, distance)) {
    return std::nullopt;
  }
  return SessionChoice{.end_day = EndOf(offering, session),
                       .distance = distance,
                       .tie = TieWith(session.id),
                       .session = session.id};
}

std::optional<SessionSeeker::Found> SessionSeeker::Best(
    const OfferingFeatures& offering, Days today) const {
  std::optional<Found> best;
  size_t usable = 0;
  for (const SessionFeatures& session : offering.sessions) {
    const std::optional<SessionChoice> choice =
        ChoiceOf(offering, session, today);
    if (!choice.has_value()) continue;
    ++usable;
    if (!best.has_value() || *choice < best->choice) {
      best = Found{.choice = *choice, .session = &session};
    }
  }
  if (best.has_value()) best->usable = usable;
  return best;
}

}  // namespace kugge::matching
