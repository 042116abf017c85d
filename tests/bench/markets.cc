#include "tests/bench/markets.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace kugge::bench {
namespace {

using matching::Market;
using matching::MarketChanges;

// Requirements of the market are other queries than those that ask.
constexpr uint64_t kFirstDocument = 1ull << 32;

template <typename Features, typename Change>
void Put(Features features, std::vector<Change>& changes) {
  auto document = std::make_shared<const Features>(std::move(features));
  const matching::DocumentId id = document->id;
  changes.push_back({id, std::move(document)});
}

}  // namespace

MarketPointer FullMarket(const SkillsBench& bench, const FullWorkload& full) {
  MarketChanges changes;
  for (uint32_t i = 0; i < bench.options.people; ++i) {
    Put(full.PersonAt(i), changes.people);
  }
  for (uint64_t i = 0; i < bench.options.requirements; ++i) {
    const uint64_t index = kFirstDocument + i;
    Put(full.RequirementOf(bench.workload.QueryAt(index), index),
        changes.requirements);
  }
  return Market().Apply(std::move(changes));
}

MarketPointer SkillsMarket(const SkillsBench& bench) {
  MarketChanges changes;
  for (uint64_t i = 0; i < bench.options.requirements; ++i) {
    const uint64_t index = kFirstDocument + i;
    Put(ToFeatures(bench.workload.QueryAt(index), index, false),
        changes.requirements);
  }
  return bench.engine.market().Apply(std::move(changes));
}

}  // namespace kugge::bench
