#include "matching/index/requirement_counts.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/index/kernels.h"
#include "matching/index/standing_out.h"
#include "matching/index/wish_totals.h"
#include "matching/market.h"
#include "matching/wishes.h"

namespace kugge::matching {

RequirementCounts::RequirementCounts(
    const RequirementSegment& segment, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request,
    const std::optional<DocumentId>& but, SearchBuffers& buffers)
    : segment_(segment), person_(person), request_(request), buffers_(buffers) {
  if (but.has_value()) but_ = segment.documents().Find(*but);
}

bool RequirementCounts::IsOpen(DocNumber requirement) const {
  const std::optional<Days> until = segment_.OpenUntil(requirement);
  return until.has_value() ? request_.today < *until
                           : IsCandidate(segment_.documents()[requirement],
                                         request_.tenant, request_.today);
}

void RequirementCounts::LeaveOut(const Block& block, BlockBits& mask) const {
  for (size_t word = 0; word < block.words; ++word) {
    uint64_t to_ask = mask[word] & ~segment_.plain()[block.base / 64 + word];
    for (; to_ask != 0; to_ask &= to_ask - 1) {
      const size_t at =
          word * 64 + static_cast<size_t>(std::countr_zero(to_ask));
      if (!IsOpen(block.base + static_cast<DocNumber>(at))) {
        mask[word] &= ~(to_ask & -to_ask);
      }
    }
  }
  if (but_.has_value() && *but_ >= block.base && *but_ < block.end()) {
    const size_t at = *but_ - block.base;
    ClearBit(mask, at);
  }
}

void RequirementCounts::Plan() {
  if (planned_) return;
  planned_ = true;
  weights_ = segment_.WeightsOf(person_.strategy());
  terms_.reserve(person_.reached().size());
  for (const CompiledPerson::Reach& reach : person_.reached()) {
    const PostingLists::List& list = segment_.demanded().Find(
        PostingKey::Of(reach.kind, reach.concept_index));
    if (list.empty()) continue;
    Term& term = terms_.emplace_back(Term{.cursor = ListCursor(list)});
    for (const PostingInfo info : list.infos.different()) {
      term.credits.push_back(static_cast<uint16_t>(
          person_.CreditOf(reach.toward, info.level(), info.evidence())));
    }
  }
  if (AsksAnything(person_.person().wishes)) wishes_.emplace(segment_, person_);
}

void RequirementCounts::Sum(const Block& block) {
  BlockSums& sums = buffers_.sums;
  std::copy_n(weights_->not_asked.begin() + block.base, block.words * 64,
              sums.begin());
  for (Term& term : terms_) {
    const PostingLists::List& list = term.cursor.list();
    const uint16_t* const weights = weights_->of_posting.data() + list.offset;
    const uint16_t* const credits = term.credits.data();
    list.infos.WithCodes([&](auto codes) {
      term.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
        const Thousandths credit = credits[codes[posting]];
        sums[at] = static_cast<uint16_t>(
            sums[at] + Contribution(weights[posting], credit));
      });
    });
  }
  if (!segment_.some_ask_nothing()) return;
  for (size_t word = 0; word < block.words; ++word) {
    uint64_t silent = ~segment_.asks()[block.base / 64 + word];
    for (; silent != 0; silent &= silent - 1) {
      sums[word * 64 + static_cast<size_t>(std::countr_zero(silent))] = kSilent;
    }
  }
}

bool RequirementCounts::WishesMayBeUnknown() {
  Plan();
  return wishes_.has_value() && wishes_->some_unknown();
}

// No smaller score reaches the order.
uint16_t RequirementCounts::LeastScore(uint32_t least) const {
  const uint32_t a = person_.strategy().score_factor;
  const uint32_t b = person_.strategy().reverse_factor;
  const uint32_t share = wishes_.has_value() ? a : a + b;
  const uint32_t others = wishes_.has_value() ? b * kFullBp : 0;
  if (share == 0 || least <= others) return 0;
  return static_cast<uint16_t>(
      std::min<uint32_t>((least - others + share - 1) / share, kSilent));
}

size_t RequirementCounts::Count(const Block& block, Pass pass, uint32_t least,
                                OrderTallies& tallies) {
  Plan();
  Sum(block);
  const size_t count = BestKernels().collect(
      buffers_.sums.data(), buffers_.mask.data(), block.words,
      LeastScore(least), {}, 0, buffers_.fresh.data(), buffers_.bounds.data(),
      buffers_.found.data());
  if (wishes_.has_value()) wishes_->Mark(block, buffers_.best);
  std::span<const uint16_t> found(buffers_.found.data(), count);
  while (!found.empty()) {
    const size_t some = std::min(found.size(), OrderBatch::kMost);
    CountBatch(block, pass, least, found.first(some), tallies);
    found = found.subspan(some);
  }
  std::fill_n(buffers_.best.begin(), block.words * 64, 0);
  return count;
}

void RequirementCounts::CountAll(const Block& block, Pass pass,
                                 OrderTallies& tallies) {
  Plan();
  if (!wishes_.has_value()) {
    tallies.Of(pass).AddAll(CountMask(block, buffers_.mask, kBlockDocuments));
    return;
  }
  wishes_->Mark(block, buffers_.best);
  const JobCodes* const codes =
      segment_.job_columns().codes().data() + block.base;
  CountUnrefused(
      block, buffers_.mask, pass,
      [&](size_t at) { return wishes_->SumOf(codes[at], buffers_.best[at]); },
      tallies);
  std::fill_n(buffers_.best.begin(), block.words * 64, 0);
}

void RequirementCounts::CountBatch(const Block& block, Pass pass,
                                   uint32_t least,
                                   std::span<const uint16_t> found,
                                   OrderTallies& tallies) const {
  const uint32_t a = person_.strategy().score_factor;
  const uint32_t b = person_.strategy().reverse_factor;
  const uint32_t uncertain = pass == Pass::kEligible ? 0 : 1;
  const JobCodes* const codes =
      segment_.job_columns().codes().data() + block.base;
  OrderBatch batch;
  for (size_t i = 0; i < found.size(); ++i) {
    const uint16_t at = found[i];
    const uint32_t asks = -uint32_t{buffers_.bounds[at] != kSilent};
    const uint32_t score = buffers_.bounds[at] & asks;
    if (!wishes_.has_value()) {
      batch.Set(i, uncertain, 0, (a + b) * score, least);
      continue;
    }
    const WishSum sum = wishes_->SumOf(codes[at], buffers_.best[at]);
    // As OrderOf: a side that asks nothing leaves its share to the other.
    const uint32_t share = b + (a & ~asks);
    batch.Set(i, uncertain | sum.unknown_bits(), sum.refused_bits(),
              a * score + share * sum.score(), least);
  }
  tallies.Add(batch, found, block.base);
}

}  // namespace kugge::matching
