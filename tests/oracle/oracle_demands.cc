// Sections 1 and 7 of docs/scoring.md: a requirement's demands held against
// what a person has.
#include <algorithm>
#include <tuple>

#include "tests/oracle/oracle.h"

namespace kugge::oracle {

using matching::Demand;
using matching::DemandKind;
using matching::DemandLine;
using matching::Held;
using matching::kNoConcept;
using matching::LineReason;
using matching::Outcome;
using matching::RelationKind;
using matching::Satisfied;
using matching::Section;
using matching::SectionState;
using matching::Strategy;

namespace {

// The order that section 7 lists the relations in.
int RelationOrder(RelationKind kind) {
  switch (kind) {
    case RelationKind::kExact:
      return 0;
    case RelationKind::kNarrower:
      return 1;
    case RelationKind::kIncludes:
      return 2;
    case RelationKind::kSubstitute75:
      return 3;
    case RelationKind::kSubstitute25:
      return 4;
    case RelationKind::kSameGroup:
      return 5;
    case RelationKind::kBroader:
      return 6;
    case RelationKind::kRelated:
      return 7;
  }
  return 8;
}

bool SomeEducationWithoutField(const Section& section) {
  for (const Held& held : section.held) {
    if (held.concept_index == kNoConcept) return true;
  }
  return false;
}

bool CountsAsOpen(const Section& section, const Demand& demand) {
  if (section.state == SectionState::kOpen) return true;
  return demand.kind == DemandKind::kEducation &&
         demand.concept_index != kNoConcept &&
         SomeEducationWithoutField(section);
}

bool StatedLacking(const Section& section, const Demand& demand) {
  return std::find(section.lacking.begin(), section.lacking.end(),
                   demand.concept_index) != section.lacking.end();
}

Says SaysOf(const Held& held, const Demand& demand) {
  if (held.evidence < demand.minimum_evidence) return Says::kNo;
  if (held.level != 0 && held.level < demand.minimum_level) return Says::kNo;
  if (held.level == 0 && demand.minimum_level > 1) return Says::kUnknown;
  return Says::kYes;
}

// Section 7: which held one is listed.
bool ShownBefore(const HeldCredit& x, const HeldCredit& y) {
  if (x.credit != y.credit) return x.credit > y.credit;
  if (x.says != y.says) return x.says < y.says;
  if (x.relation.kind != y.relation.kind) {
    return RelationOrder(x.relation.kind) < RelationOrder(y.relation.kind);
  }
  return x.place < y.place;
}

Outcome OutcomeOf(uint32_t credit, Satisfied satisfied) {
  if (credit == 1000) return Outcome::kMet;
  if (credit >= 1) return Outcome::kPartly;
  return satisfied == Satisfied::kUnknown ? Outcome::kUnknown
                                          : Outcome::kNotMet;
}

// Section 1.4, the six rules, with section 7's reasons.
void Conclude(const std::vector<HeldCredit>& related, const Demand& demand,
              const Section& section, DemandLine& line) {
  bool yes = false;
  bool unknown = false;
  bool no = false;
  for (const HeldCredit& one : related) {
    if (one.says == Says::kYes) yes = true;
    if (one.says == Says::kUnknown) unknown = true;
    if (one.says == Says::kNo) no = true;
  }
  if (yes) {
    line.satisfied = Satisfied::kYes;
    line.reason = LineReason::kNone;
  } else if (unknown) {
    line.satisfied = Satisfied::kUnknown;
    line.reason = LineReason::kLevelUntold;
  } else if (no) {
    line.satisfied = Satisfied::kNo;
    line.reason = LineReason::kToldShort;
  } else if (StatedLacking(section, demand)) {
    line.satisfied = Satisfied::kNo;
    line.reason = LineReason::kStatedLacking;
  } else if (CountsAsOpen(section, demand)) {
    line.satisfied = Satisfied::kUnknown;
    line.reason = LineReason::kNothingTold;
  } else {
    line.satisfied = Satisfied::kNo;
    line.reason = LineReason::kNotInComplete;
  }
}

DemandLine NotAskedLine(DemandKind kind, const Strategy& strategy) {
  DemandLine line;
  line.kind = kind;
  line.demand = -1;
  line.weight = strategy.demand_weights[static_cast<size_t>(kind)];
  line.credit = strategy.not_asked_credit;
  line.potential_credit = strategy.not_asked_credit;
  line.satisfied = Satisfied::kYes;
  line.outcome = OutcomeOf(line.credit, line.satisfied);
  line.reason = LineReason::kNotAsked;
  return line;
}

}  // namespace

bool Satisfies(RelationKind kind, const Strategy& strategy) {
  if (kind == RelationKind::kExact || kind == RelationKind::kNarrower ||
      kind == RelationKind::kIncludes) {
    return true;
  }
  return (strategy.also_satisfying >> static_cast<unsigned>(kind)) & 1;
}

Relations::Relations(size_t concepts, const std::vector<Edge>& edges)
    : concepts_(concepts),
      table_(concepts, std::vector<std::optional<Relation>>(concepts)) {
  for (const Edge& edge : edges) {
    std::optional<Relation>& kept = table_[edge.held][edge.wanted];
    const bool substitute = edge.relation == RelationKind::kSubstitute75 ||
                            edge.relation == RelationKind::kSubstitute25;
    // An explicit edge wins over the group; no other pair has two entries.
    if (!kept.has_value() || substitute) {
      kept = Relation{edge.relation, edge.credit};
    }
  }
  for (size_t i = 0; i < concepts; ++i) {
    table_[i][i] = Relation{RelationKind::kExact, 1000};
  }
}

std::optional<Relation> Relations::Toward(matching::ConceptIndex held,
                                          matching::ConceptIndex wanted) const {
  const Relation exact{RelationKind::kExact, 1000};
  if (wanted == kNoConcept) return exact;
  if (held == kNoConcept) return std::nullopt;
  if (held >= concepts_ || wanted >= concepts_) {
    if (held == wanted) return exact;
    return std::nullopt;
  }
  return table_[held][wanted];
}

std::vector<uint32_t> SharedWeights(const std::vector<Demand>& demands,
                                    const Strategy& strategy) {
  std::vector<uint32_t> weights(demands.size(), 0);
  for (size_t kind = 0; kind < matching::kDemandKindCount; ++kind) {
    const uint64_t whole = strategy.demand_weights[kind];
    uint64_t importances = 0;
    for (const Demand& demand : demands) {
      if (static_cast<size_t>(demand.kind) != kind) continue;
      importances += std::max<uint64_t>(demand.importance, 1);
    }
    // (remainder, place), of the demands of this kind.
    std::vector<std::pair<uint64_t, size_t>> remainders;
    uint64_t left_over = whole;
    for (size_t i = 0; i < demands.size(); ++i) {
      if (static_cast<size_t>(demands[i].kind) != kind) continue;
      const uint64_t part =
          whole * std::max<uint64_t>(demands[i].importance, 1);
      weights[i] = static_cast<uint32_t>(part / importances);
      left_over -= weights[i];
      remainders.emplace_back(part % importances, i);
    }
    std::stable_sort(
        remainders.begin(), remainders.end(),
        [](const auto& x, const auto& y) { return x.first > y.first; });
    for (size_t i = 0; i < remainders.size() && left_over > 0; ++i) {
      ++weights[remainders[i].second];
      --left_over;
    }
  }
  return weights;
}

std::optional<HeldCredit> PairScorer::Credit(const Held& held,
                                             const Demand& demand) const {
  const std::optional<Relation> relation =
      relations_.Toward(held.concept_index, demand.concept_index);
  if (!relation.has_value()) return std::nullopt;
  const uint64_t asked = demand.minimum_level;
  uint64_t level = 1000;
  if (asked > 0) {
    // Untold counts as the lowest.
    const uint64_t has = held.level == 0 ? 1 : held.level;
    if (has < asked) level = 1000 * has / asked;
  }
  const uint64_t potential_level = held.level == 0 ? 1000 : level;
  const int steps = static_cast<int>(demand.minimum_evidence) -
                    static_cast<int>(held.evidence);
  const uint64_t evidence =
      strategy_.evidence_factors[static_cast<size_t>(std::max(steps, 0))];

  HeldCredit result;
  result.relation = *relation;
  result.level = static_cast<uint32_t>(level);
  result.evidence = static_cast<uint32_t>(evidence);
  result.credit = static_cast<uint32_t>(uint64_t{relation->credit} * level *
                                        evidence / 1000000);
  result.potential = static_cast<uint32_t>(
      uint64_t{relation->credit} * potential_level * evidence / 1000000);
  if (Satisfies(relation->kind, strategy_)) result.says = SaysOf(held, demand);
  return result;
}

DemandLine PairScorer::Line(const Demand& demand,
                            const Section& section) const {
  DemandLine line;
  line.kind = demand.kind;
  line.strength = demand.strength;

  std::vector<HeldCredit> related;
  for (size_t i = 0; i < section.held.size(); ++i) {
    std::optional<HeldCredit> one = Credit(section.held[i], demand);
    if (!one.has_value()) continue;
    one->place = static_cast<int32_t>(i);
    related.push_back(*one);
  }
  Conclude(related, demand, section, line);

  uint32_t largest_potential = 0;
  for (const HeldCredit& one : related) {
    line.credit = std::max(line.credit, one.credit);
    largest_potential = std::max(largest_potential, one.potential);
  }
  line.potential_credit =
      CountsAsOpen(section, demand) && line.satisfied != Satisfied::kNo
          ? 1000
          : largest_potential;
  line.outcome = OutcomeOf(line.credit, line.satisfied);

  if (!related.empty()) {
    const HeldCredit shown =
        *std::min_element(related.begin(), related.end(), ShownBefore);
    line.held = shown.place;
    line.relation = shown.relation.kind;
    line.relation_credit = shown.relation.credit;
    line.level_factor = shown.level;
    line.evidence_factor = shown.evidence;
  }
  return line;
}

std::vector<DemandLine> PairScorer::DemandLines(
    const matching::PersonFeatures& person,
    const matching::RequirementFeatures& requirement) const {
  std::vector<DemandLine> lines;
  if (requirement.demands.empty()) return lines;
  const std::vector<uint32_t> weights =
      SharedWeights(requirement.demands, strategy_);
  std::array<bool, matching::kDemandKindCount> asked{};
  for (size_t i = 0; i < requirement.demands.size(); ++i) {
    const Demand& demand = requirement.demands[i];
    const size_t kind = static_cast<size_t>(demand.kind);
    asked[kind] = true;
    DemandLine line = Line(demand, person.sections[kind]);
    line.demand = static_cast<int32_t>(i);
    line.weight = weights[i];
    lines.push_back(line);
  }
  for (size_t kind = 0; kind < matching::kDemandKindCount; ++kind) {
    if (asked[kind]) continue;
    lines.push_back(NotAskedLine(static_cast<DemandKind>(kind), strategy_));
  }
  for (DemandLine& line : lines) {
    line.contribution = (line.weight * line.credit + 500) / 1000;
    line.potential_contribution =
        (line.weight * line.potential_credit + 500) / 1000;
  }
  return lines;
}

bool PairScorer::WouldSatisfy(const std::vector<matching::Gain>& gains,
                              const Demand& demand) const {
  if (!CanBeLearnt(demand.kind)) return false;
  for (const matching::Gain& gain : gains) {
    if (gain.section != demand.kind) continue;
    const Held held{gain.concept_index, gain.level, gain.evidence};
    const std::optional<HeldCredit> one = Credit(held, demand);
    if (one.has_value() && one->says == Says::kYes) return true;
  }
  return false;
}

}  // namespace kugge::oracle
