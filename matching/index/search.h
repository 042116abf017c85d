// Goes through one segment for one pass of a question, block by block: who may
// be a row at all, what their sums are, and a verdict on those whose sum is
// large enough. What is left out could not have been a row.
#ifndef KUGGE_MATCHING_INDEX_SEARCH_H_
#define KUGGE_MATCHING_INDEX_SEARCH_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "matching/fetch_ahead.h"
#include "matching/index/block.h"
#include "matching/index/documents.h"
#include "matching/index/reaching_search.h"
#include "matching/index/row_collector.h"
#include "matching/index/standing_out.h"
#include "matching/rank.h"
#include "matching/strategy.h"
#include "matching/types.h"

namespace kugge::matching {

// Whether sums of 16 bits have room for bounds on the wishes beside the
// requirement's score, in units of that score.
inline bool CanHoldWishes(const Strategy& strategy) {
  return strategy.score_factor > 0 && strategy.reverse_factor > 0 &&
         strategy.reverse_factor <= 2 * strategy.score_factor;
}

// `Prober` is what a direction knows of a segment:
//   Narrow(ranges, Pass)                  those that can hold some of the pass
//   void Fetch(const Block&)              it will be summed soon
//   void Restrict(const Block&, Pass, BlockBits& mask)
//                                         clears who can't be in the pass
//   size_t Postings(const Block&) const   about how many Sum would read
//   void Sum(const Block&, BlockSums&)    the requirement's score of everybody,
//                                         but for the lists of Late
//   LateLists Late(const Block&)          what is looked up afterwards
//   uint16_t LeastSum(uint32_t order) const
//                                         no smaller sum reaches the order
//   void Prefetch(DocNumber)              it will be judged soon
//   RowVerdict Judge(DocNumber, uint16_t bound, uint16_t least, Pass)
//                                         by its sum and the most that its late
//                                         lists add; NOT_ELIGIBLE for less than
//                                         `least` once they are looked up
//   RowVerdict JudgeAlone(DocNumber, Pass)
//                                         without a sum
// and, where it can:
//   bool Sharpens() const                 whether it does as follows
//   size_t Sharpen(const Block&, uint16_t least, uint32_t done_from, found)
//                                         of the found ones those whose bound
//                                         is below done_from and a closer bound
//                                         at least `least`: that takes its
//                                         place, in `found` and `bounds`
//   uint16_t LeastSharp(uint32_t order) const
//                                         no smaller one of those reaches it
//   bool CanReach() const                 whether ReachingSearch finds sooner
//   who
//                                         can be a row
//   const Documents& documents() const
// A verdict on a document that isn't the pass's is NOT_ELIGIBLE.
template <typename Prober, typename Collector>
class SegmentSearch {
 public:
  // `admits(n)`: the candidates that pass the filter.
  SegmentSearch(Prober& prober, const DocSet& gone, Collector& collector,
                std::function<bool(DocNumber)> admits,
                const std::function<bool()>& cancelled, SearchBuffers& buffers)
      : prober_(prober),
        gone_(gone),
        collector_(collector),
        admits_(std::move(admits)),
        cancelled_(cancelled),
        buffers_(buffers) {}

  // False when it was cancelled.
  bool Run(std::span<const DocRange> ranges, Pass pass) {
    const auto narrowed = prober_.Narrow(ranges, pass);
    bool going_on = true;
    ForEachGroup(narrowed,
                 [&](DocRange cover, std::span<const DocRange> group) {
                   going_on = going_on && LookThrough(cover, group, pass);
                 });
    for (const Postponed& rest : std::exchange(postponed_, {})) {
      going_on = going_on && LookThroughRest(rest, pass);
    }
    return going_on;
  }

 private:
  // Reading a posting costs about this share of judging a pair alone.
  static constexpr size_t kPostingsPerPair = 512;
  // Candidates that are fetched ahead of the one that is judged.
  static constexpr size_t kAhead = 8;

  // Documents that ReachingSearch looked through: there may be rows left with a
  // smaller bound.
  struct Postponed {
    DocRange documents;
    std::span<const DocRange> ranges;
    uint32_t done_from = 0;
  };

  bool Reaches() const {
    if constexpr (kCanReach) return prober_.CanReach();
    return false;
  }

  // False when it was cancelled; so are the others.
  bool LookThrough(DocRange cover, std::span<const DocRange> ranges,
                   Pass pass) {
    return ForEachBlockOf(cover, Reaches(), pass, [&](const Block& block) {
      if (collector_.Least(pass).has_value()) LookThrough(block, ranges, pass);
    });
  }

  bool LookThroughRest(const Postponed& rest, Pass pass) {
    return ForEachBlockOf(rest.documents, false, pass, [&](const Block& block) {
      if (LeastSum(pass) >= rest.done_from) return;
      PrepareMask(block, rest.ranges, pass);
      LeaveGoneOut(block);
      JudgeBySum(block, pass, rest.done_from);
    });
  }

  // Short ones until there is something to compare with, where all of a block
  // is looked at.
  template <typename Visit>
  bool ForEachBlockOf(DocRange documents, bool reaches, Pass pass,
                      Visit visit) {
    bool going_on = true;
    const auto length = [&] {
      const bool full = collector_.Full(pass);
      if (reaches) return full ? ReachedBlockLength() : BlockLength();
      return full ? BlockLength() : FirstBlockLength();
    };
    ForEachBlock(documents, length, [&](const Block& block) {
      going_on = going_on && (!cancelled_ || !cancelled_());
      if (going_on) visit(block);
    });
    return going_on;
  }

  // Documents that were replaced stay in the mask: see LeaveGoneOut.
  void PrepareMask(const Block& block, std::span<const DocRange> ranges,
                   Pass pass) {
    FillRanges(block, ranges, buffers_.mask);
    prober_.Fetch(block);
    prober_.Restrict(block, pass, buffers_.mask);
  }

  // Where few are judged by a sum, each of them is asked for instead.
  void LeaveGoneOut(const Block& block) {
    gone_.ClearIn(block.base / 64, {buffers_.mask.data(), block.words});
  }

  void LookThrough(const Block& block, std::span<const DocRange> ranges,
                   Pass pass) {
    PrepareMask(block, ranges, pass);
    const bool alone = pass == Pass::kNearMiss || FewLeft(block);
    if (alone || !Reaches()) LeaveGoneOut(block);
    if (alone) {
      JudgeEachAlone(block, pass);
    } else if (Reaches()) {
      const uint16_t done_from = JudgeReaching(block, pass);
      if (LeastSum(pass) < done_from) {
        postponed_.push_back({block.documents, ranges, done_from});
      }
    } else {
      JudgeBySum(block, pass, kAboveAll);
    }
  }

  // Whether judging everybody who is left alone is less work than sums.
  bool FewLeft(const Block& block) const {
    const size_t few =
        (prober_.Postings(block) + block.words * 8) / kPostingsPerPair;
    return CountMask(block, buffers_.mask, few) <= few;
  }

  void JudgeEachAlone(const Block& block, Pass pass) {
    const auto& documents = prober_.documents();
    const auto number = [&](uint16_t at) { return block.base + at; };
    VisitFetched(
        ListMask(block, buffers_.mask, buffers_.found),
        [&](uint16_t at) { return &documents.Shared(number(at)); },
        [&](uint16_t at) -> const auto& { return documents[number(at)]; },
        [&](uint16_t at) {
          const DocNumber n = number(at);
          if (!admits_(n)) return;
          const RowVerdict verdict = prober_.JudgeAlone(n, pass);
          const bool near = verdict.eligibility == Eligibility::kNearMiss;
          if (near != (pass == Pass::kNearMiss)) return;
          collector_.Offer(verdict, Numbered{prober_, n});
        });
  }

  // What ReachingSearch wants of whoever judges.
  struct ReachedJudge {
    SegmentSearch& search;
    const Block& block;
    const Pass pass;

    uint16_t Least() const { return search.LeastSum(pass); }
    void Fetch(uint16_t at) const {
      search.gone_.Fetch(block.base + at);
      search.prober_.Prefetch(block.base + at);
    }
    void One(uint16_t at, uint16_t bound) const {
      if (search.gone_.Contains(block.base + at)) return;
      search.JudgeOne(block.base + at, bound, Least(), pass);
    }
  };

  uint16_t JudgeReaching(const Block& block, Pass pass) {
    if constexpr (kCanReach) {
      return ReachingSearch<Prober>(prober_, buffers_, collector_.capacity())
          .Run(block, ReachedJudge{*this, block, pass});
    }
    return 0;
  }

  // But for those with a bound from `done_from` on.
  void JudgeBySum(const Block& block, Pass pass, uint32_t done_from) {
    prober_.Sum(block, buffers_.sums);
    const LateLists late = prober_.Late(block);
    buffers_.fresh.resize(std::max(buffers_.fresh.size(), late.lists.size()));
    // While everybody could be a row, those who stand out come first: after
    // them few others can.
    if (LeastSum(pass) == 0) {
      const uint16_t outstanding = OutstandingSum(
          block, buffers_.mask, buffers_.sums, collector_.capacity());
      if (outstanding > 0 && outstanding < done_from) {
        JudgeFrom(block, late, outstanding, done_from, pass);
        done_from = outstanding;
      }
    }
    const uint16_t least = LeastSum(pass);
    if (least < done_from) JudgeFrom(block, late, least, done_from, pass);
  }

  static constexpr bool kCanReach =
      requires(const Prober& prober) { prober.CanReach(); };
  static constexpr bool kCanSharpen =
      requires(const Prober& prober) { prober.Sharpens(); };

  // Judges whose bound is at least `from`, but for those from `done_from` on.
  void JudgeFrom(const Block& block, const LateLists& late, uint16_t from,
                 uint32_t done_from, Pass pass) {
    const size_t count = BestKernels().collect(
        buffers_.sums.data(), buffers_.mask.data(), block.words, from,
        late.lists, late.most, buffers_.fresh.data(), buffers_.bounds.data(),
        buffers_.found.data());
    std::span<uint16_t> found(buffers_.found.data(), count);
    if constexpr (kCanSharpen) {
      if (prober_.Sharpens()) {
        found = found.first(
            prober_.Sharpen(block, LeastBound(pass), done_from, found));
        done_from = kAboveAll;
      }
    }
    if (done_from == kAboveAll && found.size() / 4 > collector_.capacity()) {
      // The best first, so that the rest need not be looked at.
      done_from = BoundOfBest(found, buffers_.bounds, collector_.capacity());
      for (const uint16_t at : found) {
        const uint16_t bound = buffers_.bounds[at];
        if (bound >= done_from) JudgeOne(block.base + at, bound, 0, pass);
      }
    }
    uint16_t least = LeastBound(pass);
    for (size_t i = 0; i < found.size(); ++i) {
      if (i + kAhead < found.size()) {
        prober_.Prefetch(block.base + found[i + kAhead]);
      }
      const uint16_t at = found[i];
      const uint16_t bound = buffers_.bounds[at];
      if (bound >= done_from || bound < least) continue;
      JudgeOne(block.base + at, bound, least, pass);
      least = LeastBound(pass);
    }
  }

  uint16_t LeastSum(Pass pass) const {
    const std::optional<uint32_t> order = collector_.Least(pass);
    return order.has_value() ? prober_.LeastSum(*order)
                             : std::numeric_limits<uint16_t>::max();
  }
  // Of the bounds that are compared last.
  uint16_t LeastBound(Pass pass) const {
    if constexpr (kCanSharpen) {
      const std::optional<uint32_t> order = collector_.Least(pass);
      if (order.has_value() && prober_.Sharpens()) {
        return prober_.LeastSharp(*order);
      }
    }
    return LeastSum(pass);
  }

  void JudgeOne(DocNumber n, uint16_t bound, uint16_t least, Pass pass) {
    const RowVerdict verdict = prober_.Judge(n, bound, least, pass);
    if (verdict.eligibility == Eligibility::kNearMiss || !admits_(n)) return;
    collector_.Offer(verdict, Numbered{prober_, n});
  }

  // A document of the segment, as RowCollector::Offer wants it.
  struct Numbered {
    const Prober& prober;
    const DocNumber n;

    template <typename Row>
    void Place(Row& row) const {
      row.id = &prober.documents().IdOf(n);
      row.holder = &prober.documents().Shared(n);
    }
  };

  Prober& prober_;
  const DocSet& gone_;
  Collector& collector_;
  const std::function<bool(DocNumber)> admits_;
  const std::function<bool()>& cancelled_;
  SearchBuffers& buffers_;
  std::vector<Postponed> postponed_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_SEARCH_H_
