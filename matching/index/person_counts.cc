#include "matching/index/person_counts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

#include "matching/index/kernels.h"
#include "matching/index/standing_out.h"
#include "matching/index/wish_totals.h"

namespace kugge::matching {

PersonCounts::PersonCounts(const PersonSegment& segment,
                           const CompiledRequirement& requirement,
                           const RankRequest<PersonFeatures>& request,
                           const std::optional<DocumentId>& but,
                           SearchBuffers& buffers)
    : segment_(segment),
      requirement_(requirement),
      buffers_(buffers),
      left_out_(segment.expiries().ExpiredOn(request.today)) {
  if (but.has_value()) {
    const std::optional<DocNumber> n = segment.documents().Find(*but);
    if (n.has_value()) left_out_.push_back(*n);
  }
  std::ranges::sort(left_out_);
  const uint32_t a = requirement.strategy().score_factor;
  const uint32_t b = requirement.strategy().reverse_factor;
  // As OrderOf: a side that asks nothing leaves its share to the other.
  shares_ = requirement.requirement().demands.empty()
                ? Shares{.score = 0, .reverse = a + b, .alone = 0}
                : Shares{.score = a, .reverse = b, .alone = a + b};
}

void PersonCounts::LeaveOut(const Block& block, BlockBits& mask) const {
  auto n = std::ranges::lower_bound(left_out_, block.base);
  for (; n != left_out_.end() && *n < block.end(); ++n) {
    ClearBit(mask, *n - block.base);
  }
}

// No smaller score of the requirement reaches the order.
uint16_t PersonCounts::LeastScore(uint32_t least) const {
  const bool anyone_asks = segment_.anyone_asks();
  const uint32_t share = anyone_asks ? shares_.score : shares_.alone;
  const uint32_t others = anyone_asks ? shares_.reverse * kFullBp : 0;
  if (share == 0 || least <= others) return 0;
  return static_cast<uint16_t>(
      std::min<uint32_t>((least - others + share - 1) / share,
                         std::numeric_limits<uint16_t>::max()));
}

void PersonCounts::Plan() {
  if (demands_.has_value()) return;
  demands_.emplace(segment_, requirement_, buffers_);
  if (segment_.anyone_asks()) wishes_.emplace(segment_, requirement_);
}

bool PersonCounts::WishesMayBeUnknown() {
  Plan();
  return wishes_.has_value() && wishes_->some_unknown();
}

void PersonCounts::Prepare(const Block& block, Pass pass) {
  Plan();
  if (pass == Pass::kEligible) demands_->Confirm(block, buffers_.mask);
}

size_t PersonCounts::Count(const Block& block, Pass pass, uint32_t least,
                           OrderTallies& tallies) {
  Prepare(block, pass);
  demands_->Sum(block);
  const LateLists late = demands_->Late(block);
  buffers_.fresh.resize(std::max(buffers_.fresh.size(), late.lists.size()));
  const size_t count = BestKernels().collect(
      buffers_.sums.data(), buffers_.mask.data(), block.words,
      LeastScore(least), late.lists, late.most, buffers_.fresh.data(),
      buffers_.bounds.data(), buffers_.found.data());
  const std::span<const uint16_t> found(buffers_.found.data(), count);
  if (!wishes_.has_value()) {
    return CountAlone(block, pass, least, found, tallies);
  }
  wishes_->Mark(block, buffers_.best);
  const size_t looked_at = CountAsking(block, pass, least, found, tallies);
  std::fill_n(buffers_.best.begin(), block.words * 64, 0);
  return looked_at;
}

void PersonCounts::CountAll(const Block& block, Pass pass,
                            OrderTallies& tallies) {
  Prepare(block, pass);
  if (!wishes_.has_value()) {
    tallies.Of(pass).AddAll(CountMask(block, buffers_.mask, kBlockDocuments));
    return;
  }
  wishes_->Mark(block, buffers_.best);
  const WishTables& wishes = *wishes_;
  const WishCodes* const codes_of_block =
      segment_.wish_columns().codes().data() + block.base;
  CountUnrefused(
      block, buffers_.mask, pass,
      [&](size_t at) {
        const WishCodes& codes = codes_of_block[at];
        const uint16_t mark = buffers_.best[at];
        return wishes.WithoutDistance(codes, mark) +
               wishes.Distance(codes, mark);
      },
      tallies);
  std::fill_n(buffers_.best.begin(), block.words * 64, 0);
}

size_t PersonCounts::CountAlone(const Block& block, Pass pass, uint32_t least,
                                std::span<const uint16_t> found,
                                OrderTallies& tallies) const {
  const size_t looked_at = found.size();
  while (!found.empty()) {
    OrderBatch batch;
    const size_t count = std::min(found.size(), OrderBatch::kMost);
    for (size_t i = 0; i < count; ++i) {
      const uint32_t order = shares_.alone * buffers_.bounds[found[i]];
      batch.Set(i, pass == Pass::kEligible ? 0 : 1, 0, order, least);
    }
    tallies.Add(batch, found.first(count), block.base);
    found = found.subspan(count);
  }
  return looked_at;
}

size_t PersonCounts::CountAsking(const Block& block, Pass pass, uint32_t least,
                                 std::span<const uint16_t> found,
                                 OrderTallies& tallies) {
  size_t looked_at = 0;
  while (!found.empty()) {
    Candidates candidates;
    const size_t count = std::min(found.size(), OrderBatch::kMost);
    Gather(block, least, found.first(count), candidates);
    CountBatch(block, pass, least, candidates, tallies);
    looked_at += candidates.size;
    found = found.subspan(count);
  }
  return looked_at;
}

// Without a branch that depends on a person: which way it goes is anybody's
// guess, and a wrong guess costs more than all the rest.
void PersonCounts::Gather(const Block& block, uint32_t least,
                          std::span<const uint16_t> found,
                          Candidates& candidates) const {
  const WishTables& wishes = *wishes_;
  const WishCodes* const codes_of_block =
      segment_.wish_columns().codes().data() + block.base;
  const uint16_t* const scores = buffers_.bounds.data();
  const uint16_t* const marks = buffers_.best.data();
  const Shares shares = shares_;
  const uint32_t least_without =
      least - std::min(least, shares.reverse * wishes.most_of_distance());
  const uint32_t no_distance = shares.reverse * wishes.no_distance();
  size_t size = 0;
  for (const uint16_t at : found) {
    const WishCodes& codes = codes_of_block[at];
    const WishSum sum = wishes.WithoutDistance(codes, marks[at]);
    const uint32_t score = scores[at];
    const uint32_t asks = -uint32_t{codes.terms != 0};
    const uint32_t order =
        ((shares.score * score + shares.reverse * sum.score()) & asks) |
        (shares.alone * score & ~asks);
    candidates.at[size] = at;
    // The distance counts for nothing where nothing is asked.
    candidates.orders[size] = order - (no_distance & ~asks);
    candidates.unknown[size] = sum.unknown_bits();
    size += size_t{order >= least_without} & size_t{sum.refused_bits() == 0};
  }
  candidates.size = size;
}

void PersonCounts::CountBatch(const Block& block, Pass pass, uint32_t least,
                              const Candidates& candidates,
                              OrderTallies& tallies) const {
  const WishTables& wishes = *wishes_;
  const WishCodes* const codes_of_block =
      segment_.wish_columns().codes().data() + block.base;
  const uint16_t* const marks = buffers_.best.data();
  const uint32_t share = shares_.reverse;
  const uint32_t uncertain = pass == Pass::kEligible ? 0 : 1;
  OrderBatch batch;
  for (size_t i = 0; i < candidates.size; ++i) {
    const uint16_t at = candidates.at[i];
    const WishCodes& codes = codes_of_block[at];
    const WishSum distance = wishes.Distance(codes, marks[at]);
    const uint32_t order = candidates.orders[i] + share * distance.score();
    batch.Set(i, uncertain | candidates.unknown[i] | distance.unknown_bits(),
              distance.refused_bits(), order, least);
  }
  tallies.Add(batch, std::span(candidates.at).first(candidates.size),
              block.base);
}

}  // namespace kugge::matching
