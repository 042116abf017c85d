#include "tests/oracle/oracle_courses.h"

#include <algorithm>

namespace kugge::oracle {

using matching::Days;
using matching::Demand;
using matching::DocumentId;
using matching::Eligibility;
using matching::kNoDay;
using matching::OfferingFeatures;
using matching::PersonFeatures;
using matching::RequirementFeatures;
using matching::Satisfied;
using matching::Section;
using matching::SessionFeatures;
using matching::Strength;

namespace {

const Section& SectionFor(const PersonFeatures& person, const Demand& demand) {
  return person.sections[static_cast<size_t>(demand.kind)];
}

// Section 8.3, of a requirement that is a candidate today.
bool OpenWhenItEnds(const RequirementFeatures& requirement, const Run& run) {
  return requirement.close_day == kNoDay ||
         EndDay(run.session, run.offering) < requirement.close_day;
}

uint64_t Fillable(const ServedRow& row) {
  const int64_t vacant = static_cast<int64_t>(row.positions) -
                         static_cast<int64_t>(row.people.eligible);
  const int64_t unlocked = static_cast<int64_t>(row.people.unlocked);
  const int64_t seats = row.seats_left;
  return static_cast<uint64_t>(
      std::max<int64_t>(0, std::min({vacant, unlocked, seats})));
}

void SortServed(std::vector<ServedRow>& rows) {
  std::sort(rows.begin(), rows.end(),
            [](const ServedRow& x, const ServedRow& y) {
              if (x.fillable != y.fillable) return x.fillable > y.fillable;
              if (x.people.unlocked != y.people.unlocked) {
                return x.people.unlocked > y.people.unlocked;
              }
              if (x.coverage.coverage != y.coverage.coverage) {
                return x.coverage.coverage > y.coverage.coverage;
              }
              if (x.tie != y.tie) return x.tie.bytes < y.tie.bytes;
              return x.requirement.bytes < y.requirement.bytes;
            });
}

void SortHelped(std::vector<HelpedRow>& rows) {
  std::sort(rows.begin(), rows.end(),
            [](const HelpedRow& x, const HelpedRow& y) {
              if (x.gain.positions != y.gain.positions) {
                return x.gain.positions > y.gain.positions;
              }
              if (x.gain.requirements != y.gain.requirements) {
                return x.gain.requirements > y.gain.requirements;
              }
              if (x.tie != y.tie) return x.tie.bytes < y.tie.bytes;
              return x.person.bytes < y.person.bytes;
            });
}

}  // namespace

PersonFeatures After(const PersonFeatures& person, const Run& run) {
  PersonFeatures after = person;
  for (const matching::Gain& gain : run.offering.gains) {
    // Only what can be learnt counts (section 6).
    if (!CanBeLearnt(gain.section)) continue;
    after.sections[static_cast<size_t>(gain.section)].held.push_back(
        {gain.concept_index, gain.level, gain.evidence});
  }
  const Days end = EndDay(run.session, run.offering);
  if (after.wishes.earliest_start == kNoDay) {
    after.wishes.earliest_start = end;
  } else {
    after.wishes.earliest_start = std::max(after.wishes.earliest_start, end);
  }
  return after;
}

Attends Courses::Attendance(const PersonFeatures& person,
                            const Run& run) const {
  if (!IsUsable(run.session, question_.today) ||
      !SuitsPerson(run.session, SessionDistance(run.session, person.home),
                   person.wishes)) {
    return Attends::kCannot;
  }
  bool unknown = false;
  for (const Demand& demand : run.offering.prerequisites) {
    if (demand.strength != Strength::kHard) continue;
    const Satisfied satisfied =
        scorer_.Line(demand, SectionFor(person, demand)).satisfied;
    if (satisfied == Satisfied::kNo) return Attends::kCannot;
    if (satisfied == Satisfied::kUnknown) unknown = true;
  }
  return unknown ? Attends::kMay : Attends::kCan;
}

Eligibility Courses::Now(const PersonFeatures& person,
                         const RequirementFeatures& requirement) const {
  const Pair pair{person.id, requirement.id};
  const auto known = now_.find(pair);
  if (known != now_.end()) return known->second;
  return now_[pair] = scorer_.EligibilityOf(person, requirement);
}

bool Courses::TeachesWhatIsMissing(
    const PersonFeatures& person, const OfferingFeatures& offering,
    const RequirementFeatures& requirement) const {
  for (const Demand& demand : requirement.demands) {
    if (demand.strength == Strength::kHard &&
        scorer_.WouldSatisfy(offering.gains, demand) &&
        scorer_.Line(demand, SectionFor(person, demand)).satisfied !=
            Satisfied::kYes) {
      return true;
    }
  }
  return false;
}

Effect Courses::EffectOf(const PersonFeatures& person, const Run& run,
                         const RequirementFeatures& requirement) const {
  if (!IsCandidate(person, question_)) return Effect::kNone;
  if (!IsCandidate(requirement, question_)) return Effect::kNone;
  if (!OpenWhenItEnds(requirement, run)) return Effect::kNone;
  const Attends attends = Attendance(person, run);
  if (attends == Attends::kCannot) return Effect::kNone;
  if (Now(person, requirement) == Eligibility::kEligible) return Effect::kNone;
  const Eligibility after =
      scorer_.EligibilityOf(After(person, run), requirement);
  if (attends == Attends::kCan && after == Eligibility::kEligible) {
    return Effect::kUnlocks;
  }
  const bool possible =
      after == Eligibility::kEligible || after == Eligibility::kUncertain;
  return possible && TeachesWhatIsMissing(person, run.offering, requirement)
             ? Effect::kPossiblyUnlocks
             : Effect::kNone;
}

PeopleCounts Courses::PeopleOf(const Run& run,
                               const RequirementFeatures& requirement) const {
  PeopleCounts counts;
  for (const auto& [id, person] : documents_.people) {
    if (!IsCandidate(person, question_)) continue;
    if (Now(person, requirement) == Eligibility::kEligible) ++counts.eligible;
    const Effect effect = EffectOf(person, run, requirement);
    if (effect == Effect::kUnlocks) ++counts.unlocked;
    if (effect == Effect::kPossiblyUnlocks) ++counts.possibly_unlocked;
  }
  return counts;
}

GainCounts Courses::GainOf(const PersonFeatures& person, const Run& run,
                           const RequirementFilter& toward) const {
  GainCounts gain;
  for (const auto& [id, requirement] : documents_.requirements) {
    if (!toward(requirement) || !Unlocks(person, run, requirement)) continue;
    ++gain.requirements;
    gain.positions += requirement.positions;
  }
  return gain;
}

// Of a candidate offering: the session asked about, or any where none is.
const SessionFeatures* Courses::UsableSession(
    const OfferingFeatures& offering,
    const std::optional<DocumentId>& session) const {
  if (!IsCandidate(offering, question_)) return nullptr;
  for (const SessionFeatures& one : offering.sessions) {
    if (session.has_value() && one.id != *session) continue;
    if (IsUsable(one, question_.today)) return &one;
  }
  return nullptr;
}

size_t Courses::Touched(const OfferingFeatures& offering) const {
  size_t touched = 0;
  for (const auto& [id, requirement] : documents_.requirements) {
    if (IsCandidate(requirement, question_) &&
        CoverageOf(scorer_, requirement, offering).coverage > 0) {
      ++touched;
    }
  }
  return touched;
}

// Without the tie, which depends on what is asked about.
ServedRow Courses::RowOf(const Run& run,
                         const RequirementFeatures& requirement) const {
  ServedRow row;
  row.requirement = requirement.id;
  row.reference = requirement.reference;
  row.session = run.session.id;
  row.session_reference = run.session.reference;
  row.end_day = EndDay(run.session, run.offering);
  row.in_time = InTime(row.end_day, requirement);
  row.coverage = CoverageOf(scorer_, requirement, run.offering);
  row.positions = requirement.positions;
  row.seats_left = run.session.seats - run.session.seats_taken;
  row.people = PeopleOf(run, requirement);
  row.fillable = Fillable(row);
  return row;
}

CourseList<ServedRow> Courses::Served(const OfferingFeatures& offering,
                                      const std::optional<DocumentId>& session,
                                      const RequirementFilter& filter) const {
  CourseList<ServedRow> answer;
  if (UsableSession(offering, session) == nullptr) return answer;
  answer.no_session = false;
  answer.touched = Touched(offering);
  for (const auto& [id, requirement] : documents_.requirements) {
    if (!IsCandidate(requirement, question_) || !filter(requirement)) continue;
    if (CoverageOf(scorer_, requirement, offering).coverage == 0) continue;
    std::optional<DocumentId> best = session;
    if (!session.has_value()) {
      best =
          oracle_
              .BestSession(question_, offering,
                           {requirement.id, requirement.facts.place, nullptr})
              ->session;
    }
    const Run run{offering, *UsableSession(offering, best)};
    ServedRow row = RowOf(run, requirement);
    row.tie = oracle_.TieOf(session.value_or(offering.id), id);
    answer.rows.push_back(row);
  }
  SortServed(answer.rows);
  return answer;
}

CourseList<HelpedRow> Courses::Helped(const OfferingFeatures& offering,
                                      const DocumentId& session,
                                      const PersonFilter& filter) const {
  CourseList<HelpedRow> answer;
  const SessionFeatures* const usable = UsableSession(offering, session);
  if (usable == nullptr) return answer;
  answer.no_session = false;
  answer.touched = Touched(offering);
  for (const auto& [id, person] : documents_.people) {
    if (!IsCandidate(person, question_) || !filter(person)) continue;
    const GainCounts gain =
        GainOf(person, {offering, *usable},
               [](const RequirementFeatures&) { return true; });
    if (gain.requirements == 0) continue;
    answer.rows.push_back(
        {id, person.reference, oracle_.TieOf(session, id), gain});
  }
  SortHelped(answer.rows);
  return answer;
}

}  // namespace kugge::oracle
