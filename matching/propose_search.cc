#include "matching/propose_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "base/status_macros.h"

namespace kugge::matching {
namespace {

constexpr size_t kMostModules = 64;
constexpr size_t kNodesPerPoll = 256;

ModuleSet OneModule(size_t module) { return ModuleSet{1} << module; }

template <typename Visit>
void ForEachModule(ModuleSet modules, Visit visit) {
  for (; modules != 0; modules &= modules - 1) {
    visit(static_cast<size_t>(std::countr_zero(modules)));
  }
}

// More for the week comes first.
bool WorthMore(const ModuleWorth& a, const ModuleWorth& b) {
  return a.shares * b.weeks > b.shares * a.weeks;
}

// What is left of a requirement once some modules are chosen.
struct OpenVacancy {
  // Not filled yet.
  uint64_t positions = 0;
  // Of Node::groups: those that aren't led to and still can be.
  size_t begin = 0;
  size_t end = 0;
};

// The sets that hold all of `chosen` and otherwise some of `undecided`.
struct Node {
  ModuleSet chosen = 0;
  ModuleSet undecided = 0;
  uint32_t weeks = 0;
  uint64_t filled = 0;
  std::vector<OpenVacancy> vacancies{};
  std::vector<const LackGroup*> groups{};
};

// What a node's sets can come to.
struct Prospect {
  uint64_t bound = 0;
  // Undecided modules that can add something, most for the week first.
  std::vector<size_t> order{};
  std::array<uint64_t, kMostModules> shares{};
};

class Searcher {
 public:
  explicit Searcher(const ModuleSearch& search) : search_(search) {}

  absl::StatusOr<FoundModules> Run() {
    Node root;
    for (size_t i = 0; i < search_.weeks.size(); ++i) {
      root.undecided |= OneModule(i);
    }
    for (const Vacancy& vacancy : search_.vacancies) {
      if (vacancy.positions == 0) continue;
      const size_t begin = root.groups.size();
      for (const LackGroup& group : vacancy.groups) {
        root.groups.push_back(&group);
      }
      root.vacancies.push_back({vacancy.positions, begin, root.groups.size()});
    }
    Narrow(root);
    KUGGE_RETURN_IF_ERROR(Visit(root, 1));
    found_.bound = std::max(found_.filled, open_bound_);
    return found_;
  }

 private:
  uint32_t WeeksOfSet(ModuleSet modules) const {
    uint32_t weeks = 0;
    ForEachModule(modules, [&](size_t i) { weeks += search_.weeks[i]; });
    return weeks;
  }

  absl::Status Visit(Node& node, size_t depth) {
    const bool open = found_.nodes >= search_.most_nodes;
    if (!open) {
      if (found_.nodes++ % kNodesPerPoll == 0 && search_.cancelled &&
          search_.cancelled()) {
        return absl::CancelledError("the match was cancelled");
      }
      Offer(node);
    }
    const Prospect prospect = ProspectOf(node);
    if (open) {
      open_bound_ = std::max(open_bound_, prospect.bound);
      return absl::OkStatus();
    }
    if (!MayBeBetter(node, prospect)) return absl::OkStatus();
    const ModuleSet branch = OneModule(prospect.order[0]);
    // What adds nothing now adds nothing to any larger set either.
    node.undecided = 0;
    for (const size_t i : prospect.order) node.undecided |= OneModule(i);
    if (nodes_.size() <= depth) nodes_.resize(depth + 1);
    for (const ModuleSet taken : {branch, ModuleSet{0}}) {
      Node& next = nodes_[depth];
      next.chosen = node.chosen | taken;
      next.undecided = node.undecided & ~branch;
      next.weeks = node.weeks + (taken == 0 ? 0 : WeeksOfSet(taken));
      next.filled = node.filled;
      next.vacancies = node.vacancies;
      next.groups = node.groups;
      Narrow(next);
      KUGGE_RETURN_IF_ERROR(Visit(next, depth + 1));
    }
    return absl::OkStatus();
  }

  // Leaves the modules that the budget holds, and the groups that aren't led to
  // and can be; counts those that are.
  void Narrow(Node& node) const {
    ForEachModule(node.undecided, [&](size_t i) {
      if (node.weeks + search_.weeks[i] > search_.budget) {
        node.undecided &= ~OneModule(i);
      }
    });
    size_t kept_vacancies = 0;
    size_t kept = 0;
    for (OpenVacancy vacancy : node.vacancies) {
      const size_t begin = kept;
      uint64_t led = 0;
      for (size_t i = vacancy.begin; i < vacancy.end; ++i) {
        const LackGroup* const group = node.groups[i];
        if (group->LedBy(node.chosen)) {
          led += group->people;
        } else if (group->LedBy(node.chosen | node.undecided)) {
          node.groups[kept++] = group;
        }
      }
      const uint64_t fills = std::min(led, vacancy.positions);
      node.filled += fills;
      vacancy = {vacancy.positions - fills, begin, kept};
      if (vacancy.positions == 0) kept = begin;
      if (kept == begin) continue;
      node.vacancies[kept_vacancies++] = vacancy;
    }
    node.vacancies.resize(kept_vacancies);
    node.groups.resize(kept);
  }

  Prospect ProspectOf(const Node& node) const {
    Prospect prospect;
    uint64_t together = node.filled;
    for (const OpenVacancy& vacancy : node.vacancies) {
      together +=
          std::min(vacancy.positions, AddShares(node, vacancy, prospect));
    }
    ForEachModule(node.undecided, [&](size_t i) {
      if (prospect.shares[i] > 0) prospect.order.push_back(i);
    });
    const auto worth = [&](size_t i) {
      return ModuleWorth{search_.weeks[i], prospect.shares[i]};
    };
    std::ranges::stable_sort(prospect.order, [&](size_t a, size_t b) {
      return WorthMore(worth(a), worth(b));
    });
    std::vector<ModuleWorth> worths;
    worths.reserve(prospect.order.size());
    for (const size_t i : prospect.order) worths.push_back(worth(i));
    prospect.bound = std::min(
        together, node.filled + KnapsackBound(std::move(worths),
                                              search_.budget - node.weeks));
    return prospect;
  }

  // Shares each person whom the requirement still can be filled with among the
  // modules that would satisfy something they still lack. A module can't add
  // more than the positions times its largest share of one. Returns how many
  // people they are.
  static uint64_t AddShares(const Node& node, const OpenVacancy& vacancy,
                            Prospect& prospect) {
    std::array<uint64_t, kMostModules> sums{};
    std::array<uint64_t, kMostModules> largest{};
    std::array<uint64_t, kMostModules> satisfied{};
    ModuleSet touched_at_all = 0;
    uint64_t people = 0;
    for (size_t i = vacancy.begin; i < vacancy.end; ++i) {
      const LackGroup& group = *node.groups[i];
      people += group.people;
      uint64_t lacking = 0;
      ModuleSet touched = 0;
      for (const ModuleSet need : group.needs) {
        if ((need & node.chosen) != 0) continue;
        ++lacking;
        touched |= need & node.undecided;
        ForEachModule(need & node.undecided,
                      [&](size_t module) { ++satisfied[module]; });
      }
      ForEachModule(touched, [&](size_t module) {
        const uint64_t shares = SharesOf(satisfied[module], lacking);
        satisfied[module] = 0;
        sums[module] += group.people * shares;
        largest[module] = std::max(largest[module], shares);
      });
      touched_at_all |= touched;
    }
    ForEachModule(touched_at_all, [&](size_t module) {
      prospect.shares[module] +=
          std::min(sums[module], vacancy.positions * largest[module]);
    });
    return people;
  }

  // Whether some larger set of the node could come before the best one.
  bool MayBeBetter(const Node& node, const Prospect& prospect) const {
    if (prospect.order.empty() || prospect.bound < found_.filled) return false;
    if (prospect.bound > found_.filled) return true;
    uint32_t least = std::numeric_limits<uint32_t>::max();
    for (const size_t i : prospect.order) {
      least = std::min(least, search_.weeks[i]);
    }
    const uint64_t lacking =
        found_.filled - std::min(found_.filled, node.filled);
    return node.weeks +
               std::max<uint64_t>(least, WeeksFor(lacking, prospect)) <=
           weeks_;
  }

  // No fewer weeks add so much.
  uint64_t WeeksFor(uint64_t positions, const Prospect& prospect) const {
    uint64_t shares = positions * kPositionShares;
    uint64_t weeks = 0;
    for (const size_t i : prospect.order) {
      const uint64_t adds = prospect.shares[i];
      if (adds >= shares)
        return weeks + (shares * search_.weeks[i] + adds - 1) / adds;
      shares -= adds;
      weeks += search_.weeks[i];
    }
    return shares == 0 ? weeks : std::numeric_limits<uint32_t>::max();
  }

  void Offer(const Node& node) {
    if (node.filled < found_.filled) return;
    if (node.filled == found_.filled) {
      if (node.weeks > weeks_) return;
      if (node.weeks == weeks_ && !ComesBefore(node.chosen)) return;
    }
    found_.modules = node.chosen;
    found_.filled = node.filled;
    weeks_ = node.weeks;
    pairs_ = PairsLedBy(search_.vacancies, node.chosen);
  }

  // Among sets that fill as much in as many weeks.
  bool ComesBefore(ModuleSet modules) const {
    const ModuleSet differ = modules ^ found_.modules;
    if (differ == 0) return false;
    const uint64_t pairs = PairsLedBy(search_.vacancies, modules);
    if (pairs != pairs_) return pairs > pairs_;
    return (modules & differ & (~differ + 1)) != 0;
  }

  const ModuleSearch& search_;
  FoundModules found_{};
  // Of the best set.
  uint32_t weeks_ = 0;
  uint64_t pairs_ = 0;
  uint64_t open_bound_ = 0;
  // One a depth, used again and again: references into it stay.
  std::deque<Node> nodes_;
};

}  // namespace

uint64_t PeopleLedBy(const Vacancy& vacancy, ModuleSet modules) {
  uint64_t people = 0;
  for (const LackGroup& group : vacancy.groups) {
    if (group.LedBy(modules)) people += group.people;
  }
  return people;
}

uint64_t FilledBy(std::span<const Vacancy> vacancies, ModuleSet modules) {
  uint64_t filled = 0;
  for (const Vacancy& vacancy : vacancies) {
    filled += std::min(vacancy.positions, PeopleLedBy(vacancy, modules));
  }
  return filled;
}

uint64_t PairsLedBy(std::span<const Vacancy> vacancies, ModuleSet modules) {
  uint64_t pairs = 0;
  for (const Vacancy& vacancy : vacancies) {
    pairs += PeopleLedBy(vacancy, modules);
  }
  return pairs;
}

uint64_t KnapsackBound(std::vector<ModuleWorth> worths, uint32_t budget) {
  std::ranges::sort(worths, WorthMore);
  uint64_t shares = 0;
  for (const ModuleWorth& worth : worths) {
    if (worth.weeks > budget) {
      // A part of it.
      shares += worth.shares * budget / worth.weeks;
      break;
    }
    shares += worth.shares;
    budget -= worth.weeks;
  }
  return shares / kPositionShares;
}

absl::StatusOr<FoundModules> SearchModules(const ModuleSearch& search) {
  return Searcher(search).Run();
}

}  // namespace kugge::matching
