#include "services/match/coverage_lines.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "services/features/explainer.h"
#include "services/features/extractor.h"

namespace kugge::match {
namespace {

// What an offering covers, most weight first.
void AddCovered(const Question& question,
                std::vector<std::pair<matching::Demand, matching::Bp>> demands,
                const std::vector<bool>& covered, v1::OfferingMatch* row) {
  // The same thing asked for by several requirements is one line.
  std::map<std::pair<matching::DemandKind, matching::ConceptIndex>,
           v1::CoveredDemand>
      lines;
  for (size_t i = 0; i < demands.size(); ++i) {
    const auto& [demand, weight] = demands[i];
    v1::CoveredDemand& line = lines[{demand.kind, demand.concept_index}];
    features::ConceptText text =
        features::TextOf(question.taxonomy(), demand.concept_index);
    line.set_kind(features::ToDemandKindMessage(demand.kind));
    line.set_asked_concept(std::move(text.id));
    line.set_label(std::move(text.label));
    line.set_weight(line.weight() + static_cast<int32_t>(weight));
    line.set_covered(line.covered() || covered[i]);
  }
  std::vector<v1::CoveredDemand> sorted;
  sorted.reserve(lines.size());
  for (auto& [key, line] : lines) sorted.push_back(std::move(line));
  std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) {
    return std::pair(!a.covered(), -a.weight()) <
           std::pair(!b.covered(), -b.weight());
  });
  for (v1::CoveredDemand& line : sorted) {
    *row->add_demands() = std::move(line);
  }
}

bool IsLearnable(matching::DemandKind kind) {
  return kind != matching::DemandKind::kOccupation;
}

}  // namespace

void CoverRequirement(const Question& question,
                      const matching::CompiledRequirement& requirement,
                      const matching::OfferingAnswer& answer,
                      v1::MatchOfferingsResponse* response) {
  const std::vector<matching::Demand>& demands =
      requirement.requirement().demands;
  for (size_t i = 0; i < answer.rows.size(); ++i) {
    std::vector<std::pair<matching::Demand, matching::Bp>> asked;
    std::vector<bool> covered;
    for (uint32_t d = 0; d < demands.size(); ++d) {
      if (!IsLearnable(demands[d].kind)) continue;
      asked.emplace_back(demands[d], requirement.weights()[d]);
      covered.push_back(std::ranges::binary_search(answer.rows[i].closes, d));
    }
    AddCovered(question, std::move(asked), covered,
               response->mutable_matches(static_cast<int>(i)));
  }
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
    AddCovered(question, gap, covered,
               response->mutable_matches(static_cast<int>(i)));
  }
}

}  // namespace kugge::match
