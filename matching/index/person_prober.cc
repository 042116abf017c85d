#include "matching/index/person_prober.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/index/kernels.h"
#include "matching/pair_score.h"
#include "matching/relations.h"

namespace kugge::matching {
namespace {

bool IsGraded(const Demand& demand) {
  return demand.minimum_level > kLowestLevel ||
         demand.minimum_evidence > Evidence::kClaimed;
}

// What a posting says that a person holds.
Held HeldOf(PostingInfo info) {
  return {.level = info.level(), .evidence = info.evidence()};
}

}  // namespace

PersonProber::PersonProber(const PersonSegment& segment,
                           const CompiledRequirement& requirement)
    : segment_(segment),
      requirement_(requirement),
      strategy_(requirement.strategy()),
      buffers_(ThreadBuffers()) {
  const std::vector<Demand>& demands = requirement.requirement().demands;
  std::array<bool, kDemandKindCount> asked{};
  for (uint32_t i = 0; i < demands.size(); ++i) {
    asked[static_cast<size_t>(demands[i].kind)] = true;
    plans_.push_back(PlanFor(i));
  }
  if (demands.empty()) return;
  for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
    if (asked[kind]) continue;
    base_ = static_cast<uint16_t>(base_ +
                                  Contribution(strategy_.demand_weights[kind],
                                               strategy_.not_asked_credit));
  }
}

bool PersonProber::CanProbe(const CompiledRequirement& requirement) {
  return std::ranges::all_of(requirement.requirement().demands,
                             [](const Demand& demand) {
                               return PostingInfo::Fits(demand.minimum_level);
                             });
}

PersonProber::DemandPlan PersonProber::PlanFor(uint32_t demand_number) const {
  const Demand& demand = requirement_.requirement().demands[demand_number];
  DemandPlan plan{.demand = demand_number,
                  .hard = demand.strength == Strength::kHard,
                  .learnable = CanBeLearnt(demand.kind),
                  .graded = IsGraded(demand)};
  const Bp weight = requirement_.weights()[demand_number];
  const auto add = [&](PostingKey key, const Relation& relation) {
    const PostingLists::List list = segment_.held().Find(key);
    if (list.empty()) return;
    plan.terms.push_back({.cursor = ListCursor(list),
                          .relation = relation,
                          .contribution = static_cast<uint16_t>(
                              Contribution(weight, relation.credit))});
  };
  if (demand.concept_index != kNoConcept) {
    ForEachToward(requirement_.graph(), demand.concept_index,
                  strategy_.Satisfying(),
                  [&](ConceptIndex held, const Relation& relation) {
                    add(PostingKey::Of(demand.kind, held), relation);
                  });
  } else if (demand.kind == DemandKind::kEducation) {
    add(PostingKey::AnyEducation(), Relation{});
  }
  std::ranges::sort(plan.terms, [](const Term& a, const Term& b) {
    return a.contribution > b.contribution;
  });
  plan.single = !plan.graded && plan.terms.size() == 1 &&
                !plan.terms.front().cursor.list().repeats;
  plan.lacking = ListCursor(segment_.held().Find(
      PostingKey::Lacking(demand.kind, demand.concept_index)));
  return plan;
}

void PersonProber::BeginPass(Pass) {
  for (DemandPlan& plan : plans_) {
    plan.lacking.Rewind();
    for (Term& term : plan.terms) term.cursor.Rewind();
  }
}

void PersonProber::MoveTo(const Block& block) {
  postings_ = 0;
  for (DemandPlan& plan : plans_) {
    if (plan.hard) plan.lacking.MoveTo(block);
    for (Term& term : plan.terms) {
      if (term.cursor.list().bits != nullptr && !plan.graded) continue;
      term.cursor.MoveTo(block);
      postings_ += term.cursor.size();
    }
  }
}

void PersonProber::GatherSays(const Block& block, const DemandPlan& plan) {
  std::fill_n(buffers_.yes.begin(), block.words, 0);
  if (plan.graded) {
    GatherGraded(block, plan);
    return;
  }
  for (const Term& term : plan.terms) {
    if (!term.relation.satisfying) continue;
    if (const uint64_t* bits = term.cursor.list().bits; bits != nullptr) {
      for (size_t word = 0; word < block.words; ++word) {
        buffers_.yes[word] |= bits[block.base / 64 + word];
      }
    } else {
      term.cursor.ForEach(
          block.base, [&](DocNumber at, size_t) { SetBit(buffers_.yes, at); });
    }
  }
}

void PersonProber::GatherGraded(const Block& block, const DemandPlan& plan) {
  std::fill_n(buffers_.maybe.begin(), block.words, 0);
  std::fill_n(buffers_.told_short.begin(), block.words, 0);
  const Demand& demand = DemandOf(plan);
  for (const Term& term : plan.terms) {
    if (!term.relation.satisfying) continue;
    const PostingLists::List& list = term.cursor.list();
    term.cursor.ForEach(block.base, [&](DocNumber at, size_t i) {
      switch (WhatItSays(HeldOf(list.infos[i]), demand, true)) {
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
  }
}

void PersonProber::GatherLacking(const Block& block, const DemandPlan& plan) {
  std::fill_n(buffers_.lacking.begin(), block.words, 0);
  plan.lacking.ForEach(
      block.base, [&](DocNumber at, size_t) { SetBit(buffers_.lacking, at); });
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
  for (const DemandPlan& plan : plans_) {
    if (!plan.hard) continue;
    GatherSays(block, plan);
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
  for (const DemandPlan& plan : plans_) {
    if (!plan.hard) continue;
    GatherSays(block, plan);
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

void PersonProber::Sum(const Block& block, BlockSums& sums) {
  std::fill_n(sums.begin(), block.words * 64, base_);
  for (const DemandPlan& plan : plans_) {
    if (requirement_.weights()[plan.demand] == 0) continue;
    if (plan.graded) {
      AddGraded(block, plan, sums);
    } else if (plan.single) {
      AddSingle(block, plan.terms.front(), sums);
    } else {
      AddBestOf(block, plan, sums);
    }
  }
}

void PersonProber::AddSingle(const Block& block, const Term& term,
                             BlockSums& sums) const {
  if (const uint64_t* bits = term.cursor.list().bits; bits != nullptr) {
    BestKernels().add_where(sums.data(), bits + block.base / 64, block.words,
                            term.contribution);
    return;
  }
  term.cursor.ForEach(block.base, [&](DocNumber at, size_t) {
    sums[at] = static_cast<uint16_t>(sums[at] + term.contribution);
  });
}

// The first list that names somebody pays: they stand by contribution.
void PersonProber::AddBestOf(const Block& block, const DemandPlan& plan,
                             BlockSums& sums) {
  BlockBits& paid = buffers_.paid;
  std::fill_n(paid.begin(), block.words, 0);
  for (const Term& term : plan.terms) {
    if (term.contribution == 0) break;
    if (const uint64_t* bits = term.cursor.list().bits; bits != nullptr) {
      BlockBits& fresh = buffers_.maybe;
      for (size_t word = 0; word < block.words; ++word) {
        const uint64_t named = bits[block.base / 64 + word];
        fresh[word] = named & ~paid[word];
        paid[word] |= named;
      }
      BestKernels().add_where(sums.data(), fresh.data(), block.words,
                              term.contribution);
      continue;
    }
    term.cursor.ForEach(block.base, [&](DocNumber at, size_t) {
      if (TestBit(paid, at)) return;
      SetBit(paid, at);
      sums[at] = static_cast<uint16_t>(sums[at] + term.contribution);
    });
  }
}

void PersonProber::AddGraded(const Block& block, const DemandPlan& plan,
                             BlockSums& sums) {
  const Demand& demand = DemandOf(plan);
  const Bp weight = requirement_.weights()[plan.demand];
  BlockSums& best = buffers_.best;  // all zero between demands
  for (const Term& term : plan.terms) {
    const PostingLists::List& list = term.cursor.list();
    term.cursor.ForEach(block.base, [&](DocNumber at, size_t i) {
      const HeldCredit credit = CreditOf(HeldOf(list.infos[i]), term.relation,
                                         demand, strategy_.evidence_factors);
      const auto worth =
          static_cast<uint16_t>(Contribution(weight, credit.credit));
      if (worth <= best[at]) return;
      sums[at] = static_cast<uint16_t>(sums[at] + worth - best[at]);
      best[at] = worth;
    });
  }
  for (const Term& term : plan.terms) {
    term.cursor.ForEach(block.base,
                        [&](DocNumber at, size_t) { best[at] = 0; });
  }
}

uint16_t PersonProber::LeastSum(uint32_t order) const {
  if (plans_.empty()) return 0;
  const uint32_t a = strategy_.score_factor;
  const uint32_t b = strategy_.reverse_factor;
  // Who asks nothing has (a + b) times the score, which needs the smaller score
  // only where nobody asks anything.
  uint32_t least = 0;
  if (!segment_.anyone_asks()) {
    least = (order + a + b - 1) / (a + b);
  } else if (a > 0 && order > b * kFullBp) {
    least = (order - b * kFullBp + a - 1) / a;
  }
  return static_cast<uint16_t>(std::min<uint32_t>(least, 0xFFFF));
}

RowVerdict PersonProber::Judge(DocNumber person, uint16_t sum, Pass pass) {
  PairScore pair;
  pair.requirement.asks = !plans_.empty();
  pair.requirement.score = sum;
  if (pass == Pass::kUncertain) pair.hurdles.unknown = 1;
  if (segment_.Asks(person)) {
    requirement_.AddWishes(segment_.documents()[person], pair);
  }
  return VerdictOf(pair, strategy_);
}

RowVerdict PersonProber::JudgeAlone(DocNumber person) {
  const PairScore pair =
      requirement_.Score(segment_.documents()[person], scratch_);
  return VerdictOf(pair, strategy_);
}

}  // namespace kugge::matching
