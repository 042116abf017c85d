#include "matching/standing.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "matching/credit.h"
#include "matching/pair_score.h"
#include "matching/strategy.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

bool IsInAList(Eligibility eligibility) {
  return eligibility == Eligibility::kEligible ||
         eligibility == Eligibility::kUncertain;
}

bool IsBetter(const Match& then, const Match& now) {
  if (then.eligibility != now.eligibility) {
    return then.eligibility < now.eligibility;
  }
  return IsInAList(now.eligibility) && then.order > now.order;
}

Section& SectionOf(PersonFeatures& person, DemandKind kind) {
  return person.sections[static_cast<size_t>(kind)];
}

PersonFeatures WithDemandMet(const PersonFeatures& person,
                             const Demand& demand) {
  PersonFeatures changed = person;
  Section& section = SectionOf(changed, demand.kind);
  section.held.push_back({.concept_index = demand.concept_index,
                          .level = demand.minimum_level,
                          .evidence = demand.minimum_evidence});
  std::ranges::stable_sort(section.held, {}, &Held::concept_index);
  std::erase(section.lacking, demand.concept_index);
  return changed;
}

// A change to be tried: somebody else toward the requirement, or the same
// person toward a later start.
struct Trial {
  ChangeKind kind = ChangeKind::kDemand;
  uint32_t demand = 0;
  PersonFeatures person{};
  Days latest_start = kNoDay;
};

// The trials that the person's wishes suggest.
void AddWishTrials(const PersonFeatures& person, const PlainFacts& job,
                   const std::vector<WishLine>& lines,
                   std::vector<Trial>& trials) {
  for (const WishLine& line : lines) {
    if (!line.asked || line.credit >= kFullCredit) continue;
    Trial trial{.person = person, .latest_start = job.latest_start};
    Wishes& wishes = trial.person.wishes;
    switch (line.kind) {
      case WishKind::kOccupation:
        continue;
      case WishKind::kDistance:
        if (line.distance == kUnknownDistance) continue;
        trial.kind = ChangeKind::kDistance;
        wishes.maximum_distance = *wishes.maximum_distance + kStepFurther;
        wishes.easy_distance += kStepFurther;
        break;
      case WishKind::kHours:
        if (job.maximum_hours_percent == 0) continue;
        trial.kind = ChangeKind::kHours;
        wishes.minimum_hours_percent = job.minimum_hours_percent;
        wishes.maximum_hours_percent = job.maximum_hours_percent;
        break;
      case WishKind::kShifts:
        if (job.shifts == 0) continue;
        trial.kind = ChangeKind::kShifts;
        wishes.shifts |= job.shifts;
        break;
      case WishKind::kStart:
        if (job.latest_start == kNoDay) continue;
        trial.kind = ChangeKind::kStart;
        trial.latest_start = wishes.earliest_start + 1;
        break;
      case WishKind::kRemote:
        if (!job.remote_percent.has_value()) continue;
        trial.kind = ChangeKind::kRemote;
        wishes.minimum_remote_percent = *job.remote_percent;
        break;
    }
    trials.push_back(std::move(trial));
  }
}

std::vector<Trial> TrialsOf(const CompiledRequirement& requirement,
                            const PersonFeatures& person,
                            const Explanation& now) {
  const RequirementFeatures& wanted = requirement.requirement();
  std::vector<Trial> trials;
  for (const DemandLine& line : now.demands) {
    if (line.demand < 0 || !CanBeLearnt(line.kind) ||
        line.satisfied == Satisfied::kYes) {
      continue;
    }
    const auto place = static_cast<uint32_t>(line.demand);
    trials.push_back({.kind = ChangeKind::kDemand,
                      .demand = place,
                      .person = WithDemandMet(person, wanted.demands[place]),
                      .latest_start = wanted.facts.latest_start});
  }
  AddWishTrials(person, wanted.facts, now.wishes, trials);
  return trials;
}

// The row that the trial would make of the person.
Match MatchOf(const CompiledRequirement& requirement, const Trial& trial,
              const PersonFeatures& person) {
  CompiledRequirement::Scratch scratch;
  PairScore pair;
  if (trial.latest_start == requirement.requirement().facts.latest_start) {
    pair = requirement.Score(trial.person, scratch);
  } else {
    RequirementFeatures later = requirement.requirement();
    later.facts.latest_start = trial.latest_start;
    pair = CompiledRequirement(std::move(later), requirement.scoring())
               .Score(trial.person, scratch);
  }
  // What was decided early means nothing but its verdict.
  Match match =
      pair.decided_early ? Match{} : ToMatch(pair, requirement.strategy());
  match.to = person.id;
  match.reference = person.reference;
  match.municipality = person.municipality;
  match.tie = requirement.TieWith(person.id);
  return match;
}

// The row that the pair would be if the answer to what isn't known of the line
// were the best there is. `score`: the side that the line belongs to.
template <typename Line>
Match IfMet(const Line& line, Bp Match::* score, const Strategy& strategy,
            Match match) {
  match.*score += line.potential_contribution - line.contribution;
  if (line.strength == Strength::kHard) --match.unknown_hard;
  if (match.refused_hard == 0) {
    match.eligibility = match.unknown_hard == 0 ? Eligibility::kEligible
                                                : Eligibility::kUncertain;
  }
  const PairScore pair{
      .requirement = {.asks = match.requirement_asks, .score = match.score},
      .person = {.asks = match.person_asks, .score = match.reverse_score}};
  match.order = OrderOf(pair, strategy);
  return match;
}

// Rows that one person would be, whose ranks are wanted.
class WantedRanks {
 public:
  // Of a row in no list it stays 0. `rank` outlives the counting.
  void Want(const Match& match, size_t* rank) {
    if (!IsInAList(match.eligibility)) return;
    // Many a line of equal weight leads to the same key.
    const auto [known, is_new] =
        places_.try_emplace({match.eligibility, match.order}, keys_.size());
    if (is_new) keys_.push_back(KeyOf(match));
    wanted_.emplace_back(known->second, rank);
  }

  // Of each line that isn't known; `score` as for IfMet.
  template <typename Line>
  void WantIfMet(const std::vector<Line>& lines, Bp Match::* score,
                 const Match& now, const Strategy& strategy,
                 std::vector<size_t>& ranks) {
    ranks.assign(lines.size(), 0);
    for (size_t i = 0; i < lines.size(); ++i) {
      // What nobody asks for counts as satisfied.
      if (lines[i].satisfied != Satisfied::kUnknown) continue;
      Want(IfMet(lines[i], score, strategy, now), &ranks[i]);
    }
  }

  // From 1, among the others of the list. Errors: CANCELLED.
  absl::Status Count(const Market& market,
                     const CompiledRequirement& requirement,
                     const HelpRequest& request, const DocumentId& person) {
    if (keys_.empty()) return absl::OkStatus();
    const RankRequest<PersonFeatures> list{.tenant = request.tenant,
                                           .today = request.today,
                                           .after = std::nullopt,
                                           .municipalities = std::nullopt,
                                           .cancelled = request.cancelled};
    KUGGE_ASSIGN_OR_RETURN(
        const std::vector<size_t> before,
        RowsBefore(market, requirement, list, keys_, person));
    for (const auto& [place, rank] : wanted_) *rank = before[place] + 1;
    return absl::OkStatus();
  }

 private:
  std::vector<RowKey> keys_;
  std::map<std::pair<Eligibility, uint32_t>, size_t> places_;
  std::vector<std::pair<size_t, size_t*>> wanted_;
};

}  // namespace

absl::StatusOr<HelpAnswer> WhatWouldHelp(const Market& market,
                                         const CompiledRequirement& requirement,
                                         const PersonFeatures& person,
                                         const HelpRequest& request) {
  HelpAnswer answer;
  if (!IsCandidate(person, request.tenant, request.today)) return answer;
  const Explanation now = Explain(requirement, person);
  WantedRanks ranks;
  size_t rank = 0;
  ranks.Want(now.match, &rank);
  ranks.WantIfMet(now.demands, &Match::score, now.match, requirement.strategy(),
                  answer.demand_ranks_if_met);
  ranks.WantIfMet(now.wishes, &Match::reverse_score, now.match,
                  requirement.strategy(), answer.wish_ranks_if_met);
  for (const Trial& trial : TrialsOf(requirement, person, now)) {
    HelpfulChange change{.kind = trial.kind,
                         .demand = trial.demand,
                         .match = MatchOf(requirement, trial, person)};
    if (IsBetter(change.match, now.match)) {
      answer.changes.push_back(std::move(change));
    }
  }
  for (HelpfulChange& change : answer.changes) {
    ranks.Want(change.match, &change.rank);
  }
  KUGGE_RETURN_IF_ERROR(ranks.Count(market, requirement, request, person.id));
  if (rank > 0) answer.rank = rank;
  std::ranges::stable_sort(answer.changes, {}, [](const HelpfulChange& change) {
    return std::tuple(change.match.eligibility, change.rank,
                      ~change.match.order);
  });
  return answer;
}

}  // namespace kugge::matching
