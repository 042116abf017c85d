#include "matching/compiled_person.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/relations.h"
#include "matching/weights.h"

namespace kugge::matching {
namespace {

// Picks the held concept that a line shows: docs/scoring.md section 7.
class ShownHeld {
 public:
  explicit ShownHeld(DemandLine& line) : line_(line) {}

  void Offer(int32_t held, const Relation& relation, const HeldCredit& credit) {
    const Rank rank{credit.credit, credit.says,
                    -static_cast<int>(relation.kind), -held};
    if (line_.held >= 0 && rank <= best_) return;
    best_ = rank;
    line_.held = held;
    line_.relation = relation.kind;
    line_.relation_credit = relation.credit;
    line_.level_factor = credit.level_factor;
    line_.evidence_factor = credit.evidence_factor;
  }

 private:
  using Rank = std::tuple<Thousandths, Says, int, int32_t>;
  DemandLine& line_;
  Rank best_;
};

DemandLine NotAskedLine(DemandKind kind, Bp weight, const Strategy& strategy) {
  const Thousandths credit = strategy.not_asked_credit;
  const Bp contribution = Contribution(weight, credit);
  return {.kind = kind,
          .weight = weight,
          .credit = credit,
          .potential_credit = credit,
          .contribution = contribution,
          .potential_contribution = contribution,
          .outcome = OutcomeOf(credit, Satisfied::kYes),
          .satisfied = Satisfied::kYes,
          .reason = LineReason::kNotAsked};
}

void FillLine(const Demand& demand, Bp weight, const DemandVerdict& verdict,
              DemandLine& line) {
  line.kind = demand.kind;
  line.strength = demand.strength;
  line.weight = weight;
  line.credit = verdict.credit;
  line.potential_credit = verdict.potential;
  line.contribution = Contribution(weight, verdict.credit);
  line.potential_contribution = Contribution(weight, verdict.potential);
  line.outcome = OutcomeOf(verdict.credit, verdict.satisfied);
  line.satisfied = verdict.satisfied;
  line.reason = verdict.reason;
}

}  // namespace

CompiledPerson::CompiledPerson(PersonFeatures person, Scoring scoring)
    : person_(std::move(person)), scoring_(std::move(scoring)) {
  CompileSections();
  CompileWantedOccupations();
}

void CompiledPerson::CompileSections() {
  std::vector<ConceptTable<Earning>::Row> rows;
  for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
    const std::vector<Held>& held = person_.sections[kind].held;
    for (size_t i = 0; i < held.size(); ++i) {
      ForEachFrom(graph(), held[i].concept_index, strategy().Satisfying(),
                  [&](ConceptIndex wanted, const Relation& relation) {
                    rows.emplace_back(
                        wanted,
                        Earning{.section = static_cast<DemandKind>(kind),
                                .held = static_cast<uint16_t>(i),
                                .relation = relation});
                  });
    }
  }
  reached_.reserve(rows.size() + 1);
  earnings_ = ConceptTable<Earning>(std::move(rows));
  CompileReached();
}

void CompiledPerson::CompileReached() {
  earnings_.ForEachConcept(
      [&](ConceptIndex wanted, ConceptTable<Earning>::Range range) {
        std::array<bool, kDemandKindCount> earned{};
        for (const Earning& earning : earnings_.Within(range)) {
          earned[static_cast<size_t>(earning.section)] = true;
        }
        for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
          if (earned[kind])
            AddReached(static_cast<DemandKind>(kind), wanted, range);
        }
      });
  for (size_t i = 0; i < kDemandKindCount; ++i) {
    const auto kind = static_cast<DemandKind>(i);
    for (const ConceptIndex lacking : person_.sections[i].lacking) {
      const auto earnings = earnings_.RangeOf(lacking);
      const bool known = std::ranges::any_of(
          earnings_.Within(earnings),
          [&](const Earning& earning) { return earning.section == kind; });
      if (!known) AddReached(kind, lacking, earnings);
    }
  }
  AddReached(DemandKind::kEducation, kNoConcept, {});
}

void CompiledPerson::AddReached(DemandKind kind, ConceptIndex concept_index,
                                ConceptTable<Earning>::Range earnings) {
  const Toward toward = About(kind, concept_index, earnings);
  reached_.push_back({.kind = kind,
                      .concept_index = concept_index,
                      .toward = toward,
                      .plain_credit = CreditOf(toward, 0, Evidence::kClaimed)});
}

void CompiledPerson::CompileWantedOccupations() {
  std::vector<ConceptTable<Offered>::Row> rows;
  const uint8_t largest = LargestImportance(person_.wishes.occupations);
  for (const WantedOccupation& wanted : person_.wishes.occupations) {
    ForEachToward(
        graph(), wanted.concept_index, strategy().Satisfying(),
        [&](ConceptIndex offered, const Relation& relation) {
          rows.emplace_back(
              offered, Offered{.wanted = wanted.concept_index,
                               .credit = ScaledByImportance(
                                   relation.credit, wanted.importance, largest),
                               .relation = relation});
        });
  }
  offered_ = ConceptTable<Offered>(std::move(rows));
}

OccupationFit CompiledPerson::FitOf(
    std::span<const ConceptIndex> occupations) const {
  using Rank = std::tuple<Thousandths, bool, int>;
  OccupationFit fit{.wanted_any = !person_.wishes.occupations.empty(),
                    .offered_any = !occupations.empty()};
  Rank best{0, false, 0};
  for (const ConceptIndex occupation : occupations) {
    for (const Offered& offered : offered_.Find(occupation)) {
      fit.satisfying |= offered.relation.satisfying;
      const Rank rank{offered.credit, offered.relation.satisfying,
                      -static_cast<int>(offered.relation.kind)};
      if (offered.credit == 0 || rank < best) continue;
      // Equal ranks: the smaller wanted, then the smaller offered one.
      if (fit.wanted != kNoConcept && rank == best &&
          std::tie(fit.wanted, fit.offered) <=
              std::tie(offered.wanted, occupation)) {
        continue;
      }
      best = rank;
      fit.credit = offered.credit;
      fit.wanted = offered.wanted;
      fit.offered = occupation;
      fit.relation = offered.relation.kind;
    }
  }
  return fit;
}

CompiledPerson::Toward CompiledPerson::About(DemandKind kind,
                                             ConceptIndex concept_index) const {
  return About(kind, concept_index,
               concept_index == kNoConcept ? ConceptTable<Earning>::Range{}
                                           : earnings_.RangeOf(concept_index));
}

CompiledPerson::Toward CompiledPerson::About(
    DemandKind kind, ConceptIndex concept_index,
    ConceptTable<Earning>::Range earnings) const {
  const Section& section = person_.sections[static_cast<size_t>(kind)];
  const Demand demand{.kind = kind, .concept_index = concept_index};
  Toward toward;
  toward.kind_ = kind;
  toward.counts_as_open_ = CountsAsOpen(section, demand);
  toward.lacking_ = StatesLacking(section, demand);
  toward.anything_ =
      concept_index == kNoConcept && kind == DemandKind::kEducation;
  toward.earnings_ = earnings;
  return toward;
}

template <typename Add>
void CompiledPerson::ForEachHeld(const Toward& toward, Add add) const {
  for (const Earning& earning : earnings_.Within(toward.earnings_)) {
    if (earning.section == toward.kind_) add(earning.held, earning.relation);
  }
  if (!toward.anything_) return;
  const Section& section = person_.sections[static_cast<size_t>(toward.kind_)];
  for (size_t i = 0; i < section.held.size(); ++i) add(i, Relation{});
}

DemandVerdict CompiledPerson::Judge(const Toward& toward,
                                    const Demand& demand) const {
  const std::vector<Held>& held =
      person_.sections[static_cast<size_t>(toward.kind_)].held;
  DemandState state;
  ForEachHeld(toward, [&](size_t i, const Relation& relation) {
    state.Add(matching::CreditOf(held[i], relation, demand,
                                 strategy().evidence_factors));
  });
  return Conclude(state, toward.counts_as_open_, toward.lacking_);
}

Thousandths CompiledPerson::CreditOf(const Toward& toward, Level minimum_level,
                                     Evidence minimum_evidence) const {
  const std::vector<Held>& held =
      person_.sections[static_cast<size_t>(toward.kind_)].held;
  Thousandths most = 0;
  ForEachHeld(toward, [&](size_t i, const Relation& relation) {
    const Thousandths evidence = EvidenceFactor(
        held[i].evidence, minimum_evidence, strategy().evidence_factors);
    most = std::max(most,
                    CreditOfFactors(relation.credit, evidence,
                                    LevelFactor(held[i].level, minimum_level)));
  });
  return most;
}

DemandVerdict CompiledPerson::JudgeWithLine(const Demand& demand,
                                            DemandLine& line) const {
  const Toward toward = About(demand.kind, demand.concept_index);
  const std::vector<Held>& held =
      person_.sections[static_cast<size_t>(toward.kind_)].held;
  DemandState state;
  ShownHeld shown(line);
  ForEachHeld(toward, [&](size_t i, const Relation& relation) {
    const HeldCredit credit = matching::CreditOf(held[i], relation, demand,
                                                 strategy().evidence_factors);
    state.Add(credit);
    shown.Offer(static_cast<int32_t>(i), relation, credit);
  });
  return Conclude(state, toward.counts_as_open_, toward.lacking_);
}

void CompiledPerson::ScoreDemands(const RequirementFeatures& requirement,
                                  Scratch& scratch, PairScore& pair,
                                  std::vector<DemandLine>* lines) const {
  pair.requirement.asks = !requirement.demands.empty();
  if (!pair.requirement.asks) return;
  ShareWeights(requirement.demands, strategy().demand_weights, scratch);
  std::array<bool, kDemandKindCount> asked{};
  for (size_t i = 0; i < requirement.demands.size(); ++i) {
    const Demand& demand = requirement.demands[i];
    DemandLine line{.demand = static_cast<int32_t>(i)};
    const DemandVerdict verdict =
        lines == nullptr ? Judge(demand) : JudgeWithLine(demand, line);
    asked[static_cast<size_t>(demand.kind)] = true;
    pair.requirement.Add(scratch[i], verdict.credit, verdict.potential);
    pair.hurdles.AddDemand(demand.kind, demand.strength, verdict.satisfied);
    if (lines != nullptr) {
      FillLine(demand, scratch[i], verdict, line);
      lines->push_back(line);
    } else if (pair.hurdles.Hopeless(strategy())) {
      pair.decided_early = true;
      return;
    }
  }
  for (size_t kind = 0; kind < kDemandKindCount; ++kind) {
    if (asked[kind]) continue;
    const Bp weight = strategy().demand_weights[kind];
    pair.requirement.AddNotAsked(weight, strategy());
    if (lines != nullptr) {
      lines->push_back(
          NotAskedLine(static_cast<DemandKind>(kind), weight, strategy()));
    }
  }
}

void CompiledPerson::AddWishes(const PlainFacts& job,
                               std::span<const ConceptIndex> occupations,
                               PairScore& pair) const {
  ScoreWishes(SideToward(job.municipality), job, FitOf(occupations), strategy(),
              pair, nullptr);
}

PairScore CompiledPerson::ScoreSides(const RequirementFeatures& requirement,
                                     Scratch& scratch,
                                     Explanation* explanation) const {
  PairScore pair;
  const JobFacts& job = requirement.facts;
  ScoreWishes(SideToward(job.municipality), job, FitOf(job.occupations),
              strategy(), pair,
              explanation == nullptr ? nullptr : &explanation->wishes);
  if (explanation == nullptr && pair.hurdles.Hopeless(strategy())) {
    pair.decided_early = true;
    return pair;
  }
  ScoreDemands(requirement, scratch, pair,
               explanation == nullptr ? nullptr : &explanation->demands);
  return pair;
}

PairScore CompiledPerson::Score(const RequirementFeatures& requirement,
                                Scratch& scratch) const {
  return ScoreSides(requirement, scratch, nullptr);
}

PairScore CompiledPerson::ScoreInFull(const RequirementFeatures& requirement,
                                      Scratch& scratch,
                                      Explanation& explanation) const {
  return ScoreSides(requirement, scratch, &explanation);
}

}  // namespace kugge::matching
