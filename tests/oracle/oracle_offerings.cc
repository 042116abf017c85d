// Section 6 of docs/scoring.md: offerings for a requirement and for a person.
#include <algorithm>
#include <set>
#include <tuple>

#include "tests/oracle/oracle.h"
#include "tests/oracle/oracle_courses.h"

namespace kugge::oracle {

using matching::Days;
using matching::Demand;
using matching::DemandLine;
using matching::HundredMetres;
using matching::kNoDay;
using matching::kUnknownDistance;
using matching::Match;
using matching::OfferingFeatures;
using matching::PersonFeatures;
using matching::RequirementFeatures;
using matching::Satisfied;
using matching::SessionFeatures;
using matching::Strength;
using matching::WishLine;

namespace {

constexpr size_t kGapRequirements = 50;

bool PrerequisitesRefuse(const PairScorer& scorer,
                         const OfferingFeatures& offering,
                         const PersonFeatures& person) {
  for (const Demand& demand : offering.prerequisites) {
    const DemandLine line =
        scorer.Line(demand, person.sections[static_cast<size_t>(demand.kind)]);
    if (demand.strength == Strength::kHard &&
        line.satisfied == Satisfied::kNo) {
      return true;
    }
  }
  return false;
}

void SortForRequirement(std::vector<OfferingRow>& rows) {
  std::sort(rows.begin(), rows.end(),
            [](const OfferingRow& x, const OfferingRow& y) {
              if (x.in_time != y.in_time) return x.in_time;
              if (x.coverage != y.coverage) return x.coverage > y.coverage;
              if (x.unlocked_people != y.unlocked_people) {
                return x.unlocked_people > y.unlocked_people;
              }
              if (x.end_day != y.end_day) return x.end_day < y.end_day;
              if (x.distance != y.distance) return x.distance < y.distance;
              if (x.tie != y.tie) return x.tie.bytes < y.tie.bytes;
              return x.offering.bytes < y.offering.bytes;
            });
}

void SortForPerson(std::vector<OfferingRow>& rows) {
  std::sort(rows.begin(), rows.end(),
            [](const OfferingRow& x, const OfferingRow& y) {
              if (x.gain_positions != y.gain_positions) {
                return x.gain_positions > y.gain_positions;
              }
              if (x.gain_requirements != y.gain_requirements) {
                return x.gain_requirements > y.gain_requirements;
              }
              if (x.weeks != y.weeks) return x.weeks < y.weeks;
              if (x.distance != y.distance) return x.distance < y.distance;
              if (x.tie != y.tie) return x.tie.bytes < y.tie.bytes;
              return x.offering.bytes < y.offering.bytes;
            });
}

// The session that a row names.
Run RunOf(const OfferingFeatures& offering, const OfferingRow& row) {
  return {offering,
          *std::find_if(offering.sessions.begin(), offering.sessions.end(),
                        [&row](const SessionFeatures& session) {
                          return session.id == row.session;
                        })};
}

}  // namespace

bool IsUsable(const SessionFeatures& session, Days today) {
  return session.open && session.seats_taken < session.seats &&
         session.start_day != kNoDay && session.start_day >= today;
}

Days EndDay(const SessionFeatures& session, const OfferingFeatures& offering) {
  if (session.end_day != kNoDay) return session.end_day;
  return session.start_day + 7 * offering.weeks;
}

HundredMetres SessionDistance(const SessionFeatures& session,
                              const std::optional<matching::Point>& point) {
  if (session.distance_learning) return 0;
  if (!point.has_value() || !session.place.has_value()) return kUnknownDistance;
  return Distance(*point, *session.place);
}

bool SuitsPerson(const SessionFeatures& session, HundredMetres distance,
                 const matching::Wishes& wishes) {
  if (wishes.earliest_start != kNoDay &&
      session.start_day < wishes.earliest_start) {
    return false;
  }
  if (!wishes.maximum_distance.has_value() ||
      wishes.distance_strength != Strength::kHard) {
    return true;
  }
  if (session.distance_learning || distance == kUnknownDistance) return true;
  return distance <= *wishes.maximum_distance;
}

Coverage CoverageOf(const PairScorer& scorer,
                    const RequirementFeatures& requirement,
                    const OfferingFeatures& offering) {
  const std::vector<uint32_t> weights =
      SharedWeights(requirement.demands, scorer.strategy());
  uint64_t learnable = 0;
  uint64_t satisfied = 0;
  Coverage result;
  for (size_t i = 0; i < requirement.demands.size(); ++i) {
    const Demand& demand = requirement.demands[i];
    if (!CanBeLearnt(demand.kind)) continue;
    learnable += weights[i];
    if (!scorer.WouldSatisfy(offering.gains, demand)) continue;
    satisfied += weights[i];
    result.closes.push_back(static_cast<uint32_t>(i));
  }
  if (learnable > 0) {
    result.coverage = static_cast<uint32_t>(10000 * satisfied / learnable);
  }
  return result;
}

// Fills in what none of the rows would satisfy.
void FillUncovered(const PairScorer& scorer,
                   const RequirementFeatures& requirement,
                   OfferingList& answer) {
  const std::vector<uint32_t> weights =
      SharedWeights(requirement.demands, scorer.strategy());
  uint64_t learnable = 0;
  uint64_t left = 0;
  for (uint32_t i = 0; i < requirement.demands.size(); ++i) {
    if (!CanBeLearnt(requirement.demands[i].kind)) continue;
    learnable += weights[i];
    bool covered = false;
    for (const OfferingRow& row : answer.rows) {
      for (const uint32_t closed : row.closes) covered |= closed == i;
    }
    if (covered) continue;
    left += weights[i];
    answer.uncovered.push_back(i);
  }
  if (learnable > 0) {
    answer.uncovered_share = static_cast<uint32_t>(10000 * left / learnable);
  }
}

bool InTime(Days end_day, const RequirementFeatures& requirement) {
  const Days latest = requirement.facts.latest_start;
  return latest == kNoDay || end_day < latest;
}

bool RefusedByDemandsOnly(const matching::Explanation& pair) {
  for (const WishLine& line : pair.wishes) {
    if (line.asked && line.strength == Strength::kHard &&
        line.satisfied == Satisfied::kNo) {
      return false;
    }
  }
  for (const DemandLine& line : pair.demands) {
    if (line.demand >= 0 && line.strength == Strength::kHard &&
        line.satisfied == Satisfied::kNo && !CanBeLearnt(line.kind)) {
      return false;
    }
  }
  return true;
}

std::optional<OfferingRow> Oracle::BestSession(const Question& question,
                                               const OfferingFeatures& offering,
                                               const Asking& asking) const {
  using Rank = std::tuple<Days, HundredMetres, matching::Tie,
                          matching::DocumentId, const SessionFeatures*>;
  std::vector<Rank> usable;
  for (const SessionFeatures& session : offering.sessions) {
    if (!IsUsable(session, question.today)) continue;
    const HundredMetres distance = SessionDistance(session, asking.point);
    if (asking.wishes != nullptr &&
        !SuitsPerson(session, distance, *asking.wishes)) {
      continue;
    }
    usable.emplace_back(EndDay(session, offering), distance,
                        TieOf(asking.id, session.id), session.id, &session);
  }
  if (usable.empty()) return std::nullopt;
  std::sort(usable.begin(), usable.end());
  const auto& [end_day, distance, tie, id, session] = usable.front();
  OfferingRow row;
  row.offering = offering.id;
  row.reference = offering.reference;
  row.tie = TieOf(asking.id, offering.id);
  row.session = id;
  row.session_reference = session->reference;
  row.other_sessions = usable.size() - 1;
  row.end_day = end_day;
  row.distance = distance;
  row.weeks = offering.weeks;
  if (row.weeks == 0) {
    row.weeks = static_cast<uint32_t>((end_day - session->start_day + 6) / 7);
  }
  return row;
}

OfferingList Oracle::OfferingsForRequirement(
    const Question& question, const RequirementFeatures& requirement,
    const OfferingFilter& filter) const {
  const PairScorer scorer(relations_, *question.strategy);
  const Courses courses(*this, relations_, documents_, question);
  OfferingList answer;
  for (const auto& [id, offering] : documents_.offerings) {
    if (!IsCandidate(offering, question) || !filter(offering)) continue;
    ++answer.scored;
    const Coverage coverage = CoverageOf(scorer, requirement, offering);
    if (coverage.coverage == 0) continue;
    std::optional<OfferingRow> row = BestSession(
        question, offering, {requirement.id, requirement.facts.place, nullptr});
    if (!row.has_value()) continue;
    row->coverage = coverage.coverage;
    row->closes = coverage.closes;
    row->in_time = InTime(row->end_day, requirement);
    row->unlocked_people =
        courses.PeopleOf(RunOf(offering, *row), requirement).unlocked;
    answer.rows.push_back(*row);
  }
  SortForRequirement(answer.rows);
  FillUncovered(scorer, requirement, answer);
  return answer;
}

OfferingList Oracle::Gap(const Question& question, const PersonFeatures& person,
                         const RequirementFilter& toward) const {
  const PairScorer scorer(relations_, *question.strategy);
  const Answer all = TopRequirements(question, person, toward);
  std::vector<Match> aims = all.rows;
  for (const Match& match : all.near_misses) {
    const RequirementFeatures& requirement =
        documents_.requirements.at(match.to);
    if (RefusedByDemandsOnly(scorer.Score(person, requirement))) {
      aims.push_back(match);
    }
  }
  if (aims.size() > kGapRequirements) aims.resize(kGapRequirements);

  OfferingList answer;
  answer.gap_requirements = aims.size();
  for (const Match& match : aims) {
    const RequirementFeatures& requirement =
        documents_.requirements.at(match.to);
    for (const DemandLine& line : scorer.DemandLines(person, requirement)) {
      if (line.demand < 0 || !CanBeLearnt(line.kind)) continue;
      if (line.satisfied == Satisfied::kYes) continue;
      answer.gap.push_back({requirement.id, requirement.reference,
                            static_cast<uint32_t>(line.demand), line.weight,
                            line.satisfied});
    }
  }
  return answer;
}

OfferingList Oracle::OfferingsForPerson(const Question& question,
                                        const PersonFeatures& person,
                                        const OfferingFilter& filter,
                                        const RequirementFilter& toward) const {
  const PairScorer scorer(relations_, *question.strategy);
  const Courses courses(*this, relations_, documents_, question);
  OfferingList answer = Gap(question, person, toward);
  uint64_t total = 0;
  for (const OpenDemand& one : answer.gap) total += one.weight;
  for (const auto& [id, offering] : documents_.offerings) {
    if (!IsCandidate(offering, question) || !filter(offering)) continue;
    ++answer.scored;
    uint64_t satisfied = 0;
    std::vector<uint32_t> closes;
    std::set<matching::DocumentId> helped;
    for (size_t i = 0; i < answer.gap.size(); ++i) {
      const OpenDemand& one = answer.gap[i];
      const Demand& demand =
          documents_.requirements.at(one.requirement).demands[one.demand];
      if (!scorer.WouldSatisfy(offering.gains, demand)) continue;
      satisfied += one.weight;
      closes.push_back(static_cast<uint32_t>(i));
      helped.insert(one.requirement);
    }
    const uint64_t coverage = total == 0 ? 0 : 10000 * satisfied / total;
    if (PrerequisitesRefuse(scorer, offering, person)) continue;
    std::optional<OfferingRow> row = BestSession(
        question, offering, {person.id, person.home, &person.wishes});
    if (!row.has_value()) continue;
    row->coverage = static_cast<uint32_t>(coverage);
    row->closes = closes;
    row->requirements_helped = helped.size();
    const GainCounts gain =
        courses.GainOf(person, RunOf(offering, *row), toward);
    row->gain_positions = gain.positions;
    row->gain_requirements = gain.requirements;
    if (row->coverage == 0 && row->gain_requirements == 0) continue;
    answer.rows.push_back(*row);
  }
  SortForPerson(answer.rows);
  return answer;
}

}  // namespace kugge::oracle
