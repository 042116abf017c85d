#include "services/match/coverage_lines.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/credit.h"
#include "services/features/explainer.h"
#include "services/features/sentences.h"

namespace kugge::match {
namespace {

// A line and the demand that its sentence is about: the most that is covered,
// or the least that is left.
struct CoveredLine {
  v1::CoveredDemand line;
  const matching::Demand* shown = nullptr;
};

bool AsksMore(const matching::Demand& one, const matching::Demand& other) {
  return std::pair(one.minimum_level, one.minimum_evidence) >
         std::pair(other.minimum_level, other.minimum_evidence);
}

// What an offering covers, most weight first.
void AddCovered(const Question& question,
                std::vector<std::pair<matching::Demand, matching::Bp>> demands,
                const std::vector<bool>& covered, CoveredLines* added) {
  // The same thing asked for by several requirements is one line, or two where
  // only some of them would be satisfied.
  std::map<std::tuple<matching::DemandKind, matching::ConceptIndex, bool>,
           CoveredLine>
      lines;
  for (size_t i = 0; i < demands.size(); ++i) {
    const auto& [demand, weight] = demands[i];
    auto& [line, shown] =
        lines[{demand.kind, demand.concept_index, covered[i]}];
    if (shown == nullptr || AsksMore(demand, *shown) == covered[i]) {
      shown = &demand;
    }
    features::ConceptText text =
        features::TextOf(question.taxonomy(), demand.concept_index);
    line.set_kind(features::ToDemandKindMessage(demand.kind));
    line.set_asked_concept(std::move(text.id));
    line.set_label(std::move(text.label));
    line.set_weight(line.weight() + static_cast<int32_t>(weight));
    line.set_covered(covered[i]);
  }
  std::vector<v1::CoveredDemand> sorted;
  sorted.reserve(lines.size());
  const features::Sentences sentences(question.language(), question.taxonomy());
  for (auto& [key, made] : lines) {
    made.line.set_sentence(
        sentences.OfCovered(*made.shown, made.line.covered()));
    sorted.push_back(std::move(made.line));
  }
  std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) {
    return std::pair(!a.covered(), -a.weight()) <
           std::pair(!b.covered(), -b.weight());
  });
  for (v1::CoveredDemand& line : sorted) {
    *added->Add() = std::move(line);
  }
}

}  // namespace

void CoverDemands(const Question& question, const WeightedDemands& asked,
                  const std::vector<uint32_t>& closes, CoveredLines* lines) {
  std::vector<std::pair<matching::Demand, matching::Bp>> learnable;
  std::vector<bool> covered;
  for (uint32_t i = 0; i < asked.demands.size(); ++i) {
    if (!matching::CanBeLearnt(asked.demands[i].kind)) continue;
    learnable.emplace_back(asked.demands[i], asked.weights[i]);
    covered.push_back(std::ranges::binary_search(closes, i));
  }
  AddCovered(question, std::move(learnable), covered, lines);
}

void LeaveDemands(const Question& question, const WeightedDemands& asked,
                  const std::vector<uint32_t>& left, CoveredLines* lines) {
  std::vector<std::pair<matching::Demand, matching::Bp>> demands;
  demands.reserve(left.size());
  for (const uint32_t i : left) {
    demands.emplace_back(asked.demands[i], asked.weights[i]);
  }
  const std::vector<bool> covered(demands.size(), false);
  AddCovered(question, std::move(demands), covered, lines);
}

void CoverGap(const Question& question, const matching::OfferingAnswer& answer,
              v1::MatchOfferingsResponse* response) {
  std::vector<std::pair<matching::Demand, matching::Bp>> gap;
  gap.reserve(answer.gap.size());
  for (const matching::GapDemand& demand : answer.gap) {
    gap.emplace_back(question.market()
                         .requirements()
                         .Find(demand.requirement)
                         ->demands[demand.demand],
                     demand.weight);
  }
  for (size_t i = 0; i < answer.rows.size(); ++i) {
    std::vector<bool> covered(gap.size(), false);
    for (const uint32_t closed : answer.rows[i].closes) covered[closed] = true;
    AddCovered(
        question, gap, covered,
        response->mutable_matches(static_cast<int>(i))->mutable_demands());
  }
}

}  // namespace kugge::match
