#include "matching/index/job_tables.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/pair_score.h"
#include "matching/relations.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

// What is asked of one kind, and nothing else.
PlainWishes OnlyOf(WishKind kind, const PlainWishes& all) {
  PlainWishes some;
  switch (kind) {
    case WishKind::kOccupation:
      some.occupations_strength = all.occupations_strength;
      break;
    case WishKind::kDistance:
      some.maximum_distance = all.maximum_distance;
      some.easy_distance = all.easy_distance;
      some.distance_strength = all.distance_strength;
      break;
    case WishKind::kHours:
      some.minimum_hours_percent = all.minimum_hours_percent;
      some.maximum_hours_percent = all.maximum_hours_percent;
      some.hours_strength = all.hours_strength;
      break;
    case WishKind::kShifts:
      some.shifts = all.shifts;
      some.shifts_strength = all.shifts_strength;
      break;
    case WishKind::kStart:
      some.earliest_start = all.earliest_start;
      some.start_strength = all.start_strength;
      break;
    case WishKind::kRemote:
      some.minimum_remote_percent = all.minimum_remote_percent;
      some.remote_strength = all.remote_strength;
      break;
  }
  return some;
}

}  // namespace

JobTables::JobTables(const RequirementSegment& segment,
                     const CompiledPerson& person)
    : person_(person) {
  const Strategy& strategy = person.strategy();
  for (size_t i = 0; i < kWishKindCount; ++i) {
    not_asked_[i] =
        Contribution(strategy.wish_weights[i], strategy.not_asked_credit);
  }
  no_distance_ = not_asked_[static_cast<size_t>(WishKind::kDistance)];
  const JobColumns& columns = segment.job_columns();
  terms_.reserve(columns.terms().size());
  for (const JobColumns::Terms& terms : columns.terms()) {
    terms_.push_back(SumOfTerms(terms));
  }
  starts_.reserve(columns.starts().size());
  for (const PlainFacts& start : columns.starts()) {
    starts_.push_back(SumOfKind(WishKind::kStart, start));
  }
  places_.reserve(columns.places().size());
  for (const PlainFacts& place : columns.places()) {
    places_.push_back(SumOfKind(WishKind::kDistance, place));
  }
  FillOccupations(segment);
}

WishSum JobTables::SumOfKind(WishKind kind, const PlainFacts& facts) const {
  const PersonFeatures& person = person_.person();
  const PlainWishes wishes = OnlyOf(kind, person.wishes);
  const Bp not_asked = not_asked_[static_cast<size_t>(kind)];
  if (KindsAsked(wishes, false) == 0) return WishSum(not_asked);
  PairScore pair;
  ScoreWishes({.wishes = wishes,
               .home = person.home,
               .would_move = WouldMoveTo(person.wishes, facts.municipality)},
              facts, OccupationFit{}, person_.strategy(), pair, nullptr);
  Bp elsewhere = 0;
  for (const Bp other : not_asked_) elsewhere += other;
  return {pair.person.score - (elsewhere - not_asked), pair.hurdles};
}

// Toward a job in none of the occupations that are wanted.
WishSum JobTables::SumOfTerms(const JobColumns::Terms& terms) const {
  WishSum sum;
  for (const WishKind kind :
       {WishKind::kHours, WishKind::kShifts, WishKind::kRemote}) {
    sum = sum + SumOfKind(kind, terms.facts);
  }
  if (terms.facts.remote_percent.value_or(0) >= kFullyRemotePercent) {
    sum = sum + WishSum(WishSum::kAnywhere);
  }
  const Wishes& wishes = person_.person().wishes;
  if (wishes.occupations.empty()) {
    return sum +
           WishSum(not_asked_[static_cast<size_t>(WishKind::kOccupation)]);
  }
  if (wishes.occupations_strength != Strength::kHard) return sum;
  return sum + WishSum(terms.tells_occupations ? WishSum::kWrongOccupation
                                               : WishSum::kUnknown);
}

bool JobTables::some_unknown() const {
  const auto is_unknown = [](WishSum sum) { return sum.unknown_bits() != 0; };
  return std::ranges::any_of(terms_, is_unknown) ||
         std::ranges::any_of(starts_, is_unknown) ||
         std::ranges::any_of(places_, is_unknown);
}

void JobTables::FillOccupations(const RequirementSegment& segment) {
  const Strategy& strategy = person_.strategy();
  const std::vector<WantedOccupation>& wanted =
      person_.person().wishes.occupations;
  const uint8_t largest = LargestImportance(wanted);
  const Bp weight =
      strategy.wish_weights[static_cast<size_t>(WishKind::kOccupation)];
  absl::flat_hash_map<ConceptIndex, Term> offered;
  for (const WantedOccupation& occupation : wanted) {
    ForEachToward(
        person_.graph(), occupation.concept_index, strategy.Satisfying(),
        [&](ConceptIndex offer, const Relation& relation) {
          Term& term = offered[offer];
          const Thousandths credit = ScaledByImportance(
              relation.credit, occupation.importance, largest);
          term.score = std::max(
              term.score, static_cast<uint16_t>(Contribution(weight, credit)));
          term.satisfying |= relation.satisfying;
        });
  }
  occupations_.reserve(offered.size());
  for (auto& [occupation, term] : offered) {
    const PostingLists::List& list =
        segment.offered().Find(PostingKey::Offering(occupation));
    if (list.empty()) continue;
    term.cursor = ListCursor(list);
    occupations_.push_back(term);
  }
}

void JobTables::Mark(const Block& block, BlockSums& marks) {
  for (Term& term : occupations_) {
    const uint16_t right =
        term.satisfying ? WishMark::kRightOccupation : uint16_t{0};
    term.cursor.ForEach(block, [&](DocNumber at, size_t) {
      const uint16_t mark = marks[at];
      marks[at] = static_cast<uint16_t>(
          std::max<uint16_t>(mark & WishMark::kScore, term.score) |
          (mark & WishMark::kRightOccupation) | right);
    });
  }
}

}  // namespace kugge::matching
