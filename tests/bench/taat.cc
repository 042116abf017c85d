#include "tests/bench/taat.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace kugge::bench {
namespace {

// More than any score: who holds the must-have stands before all who don't.
constexpr int16_t kMustBonus = 16'384;
constexpr size_t kBlock = 64;

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
  municipalities_.resize(order.size());
  complete_.resize(order.size());
  accumulators_.assign((order.size() + kBlock - 1) / kBlock * kBlock, 0);
  std::vector<size_t> next(begin_.begin(), begin_.end() - 1);
  for (uint32_t doc = 0; doc < order.size(); ++doc) {
    const Person person = workload.PersonAt(order[doc]);
    municipalities_[doc] = person.municipality;
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

template <bool kRegion, bool kMust>
TopScores Taat::Collect(const Query& query) {
  std::array<uint8_t, 512> within{};
  if (kRegion) {
    for (const auto municipality : query.region) within[municipality] = 1;
  }
  // Smallest first.
  std::vector<int16_t> best;
  best.reserve(kTop + 1);
  int16_t threshold = 0;
  for (size_t begin = 0; begin < accumulators_.size(); begin += kBlock) {
    int16_t* const block = accumulators_.data() + begin;
    int16_t highest = 0;
    for (size_t i = 0; i < kBlock; ++i) highest = std::max(highest, block[i]);
    if (highest > threshold) {
      for (size_t i = 0; i < kBlock; ++i) {
        const int16_t score = block[i];
        if (score <= threshold) continue;
        const size_t doc = begin + i;
        if (kRegion && within[municipalities_[doc]] == 0) continue;
        if (kMust && score < kMustBonus && complete_[doc] != 0) continue;
        best.insert(std::ranges::upper_bound(best, score), score);
        if (best.size() > kTop) best.erase(best.begin());
        if (best.size() == kTop) threshold = best.front();
      }
    }
    std::fill_n(block, kBlock, int16_t{0});
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
  switch (filter) {
    case Filter::kNone:
      return Collect<false, false>(query);
    case Filter::kRegion:
      return Collect<true, false>(query);
    case Filter::kRegionAndMust:
      break;
  }
  return Collect<true, true>(query);
}

}  // namespace kugge::bench
