#include "tests/oracle/oracle_pathways.h"

#include <algorithm>
#include <tuple>

#include "tests/oracle/oracle_courses.h"

namespace kugge::oracle {

using matching::Days;
using matching::Demand;
using matching::Eligibility;
using matching::kNoDay;
using matching::OfferingFeatures;
using matching::PersonFeatures;
using matching::RequirementFeatures;
using matching::Satisfied;
using matching::SessionFeatures;
using matching::Strength;

namespace {

constexpr size_t kGoals = 10;

uint32_t WeeksOf(Days start, Days end) {
  return static_cast<uint32_t>(std::max<Days>(1, (end - start + 6) / 7));
}

bool SameDemand(const Demand& x, const Demand& y) {
  return x.kind == y.kind && x.concept_index == y.concept_index &&
         x.minimum_level == y.minimum_level &&
         x.minimum_evidence == y.minimum_evidence;
}

bool Dominates(const WayRow& x, const WayRow& y) {
  return x.gain_positions >= y.gain_positions && x.weeks <= y.weeks &&
         x.end_day <= y.end_day &&
         (x.gain_positions > y.gain_positions || x.weeks < y.weeks ||
          x.end_day < y.end_day);
}

// Section 9.3's order.
bool WayBefore(const WayRow& x, const WayRow& y) {
  const uint64_t left = x.gain_positions * y.weeks;
  const uint64_t right = y.gain_positions * x.weeks;
  if (left != right) return left > right;
  if (x.gain_positions != y.gain_positions) {
    return x.gain_positions > y.gain_positions;
  }
  if (x.end_day != y.end_day) return x.end_day < y.end_day;
  for (size_t i = 0; i < x.steps.size() && i < y.steps.size(); ++i) {
    const WayStep& mine = x.steps[i];
    const WayStep& other = y.steps[i];
    if (mine.tie != other.tie) return mine.tie < other.tie;
    if (mine.offering->id != other.offering->id) {
      return mine.offering->id < other.offering->id;
    }
  }
  return x.steps.size() < y.steps.size();
}

}  // namespace

std::optional<WayStep> Pathways::StepOf(const OfferingFeatures& offering,
                                        std::optional<Days> after) const {
  using Rank = std::tuple<Days, matching::HundredMetres, matching::Tie,
                          matching::DocumentId, const SessionFeatures*>;
  std::vector<Rank> open;
  for (const SessionFeatures& session : offering.sessions) {
    const matching::HundredMetres distance =
        SessionDistance(session, person_.home);
    if (!IsUsable(session, question_.today)) continue;
    if (!SuitsPerson(session, distance, person_.wishes)) continue;
    if (limits_.pace_percent > 0 &&
        session.pace_percent > limits_.pace_percent) {
      continue;
    }
    if (after.has_value() && session.start_day < *after) continue;
    open.emplace_back(EndDay(session, offering), distance,
                      oracle_.TieOf(person_.id, session.id), session.id,
                      &session);
  }
  if (open.empty()) return std::nullopt;
  const auto& [end_day, distance, tie, id, session] =
      *std::min_element(open.begin(), open.end());
  WayStep step;
  step.offering = &offering;
  step.session = session;
  step.end_day = end_day;
  step.weeks = WeeksOf(session->start_day, end_day);
  step.distance = distance;
  step.tie = oracle_.TieOf(person_.id, offering.id);
  return step;
}

bool Pathways::HasAlready(const Demand& demand) const {
  return scorer_
             .Line(demand, person_.sections[static_cast<size_t>(demand.kind)])
             .satisfied == Satisfied::kYes;
}

bool Pathways::Gives(const Way& way, const Demand& demand) const {
  return std::any_of(way.begin(), way.end(), [&](const WayStep& step) {
    return scorer_.WouldSatisfy(step.offering->gains, demand);
  });
}

bool Pathways::MayTake(const Way& before,
                       const OfferingFeatures& offering) const {
  for (const Demand& demand : offering.prerequisites) {
    if (demand.strength != Strength::kHard) continue;
    if (!HasAlready(demand) && !Gives(before, demand)) return false;
  }
  return true;
}

PersonFeatures Pathways::After(const Way& steps, Days end) const {
  PersonFeatures after = person_;
  for (const WayStep& step : steps) {
    for (const matching::Gain& gain : step.offering->gains) {
      if (!CanBeLearnt(gain.section)) continue;
      after.sections[static_cast<size_t>(gain.section)].held.push_back(
          {gain.concept_index, gain.level, gain.evidence});
    }
  }
  Days& start = after.wishes.earliest_start;
  start = start == kNoDay ? end : std::max(start, end);
  return after;
}

const Pathways::Gained& Pathways::GainedBy(const Way& steps, Days end) {
  Set set;
  for (const WayStep& step : steps) set.insert(step.offering->id);
  const auto [at, is_new] = gained_.try_emplace({set, end});
  if (!is_new) return at->second;
  const PersonFeatures after = After(steps, end);
  for (const RequirementFeatures* const one : wanted_) {
    const bool open = one->close_day == kNoDay || end < one->close_day;
    if (open && scorer_.EligibilityOf(after, *one) == Eligibility::kEligible) {
      at->second.push_back(one);
    }
  }
  return at->second;
}

bool Pathways::IsNecessary(const Way& way, size_t step) {
  Way without = way;
  without.erase(without.begin() + static_cast<ptrdiff_t>(step));
  for (size_t later = step; later < without.size(); ++later) {
    const Way before(without.begin(),
                     without.begin() + static_cast<ptrdiff_t>(later));
    if (!MayTake(before, *without[later].offering)) return true;
  }
  const Days end = way.back().end_day;
  return GainedBy(without, end).size() < GainedBy(way, end).size();
}

// A START that isn't asked yet is asked afterwards.
bool Pathways::WishesAllow(const RequirementFeatures& requirement) const {
  for (const matching::WishLine& line :
       scorer_.WishLines(person_, requirement)) {
    if (line.asked && line.strength == Strength::kHard &&
        line.satisfied != Satisfied::kYes) {
      return false;
    }
  }
  const bool start_told = requirement.facts.earliest_start != kNoDay ||
                          requirement.facts.latest_start != kNoDay;
  return person_.wishes.start_strength != Strength::kHard || start_told;
}

// Section 9.2's L; absent where the requirement isn't within reach.
std::optional<std::vector<Demand>> Pathways::Lacks(
    const RequirementFeatures& requirement) const {
  if (!WishesAllow(requirement)) return std::nullopt;
  std::vector<Demand> lacks;
  for (const Demand& demand : requirement.demands) {
    if (demand.strength != Strength::kHard || HasAlready(demand)) continue;
    if (!CanBeLearnt(demand.kind)) return std::nullopt;
    const bool known = std::any_of(
        lacks.begin(), lacks.end(),
        [&](const Demand& other) { return SameDemand(demand, other); });
    if (!known) lacks.push_back(demand);
  }
  return lacks;
}

std::vector<Pathways::Promise> Pathways::Promises(
    const OfferingFilter& filter) const {
  std::vector<Promise> all;
  for (const auto& [id, offering] : documents_.offerings) {
    if (!IsCandidate(offering, question_) || !filter(offering)) continue;
    const std::optional<WayStep> first = StepOf(offering, std::nullopt);
    if (!first.has_value()) continue;
    uint64_t promise = 0;
    for (const auto& [requirement, lacks] : within_reach_) {
      for (const Demand& demand : lacks) {
        if (!scorer_.WouldSatisfy(offering.gains, demand)) continue;
        promise += uint64_t{1000} * requirement->positions / lacks.size();
      }
    }
    all.push_back({promise, *first});
  }
  std::sort(all.begin(), all.end(), [](const Promise& x, const Promise& y) {
    if (x.promise != y.promise) return x.promise > y.promise;
    if (x.first.tie != y.first.tie) return x.first.tie < y.first.tie;
    return x.first.offering->id < y.first.offering->id;
  });
  return all;
}

// The offering that prepares for the prerequisite; null where none does.
const OfferingFeatures* Pathways::Preparation(
    const std::vector<Promise>& all, const Demand& prerequisite) const {
  std::vector<const WayStep*> preparing;
  for (const Promise& one : all) {
    const OfferingFeatures& offering = *one.first.offering;
    if (scorer_.WouldSatisfy(offering.gains, prerequisite) &&
        MayTake({}, offering)) {
      preparing.push_back(&one.first);
    }
  }
  if (preparing.empty()) return nullptr;
  return (*std::min_element(
              preparing.begin(), preparing.end(),
              [](const WayStep* x, const WayStep* y) {
                return std::tie(x->end_day, x->tie, x->offering->id) <
                       std::tie(y->end_day, y->tie, y->offering->id);
              }))
      ->offering;
}

void Pathways::MakePool(const std::vector<Promise>& all) {
  for (const Promise& one : all) {
    if (one.promise == 0 || pool_.size() == kMostPromising) break;
    pool_.push_back(one.first.offering);
  }
  const std::vector<const OfferingFeatures*> promising = pool_;
  for (const OfferingFeatures* const offering : promising) {
    for (const Demand& demand : offering->prerequisites) {
      if (demand.strength != Strength::kHard || HasAlready(demand)) continue;
      const OfferingFeatures* const one_more = Preparation(all, demand);
      if (one_more != nullptr &&
          std::find(pool_.begin(), pool_.end(), one_more) == pool_.end()) {
        pool_.push_back(one_more);
      }
    }
  }
}

// Saves nothing but time: nobody is ELIGIBLE after some of the pool, or later,
// who isn't with all that it gives and a start as it is (section 1's "what
// follows", for satisfied YES, and 2's START).
void Pathways::LeaveOutTheUnreachable() {
  Way everything;
  for (const OfferingFeatures* const offering : pool_) {
    everything.push_back({.offering = offering});
  }
  PersonFeatures after = After(everything, question_.today);
  after.wishes.earliest_start = person_.wishes.earliest_start;
  std::erase_if(wanted_, [&](const RequirementFeatures* one) {
    return scorer_.EligibilityOf(after, *one) != Eligibility::kEligible;
  });
}

// The way with one step more; absent where the offering can't follow, or not
// within the weeks.
std::optional<Pathways::Way> Pathways::With(
    const Way& way, const OfferingFeatures& offering) const {
  if (!MayTake(way, offering)) return std::nullopt;
  std::optional<Days> after;
  if (!way.empty()) after = way.back().end_day;
  std::optional<WayStep> step = StepOf(offering, after);
  if (!step.has_value()) return std::nullopt;
  for (size_t i = 0; i < offering.prerequisites.size(); ++i) {
    const Demand& demand = offering.prerequisites[i];
    if (demand.strength == Strength::kHard && !HasAlready(demand)) {
      step->prepared.push_back(static_cast<uint32_t>(i));
    }
  }
  Way longer = way;
  longer.push_back(*step);
  uint32_t weeks = 0;
  for (const WayStep& one : longer) weeks += one.weeks;
  if (limits_.weeks > 0 && weeks > limits_.weeks) return std::nullopt;
  return longer;
}

void Pathways::Extend(const Way& way) {
  if (!way.empty()) Keep(way);
  if (way.size() == limits_.steps) return;
  for (const OfferingFeatures* const offering : pool_) {
    const bool taken = std::any_of(
        way.begin(), way.end(),
        [&](const WayStep& step) { return step.offering == offering; });
    if (taken) continue;
    const std::optional<Way> longer = With(way, *offering);
    if (longer.has_value()) Extend(*longer);
  }
}

// If it gains something, every step is necessary and no other order of the same
// offerings comes before.
void Pathways::Keep(const Way& way) {
  const Gained& gained = GainedBy(way, way.back().end_day);
  if (gained.empty()) return;
  for (size_t i = 0; i < way.size(); ++i) {
    if (!IsNecessary(way, i)) return;
  }
  Set set;
  for (const WayStep& step : way) set.insert(step.offering->id);
  const WayRow row = RowOf(way, gained);
  const auto [at, is_new] = first_.try_emplace(set, row);
  if (!is_new && WayBefore(row, at->second)) at->second = row;
}

WayRow Pathways::RowOf(const Way& way, const Gained& gained) const {
  WayRow row;
  row.steps = way;
  for (const WayStep& step : way) row.weeks += step.weeks;
  row.end_day = way.back().end_day;
  row.gain_requirements = gained.size();
  const PersonFeatures after = After(way, row.end_day);
  for (const RequirementFeatures* const one : gained) {
    row.gain_positions += one->positions;
    row.goals.push_back({one, scorer_.Score(after, *one).match.order,
                         oracle_.TieOf(person_.id, one->id)});
  }
  std::sort(row.goals.begin(), row.goals.end(),
            [](const WayGoal& x, const WayGoal& y) {
              if (x.order != y.order) return x.order > y.order;
              return std::tie(x.tie, x.requirement->id) <
                     std::tie(y.tie, y.requirement->id);
            });
  if (row.goals.size() > kGoals) row.goals.resize(kGoals);
  return row;
}

void Pathways::LookAtRequirements(const RequirementFilter& toward) {
  for (const auto& [id, requirement] : documents_.requirements) {
    if (!IsCandidate(requirement, question_) || !toward(requirement)) continue;
    if (scorer_.EligibilityOf(person_, requirement) == Eligibility::kEligible) {
      continue;
    }
    wanted_.push_back(&requirement);
    const std::optional<std::vector<Demand>> lacks = Lacks(requirement);
    if (lacks.has_value()) within_reach_.push_back({&requirement, *lacks});
  }
}

void Pathways::Choose(WayList& answer) const {
  for (const auto& [set, way] : first_) {
    const bool dominated = std::any_of(
        first_.begin(), first_.end(),
        [&](const auto& other) { return Dominates(other.second, way); });
    if (dominated) {
      ++answer.dominated;
    } else {
      answer.rows.push_back(way);
    }
  }
  std::sort(answer.rows.begin(), answer.rows.end(), WayBefore);
}

WayList Pathways::Answer(const RequirementFilter& toward,
                         const OfferingFilter& filter) {
  WayList answer;
  if (!IsCandidate(person_, question_)) return answer;
  LookAtRequirements(toward);
  const std::vector<Promise> all = Promises(filter);
  MakePool(all);
  LeaveOutTheUnreachable();
  Extend({});
  answer.within_reach = within_reach_.size();
  answer.considered = pool_.size();
  answer.promising = static_cast<size_t>(
      std::count_if(all.begin(), all.end(),
                    [](const Promise& one) { return one.promise > 0; }));
  Choose(answer);
  return answer;
}

}  // namespace kugge::oracle
