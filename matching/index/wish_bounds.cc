#include "matching/index/wish_bounds.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/geo/distance.h"
#include "matching/index/search.h"
#include "matching/index/wish_tables.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

// Candidates whose codes are fetched ahead of the one that is told.
constexpr size_t kAhead = 16;

}  // namespace

bool WishBounds::CanBound(const PersonSegment& segment,
                          const Strategy& strategy) {
  return segment.anyone_asks() && segment.wish_columns().fits() &&
         CanHoldWishes(strategy);
}

WishBounds::WishBounds(const PersonSegment& segment,
                       const CompiledRequirement& requirement)
    : segment_(segment),
      requirement_(requirement),
      units_(requirement.strategy()),
      wanted_(segment, requirement),
      distance_weight_(
          requirement.strategy()
              .wish_weights[static_cast<size_t>(WishKind::kDistance)]),
      worth_of_run_(segment.runs().size(), -1) {
  const Strategy& strategy = requirement.strategy();
  const PlainFacts& job = requirement.requirement().facts;
  const uint32_t a = strategy.score_factor;
  const uint32_t b = strategy.reverse_factor;
  shares_ = requirement.requirement().demands.empty()
                ? Shares{.score = 0, .reverse = a + b, .alone = 0}
                : Shares{.score = a, .reverse = b, .alone = a + b};
  constexpr AskedKinds kAllKinds = (1u << kWishKindCount) - 1;
  rest_ = MostOfWishes(
      strategy, kAllKinds,
      OneKind(WishKind::kOccupation) | OneKind(WishKind::kDistance));
  no_distance_ = Contribution(distance_weight_, strategy.not_asked_credit);
  worth_of_moving_ = units_.WorthOf(distance_weight_);
  anywhere_ = job.remote_percent.value_or(0) >= kFullyRemotePercent;
  if (!anywhere_) {
    movers_ = segment.wish_columns().MoversTo(job.municipality);
  }
}

// docs/scoring.md section 2, DISTANCE, where it is nearest, and as far as
// somebody of the run would go; but for those who would move.
Bp WishBounds::MostOf(const RunTravel& travel) const {
  if (anywhere_) return no_distance_;
  const PlainFacts& job = requirement_.requirement().facts;
  Thousandths credit = 0;
  if (job.place.has_value() && travel.homes.has_value()) {
    const HundredMetres distance = LeastDistanceHm(*job.place, *travel.homes);
    if (distance <= travel.largest_easy) {
      credit = kFullCredit;
    } else if (distance < travel.largest_maximum) {
      credit = static_cast<Thousandths>(
          kFullCredit *
          static_cast<uint64_t>(travel.largest_maximum - distance) /
          static_cast<uint64_t>(travel.largest_maximum - travel.largest_easy));
    }
  }
  const Bp most = Contribution(distance_weight_, credit);
  return travel.some_go_anywhere ? std::max(most, no_distance_) : most;
}

uint16_t WishBounds::WorthOf(const PersonRun& run) {
  const auto place = static_cast<size_t>(&run - segment_.runs().data());
  int32_t& worth = worth_of_run_[place];
  if (worth < 0) worth = units_.WorthOf(MostOf(segment_.travels()[place]));
  return static_cast<uint16_t>(worth);
}

void WishBounds::Add(const Block& block, BlockSums& sums, BlockSums& marks) {
  BestKernels().fill(0, block.words, marks.data());
  wanted_.Add(block, sums, marks);
  AddDistances(block, sums, marks);
}

void WishBounds::AddDistances(const Block& block, BlockSums& sums,
                              BlockSums& marks) {
  const DocRange& here = block.documents;
  auto run = std::ranges::upper_bound(
      segment_.runs(), here.begin, {},
      [](const PersonRun& of) { return of.people.end; });
  auto mover = std::ranges::lower_bound(movers_, here.begin);
  stretches_.clear();
  for (DocNumber begin = here.begin; begin < here.end; ++run) {
    const DocNumber end = std::min(here.end, run->people.end);
    const uint16_t worth = WorthOf(*run);
    stretches_.push_back({.end = end - block.base, .worth = worth});
    BestKernels().add(worth, end - begin, sums.data() + (begin - block.base));
    for (; mover != movers_.end() && *mover < end; ++mover) {
      const DocNumber at = *mover - block.base;
      sums[at] = static_cast<uint16_t>(sums[at] + worth_of_moving_ - worth);
      marks[at] = static_cast<uint16_t>(marks[at] | WishMark::kMoves);
    }
    begin = end;
  }
}

const WishBounds::OfTerms& WishBounds::TermsOf(const WishCodes& codes) {
  return terms_.Get(codes.terms, [&] {
    const WishColumns::Terms& terms =
        segment_.wish_columns().terms()[codes.terms];
    OfTerms told{.sum = SumOfTerms(terms, requirement_)};
    if (codes.terms == 0) {
      told.within = wanted_.worth_of_silence();
    } else if (!terms.wants_occupations) {
      told.within = wanted_.worth_of_no_name();
    }
    return told;
  });
}

// docs/scoring.md section 2, DISTANCE.
WishSum WishBounds::Distance(const WishCodes& codes, uint16_t mark) {
  if (anywhere_ || codes.travel == 0) return WishSum(no_distance_);
  const WishColumns& columns = segment_.wish_columns();
  const WishColumns::Travel& travel = columns.travels()[codes.travel];
  HundredMetres distance = 0;  // whoever would move is there already
  if ((mark & WishMark::kMoves) == 0) {
    distance = homes_.Get(codes.home, [&] {
      const PlainFacts& job = requirement_.requirement().facts;
      return codes.home == 0 || !job.place.has_value()
                 ? kUnknownDistance
                 : DistanceHm(columns.homes()[codes.home], *job.place);
    });
  }
  if (distance > travel.maximum) {
    const uint32_t hard = travel.strength == Strength::kHard ? ~0u : 0;
    return WishSum(hard & (distance == kUnknownDistance ? WishSum::kUnknown
                                                        : WishSum::kRefused));
  }
  // Where nothing lies between, whoever is within the maximum gets all.
  const HundredMetres span = std::max(travel.maximum - travel.easy, 1);
  const auto left =
      static_cast<uint32_t>(std::min(travel.easy + span - distance, span));
  return WishSum(Contribution(
      distance_weight_, kFullCredit * left / static_cast<uint32_t>(span)));
}

WishSum WishBounds::SumOf(const WishCodes& codes, const OfTerms& terms,
                          uint16_t mark) {
  const WishSum start = starts_.Get(codes.start, [&] {
    return SumOfStart(segment_.wish_columns().starts()[codes.start],
                      requirement_);
  });
  return (terms.sum + start + Distance(codes, mark)).With(mark);
}

size_t WishBounds::Sharpen(const Block& block, uint16_t least,
                           uint32_t done_from, const BlockSums& marks,
                           std::span<uint16_t> found, BlockSums& bounds,
                           BlockSums& scores) {
  const WishCodes* const codes_of_block =
      segment_.wish_columns().codes().data() + block.base;
  auto stretch = stretches_.begin();
  size_t left = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    if (i + kAhead < found.size()) {
      __builtin_prefetch(codes_of_block + found[i + kAhead]);
    }
    const uint16_t at = found[i];
    while (at >= stretch->end) ++stretch;
    const WishCodes& codes = codes_of_block[at];
    const uint16_t mark = marks[at];
    const OfTerms& terms = TermsOf(codes);
    const uint16_t of_distance =
        (mark & WishMark::kMoves) != 0 ? worth_of_moving_ : stretch->worth;
    const uint16_t bound = bounds[at];
    const uint32_t score =
        bound - terms.within - wanted_.WorthOf(mark) - of_distance;
    const WishSum sum = SumOf(codes, terms, mark);
    const uint16_t sharp = Bound(OrderOf(codes.terms != 0, score, sum));
    scores[at] = static_cast<uint16_t>(score);
    bounds[at] = sharp;
    found[left] = at;
    left += size_t{bound < done_from} & size_t{sharp >= least} &
            size_t{sum.refused_bits() == 0};
  }
  return left;
}

RowVerdict WishBounds::Verdict(DocNumber person, uint16_t mark, uint16_t score,
                               Pass pass) {
  const WishCodes& codes = segment_.wish_columns().codes()[person];
  const WishSum sum = SumOf(codes, TermsOf(codes), mark);
  const bool uncertain = pass == Pass::kUncertain || sum.unknown_bits() != 0;
  return {.eligibility =
              uncertain ? Eligibility::kUncertain : Eligibility::kEligible,
          .order = OrderOf(codes.terms != 0, score, sum),
          .only_learnable = true};
}

}  // namespace kugge::matching
