#include "matching/strategy.h"

#include <cstddef>
#include <numeric>
#include <span>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "matching/constants.h"

namespace kugge::matching {
namespace {

absl::Status ValidateWeights(absl::string_view field,
                             std::span<const Bp> weights) {
  uint64_t sum = 0;
  for (const Bp weight : weights) sum += weight;
  if (sum == kFullBp) return absl::OkStatus();
  if (sum == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": all weights are zero; they must sum to 10000"));
  }
  return absl::InvalidArgumentError(absl::StrCat(
      field, ": weights sum to ", sum, "; they must sum to 10000"));
}

absl::Status ValidateEvidenceFactors(std::span<const Thousandths> factors) {
  if (factors.front() != kFullCredit) {
    return absl::InvalidArgumentError(
        "evidence_factors: the first, for evidence as asked, must be 1000");
  }
  for (size_t i = 1; i < factors.size(); ++i) {
    if (factors[i] > factors[i - 1]) {
      return absl::InvalidArgumentError(
          absl::StrCat("evidence_factors[", i,
                       "]: must not be larger than the one before it"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

Strategy DefaultStrategy() {
  Strategy strategy;
  strategy.name = "default";
  strategy.demand_weights = {3000, 3000, 1000, 1000, 1000, 1000};
  strategy.wish_weights = {4000, 3000, 1000, 800, 800, 400};
  return strategy;
}

absl::Status Validate(const Strategy& strategy) {
  KUGGE_RETURN_IF_ERROR(
      ValidateWeights("demand_weights", strategy.demand_weights));
  KUGGE_RETURN_IF_ERROR(ValidateWeights("wish_weights", strategy.wish_weights));
  if (strategy.score_factor > kMaximumBlend ||
      strategy.reverse_factor > kMaximumBlend ||
      strategy.score_factor + strategy.reverse_factor > kMaximumBlend ||
      strategy.score_factor + strategy.reverse_factor == 0) {
    return absl::InvalidArgumentError(
        "score_factor, reverse_factor: their sum must be 1 to 10");
  }
  if (strategy.not_asked_credit > kFullCredit) {
    return absl::InvalidArgumentError("not_asked_credit: must be 0 to 1000");
  }
  constexpr RelationSet kMaySatisfy = kAlwaysSatisfying |
                                      RelationBit(RelationKind::kSubstitute75) |
                                      RelationBit(RelationKind::kSubstitute25) |
                                      RelationBit(RelationKind::kSameGroup) |
                                      RelationBit(RelationKind::kBroader);
  if ((strategy.also_satisfying & ~kMaySatisfy) != 0) {
    return absl::InvalidArgumentError(
        "also_satisfying: only substitute 75, substitute 25, same group and "
        "broader can be named; related never satisfies a hard demand");
  }
  return ValidateEvidenceFactors(strategy.evidence_factors);
}

}  // namespace kugge::matching
