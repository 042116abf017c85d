#include "matching/index/demand_sums.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/index/kernels.h"
#include "matching/relations.h"

namespace kugge::matching {
DemandSums::DemandSums(const PersonSegment& segment,
                       const CompiledRequirement& requirement,
                       SearchBuffers& buffers)
    : segment_(segment), requirement_(requirement), buffers_(buffers) {
  const std::vector<Demand>& demands = requirement.requirement().demands;
  const Strategy& strategy = requirement.strategy();
  std::array<bool, kDemandKindCount> asked{};
  plans_.reserve(demands.size());
  for (uint32_t i = 0; i < demands.size(); ++i) {
    asked[static_cast<size_t>(demands[i].kind)] = true;
    const Plan& plan = plans_.emplace_back(PlanFor(i));
    if (!plan.late) continue;
    late_most_ = static_cast<uint16_t>(late_most_ + plan.terms.front().most);
    for (const Term& term : plan.terms) {
      late_lists_.push_back({.bits = term.list().bits,
                             .most = term.most,
                             .first = &term == &plan.terms.front()});
    }
  }
  late_of_block_ = late_lists_;
  if (demands.empty()) return;
  for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
    if (asked[kind]) continue;
    base_ = static_cast<uint16_t>(
        base_ +
        Contribution(strategy.demand_weights[kind], strategy.not_asked_credit));
  }
}

DemandSums::Plan DemandSums::PlanFor(uint32_t demand_number) const {
  const Demand& demand = requirement_.requirement().demands[demand_number];
  Plan plan{.demand = &demand,
            .weight = requirement_.weights()[demand_number],
            .graded = IsGraded(demand)};
  if (demand.concept_index != kNoConcept) {
    ForEachToward(requirement_.graph(), demand.concept_index,
                  requirement_.strategy().Satisfying(),
                  [&](ConceptIndex held, const Relation& relation) {
                    AddTerm(PostingKey::Of(demand.kind, held), relation, plan);
                  });
  } else if (demand.kind == DemandKind::kEducation) {
    AddTerm(PostingKey::AnyEducation(), Relation{}, plan);
  }
  std::ranges::stable_sort(plan.terms, std::ranges::greater(), &Term::most);
  plan.late = !plan.graded && plan.weight > 0 && !plan.terms.empty() &&
              std::ranges::all_of(plan.terms, [](const Term& term) {
                return term.list().bits != nullptr;
              });
  return plan;
}

void DemandSums::AddTerm(PostingKey key, const Relation& relation,
                         Plan& plan) const {
  const PostingLists::List& list = segment_.held().Find(key);
  if (list.empty()) return;
  plan.unconfirmed |= plan.graded && relation.satisfying &&
                      list.bits != nullptr &&
                      plan.demand->strength == Strength::kHard;
  plan.terms.push_back({.cursor = ListCursor(list),
                        .relation = relation,
                        .most = static_cast<uint16_t>(
                            Contribution(plan.weight, relation.credit))});
}

uint16_t DemandSums::WorthOf(const Plan& plan, const Term& term,
                             PostingInfo info) const {
  const HeldCredit credit = CreditOf(HeldOf(info), term.relation, *plan.demand,
                                     requirement_.strategy().evidence_factors);
  return static_cast<uint16_t>(Contribution(plan.weight, credit.credit));
}

void DemandSums::Confirm(const Block& block, BlockBits& mask) {
  BlockBits& yes = buffers_.yes;
  for (Plan& plan : plans_) {
    if (!plan.unconfirmed) continue;
    std::fill_n(yes.begin(), block.words, 0);
    for (Term& term : plan.terms) {
      if (!term.relation.satisfying) continue;
      const PostingInfos infos = term.list().infos;
      term.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
        if (WhatItSays(HeldOf(infos[posting]), *plan.demand, true) ==
            Says::kSatisfied) {
          SetBit(yes, at);
        }
      });
    }
    for (size_t word = 0; word < block.words; ++word) mask[word] &= yes[word];
  }
}

void DemandSums::Sum(const Block& block) {
  BestKernels().fill(base_, block.words, buffers_.sums.data());
  for (Plan& plan : plans_) {
    if (plan.weight == 0 || plan.late || plan.terms.empty()) continue;
    if (plan.graded) {
      AddGraded(block, plan);
    } else {
      AddBestOf(block, plan);
    }
  }
}

LateLists DemandSums::Late(const Block& block) {
  for (size_t i = 0; i < late_lists_.size(); ++i) {
    late_of_block_[i].bits = late_lists_[i].bits + block.base / 64;
  }
  return {.lists = late_of_block_, .most = late_most_};
}

// The first list that names somebody pays: they stand by worth.
void DemandSums::AddBestOf(const Block& block, Plan& plan) {
  BlockSums& sums = buffers_.sums;
  BlockBits& paid = buffers_.paid;
  std::fill_n(paid.begin(), block.words, 0);
  for (Term& term : plan.terms) {
    const uint16_t worth = term.most;
    if (worth == 0) break;
    if (term.list().bits == nullptr) {
      term.cursor.ForEach(block, [&](DocNumber at, size_t) {
        if (TestBit(paid, at)) return;
        SetBit(paid, at);
        sums[at] = static_cast<uint16_t>(sums[at] + worth);
      });
      continue;
    }
    const uint64_t* const bits = term.list().bits + block.base / 64;
    for (size_t word = 0; word < block.words; ++word) {
      const uint64_t fresh = bits[word] & ~paid[word];
      paid[word] |= fresh;
      for (uint64_t left = fresh; left != 0; left &= left - 1) {
        uint16_t& sum =
            sums[word * 64 + static_cast<size_t>(std::countr_zero(left))];
        sum = static_cast<uint16_t>(sum + worth);
      }
    }
  }
}

void DemandSums::AddGraded(const Block& block, Plan& plan) {
  BlockSums& sums = buffers_.sums;
  BlockSums& best = buffers_.best;  // all zero between demands
  for (Term& term : plan.terms) {
    const PostingInfos& infos = term.list().infos;
    if (term.worths.empty()) {
      for (const PostingInfo info : infos.different()) {
        term.worths.push_back(WorthOf(plan, term, info));
      }
    }
    const uint16_t* const worths = term.worths.data();
    infos.WithCodes([&](auto codes) {
      term.cursor.ForEach(block, [&](DocNumber at, size_t posting) {
        const uint16_t worth = worths[codes[posting]];
        if (worth <= best[at]) return;
        sums[at] = static_cast<uint16_t>(sums[at] + worth - best[at]);
        best[at] = worth;
      });
    });
  }
  std::fill_n(best.begin(), block.words * 64, 0);
}

}  // namespace kugge::matching
