#include "matching/index/wish_tables.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "matching/credit.h"
#include "matching/geo/distance.h"
#include "matching/pair_score.h"
#include "matching/relations.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

// An importance, and the largest among those of the same person.
struct Share {
  uint8_t importance = 1;
  uint8_t largest = 1;
};
using ShareTable = std::array<Share, kFullCredit + 1>;

// By the thousandths that ShareOfWanted makes of them: no two shares that
// differ have the same.
ShareTable MakeShareTable() {
  ShareTable table{};
  for (uint8_t largest = 1; largest <= WishColumns::kMostImportant; ++largest) {
    for (uint8_t importance = 1; importance <= largest; ++importance) {
      const std::array<WantedOccupation, 2> wanted = {
          WantedOccupation{.importance = importance},
          WantedOccupation{.importance = largest}};
      table[ShareOfWanted(wanted[0], wanted)] = {importance, largest};
    }
  }
  return table;
}

const ShareTable& Shares() {
  static const ShareTable table = MakeShareTable();
  return table;
}

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

WishTables::WishTables(const PersonSegment& segment,
                       const CompiledRequirement& requirement)
    : segment_(segment), requirement_(requirement) {
  const WishColumns& columns = segment.wish_columns();
  const PlainFacts& job = requirement.requirement().facts;
  terms_.reserve(columns.terms().size());
  for (const WishColumns::Terms& terms : columns.terms()) {
    terms_.push_back(SumOfTerms(terms));
  }
  starts_.reserve(columns.starts().size());
  for (const WishColumns::Start& start : columns.starts()) {
    starts_.push_back(SumOfStart(start));
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

// As ScoreWishes counts them, toward a job in none of the occupations that are
// wanted.
WishSum WishTables::SumOfTerms(const WishColumns::Terms& terms) const {
  const Bp elsewhere =
      NotAsked(WishKind::kDistance) + NotAsked(WishKind::kStart);
  if (KindsAsked(terms.wishes, terms.wants_occupations) == 0) {
    return WishSum(NotAsked(WishKind::kOccupation) +
                   NotAsked(WishKind::kHours) + NotAsked(WishKind::kShifts) +
                   NotAsked(WishKind::kRemote));
  }
  const JobFacts& job = requirement_.requirement().facts;
  const std::optional<Point> nowhere;
  const PersonSide side{.wishes = terms.wishes, .home = nowhere};
  OccupationFit fit{.wanted_any = terms.wants_occupations,
                    .offered_any = !job.occupations.empty(),
                    .satisfying = true};
  PairScore right;
  ScoreWishes(side, job, fit, requirement_.strategy(), right, nullptr);
  fit.satisfying = false;
  PairScore wrong;
  ScoreWishes(side, job, fit, requirement_.strategy(), wrong, nullptr);
  const WishSum sum = WishSum(right.person.score - elsewhere, right.hurdles);
  return wrong.hurdles.refused > right.hurdles.refused
             ? sum + WishSum(WishSum::kWrongOccupation)
             : sum;
}

WishSum WishTables::SumOfStart(const WishColumns::Start& start) const {
  if (start.earliest == kNoDay) return WishSum(NotAsked(WishKind::kStart));
  PlainWishes wishes;
  wishes.earliest_start = start.earliest;
  wishes.start_strength = start.strength;
  const std::optional<Point> nowhere;
  PairScore pair;
  ScoreWishes({.wishes = wishes, .home = nowhere},
              requirement_.requirement().facts, OccupationFit{},
              requirement_.strategy(), pair, nullptr);
  Bp elsewhere = 0;
  for (size_t i = 0; i < kWishKindCount; ++i) {
    const auto kind = static_cast<WishKind>(i);
    if (kind != WishKind::kStart) elsewhere += NotAsked(kind);
  }
  return WishSum(pair.person.score - elsewhere, pair.hurdles);
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
    const PostingLists::List list =
        segment_.held().Find(PostingKey::Wanting(occupation));
    if (list.empty()) continue;
    term.cursor = ListCursor(list);
    occupations_.push_back(term);
  }
}

void WishTables::Mark(const Block& block, BlockSums& marks) {
  const ShareTable& shares = Shares();
  for (Term& term : occupations_) {
    const PostingInfos infos = term.cursor.list().infos;
    const uint16_t right =
        term.satisfying ? WishMark::kRightOccupation : uint16_t{0};
    term.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
      const Share share = shares[infos[posting].level()];
      const uint16_t score = of_occupation_[ScaledByImportance(
          term.credit, share.importance, share.largest)];
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
