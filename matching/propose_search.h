// Which modules of a training fill most: branch and bound over sets of at most
// 64, the same on every machine. docs/scoring.md section 12.
#ifndef KUGGE_MATCHING_PROPOSE_SEARCH_H_
#define KUGGE_MATCHING_PROPOSE_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"

namespace kugge::matching {

// A set of modules: bit i stands for module i.
using ModuleSet = uint64_t;

// People of one requirement who lack the same.
struct LackGroup {
  // One of each is needed. Not empty, none empty, none in another.
  std::vector<ModuleSet> needs{};
  // Modules that satisfy something of what they lack.
  ModuleSet touches = 0;
  uint64_t people = 0;
  // docs/scoring.md 12: of all of them together.
  uint64_t promise = 0;

  bool LedBy(ModuleSet modules) const {
    for (const ModuleSet need : needs) {
      if ((need & modules) == 0) return false;
    }
    return true;
  }
};

// One requirement: positions to be filled, and who could.
struct Vacancy {
  uint64_t positions = 0;
  std::vector<LackGroup> groups{};
};

uint64_t PeopleLedBy(const Vacancy& vacancy, ModuleSet modules);
// Summed over requirements: the positions filled, and the pairs.
uint64_t FilledBy(std::span<const Vacancy> vacancies, ModuleSet modules);
uint64_t PairsLedBy(std::span<const Vacancy> vacancies, ModuleSet modules);

struct ModuleSearch {
  // Of each module, at least 1; at most 64 modules.
  std::span<const uint32_t> weeks;
  std::span<const Vacancy> vacancies;
  uint32_t budget = 0;
  size_t most_nodes = 0;
  const std::function<bool()>& cancelled;
};

struct FoundModules {
  ModuleSet modules = 0;
  uint64_t filled = 0;
  // No set within the budget fills more. Equal to `filled` where the search
  // came to its end.
  uint64_t bound = 0;
  size_t nodes = 0;
};

// The set that fills most; of equal ones the fewest weeks, then the most pairs,
// then the one that has the first module of those that they don't share.
// Errors: CANCELLED.
absl::StatusOr<FoundModules> SearchModules(const ModuleSearch& search);

// What the modules fill together at most, as far as their weeks and what each
// could add (in shares of kPositionShares) tell: a fractional knapsack.
inline constexpr uint64_t kPositionShares = 720'720;  // divided by all up to 16
struct ModuleWorth {
  uint32_t weeks = 1;
  uint64_t shares = 0;
};
uint64_t KnapsackBound(std::vector<ModuleWorth> worths, uint32_t budget);

// A demand's part of somebody who lacks `lacking`, where `satisfied` of those
// are satisfied by one module: rounded up, so that parts never sum to less than
// the whole.
inline uint64_t SharesOf(uint64_t satisfied, uint64_t lacking) {
  return (satisfied * kPositionShares + lacking - 1) / lacking;
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_PROPOSE_SEARCH_H_
