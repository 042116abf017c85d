#include "matching/weights.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matching/features.h"
#include "matching/types.h"

namespace kugge::matching {
namespace {

uint64_t ImportanceOf(const Demand& demand) {
  return std::max<uint64_t>(1, demand.importance);
}

// Every importance the same: all remainders tie, so the first ones in the
// list's order take the basis points left over.
void ShareEqually(Bp weight, std::span<Bp> shared) {
  const auto count = static_cast<Bp>(shared.size());
  const Bp each = weight / count;
  const Bp left_over = weight % count;
  for (Bp i = 0; i < count; ++i) shared[i] = each + (i < left_over ? 1 : 0);
}

void ShareByLargestRemainder(std::span<const Demand> demands, Bp weight,
                             std::span<Bp> shared) {
  uint64_t sum = 0;
  for (const Demand& demand : demands) sum += ImportanceOf(demand);
  Bp left_over = weight;
  struct Remainder {
    uint64_t size;
    size_t position;
  };
  std::vector<Remainder> remainders(demands.size());
  for (size_t i = 0; i < demands.size(); ++i) {
    const uint64_t quota = weight * ImportanceOf(demands[i]);
    shared[i] = static_cast<Bp>(quota / sum);
    left_over -= shared[i];
    remainders[i] = {quota % sum, i};
  }
  std::ranges::sort(remainders, [](const Remainder& a, const Remainder& b) {
    return a.size != b.size ? a.size > b.size : a.position < b.position;
  });
  for (Bp i = 0; i < left_over; ++i) ++shared[remainders[i].position];
}

void ShareKind(std::span<const Demand> demands, Bp weight,
               std::span<Bp> shared) {
  const bool equal = std::ranges::all_of(demands, [&](const Demand& demand) {
    return ImportanceOf(demand) == ImportanceOf(demands.front());
  });
  if (equal) {
    ShareEqually(weight, shared);
  } else {
    ShareByLargestRemainder(demands, weight, shared);
  }
}

}  // namespace

void ShareWeights(std::span<const Demand> demands,
                  const std::array<Bp, kDemandKindCount>& kind_weights,
                  std::vector<Bp>& shared) {
  shared.resize(demands.size());
  for (size_t begin = 0; begin < demands.size();) {
    const DemandKind kind = demands[begin].kind;
    size_t end = begin;
    while (end < demands.size() && demands[end].kind == kind) ++end;
    ShareKind(demands.subspan(begin, end - begin),
              kind_weights[static_cast<size_t>(kind)],
              std::span(shared).subspan(begin, end - begin));
    begin = end;
  }
}

}  // namespace kugge::matching
