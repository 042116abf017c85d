#include "tests/bench/taat.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace kugge::bench {
namespace {

// More than any score: who holds the must-have stands before all who don't.
constexpr int16_t kMustBonus = 16'384;
// Documents of one word of a bitmap.
constexpr size_t kBlock = 64;
// Of accumulators that are cleared at a time; their number is a multiple.
constexpr size_t kClearedWords = 32;

// Eight at a time, which every processor of 64 bits has.
using Eight __attribute__((vector_size(16))) = int16_t;

bool AnyAbove(const int16_t* block, int16_t threshold) {
  Eight above = {};
  for (size_t i = 0; i < kBlock; i += 8) {
    Eight scores;
    std::memcpy(&scores, block + i, sizeof(scores));
    above |= scores > threshold;
  }
  uint64_t halves[2];
  std::memcpy(halves, &above, sizeof(halves));
  return (halves[0] | halves[1]) != 0;
}

void SetBits(std::vector<uint64_t>& bits, uint32_t begin, uint32_t end) {
  while (begin < end) {
    const uint32_t word = begin / kBlock;
    const uint32_t next = std::min<uint32_t>(end, (word + 1) * kBlock);
    const uint32_t count = next - begin;
    const uint64_t ones =
        count == kBlock ? ~uint64_t{0} : (uint64_t{1} << count) - 1;
    bits[word] |= ones << (begin % kBlock);
    begin = next;
  }
}

}  // namespace

Taat::Taat(const Workload& workload, uint32_t people) {
  begin_.assign(kSkills + 1, 0);
  for (uint32_t i = 0; i < people; ++i) {
    for (const uint32_t skill : workload.PersonAt(i).skills) {
      ++begin_[skill + 1];
    }
  }
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  Fill(workload, PlaceOrder(workload, people));
}

void Taat::Fill(const Workload& workload, const std::vector<uint32_t>& order) {
  docs_.resize(begin_.back());
  ranges_.resize(matching::Municipalities().size());
  complete_.resize(order.size());
  const size_t unit = kBlock * kClearedWords;
  const size_t words = (order.size() + unit - 1) / unit * kClearedWords;
  accumulators_.assign(words * kBlock, 0);
  everybody_.assign(words, 0);
  SetBits(everybody_, 0, static_cast<uint32_t>(order.size()));
  std::vector<size_t> next(begin_.begin(), begin_.end() - 1);
  for (uint32_t doc = 0; doc < order.size(); ++doc) {
    const Person person = workload.PersonAt(order[doc]);
    auto& [first, last] = ranges_[person.municipality];
    if (last == 0) first = doc;
    last = doc + 1;
    complete_[doc] = person.complete;
    for (const uint32_t skill : person.skills) docs_[next[skill]++] = doc;
  }
}

size_t Taat::PostingsOf(const Query& query) const {
  size_t count = 0;
  for (const Term& term : query.terms) {
    count += begin_[term.skill + 1] - begin_[term.skill];
  }
  return count;
}

void Taat::Accumulate(const Query& query,
                      const std::vector<matching::Bp>& weights, Filter filter) {
  int16_t* const accumulators = accumulators_.data();
  for (size_t i = 0; i < query.terms.size(); ++i) {
    auto weight = static_cast<int16_t>(weights[i]);
    if (filter == Filter::kRegionAndMust && i == query.must) {
      weight = static_cast<int16_t>(weight + kMustBonus);
    }
    const uint32_t* doc = docs_.data() + begin_[query.terms[i].skill];
    const uint32_t* const end = docs_.data() + begin_[query.terms[i].skill + 1];
    for (; doc != end; ++doc) {
      accumulators[*doc] = static_cast<int16_t>(accumulators[*doc] + weight);
    }
  }
}

void Taat::MarkRegion(const Query& query) {
  within_.assign(everybody_.size(), 0);
  for (const auto municipality : query.region) {
    const auto [begin, end] = ranges_[municipality];
    SetBits(within_, begin, end);
  }
}

template <bool kMust>
TopScores Taat::Collect(const std::vector<uint64_t>& within) {
  // Smallest first.
  std::vector<int16_t> best;
  best.reserve(kTop + 1);
  int16_t threshold = 0;
  for (size_t word = 0; word < within.size(); ++word) {
    int16_t* const block = accumulators_.data() + word * kBlock;
    if (within[word] != 0 && AnyAbove(block, threshold)) {
      for (uint64_t bits = within[word]; bits != 0; bits &= bits - 1) {
        const auto i = static_cast<size_t>(std::countr_zero(bits));
        const int16_t score = block[i];
        if (score <= threshold) continue;
        if (kMust && score < kMustBonus && complete_[word * kBlock + i] != 0) {
          continue;
        }
        best.insert(std::ranges::upper_bound(best, score), score);
        if (best.size() > kTop) best.erase(best.begin());
        if (best.size() == kTop) threshold = best.front();
      }
    }
    // While they are near, and not so few that the call is what it costs.
    if (word % kClearedWords == kClearedWords - 1) {
      std::memset(block - (kClearedWords - 1) * kBlock, 0,
                  kClearedWords * kBlock * sizeof(int16_t));
    }
  }
  TopScores scores;
  for (auto it = best.rbegin(); it != best.rend(); ++it) {
    const bool held = kMust && *it >= kMustBonus;
    scores.push_back(
        {.uncertain = kMust && !held,
         .score = static_cast<uint32_t>(held ? *it - kMustBonus : *it)});
  }
  return scores;
}

TopScores Taat::Top(const Query& query,
                    const std::vector<matching::Bp>& weights, Filter filter) {
  Accumulate(query, weights, filter);
  if (filter == Filter::kNone) return Collect<false>(everybody_);
  MarkRegion(query);
  return filter == Filter::kRegion ? Collect<false>(within_)
                                   : Collect<true>(within_);
}

}  // namespace kugge::bench
