#include "matching/naive_proposal_for_test.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/course.h"
#include "matching/credit.h"

namespace kugge::matching {
namespace {

uint32_t LowerMedian(std::vector<uint32_t> numbers) {
  std::ranges::sort(numbers);
  return numbers[(numbers.size() - 1) / 2];
}

}  // namespace

NaiveProposal::NaiveProposal(const MarketChanges& changes,
                             const Scoring& scoring,
                             const ProposalRequest& request)
    : changes_(changes),
      scoring_(scoring),
      request_(request),
      end_(request.start_day + 7 * static_cast<Days>(request.budget_weeks)) {
  for (const auto& change : changes.people) {
    const PersonFeatures& person = *change.document;
    if (!IsCandidate(person, request.tenant, request.today)) continue;
    tenants_people_.push_back(&person);
    if (IsInArea(person)) people_.push_back(&person);
  }
  for (const RequirementFeatures* const requirement : request.requirements) {
    const bool counts =
        IsCandidate(*requirement, request.tenant, request.today) &&
        (requirement->close_day == kNoDay || end_ < requirement->close_day);
    const bool known = std::ranges::any_of(
        requirements_, [&](const CompiledRequirement& other) {
          return other.requirement().id == requirement->id;
        });
    if (counts && !known) requirements_.emplace_back(*requirement, scoring);
  }
  for (const CompiledRequirement& requirement : requirements_) {
    open_.push_back(OpenOf(requirement));
  }
  MakeModules();
}

bool NaiveProposal::IsInArea(const PersonFeatures& person) const {
  const auto& municipalities = request_.area.municipalities;
  return !municipalities.has_value() ||
         std::ranges::count(*municipalities, person.municipality) > 0;
}

bool NaiveProposal::Satisfies(const Gain& gain, const Demand& demand) const {
  return gain.section == demand.kind &&
         GainSatisfies(*scoring_.graph, scoring_.strategy, gain, demand);
}

bool NaiveProposal::AnySatisfies(const Chosen& chosen,
                                 const Demand& demand) const {
  return std::ranges::any_of(
      chosen, [&](size_t i) { return Satisfies(modules_[i].gain, demand); });
}

void NaiveProposal::MakeModules() {
  for (const CompiledRequirement& requirement : requirements_) {
    for (const Demand& demand : DifferentHard(requirement.requirement())) {
      const std::optional<Gain> gain = GainFor(demand);
      if (gain.has_value() &&
          std::ranges::count(all_modules_, *gain, &Module::gain) == 0) {
        all_modules_.push_back({.gain = *gain});
      }
    }
  }
  std::ranges::sort(all_modules_, {},
                    [](const Module& one) { return PlaceOf(one.gain); });
  for (Module& module : all_modules_) {
    EstimateWeeks(module);
    if (module.weeks <= request_.budget_weeks && IsPlannable(module)) {
      modules_.push_back(module);
    }
  }
}

bool NaiveProposal::IsPlannable(const Module& module) {
  return module.weeks_from > 0 ||
         (module.gain.section != DemandKind::kLicence &&
          module.gain.section != DemandKind::kAuthorisation);
}

void NaiveProposal::EstimateWeeks(Module& module) const {
  std::vector<Demand> made_for;
  for (const CompiledRequirement& requirement : requirements_) {
    for (const Demand& demand : DifferentHard(requirement.requirement())) {
      if (GainFor(demand) == module.gain) made_for.push_back(demand);
    }
  }
  std::vector<uint32_t> own;
  std::vector<uint32_t> of_section;
  for (const auto& change : changes_.offerings) {
    const OfferingFeatures& offering = *change.document;
    if (!IsCandidate(offering, request_.tenant) || offering.weeks == 0 ||
        offering.gains.empty()) {
      continue;
    }
    const auto weeks = static_cast<uint32_t>(
        std::max<size_t>(1, offering.weeks / offering.gains.size()));
    bool satisfies = false;
    bool same_section = false;
    for (const Gain& gain : offering.gains) {
      same_section |= gain.section == module.gain.section;
      for (const Demand& demand : made_for)
        satisfies |= Satisfies(gain, demand);
    }
    if (satisfies) own.push_back(weeks);
    if (same_section) of_section.push_back(weeks);
  }
  module.weeks_from = own.size();
  module.weeks = !own.empty()          ? LowerMedian(own)
                 : !of_section.empty() ? LowerMedian(of_section)
                                       : 2;
}

uint32_t NaiveProposal::WeeksOfSet(const Chosen& chosen) const {
  uint32_t weeks = 0;
  for (const size_t i : chosen) weeks += modules_[i].weeks;
  return weeks;
}

Eligibility NaiveProposal::Judge(const PersonFeatures& person,
                                 const CompiledRequirement& requirement) const {
  CompiledRequirement::Scratch scratch;
  return requirement.Score(person, scratch)
      .hurdles.Verdict(requirement.strategy());
}

bool NaiveProposal::IsKnownToSatisfy(const PersonFeatures& person,
                                     const Demand& demand) const {
  return CompiledPerson(person, scoring_).Judge(demand).satisfied ==
         Satisfied::kYes;
}

PersonFeatures NaiveProposal::After(const PersonFeatures& person,
                                    const Chosen& chosen) const {
  OfferingFeatures training;
  for (const size_t i : chosen) training.gains.push_back(modules_[i].gain);
  return AfterCourse(training, person, end_);
}

NaiveProposal::Pairs NaiveProposal::LedBy(const Chosen& chosen) const {
  Pairs pairs(requirements_.size(), std::vector<bool>(people_.size()));
  for (size_t p = 0; p < people_.size(); ++p) {
    const Days own = people_[p]->wishes.earliest_start;
    if (own != kNoDay && own > request_.start_day) continue;
    const PersonFeatures after = After(*people_[p], chosen);
    for (size_t r = 0; r < requirements_.size(); ++r) {
      pairs[r][p] =
          Judge(after, requirements_[r]) == Eligibility::kEligible &&
          Judge(*people_[p], requirements_[r]) != Eligibility::kEligible;
    }
  }
  return pairs;
}

uint64_t NaiveProposal::OpenOf(const CompiledRequirement& requirement) const {
  const auto eligible = static_cast<uint64_t>(
      std::ranges::count_if(tenants_people_, [&](const PersonFeatures* person) {
        return Judge(*person, requirement) == Eligibility::kEligible;
      }));
  const uint64_t positions = requirement.requirement().positions;
  return positions - std::min(positions, eligible);
}

NaiveProposal::Counts NaiveProposal::CountsOf(const Pairs& pairs) const {
  Counts counts;
  for (size_t r = 0; r < pairs.size(); ++r) {
    const auto led = static_cast<uint64_t>(std::ranges::count(pairs[r], true));
    counts.pairs += led;
    if (led > 0) counts.filled += std::min(led, open_[r]);
  }
  return counts;
}

NaiveProposal::Chosen NaiveProposal::BestSet() const {
  using Key = std::tuple<int64_t, uint32_t, int64_t, Chosen>;
  std::optional<Key> best;
  for (size_t set = 0; set < size_t{1} << modules_.size(); ++set) {
    Chosen chosen;
    for (size_t i = 0; i < modules_.size(); ++i) {
      if ((set >> i & 1) != 0) chosen.push_back(i);
    }
    const uint32_t weeks = WeeksOfSet(chosen);
    if (weeks > request_.budget_weeks) continue;
    const Counts counts = CountsOf(LedBy(chosen));
    Key key{-static_cast<int64_t>(counts.filled), weeks,
            -static_cast<int64_t>(counts.pairs), std::move(chosen)};
    if (!best.has_value() || key < *best) best = std::move(key);
  }
  return std::get<Chosen>(*best);
}

uint64_t NaiveProposal::PromiseOf(const Gain& gain, size_t requirement,
                                  size_t person) const {
  uint64_t lack = 0;
  bool touched = false;
  for (const Demand& demand :
       DifferentHard(requirements_[requirement].requirement())) {
    if (IsKnownToSatisfy(*people_[person], demand)) continue;
    ++lack;
    touched |= Satisfies(gain, demand);
  }
  return touched ? 1000 / lack : 0;
}

void NaiveProposal::AddModules(Chosen left, ProposalAnswer& answer) const {
  const Pairs all = LedBy(left);
  Chosen before;
  while (!left.empty()) {
    const Pairs so_far = LedBy(before);
    const Counts counts = CountsOf(so_far);
    // Positions, pairs, promise, weeks, place.
    using Key = std::tuple<int64_t, int64_t, int64_t, uint32_t, size_t>;
    std::optional<Key> first;
    for (const size_t i : left) {
      Chosen with = before;
      with.push_back(i);
      const Counts more = CountsOf(LedBy(with));
      int64_t promise = 0;
      for (size_t r = 0; r < requirements_.size(); ++r) {
        for (size_t p = 0; p < people_.size(); ++p) {
          if (!all[r][p] || so_far[r][p]) continue;
          promise += static_cast<int64_t>(PromiseOf(modules_[i].gain, r, p));
        }
      }
      const Key key{-static_cast<int64_t>(more.filled - counts.filled),
                    -static_cast<int64_t>(more.pairs - counts.pairs), -promise,
                    modules_[i].weeks, i};
      if (!first.has_value() || key < *first) first = key;
    }
    const size_t next = std::get<4>(*first);
    const Module& module = modules_[next];
    size_t asking = 0;
    for (const CompiledRequirement& requirement : requirements_) {
      asking += std::ranges::any_of(DifferentHard(requirement.requirement()),
                                    [&](const Demand& demand) {
                                      return Satisfies(module.gain, demand);
                                    })
                    ? 1
                    : 0;
    }
    answer.modules.push_back(
        {.gain = module.gain,
         .weeks = module.weeks,
         .weeks_from_offerings = module.weeks_from,
         .adds_positions = static_cast<uint64_t>(-std::get<0>(*first)),
         .adds_pairs = static_cast<uint64_t>(-std::get<1>(*first)),
         .requirements = asking});
    before.push_back(next);
    std::erase(left, next);
  }
}

ProposalAnswer NaiveProposal::Answer() {
  const Chosen chosen = BestSet();
  const Pairs pairs = LedBy(chosen);
  ProposalAnswer answer;
  answer.weeks = WeeksOfSet(chosen);
  answer.filled_positions = CountsOf(pairs).filled;
  answer.filled_positions_bound = answer.filled_positions;
  answer.requirements = requirements_.size();
  answer.people = people_.size();
  std::vector<const PersonFeatures*> unlocked;
  for (size_t p = 0; p < people_.size(); ++p) {
    if (std::ranges::any_of(pairs, [&](const auto& row) { return row[p]; })) {
      unlocked.push_back(people_[p]);
    }
  }
  answer.unlocked_people = unlocked.size();
  for (size_t r = 0; r < requirements_.size(); ++r) {
    answer.open_positions += open_[r];
    answer.served_requirements += std::ranges::count(pairs[r], true) > 0;
    if (open_[r] == 0) continue;
    for (const Demand& demand : DifferentHard(requirements_[r].requirement())) {
      answer.anything_lacking |=
          CanBeLearnt(demand.kind) &&
          std::ranges::any_of(people_, [&](const PersonFeatures* person) {
            return !IsKnownToSatisfy(*person, demand);
          });
    }
  }
  AddModules(chosen, answer);
  if (!chosen.empty()) AddPrerequisites(chosen, unlocked, answer);
  AddUncovered(chosen, pairs, answer);
  return answer;
}

}  // namespace kugge::matching
