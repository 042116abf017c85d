#include "matching/person_gap.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "matching/constants.h"
#include "matching/rank.h"
#include "matching/weights.h"

namespace kugge::matching {
namespace {

// The requirements whose gaps count, first one first.
absl::StatusOr<std::vector<DocumentId>> BestRequirements(
    const Market& market, const CompiledPerson& person,
    const OfferingRequest& request) {
  RankRequest<RequirementFeatures> rank{.tenant = request.tenant,
                                        .today = request.today,
                                        .k = kGapRequirements,
                                        .after = std::nullopt,
                                        .learnable_near_misses_only = true,
                                        .municipalities = std::nullopt,
                                        .filter = request.toward,
                                        .cancelled = request.cancelled};
  KUGGE_ASSIGN_OR_RETURN(RankAnswer best,
                         TopRequirements(market, person, rank));
  if (best.rows.size() < kGapRequirements) {
    // Looked for only where they are needed: they cost most.
    rank.near_misses = kGapRequirements - best.rows.size();
    rank.k = 0;
    KUGGE_ASSIGN_OR_RETURN(RankAnswer missed,
                           TopRequirements(market, person, rank));
    std::ranges::move(missed.near_misses, std::back_inserter(best.rows));
  }
  std::vector<DocumentId> ids;
  ids.reserve(best.rows.size());
  for (const Match& match : best.rows) ids.push_back(match.to);
  return ids;
}

// Adds what the person isn't known to satisfy of one requirement.
void AddGap(const CompiledPerson& person,
            const RequirementFeatures& requirement, Need& need,
            std::vector<GapDemand>& gap) {
  std::vector<Bp> weights;
  ShareWeights(requirement.demands, person.strategy().demand_weights, weights);
  for (uint32_t i = 0; i < requirement.demands.size(); ++i) {
    const Demand& demand = requirement.demands[i];
    if (!CanBeLearnt(demand.kind)) continue;
    const Satisfied satisfied = person.Judge(demand).satisfied;
    if (satisfied == Satisfied::kYes) continue;
    gap.push_back({.requirement = requirement.id,
                   .requirement_reference = requirement.reference,
                   .demand = i,
                   .weight = weights[i],
                   .satisfied = satisfied});
    need.demands.push_back(demand);
    need.weights.push_back(weights[i]);
    need.total += weights[i];
  }
}

}  // namespace

absl::StatusOr<PersonGap> GapOf(const Market& market,
                                const CompiledPerson& person,
                                const OfferingRequest& request, Need& need) {
  KUGGE_ASSIGN_OR_RETURN(const std::vector<DocumentId> best,
                         BestRequirements(market, person, request));
  PersonGap gap{.requirements = best.size()};
  for (const DocumentId& id : best) {
    AddGap(person, *market.requirements().Find(id), need, gap.demands);
  }
  need.table = DemandTable(person.graph(), need.demands, person.strategy());
  return gap;
}

size_t RequirementsHelped(const std::vector<GapDemand>& gap,
                          std::span<const uint32_t> closes) {
  size_t helped = 0;
  for (size_t i = 0; i < closes.size(); ++i) {
    helped +=
        i == 0 || gap[closes[i]].requirement != gap[closes[i - 1]].requirement
            ? 1
            : 0;
  }
  return helped;
}

}  // namespace kugge::matching
