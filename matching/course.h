// A training as a question: what it gives, who may take it, and when it leaves
// them free. docs/scoring.md sections 6 and 8.
#ifndef KUGGE_MATCHING_COURSE_H_
#define KUGGE_MATCHING_COURSE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/features.h"
#include "matching/types.h"

namespace kugge::matching {

// Open, not full, not begun. Section 6.
bool IsUsable(const SessionFeatures& session, Days today);

// The first day on which who attended is free again.
Days EndOf(const OfferingFeatures& offering, const SessionFeatures& session);

// An offering's weeks; where they aren't told (0), those from start to end.
uint32_t WeeksOf(uint16_t told, Days start, Days end);

// 0 for distance learning; kUnknownDistance where a point isn't known.
HundredMetres DistanceTo(const std::optional<Point>& from,
                         const SessionFeatures& session);

// Section 6.2 point 5: the session starts when the person can, and not beyond a
// HARD maximum distance. `distance` is DistanceTo from the person's home.
bool CanReach(const PlainWishes& wishes, Days start_day,
              HundredMetres distance);

// Whether the prerequisites let somebody attend. The order is that of strength.
enum class Attendance : uint8_t { kCannot, kMay, kCan };

// By the HARD prerequisites alone: section 8.2.
Attendance AttendanceOf(const CompiledPerson& person,
                        const OfferingFeatures& offering);

// Whether the gain satisfies the demand on its own: section 6. Both are of the
// same section.
bool GainSatisfies(const ConceptGraph& graph, const Strategy& strategy,
                   const Gain& gain, const Demand& demand);

// Who the person would be after a session with that end: section 8.1.
PersonFeatures AfterCourse(const OfferingFeatures& offering,
                           const PersonFeatures& person, Days end_day);

// What a course leaves of a demand that it doesn't satisfy.
struct Taught {
  Says says = Says::kNothing;
  // It gives an education whose field isn't told, so the section counts as open
  // (docs/scoring.md 1.4).
  bool opens = false;
};

// What an offering gives, compiled for holding demands against it, and what it
// asks first. Immutable; safe to share between threads.
class CompiledCourse {
 public:
  // The offering outlives the course. `scoring.strategy` is valid.
  CompiledCourse(const OfferingFeatures& offering, Scoring scoring);

  const OfferingFeatures& offering() const { return offering_; }
  const Strategy& strategy() const { return taught_.strategy(); }
  const ConceptGraph& graph() const { return taught_.graph(); }
  const Scoring& scoring() const { return taught_.scoring(); }

  // Section 6: whether what it gives satisfies the demand on its own.
  bool WouldSatisfy(const Demand& demand) const {
    return CanBeLearnt(demand.kind) &&
           taught_.Judge(demand).satisfied == Satisfied::kYes;
  }
  // What its gains say of a demand that they don't satisfy.
  Taught TaughtOf(const Demand& demand) const;

  std::span<const Demand> hard_prerequisites() const {
    return hard_prerequisites_;
  }

 private:
  const OfferingFeatures& offering_;
  // Somebody who has what the offering gives and nothing else.
  CompiledPerson taught_;
  std::vector<Demand> hard_prerequisites_;
};

// How much of a requirement a course covers: section 6.1.
struct RequirementCoverage {
  // Places of the demands that it would satisfy, ascending.
  std::vector<uint32_t> closes{};
  Bp coverage = 0;
};
// `weights` are those of section 1.5.
RequirementCoverage CoverageOf(const CompiledCourse& course,
                               std::span<const Demand> demands,
                               std::span<const Bp> weights);

// The best session of an offering as somebody sees it: smaller is better.
struct SessionChoice {
  Days end_day = kNoDay;
  HundredMetres distance = kUnknownDistance;
  Tie tie{};
  DocumentId session{};

  friend auto operator<=>(const SessionChoice&, const SessionChoice&) = default;
};

// Whose sessions are looked for: what they can use, and from where.
class SessionSeeker {
 public:
  explicit SessionSeeker(const CompiledRequirement& requirement);
  SessionSeeker(const RequirementFeatures& requirement, const TieKey& tie_key);
  explicit SessionSeeker(const CompiledPerson& person);

  Tie TieWith(const DocumentId& to) const { return TieOf(tie_key_, from_, to); }

  struct Found {
    SessionChoice choice{};
    const SessionFeatures* session = nullptr;
    // Usable ones, the best included.
    size_t usable = 0;
  };
  // Where one session stands; nothing where it isn't usable.
  std::optional<SessionChoice> ChoiceOf(const OfferingFeatures& offering,
                                        const SessionFeatures& session,
                                        Days today) const;
  // Nothing where none is usable.
  std::optional<Found> Best(const OfferingFeatures& offering, Days today) const;

 private:
  DocumentId from_{};
  std::optional<Point> place_{};
  TieKey tie_key_{};
  // Null where a requirement seeks. Of the person, who outlives the seeker.
  const PlainWishes* wishes_ = nullptr;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_COURSE_H_
