// PersonProber: what the lists add to everybody's sum, or to that of those who
// can reach a bound by them.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <type_traits>

#include "absl/container/inlined_vector.h"
#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/index/kernels.h"
#include "matching/index/person_prober.h"

namespace kugge::matching {
namespace {

// What is added to; `best` is all zero between demands.
struct PlainSums {
  uint16_t* sums;
  uint16_t* best;

  void Add(DocNumber at, uint16_t worth) {
    sums[at] = static_cast<uint16_t>(sums[at] + worth);
  }
};

// Notes whose sum comes to reach `least`, once.
struct ReachingSums {
  uint16_t* sums;
  uint16_t* best;
  uint16_t* found;
  uint16_t least;
  size_t count = 0;

  void Add(DocNumber at, uint16_t worth) {
    const auto sum = static_cast<uint16_t>(sums[at] + worth);
    sums[at] = sum;
    if (static_cast<uint16_t>(sum - least) < worth) {
      found[count++] = static_cast<uint16_t>(at);
    }
  }
};

// Of those of `mask` alone.
struct MaskedSums {
  uint16_t* sums;
  uint16_t* best;
  const BlockBits& mask;

  void Add(DocNumber at, uint16_t worth) {
    if (!TestBit(mask, at)) return;
    sums[at] = static_cast<uint16_t>(sums[at] + worth);
  }
};

}  // namespace

void PersonProber::Sum(const Block& block, BlockSums& sums) {
  BestKernels().fill(base_, block.words, sums.data());
  summed_ = block.base;
  if (wishes_.has_value()) wishes_->Add(block, sums, buffers_.marks);
  PlainSums plain{sums.data(), buffers_.best.data()};
  for (DemandPlan& plan : plans_) AddPlan(block, plan, plain);
}

// Those of a single list first, and of these whatever has most postings for
// what it adds: such lists are left out while they can't decide.
void PersonProber::PlanReach() {
  by_length_.reserve(plans_.size());
  uint16_t most_of_list = 0;
  for (uint32_t i = 0; i < plans_.size(); ++i) {
    const DemandPlan& plan = plans_[i];
    if (plan.weight == 0 || plan.early.empty()) continue;
    const uint16_t most = plan.early.front().most;
    early_most_ += most;
    most_of_list = std::max(most_of_list, most);
    by_length_.push_back(i);
  }
  absl::InlinedVector<float, 32> costs(plans_.size());
  for (const uint32_t i : by_length_) {
    const Term& term = plans_[i].early.front();
    costs[i] = term.most == 0 ? 0.0F
                              : static_cast<float>(term.list().size()) /
                                    static_cast<float>(term.most);
  }
  const auto rest = std::ranges::partition(
      by_length_, [&](uint32_t i) { return HasSingleList(plans_[i]); });
  single_lists_ = by_length_.size() - rest.size();
  std::ranges::sort(by_length_.begin(), rest.begin(), std::ranges::greater(),
                    [&](uint32_t i) { return costs[i]; });
  several_lists_ = static_cast<uint16_t>(most_of_list / 2 + 1);
}

size_t PersonProber::Reach(const Block& block, uint16_t least, BlockSums& sums,
                           std::span<uint16_t> found) {
  ReachingSums reaching{sums.data(), buffers_.best.data(), found.data(),
                        static_cast<uint16_t>(least - base_ - late_most_)};
  // Whoever stands in the first lists alone can't reach it.
  left_out_ = 0;
  for (uint32_t most = 0; left_out_ < single_lists_; ++left_out_) {
    most += plans_[by_length_[left_out_]].early.front().most;
    if (most >= reaching.least) break;
  }
  for (size_t i = left_out_; i < by_length_.size(); ++i) {
    AddPlan(block, plans_[by_length_[i]], reaching);
  }
  for (size_t i = 0; i < left_out_; ++i) {
    Term& term = plans_[by_length_[i]].early.front();
    const uint16_t worth = term.most;
    ReachingSums local = reaching;  // in registers
    term.cursor.ForEach(block, [&](DocNumber at, size_t) {
      if (local.sums[at] != 0) local.Add(at, worth);
    });
    reaching = local;
  }
  return reaching.count;
}

void PersonProber::ReachAmong(const Block& block, const BlockBits& mask,
                              BlockSums& sums) {
  MaskedSums masked{sums.data(), buffers_.best.data(), mask};
  for (DemandPlan& plan : plans_) AddPlan(block, plan, masked);
}

void PersonProber::ClearReached(const Block& block, BlockSums& sums) {
  for (size_t i = left_out_; i < by_length_.size(); ++i) {
    for (Term& term : plans_[by_length_[i]].early) {
      term.cursor.ForEach(block, [&](DocNumber at, size_t) { sums[at] = 0; });
    }
  }
}

bool PersonProber::HasSingleList(const DemandPlan& plan) {
  return !plan.graded && plan.early.size() == 1 &&
         !plan.early.front().list().repeats;
}

template <typename Sums>
void PersonProber::AddPlan(const Block& block, DemandPlan& plan, Sums& sums) {
  if (plan.weight == 0 || plan.early.empty()) return;
  if (plan.graded) {
    AddGraded(block, plan, sums);
  } else if (HasSingleList(plan)) {
    AddSingle(block, plan.early.front(), sums);
  } else {
    AddBestOf(block, plan, sums);
  }
}

template <typename Sums>
void PersonProber::AddSingle(const Block& block, Term& term, Sums& sums) {
  const uint16_t worth = term.most;
  Sums local = sums;  // in registers
  term.cursor.ForEach(block,
                      [&](DocNumber at, size_t) { local.Add(at, worth); });
  if constexpr (std::is_same_v<Sums, ReachingSums>) sums.count = local.count;
}

// The first list that names somebody pays: they stand by worth.
template <typename Sums>
void PersonProber::AddBestOf(const Block& block, DemandPlan& plan, Sums& sums) {
  BlockBits& paid = buffers_.paid;
  std::fill_n(paid.begin(), block.words, 0);
  for (Term& term : plan.early) {
    const uint16_t worth = term.most;
    if (worth == 0) break;
    term.cursor.ForEach(block, [&](DocNumber at, size_t) {
      if (TestBit(paid, at)) return;
      SetBit(paid, at);
      sums.Add(at, worth);
    });
  }
}

template <typename Sums>
void PersonProber::AddGraded(const Block& block, DemandPlan& plan, Sums& sums) {
  uint16_t* const best = sums.best;
  for (Term& term : plan.early) {
    term.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
      const uint16_t before = best[at];
      const uint16_t worth = std::max(before, WorthOf(plan, term, posting));
      sums.Add(at, static_cast<uint16_t>(worth - before));
      best[at] = worth;
    });
  }
  for (Term& term : plan.early) {
    term.cursor.ForEach(block, [&](DocNumber at, size_t) { best[at] = 0; });
  }
}

}  // namespace kugge::matching
