#include "matching/gains.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "matching/credit.h"
#include "matching/pair_score.h"
#include "matching/relations.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

uint64_t KindAndConcept(DemandKind kind, ConceptIndex concept_index) {
  return static_cast<uint64_t>(kind) << 32 | concept_index;
}

// How one distinct demand stands for the person.
enum class Standing : uint8_t { kSatisfied, kToBeLearnt, kOutOfReach };

Standing StandingOf(const CompiledPerson& person, const Demand& demand) {
  if (person.Judge(demand).satisfied == Satisfied::kYes) {
    return Standing::kSatisfied;
  }
  return CanBeLearnt(demand.kind) ? Standing::kToBeLearnt
                                  : Standing::kOutOfReach;
}

bool HasHardWish(const Wishes& wishes) {
  for (size_t kind = 0; kind < kWishKindCount; ++kind) {
    if (CanRefuse(static_cast<WishKind>(kind), wishes)) return true;
  }
  return false;
}

template <typename Numbers>
void SortDistinct(Numbers& numbers) {
  std::ranges::sort(numbers);
  const auto repeats = std::ranges::unique(numbers);
  numbers.erase(repeats.begin(), repeats.end());
}

}  // namespace

absl::Status PersonGains::Gather(
    TenantIndex tenant, Days today,
    const std::function<bool(const RequirementFeatures&)>& toward,
    const std::function<bool()>& cancelled) {
  const SegmentedIndex<RequirementSegment>& index = market_.requirement_index();
  for (const auto& part : index.parts()) {
    if (cancelled && cancelled()) {
      return absl::CancelledError("the match was cancelled");
    }
    LookThrough(*part.segment, part.gone, tenant, today, toward);
  }
  for (const auto& requirement : index.head()) {
    if (IsCandidate(*requirement, tenant, today) &&
        (!toward || toward(*requirement))) {
      LookAt(*requirement);
    }
  }
  FileGroups();
  return absl::OkStatus();
}

void PersonGains::LookThrough(
    const RequirementSegment& segment, const DocSet& gone, TenantIndex tenant,
    Days today, const std::function<bool(const RequirementFeatures&)>& toward) {
  constexpr GapNumber kSatisfied = 0xFFFFFFFF;
  constexpr GapNumber kOutOfReach = kSatisfied - 1;
  constexpr GapNumber kToBeLearnt = kSatisfied - 2;  // has no number yet
  const std::vector<Demand>& distinct = segment.hard_demands().distinct();
  std::vector<GapNumber> standings;
  standings.reserve(distinct.size());
  for (const Demand& demand : distinct) {
    const Standing standing = StandingOf(person_, demand);
    standings.push_back(standing == Standing::kSatisfied    ? kSatisfied
                        : standing == Standing::kOutOfReach ? kOutOfReach
                                                            : kToBeLearnt);
  }
  const bool plain_wishes = !HasHardWish(person_.person().wishes);
  for (DocNumber n = 0; n < segment.size(); ++n) {
    bool lacking = false;
    bool reachable = true;
    const auto demands = segment.hard_demands().Of(n);
    for (const uint32_t number : demands) {
      lacking |= standings[number] != kSatisfied;
      reachable &= standings[number] != kOutOfReach;
    }
    if (!lacking || !reachable || gone.Contains(n)) continue;
    const RequirementFeatures& requirement = segment.documents()[n];
    const std::optional<Days> until = segment.OpenUntil(n);
    if (until.has_value() ? today >= *until
                          : !IsCandidate(requirement, tenant, today)) {
      continue;
    }
    if (toward && !toward(requirement)) continue;
    Found found{.limit = until.has_value() ? *until : requirement.close_day,
                .positions = segment.Positions(n),
                .requirement = &requirement};
    const JobTerms& terms = segment.TermsOf(n);
    if (!plain_wishes &&
        !(segment.fits()
              ? MayTake(terms.facts, segment.OccupationsOf(terms), found.limit)
              : MayTake(requirement.facts, requirement.facts.occupations,
                        found.limit))) {
      continue;
    }
    Lacks lacks;
    for (const uint32_t number : demands) {
      GapNumber& standing = standings[number];
      if (standing == kSatisfied) continue;
      if (standing == kToBeLearnt) standing = NumberOf(distinct[number]);
      lacks.push_back(standing);
    }
    Add(std::move(lacks), found);
  }
}

void PersonGains::LookAt(const RequirementFeatures& requirement) {
  Lacks lacks;
  for (const Demand& demand : requirement.demands) {
    if (demand.strength != Strength::kHard) continue;
    switch (StandingOf(person_, demand)) {
      case Standing::kSatisfied:
        break;
      case Standing::kToBeLearnt:
        lacks.push_back(NumberOf(demand));
        break;
      case Standing::kOutOfReach:
        return;
    }
  }
  Found found{.limit = requirement.close_day,
              .positions = requirement.positions,
              .requirement = &requirement};
  if (lacks.empty() ||
      !MayTake(requirement.facts, requirement.facts.occupations, found.limit)) {
    return;
  }
  Add(std::move(lacks), found);
}

bool PersonGains::MayTake(const PlainFacts& facts,
                          std::span<const ConceptIndex> occupations,
                          Days& limit) const {
  PairScore pair;
  person_.AddWishes(facts, occupations, pair);
  if (pair.hurdles.refused != 0 || pair.hurdles.unknown != 0) return false;
  if (person_.person().wishes.start_strength != Strength::kHard) return true;
  // START is asked after a course, whether or not it is now.
  if (facts.latest_start != kNoDay) {
    limit = std::min(limit, facts.latest_start);
    return true;
  }
  return facts.earliest_start != kNoDay;
}

GapNumber PersonGains::NumberOf(const Demand& demand) {
  const auto [it, added] = numbers_.try_emplace(
      DemandBits(demand), static_cast<GapNumber>(demands_.size()));
  if (added) {
    demands_.push_back(demand);
    promises_.push_back(0);
    positions_lacking_.push_back(0);
    single_.emplace_back();
    by_concept_[KindAndConcept(demand.kind, demand.concept_index)].push_back(
        it->second);
  }
  return it->second;
}

void PersonGains::Add(Lacks lacks, const Found& found) {
  if (lacks.size() > 1) SortDistinct(lacks);
  ++requirements_;
  for (const GapNumber gap : lacks) {
    promises_[gap] += uint64_t{kFullCredit} * found.positions / lacks.size();
    positions_lacking_[gap] += found.positions;
  }
  if (lacks.size() == 1) {
    single_[lacks[0]].found.push_back(found);
    return;
  }
  const auto [it, added] =
      group_numbers_.try_emplace(lacks, static_cast<uint32_t>(groups_.size()));
  if (added) {
    groups_.push_back({.lacks = std::move(lacks), .found = {}, .from = {}});
  }
  groups_[it->second].found.push_back(found);
}

void PersonGains::Sum(Group& group) {
  std::ranges::sort(group.found, {}, &Found::limit);
  group.from.resize(group.found.size());
  Gained sum;
  for (size_t i = group.found.size(); i-- > 0;) {
    sum.positions += group.found[i].positions;
    ++sum.requirements;
    group.from[i] = sum;
  }
}

void PersonGains::FileGroups() {
  std::ranges::for_each(single_, Sum);
  std::ranges::for_each(groups_, Sum);
  filed_.resize(demands_.size());
  for (uint32_t number = 0; number < groups_.size(); ++number) {
    // With the demand that has the fewest so far.
    const GapNumber under = *std::ranges::min_element(
        groups_[number].lacks, {},
        [&](GapNumber gap) { return filed_[gap].size(); });
    filed_[under].push_back(number);
  }
}

const std::vector<GapNumber>& PersonGains::ClosedBy(const Gain& gain) {
  const auto [it, added] = by_gain_.try_emplace(GainBits(gain));
  if (added) AddClosed(gain, it->second);
  return it->second;
}

void PersonGains::AddClosed(const Gain& gain,
                            std::vector<GapNumber>& closed) const {
  if (!CanBeLearnt(gain.section)) return;
  const Held held{gain.concept_index, gain.level, gain.evidence};
  const auto add = [&](ConceptIndex wanted, const Relation& relation) {
    const auto found = by_concept_.find(KindAndConcept(gain.section, wanted));
    if (found == by_concept_.end()) return;
    for (const GapNumber gap : found->second) {
      if (WhatItSays(held, demands_[gap], relation.satisfying) ==
          Says::kSatisfied) {
        closed.push_back(gap);
      }
    }
  };
  ForEachFrom(person_.graph(), gain.concept_index,
              person_.strategy().Satisfying(),
              [&](ConceptIndex wanted, const Relation& relation) {
                if (relation.satisfying) add(wanted, relation);
              });
  if (gain.section == DemandKind::kEducation) add(kNoConcept, Relation{});
}

std::vector<GapNumber> PersonGains::Closes(const std::vector<Gain>& gains) {
  std::vector<GapNumber> closes;
  for (const Gain& gain : gains) {
    const std::vector<GapNumber>& closed = ClosedBy(gain);
    closes.insert(closes.end(), closed.begin(), closed.end());
  }
  SortDistinct(closes);
  return closes;
}

template <typename Visit>
void PersonGains::ForEachGroup(const std::vector<GapNumber>& closed,
                               Days end_day, Visit visit) const {
  const auto visit_open = [&](const Group& group) {
    const auto open =
        std::ranges::upper_bound(group.found, end_day, {}, &Found::limit);
    if (open == group.found.end()) return;
    visit(group, static_cast<size_t>(open - group.found.begin()));
  };
  for (const GapNumber gap : closed) {
    visit_open(single_[gap]);
    for (const uint32_t number : filed_[gap]) {
      const Group& group = groups_[number];
      if (std::ranges::includes(closed, group.lacks)) visit_open(group);
    }
  }
}

Gained PersonGains::Of(const std::vector<GapNumber>& closed,
                       Days end_day) const {
  Gained sum;
  ForEachGroup(closed, end_day, [&](const Group& group, size_t open) {
    sum.positions += group.from[open].positions;
    sum.requirements += group.from[open].requirements;
  });
  return sum;
}

std::vector<const RequirementFeatures*> PersonGains::RequirementsOf(
    const std::vector<GapNumber>& closed, Days end_day) const {
  std::vector<const RequirementFeatures*> gained;
  ForEachGroup(closed, end_day, [&](const Group& group, size_t open) {
    for (size_t i = open; i < group.found.size(); ++i) {
      gained.push_back(group.found[i].requirement);
    }
  });
  return gained;
}

}  // namespace kugge::matching
