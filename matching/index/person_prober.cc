#include "matching/index/person_prober.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "matching/constants.h"
#include "matching/credit.h"
#include "matching/pair_score.h"
#include "matching/wishes.h"

namespace kugge::matching {
namespace {

PostingKey KeyOf(const CompiledRequirement& requirement,
                 const CompiledRequirement::Earning& earning) {
  return PostingKey::Of(requirement.requirement().demands[earning.demand].kind,
                        earning.held);
}

}  // namespace

PersonProber::PersonProber(const PersonSegment& segment,
                           const CompiledRequirement& requirement,
                           std::span<const uint32_t> lists,
                           SearchBuffers& buffers)
    : segment_(segment),
      requirement_(requirement),
      strategy_(requirement.strategy()),
      buffers_(buffers) {
  const std::vector<Demand>& demands = requirement.requirement().demands;
  std::array<bool, kDemandKindCount> asked{};
  plans_.reserve(demands.size());
  std::span earnings(requirement.earnings());
  for (uint32_t i = 0; i < demands.size(); ++i) {
    asked[static_cast<size_t>(demands[i].kind)] = true;
    size_t count = 0;
    while (count < earnings.size() && earnings[count].demand == i) ++count;
    const DemandPlan& plan =
        AddPlanFor(i, earnings.first(count), lists.first(count));
    earnings = earnings.subspan(count);
    lists = lists.subspan(count);
    for (const Term& term : plan.early) early_postings_ += term.list().size();
    if (plan.hard && plan.deferred) deferred_plans_.push_back(i);
    if (plan.late.empty() || plan.weight == 0) continue;
    if (plan.graded || !plan.early.empty()) late_plans_.push_back(i);
    late_most_ = static_cast<uint16_t>(late_most_ + plan.late.front().most);
    for (const Term& term : plan.late) {
      late_lists_.push_back({.bits = term.list().bits,
                             .most = term.most,
                             .first = &term == &plan.late.front()});
    }
  }
  std::ranges::sort(late_plans_, std::ranges::greater(),
                    [&](uint32_t i) { return plans_[i].late.front().most; });
  if (WishBounds::CanBound(segment, strategy_)) PlanWishes();
  early_cursors_.reserve(requirement.earnings().size());
  for (DemandPlan& plan : plans_) {
    if (plan.weight == 0) continue;
    for (Term& term : plan.early) early_cursors_.push_back(&term.cursor);
  }
  if (!wishes_.has_value()) PlanReach();
  late_of_block_ = late_lists_;
  if (demands.empty()) return;
  for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
    if (asked[kind]) continue;
    base_ = static_cast<uint16_t>(base_ +
                                  Contribution(strategy_.demand_weights[kind],
                                               strategy_.not_asked_credit));
  }
}

void PersonProber::PlanWishes() {
  wishes_.emplace(segment_, requirement_);
  early_postings_ += wishes_->postings();
  late_most_ = static_cast<uint16_t>(late_most_ + wishes_->late_most());
  const std::vector<LateList> late = wishes_->Late();
  late_lists_.insert(late_lists_.end(), late.begin(), late.end());
}

bool PersonProber::CanProbe(const CompiledRequirement& requirement) {
  return std::ranges::all_of(requirement.requirement().demands,
                             [](const Demand& demand) {
                               return PostingInfo::Fits(demand.minimum_level);
                             });
}

void PersonProber::FetchLists(const PersonSegment& segment,
                              const CompiledRequirement& requirement) {
  for (const CompiledRequirement::Earning& earning : requirement.earnings()) {
    segment.held().FetchNumber(KeyOf(requirement, earning));
  }
}

PostingLists::Numbers PersonProber::FindLists(
    const PersonSegment& segment, const CompiledRequirement& requirement) {
  PostingLists::Numbers numbers;
  numbers.reserve(requirement.earnings().size());
  for (const CompiledRequirement::Earning& earning : requirement.earnings()) {
    numbers.push_back(segment.held().NumberOf(KeyOf(requirement, earning)));
    segment.held().FetchList(numbers.back());
  }
  return numbers;
}

void PersonProber::AddTerm(const PostingLists::List& list,
                           const Relation& relation, DemandPlan& plan) const {
  if (list.empty()) return;
  const bool late = list.bits != nullptr;
  plan.deferred |= plan.graded && late && relation.satisfying;
  (late ? plan.late : plan.early)
      .push_back({.cursor = ListCursor(list),
                  .relation = relation,
                  .most = static_cast<uint16_t>(
                      Contribution(plan.weight, relation.credit))});
}

PersonProber::DemandPlan& PersonProber::AddPlanFor(
    uint32_t demand_number,
    std::span<const CompiledRequirement::Earning> earnings,
    std::span<const uint32_t> lists) {
  const Demand& demand = requirement_.requirement().demands[demand_number];
  DemandPlan& plan = plans_.emplace_back();
  plan.demand = demand_number;
  plan.weight = requirement_.weights()[demand_number];
  plan.hard = demand.strength == Strength::kHard;
  plan.learnable = CanBeLearnt(demand.kind);
  plan.graded = IsGraded(demand);
  for (size_t i = 0; i < earnings.size(); ++i) {
    AddTerm(segment_.held().At(lists[i]), earnings[i].relation, plan);
  }
  if (demand.kind == DemandKind::kEducation &&
      demand.concept_index == kNoConcept) {
    AddTerm(segment_.held().Find(PostingKey::AnyEducation()), Relation{}, plan);
  }
  if (plan.graded) PlanGrades(plan);
  for (Terms* terms : {&plan.early, &plan.late}) {
    if (terms->size() < 2) continue;
    std::ranges::sort(
        *terms, [](const Term& a, const Term& b) { return a.most > b.most; });
  }
  if (plan.hard) {
    plan.lacking = ListCursor(segment_.held().Find(
        PostingKey::Lacking(demand.kind, demand.concept_index)));
  }
  return plan;
}

void PersonProber::Fetch(const Block& block) const {
  for (const ListCursor* cursor : early_cursors_) cursor->FetchPlace(block);
  for (const ListCursor* cursor : early_cursors_) cursor->FetchBlock(block);
  for (const LateList& list : late_lists_) {
    for (size_t word = 0; word < block.words; word += 8) {
      __builtin_prefetch(list.bits + block.base / 64 + word);
    }
  }
  if (wishes_.has_value()) wishes_->Fetch(block);
}

void PersonProber::PlanGrades(DemandPlan& plan) const {
  const Demand& demand = DemandOf(plan);
  plan.level = std::max<uint32_t>(demand.minimum_level, kLowestLevel);
  plan.inverse_of_level =
      ((uint64_t{1} << kShift) + plan.level - 1) / plan.level;
  for (Terms* terms : {&plan.early, &plan.late}) {
    for (Term& term : *terms) {
      for (size_t i = 0; i < term.by_evidence.size(); ++i) {
        term.by_evidence[i] =
            term.relation.credit * EvidenceFactor(static_cast<Evidence>(i),
                                                  demand.minimum_evidence,
                                                  strategy_.evidence_factors);
      }
    }
  }
}

template <typename Visit>
void PersonProber::ForEachOf(const PostingLists::List& list, DocNumber person,
                             Visit visit) {
  if (list.bits != nullptr && !list.Has(person)) return;
  for (size_t i = list.PlaceOf(person);
       i < list.size() && list.documents[i] == person; ++i) {
    visit(i);
  }
}

Says PersonProber::SaysOf(const DemandPlan& plan, DocNumber person) {
  Says says = Says::kNothing;
  for (const Terms* terms : {&plan.late, &plan.early}) {
    for (const Term& term : *terms) {
      if (!term.relation.satisfying) continue;
      ForEachOf(term.list(), person, [&](size_t posting) {
        says = std::max(says, SaysOf(plan, term, posting));
      });
    }
  }
  return says;
}

bool PersonProber::Confirmed(DocNumber person) {
  return std::ranges::all_of(deferred_plans_, [&](uint32_t plan) {
    return SaysOf(plans_[plan], person) == Says::kSatisfied;
  });
}

LateLists PersonProber::Late(const Block& block) {
  for (size_t i = 0; i < late_lists_.size(); ++i) {
    late_of_block_[i].bits = late_lists_[i].bits + block.base / 64;
  }
  return {.lists = late_of_block_, .most = late_most_};
}

uint16_t PersonProber::BestOf(const DemandPlan& plan, const Terms& terms,
                              DocNumber person, uint16_t paid) {
  for (const Term& term : terms) {
    if (term.most <= paid) break;
    ForEachOf(term.list(), person, [&](size_t posting) {
      paid = std::max(paid, WorthOf(plan, term, posting));
    });
  }
  return paid;
}

uint16_t PersonProber::Complete(DocNumber person, uint16_t bound,
                                uint16_t least) {
  for (const uint32_t i : late_plans_) {
    if (bound < least) break;
    const DemandPlan& plan = plans_[i];
    const auto first = std::ranges::find_if(
        plan.late, [&](const Term& term) { return term.list().Has(person); });
    if (first == plan.late.end()) continue;
    const uint16_t late =
        plan.graded ? BestOf(plan, plan.late, person, 0) : first->most;
    const uint16_t early = BestOf(plan, plan.early, person, 0);
    const int more = std::max(late - early, 0);
    bound = static_cast<uint16_t>(bound - first->most + more);
  }
  return bound;
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
  } else {
    const Bp rest = wishes_.has_value() ? wishes_->rest() : kFullBp;
    if (a > 0 && order > b * rest) least = (order - b * rest + a - 1) / a;
  }
  return static_cast<uint16_t>(std::min<uint32_t>(least, 0xFFFF));
}

PersonSide PersonProber::SideOf(DocNumber person) const {
  const PersonTerms& terms = segment_.TermsOf(person);
  const bool would_move =
      terms.relocates &&
      WouldMoveTo(segment_.documents()[person].wishes,
                  requirement_.requirement().facts.municipality);
  return {terms.wishes, terms.home, would_move};
}

RowVerdict PersonProber::Judge(DocNumber person, uint16_t bound, uint16_t least,
                               Pass pass) {
  const uint16_t complete = Complete(person, bound, least);
  if (complete < least) return {};
  if (pass == Pass::kEligible && !Confirmed(person)) return {};
  if (wishes_.has_value()) {
    const size_t at = person - summed_;
    const auto score =
        static_cast<uint16_t>(buffers_.scores[at] - (bound - complete));
    return wishes_->Verdict(person, buffers_.marks[at], score, pass);
  }
  PairScore pair;
  pair.requirement.asks = !plans_.empty();
  pair.requirement.score = complete;
  if (pass == Pass::kUncertain) pair.hurdles.unknown = 1;
  if (segment_.anyone_asks() && segment_.Asks(person)) {
    ScoreWishes(SideOf(person), requirement_.requirement().facts,
                requirement_.FitOf(segment_.WantedBy(segment_.TermsOf(person))),
                strategy_, pair, nullptr);
  }
  return VerdictOf(pair, strategy_);
}

RowVerdict PersonProber::JudgeAlone(DocNumber person, Pass pass) {
  if (pass == Pass::kEligible && !Confirmed(person)) return {};
  const PairScore pair =
      requirement_.Score(segment_.documents()[person], scratch_);
  return VerdictOf(pair, strategy_);
}

}  // namespace kugge::matching
