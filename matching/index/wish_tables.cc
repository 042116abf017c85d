#include "matching/index/wish_tables.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "matching/credit.h"
#include "matching/geo/distance.h"
#include "matching/index/wanted_shares.h"
#include "matching/pair_score.h"
#include "matching/relations.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

std::vector<uint16_t> ContributionsOf(Bp weight) {
  std::vector<uint16_t> contributions;
  contributions.reserve(kFullCredit + 1);
  for (Thousandths credit = 0; credit <= kFullCredit; ++credit) {
    contributions.push_back(
        static_cast<uint16_t>(Contribution(weight, credit)));
  }
  return contributions;
}

}  // namespace

WishSum SumOfTerms(const WishColumns::Terms& terms,
                   const CompiledRequirement& requirement) {
  const JobFacts& job = requirement.requirement().facts;
  const std::optional<Point> nowhere;
  const PersonSide side{.wishes = terms.wishes, .home = nowhere};
  OccupationFit fit{.wanted_any = terms.wants_occupations,
                    .offered_any = !job.occupations.empty(),
                    .satisfying = true};
  PairScore right;
  const auto add = [&](WishKind kind, PairScore& pair) {
    ScoreWish(kind, side, job, fit, requirement.strategy(), pair);
  };
  for (const WishKind kind :
       {WishKind::kHours, WishKind::kShifts, WishKind::kRemote}) {
    add(kind, right);
  }
  PairScore wrong = right;
  add(WishKind::kOccupation, right);
  fit.satisfying = false;
  add(WishKind::kOccupation, wrong);
  const WishSum sum(right.person.score, right.hurdles);
  return wrong.hurdles.refused > right.hurdles.refused
             ? sum + WishSum(WishSum::kWrongOccupation)
             : sum;
}

WishSum SumOfStart(const WishColumns::Start& start,
                   const CompiledRequirement& requirement) {
  PlainWishes wishes;
  wishes.earliest_start = start.earliest;
  wishes.start_strength = start.strength;
  const std::optional<Point> nowhere;
  PairScore pair;
  ScoreWish(WishKind::kStart, {.wishes = wishes, .home = nowhere},
            requirement.requirement().facts, OccupationFit{},
            requirement.strategy(), pair);
  return WishSum(pair.person.score, pair.hurdles);
}

WishTables::WishTables(const PersonSegment& segment,
                       const CompiledRequirement& requirement)
    : segment_(segment), requirement_(requirement) {
  const WishColumns& columns = segment.wish_columns();
  const PlainFacts& job = requirement.requirement().facts;
  terms_.reserve(columns.terms().size());
  for (const WishColumns::Terms& terms : columns.terms()) {
    terms_.push_back(SumOfTerms(terms, requirement));
  }
  starts_.reserve(columns.starts().size());
  for (const WishColumns::Start& start : columns.starts()) {
    starts_.push_back(SumOfStart(start, requirement));
  }
  no_distance_ = WishSum(NotAsked(WishKind::kDistance));
  most_of_distance_ = no_distance_.score();
  anywhere_ = job.remote_percent.value_or(0) >= kFullyRemotePercent;
  if (!anywhere_) FillDistances();
  FillOccupations();
  const auto is_unknown = [](WishSum sum) { return sum.unknown_bits() != 0; };
  some_unknown_ |= std::ranges::any_of(terms_, is_unknown) ||
                   std::ranges::any_of(starts_, is_unknown);
}

Bp WishTables::NotAsked(WishKind kind) const {
  const Strategy& strategy = requirement_.strategy();
  return Contribution(strategy.wish_weights[static_cast<size_t>(kind)],
                      strategy.not_asked_credit);
}

void WishTables::FillDistances() {
  const WishColumns& columns = segment_.wish_columns();
  const PlainFacts& job = requirement_.requirement().facts;
  of_distance_ = ContributionsOf(
      requirement_.strategy()
          .wish_weights[static_cast<size_t>(WishKind::kDistance)]);
  most_of_distance_ =
      std::max<Bp>(most_of_distance_, of_distance_[kFullCredit]);
  travels_.reserve(columns.travels().size());
  for (const WishColumns::Travel& travel : columns.travels()) {
    const uint32_t hard = travel.strength == Strength::kHard ? ~0u : 0;
    // Where nothing lies between, whoever is within the maximum gets all.
    const HundredMetres span = std::max(travel.maximum - travel.easy, 1);
    travels_.push_back({.maximum = travel.maximum,
                        .reach = travel.easy + span,
                        .span = span,
                        .too_far = WishSum::kRefused & hard,
                        .unknown = WishSum::kUnknown & hard,
                        .inverse_of_span = ((uint64_t{1} << kShift) +
                                            static_cast<uint64_t>(span) - 1) /
                                           static_cast<uint64_t>(span)});
  }
  // Who asks about no distance gets this wherever the home is.
  travels_.front() = {.maximum = -1,
                      .too_far = no_distance_.score(),
                      .unknown = no_distance_.score()};
  distances_.assign(columns.homes().size(), kUnknownDistance);
  if (job.place.has_value()) {
    for (size_t home = 1; home < distances_.size(); ++home) {
      distances_[home] = DistanceHm(columns.homes()[home], *job.place);
    }
  }
  some_unknown_ = !job.place.has_value() || !columns.travellers_have_homes();
  movers_ = columns.MoversTo(job.municipality);
}

void WishTables::FillOccupations() {
  of_occupation_ = ContributionsOf(
      requirement_.strategy()
          .wish_weights[static_cast<size_t>(WishKind::kOccupation)]);
  // Several of the job's occupations may be related to a wanted one.
  absl::flat_hash_map<ConceptIndex, Term> wanted;
  for (const ConceptIndex offered :
       requirement_.requirement().facts.occupations) {
    ForEachFrom(
        requirement_.graph(), offered, requirement_.strategy().Satisfying(),
        [&](ConceptIndex occupation, const Relation& relation) {
          Term& term = wanted[occupation];
          term.credit = std::max<Thousandths>(term.credit, relation.credit);
          term.satisfying |= relation.satisfying;
        });
  }
  occupations_.reserve(wanted.size());
  for (auto& [occupation, term] : wanted) {
    const PostingLists::List& list =
        segment_.held().Find(PostingKey::Wanting(occupation));
    if (list.empty()) continue;
    term.cursor = ListCursor(list);
    occupations_.push_back(term);
  }
}

void WishTables::Mark(const Block& block, BlockSums& marks) {
  const WantedShares& shares = WantedShares::Get();
  for (Term& term : occupations_) {
    const PostingInfos infos = term.cursor.list().infos;
    const uint16_t right =
        term.satisfying ? WishMark::kRightOccupation : uint16_t{0};
    term.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
      const uint16_t score =
          of_occupation_[shares.Scaled(term.credit, infos[posting].level())];
      const uint16_t mark = marks[at];
      marks[at] = static_cast<uint16_t>(
          std::max<uint16_t>(mark & WishMark::kScore, score) |
          (mark & WishMark::kRightOccupation) | right);
    });
  }
  const auto first = std::ranges::lower_bound(movers_, block.documents.begin);
  for (auto mover = first;
       mover != movers_.end() && *mover < block.documents.end; ++mover) {
    uint16_t& mark = marks[*mover - block.base];
    mark = static_cast<uint16_t>(mark | WishMark::kMoves);
  }
}

}  // namespace kugge::matching
