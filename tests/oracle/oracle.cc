#include "tests/oracle/oracle.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

namespace kugge::oracle {

using matching::Demand;
using matching::DemandKind;
using matching::DemandLine;
using matching::Eligibility;
using matching::Explanation;
using matching::Match;
using matching::PersonFeatures;
using matching::RequirementFeatures;
using matching::Satisfied;
using matching::Strength;
using matching::WishKind;
using matching::WishLine;

bool CanBeLearnt(DemandKind kind) { return kind != DemandKind::kOccupation; }

namespace {

bool CanBeChanged(WishKind kind) { return kind != WishKind::kOccupation; }

// What section 3 looks at, of one asked demand of either side.
struct Verdict {
  Strength strength;
  Satisfied satisfied;
  bool can_be_helped;
};

std::vector<Verdict> Verdicts(const Explanation& pair) {
  std::vector<Verdict> verdicts;
  for (const DemandLine& line : pair.demands) {
    if (line.demand < 0) continue;
    verdicts.push_back({line.strength, line.satisfied, CanBeLearnt(line.kind)});
  }
  for (const WishLine& line : pair.wishes) {
    if (!line.asked) continue;
    verdicts.push_back(
        {line.strength, line.satisfied, CanBeChanged(line.kind)});
  }
  return verdicts;
}

// Section 3.
void Judge(const std::vector<Verdict>& verdicts, uint32_t maximum_near_misses,
           Match& match) {
  bool all_can_be_helped = true;
  for (const Verdict& verdict : verdicts) {
    if (verdict.strength != Strength::kHard) continue;
    if (verdict.satisfied == Satisfied::kUnknown) ++match.unknown_hard;
    if (verdict.satisfied == Satisfied::kNo) {
      ++match.refused_hard;
      if (!verdict.can_be_helped) all_can_be_helped = false;
    }
  }
  if (match.refused_hard == 0) {
    match.eligibility = match.unknown_hard == 0 ? Eligibility::kEligible
                                                : Eligibility::kUncertain;
  } else if (match.refused_hard <= maximum_near_misses && all_can_be_helped) {
    match.eligibility = Eligibility::kNearMiss;
  } else {
    match.eligibility = Eligibility::kNotEligible;
  }
}

// Section 4, point 2.
uint32_t OrderKey(const Match& match, const matching::Strategy& strategy) {
  const uint32_t a = strategy.score_factor;
  const uint32_t b = strategy.reverse_factor;
  if (match.requirement_asks && match.person_asks) {
    return a * match.score + b * match.reverse_score;
  }
  if (match.requirement_asks) return (a + b) * match.score;
  if (match.person_asks) return (a + b) * match.reverse_score;
  return 0;
}

void AddTo(Answer& answer, const Match& match) {
  ++answer.counts[static_cast<size_t>(match.eligibility)];
  if (match.eligibility == Eligibility::kNearMiss) {
    answer.near_misses.push_back(match);
  } else if (match.eligibility != Eligibility::kNotEligible) {
    answer.rows.push_back(match);
  }
}

void SortRows(Answer& answer) {
  std::sort(answer.rows.begin(), answer.rows.end(), RowBefore);
  std::sort(answer.near_misses.begin(), answer.near_misses.end(), RowBefore);
}

}  // namespace

bool IsCandidate(const PersonFeatures& person, const Question& question) {
  if (person.tenant != question.tenant) return false;
  return person.expire_day == matching::kNoDay ||
         question.today < person.expire_day;
}

bool IsCandidate(const RequirementFeatures& requirement,
                 const Question& question) {
  if (!requirement.open) return false;
  if (requirement.private_to_tenant && requirement.tenant != question.tenant) {
    return false;
  }
  return requirement.close_day == matching::kNoDay ||
         question.today < requirement.close_day;
}

bool IsCandidate(const matching::OfferingFeatures& offering,
                 const Question& question) {
  return offering.open &&
         (offering.tenant == question.tenant || !offering.private_to_tenant);
}

bool RowBefore(const Match& x, const Match& y) {
  if (x.eligibility != y.eligibility) return x.eligibility < y.eligibility;
  if (x.order != y.order) return x.order > y.order;
  if (x.tie.bytes != y.tie.bytes) return x.tie.bytes < y.tie.bytes;
  return x.to.bytes < y.to.bytes;
}

Explanation PairScorer::Score(const PersonFeatures& person,
                              const RequirementFeatures& requirement) const {
  Explanation pair;
  pair.demands = DemandLines(person, requirement);
  pair.wishes = WishLines(person, requirement);
  Match& match = pair.match;
  match.requirement_asks = !pair.demands.empty();
  match.person_asks = !pair.wishes.empty();
  for (const DemandLine& line : pair.demands) {
    match.score += line.contribution;
    match.potential_score += line.potential_contribution;
  }
  for (const WishLine& line : pair.wishes) {
    match.reverse_score += line.contribution;
    match.reverse_potential_score += line.potential_contribution;
  }
  Judge(Verdicts(pair), strategy_.maximum_near_misses, match);
  match.order = OrderKey(match, strategy_);
  return pair;
}

Eligibility PairScorer::EligibilityOf(
    const PersonFeatures& person,
    const RequirementFeatures& requirement) const {
  Explanation pair;
  for (size_t i = 0; i < requirement.demands.size(); ++i) {
    const Demand& demand = requirement.demands[i];
    if (demand.strength != Strength::kHard) continue;
    pair.demands.push_back(
        Line(demand, person.sections[static_cast<size_t>(demand.kind)]));
    pair.demands.back().demand = static_cast<int32_t>(i);
  }
  pair.wishes = WishLines(person, requirement);
  Judge(Verdicts(pair), strategy_.maximum_near_misses, pair.match);
  return pair.match.eligibility;
}

matching::Tie Oracle::TieOf(const matching::DocumentId& from,
                            const matching::DocumentId& to) const {
  std::array<uint8_t, 32> input;
  std::copy(from.bytes.begin(), from.bytes.end(), input.begin());
  std::copy(to.bytes.begin(), to.bytes.end(), input.begin() + 16);
  matching::Tie tie;
  static_assert(crypto_shorthash_siphashx24_BYTES == sizeof(tie.bytes));
  crypto_shorthash_siphashx24(tie.bytes.data(), input.data(), input.size(),
                              tie_key_.data());
  return tie;
}

Answer Oracle::TopRequirements(const Question& question,
                               const PersonFeatures& person,
                               const RequirementFilter& filter) const {
  const PairScorer scorer(relations_, *question.strategy);
  Answer answer;
  for (const auto& [id, requirement] : documents_.requirements) {
    if (!IsCandidate(requirement, question) || !filter(requirement)) continue;
    Match match = scorer.Score(person, requirement).match;
    match.to = id;
    match.reference = requirement.reference;
    match.municipality = requirement.facts.municipality;
    match.tie = TieOf(person.id, id);
    AddTo(answer, match);
  }
  SortRows(answer);
  return answer;
}

Answer Oracle::TopPeople(const Question& question,
                         const RequirementFeatures& requirement,
                         const PersonFilter& filter) const {
  const PairScorer scorer(relations_, *question.strategy);
  Answer answer;
  for (const auto& [id, person] : documents_.people) {
    if (!IsCandidate(person, question) || !filter(person)) continue;
    Match match = scorer.Score(person, requirement).match;
    match.to = id;
    match.reference = person.reference;
    match.municipality = person.municipality;
    match.tie = TieOf(requirement.id, id);
    AddTo(answer, match);
  }
  SortRows(answer);
  return answer;
}

}  // namespace kugge::oracle
