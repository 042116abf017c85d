// PersonProber: whom the requirement's hard demands let into a pass, 64 people
// a step.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "matching/index/person_prober.h"

namespace kugge::matching {

void PersonProber::GatherSays(const Block& block, DemandPlan& plan, Pass pass) {
  std::fill_n(buffers_.yes.begin(), block.words, 0);
  if (plan.graded) {
    GatherGraded(block, plan, pass);
    return;
  }
  GatherBits(block, plan);
  for (Term& term : plan.early) {
    if (!term.relation.satisfying) continue;
    term.cursor.ForEach(
        block, [&](DocNumber at, size_t) { SetBit(buffers_.yes, at); });
  }
}

// Who stands in a long list that can satisfy the demand.
void PersonProber::GatherBits(const Block& block, const DemandPlan& plan) {
  for (const Term& term : plan.late) {
    if (!term.relation.satisfying) continue;
    const uint64_t* const bits = term.list().bits + block.base / 64;
    for (size_t word = 0; word < block.words; ++word) {
      buffers_.yes[word] |= bits[word];
    }
  }
}

void PersonProber::GatherGraded(const Block& block, DemandPlan& plan,
                                Pass pass) {
  std::fill_n(buffers_.maybe.begin(), block.words, 0);
  std::fill_n(buffers_.told_short.begin(), block.words, 0);
  const auto gather = [&](Term& term) {
    if (!term.relation.satisfying) return;
    term.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
      switch (SaysOf(plan, term, posting)) {
        case Says::kSatisfied:
          return SetBit(buffers_.yes, at);
        case Says::kMaybe:
          return SetBit(buffers_.maybe, at);
        case Says::kShort:
          return SetBit(buffers_.told_short, at);
        case Says::kNothing:
          return;
      }
    });
  };
  std::ranges::for_each(plan.early, gather);
  if (pass == Pass::kEligible) {
    GatherBits(block, plan);  // Confirmed looks closer
  } else {
    std::ranges::for_each(plan.late, gather);
  }
}

void PersonProber::GatherLacking(const Block& block, DemandPlan& plan) {
  std::fill_n(buffers_.lacking.begin(), block.words, 0);
  plan.lacking.ForEach(
      block, [&](DocNumber at, size_t) { SetBit(buffers_.lacking, at); });
}

uint64_t PersonProber::RefusedWord(const Block& block, const DemandPlan& plan,
                                   size_t word) const {
  const Demand& demand = DemandOf(plan);
  const uint64_t* open =
      segment_.OpenSections(demand.kind, demand.concept_index != kNoConcept);
  uint64_t known = ~open[block.base / 64 + word] | buffers_.lacking[word];
  uint64_t said = buffers_.yes[word];
  if (plan.graded) {
    known |= buffers_.told_short[word];
    said |= buffers_.maybe[word];
  }
  return known & ~said;
}

void PersonProber::Restrict(const Block& block, Pass pass, BlockBits& mask) {
  if (pass == Pass::kNearMiss) return RestrictToNearMisses(block, mask);
  BlockBits& eligible = buffers_.eligible;
  if (pass == Pass::kUncertain) {
    std::copy_n(mask.begin(), block.words, eligible.begin());
  }
  for (DemandPlan& plan : plans_) {
    if (!plan.hard) continue;
    GatherSays(block, plan, pass);
    if (pass == Pass::kEligible) {
      uint64_t left = 0;
      for (size_t word = 0; word < block.words; ++word) {
        left |= mask[word] &= buffers_.yes[word];
      }
      if (left == 0) return;
      continue;
    }
    GatherLacking(block, plan);
    for (size_t word = 0; word < block.words; ++word) {
      eligible[word] &= buffers_.yes[word];
      mask[word] &= ~RefusedWord(block, plan, word);
    }
  }
  if (pass == Pass::kEligible) return;
  for (size_t word = 0; word < block.words; ++word) {
    mask[word] &= ~eligible[word];
  }
}

void PersonProber::RestrictToNearMisses(const Block& block, BlockBits& mask) {
  // Too many to count in bits: everybody is judged.
  constexpr uint32_t kMostCounted = 8;
  const uint32_t allowed = strategy_.maximum_near_misses;
  if (allowed > kMostCounted) return;
  std::vector<BlockBits>& at_least = buffers_.at_least;
  at_least.resize(std::max<size_t>(at_least.size(), allowed + 1));
  for (size_t i = 0; i <= allowed; ++i) {
    std::fill_n(at_least[i].begin(), block.words, 0);
  }
  for (DemandPlan& plan : plans_) {
    if (!plan.hard) continue;
    GatherSays(block, plan, Pass::kNearMiss);
    GatherLacking(block, plan);
    for (size_t word = 0; word < block.words; ++word) {
      const uint64_t refused = RefusedWord(block, plan, word);
      if (!plan.learnable) mask[word] &= ~refused;
      for (size_t i = allowed; i > 0; --i) {
        at_least[i][word] |= at_least[i - 1][word] & refused;
      }
      at_least[0][word] |= refused;
    }
  }
  for (size_t word = 0; word < block.words; ++word) {
    mask[word] &= ~at_least[allowed][word];
  }
}

}  // namespace kugge::matching
