// The two questions between people and requirements: the top k of a compiled
// question over a market, exact. Order and candidates: docs/scoring.md section
// 4. This is the seam behind which the way of finding them may change; callers
// never see a score per document.
#ifndef KUGGE_MATCHING_RANK_H_
#define KUGGE_MATCHING_RANK_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/compiled_person.h"
#include "matching/compiled_requirement.h"
#include "matching/explanation.h"
#include "matching/features.h"
#include "matching/market.h"
#include "matching/types.h"

namespace kugge::matching {

// Where a row stands in a list; what a page token holds. Smaller comes first.
struct RowKey {
  Eligibility eligibility = Eligibility::kEligible;
  uint32_t order = 0;
  Tie tie{};
  DocumentId to{};

  friend bool operator==(const RowKey&, const RowKey&) = default;
  friend std::strong_ordering operator<=>(const RowKey& a, const RowKey& b) {
    if (a.eligibility != b.eligibility) return a.eligibility <=> b.eligibility;
    if (a.order != b.order) return b.order <=> a.order;
    if (a.tie != b.tie) return a.tie <=> b.tie;
    return a.to <=> b.to;
  }
};

inline RowKey KeyOf(const Match& match) {
  return {match.eligibility, match.order, match.tie, match.to};
}

// What is asked of a market. `Document` is the kind of the rows.
template <typename Document>
struct RankRequest {
  // The asking tenant.
  TenantIndex tenant = 0;
  Days today = 0;
  // How many rows of the main list.
  size_t k = 10;
  // Rows strictly after this one; absent: from the first.
  std::optional<RowKey> after{};
  // False: ELIGIBLE rows only.
  bool uncertain = true;
  // How many near misses, in their own list, always from the first.
  size_t near_misses = 0;
  // Only near misses refused by nothing but demands that can be learnt.
  bool learnable_near_misses_only = false;
  // Only documents of these municipalities (sorted); absent: of all. Such
  // documents stand together, so this costs nothing.
  std::optional<std::vector<MunicipalityIndex>> municipalities{};
  // Narrows the candidates further; empty: all. Facets only, nothing that
  // scores.
  std::function<bool(const Document&)> filter{};
  // Also counts the rows of the whole main list.
  bool count = false;
  // Polled at least every 32,768 documents; true ends the question with
  // CANCELLED.
  std::function<bool()> cancelled{};
};

// The rows of a main list, whatever page of it is asked for; UNCERTAIN ones
// where the request asks for them.
struct RankCounts {
  size_t eligible = 0;
  size_t uncertain = 0;

  size_t all() const { return eligible + uncertain; }
  friend bool operator==(const RankCounts&, const RankCounts&) = default;
};

struct RankAnswer {
  std::vector<Match> rows{};
  std::vector<Match> near_misses{};
  // The main list goes on after the last row here.
  bool more = false;
  // How many documents were given a verdict for the rows.
  size_t judged = 0;
  // With RankRequest::count.
  std::optional<RankCounts> counts{};
};

// Requirements for a person. Errors: CANCELLED.
absl::StatusOr<RankAnswer> TopRequirements(
    const Market& market, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request);

// People for a requirement. Errors: CANCELLED.
absl::StatusOr<RankAnswer> TopPeople(
    const Market& market, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request);

// Whether any person, or requirement, passes the request's tenant, day and
// filters at all.
bool AnyCandidate(const Market& market,
                  const RankRequest<PersonFeatures>& request);
bool AnyCandidate(const Market& market,
                  const RankRequest<RequirementFeatures>& request);

// The same answers, always with their counts, by looking at every candidate:
// what the functions above are tested and measured against.
absl::StatusOr<RankAnswer> ExhaustiveTopRequirements(
    const Market& market, const CompiledPerson& person,
    const RankRequest<RequirementFeatures>& request);
absl::StatusOr<RankAnswer> ExhaustiveTopPeople(
    const Market& market, const CompiledRequirement& requirement,
    const RankRequest<PersonFeatures>& request);

// One pair in full: the row that a list would show, and all its lines. The tie
// key is that of a question from the person.
Explanation Explain(const CompiledPerson& person,
                    const RequirementFeatures& requirement);

// The same, with the tie key of a question from the requirement.
Explanation Explain(const CompiledRequirement& requirement,
                    const PersonFeatures& person);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_RANK_H_
