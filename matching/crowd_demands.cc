// Crowd: who satisfies a demand, and whom it doesn't refuse.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "matching/crowd.h"
#include "matching/demand_table.h"
#include "matching/index/postings.h"
#include "matching/relations.h"

namespace kugge::matching {
namespace {

// Whether a section's holdings satisfy the one demand of the table.
Says SaysTheSection(const DemandTable& table, const Demand& demand,
                    const Section& section) {
  Says says = Says::kNothing;
  for (const Held& held : section.held) {
    table.ForEachDemand(
        demand.kind, held.concept_index,
        [&](uint32_t, const Relation& relation) {
          says = std::max(says, WhatItSays(held, demand, relation.satisfying));
        });
  }
  return says;
}

// Calls visit(list) for each list of what can satisfy `demand`.
template <typename Visit>
void ForEachSatisfyingList(const PostingLists& held, const ConceptGraph& graph,
                           const Strategy& strategy, const Demand& demand,
                           Visit visit) {
  if (demand.concept_index == kNoConcept) {
    visit(held.Find(PostingKey::AnyEducation()));
    return;
  }
  ForEachToward(graph, demand.concept_index, strategy.Satisfying(),
                [&](ConceptIndex has, const Relation& relation) {
                  if (!relation.satisfying) return;
                  visit(held.Find(PostingKey::Of(demand.kind, has)));
                });
}

Says WhatAPostingSays(PostingInfo info, const Demand& demand) {
  return WhatItSays({.level = info.level(), .evidence = info.evidence()},
                    demand, true);
}

// A demand, and the lists of what can satisfy it in one segment.
class ListedDemand {
 public:
  ListedDemand(const PostingLists& held, const ConceptGraph& graph,
               const Strategy& strategy, const Demand& demand)
      : demand_(demand) {
    ForEachSatisfyingList(
        held, graph, strategy, demand,
        [&](const PostingLists::List& list) { lists_.push_back(list); });
  }

  bool SatisfiedBy(DocNumber n) const { return SatisfiedIn(lists_.size(), n); }

  // Calls visit(person) for each who satisfies it, once, until it says false.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (size_t number = 0; number < lists_.size(); ++number) {
      const PostingLists::List& list = lists_[number];
      for (size_t i = 0; i < list.size(); ++i) {
        const DocNumber n = list.documents[i];
        if (!Says(list, i) || SaidBefore(list, i) || SatisfiedIn(number, n)) {
          continue;
        }
        if (!visit(n)) return;
      }
    }
  }

 private:
  bool Says(const PostingLists::List& list, size_t i) const {
    return WhatAPostingSays(list.infos[i], demand_) ==
           matching::Says::kSatisfied;
  }
  // By an earlier posting of the same person.
  bool SaidBefore(const PostingLists::List& list, size_t i) const {
    for (size_t j = i; j > 0 && list.documents[j - 1] == list.documents[i];
         --j) {
      if (Says(list, j - 1)) return true;
    }
    return false;
  }
  // By one of so many lists.
  bool SatisfiedIn(size_t lists, DocNumber n) const {
    for (size_t number = 0; number < lists; ++number) {
      const PostingLists::List& list = lists_[number];
      if (list.bits != nullptr && !list.Has(n)) continue;
      for (size_t i = list.PlaceOf(n);
           i < list.size() && list.documents[i] == n; ++i) {
        if (Says(list, i)) return true;
      }
    }
    return false;
  }

  const Demand& demand_;
  absl::InlinedVector<PostingLists::List, 4> lists_;
};

}  // namespace

std::optional<size_t> Crowd::CountByLists(
    const std::vector<const Demand*>& demands, const CrowdSelection& selection,
    size_t most, size_t most_looks) const {
  size_t count = 0;
  size_t looks = 0;
  for (const Part& part : parts_) {
    if (!part.segment->fits()) return std::nullopt;
    std::vector<ListedDemand> listed;
    listed.reserve(demands.size());
    for (const Demand* const demand : demands) {
      listed.emplace_back(part.segment->held(), *scoring_.graph,
                          scoring_.strategy, *demand);
    }
    listed.front().ForEach([&](DocNumber n) {
      const CrowdNumber number = part.first + n;
      const auto has = [&](const CrowdBits* bits) {
        return HasBit(*bits, number);
      };
      if (has(selection.among) && std::ranges::all_of(selection.bits, has) &&
          std::all_of(listed.begin() + 1, listed.end(),
                      [&](const ListedDemand& demand) {
                        return demand.SatisfiedBy(n);
                      })) {
        ++count;
      }
      return count < most && ++looks < most_looks;
    });
    if (count >= most) return count;
    if (looks >= most_looks) return std::nullopt;
  }
  return count;
}

size_t Crowd::CountSatisfyingUpTo(const std::vector<const Demand*>& demands,
                                  CrowdSelection selection, size_t most) {
  // After so many looks a set of those who satisfy a demand pays.
  constexpr size_t kMostLooks = 8192;
  if (!demands.empty() && selection.sets.empty()) {
    std::vector<const Demand*> rarest_first = demands;
    std::ranges::sort(rarest_first, {}, [&](const Demand* demand) {
      return SatisfyingAtMost(*demand);
    });
    const bool few = CrowdSet::IsShort(SatisfyingAtMost(*rarest_first[0]),
                                       candidates_.size());
    if (few || most < kMostLooks) {
      const std::optional<size_t> count =
          CountByLists(rarest_first, selection, most,
                       few ? std::numeric_limits<size_t>::max() : kMostLooks);
      if (count.has_value()) return *count;
    }
  }
  for (const Demand* const demand : demands) {
    selection.sets.push_back(&Satisfying(*demand));
  }
  return CountUpTo(selection, most);
}

CrowdSet Crowd::SatisfyingIn(const PersonSegment& segment,
                             const Demand& demand) const {
  const size_t words = (segment.size() + 63) / 64;
  std::vector<CrowdNumber> found;
  if (!segment.fits()) {
    const DemandTable table(*scoring_.graph, {&demand, 1}, scoring_.strategy);
    for (DocNumber n = 0; n < segment.size(); ++n) {
      const Section& section =
          segment.documents()[n].sections[static_cast<size_t>(demand.kind)];
      if (SaysTheSection(table, demand, section) == Says::kSatisfied) {
        found.push_back(n);
      }
    }
    return NumberSet::Of(std::move(found), words);
  }
  size_t most = 0;
  const auto for_each = [&](auto visit) {
    ForEachSatisfyingList(segment.held(), *scoring_.graph, scoring_.strategy,
                          demand, visit);
  };
  for_each([&](const PostingLists::List& list) { most += list.size(); });
  const auto add = [&](auto take) {
    for_each([&](const PostingLists::List& list) {
      for (size_t i = 0; i < list.size(); ++i) {
        if (WhatAPostingSays(list.infos[i], demand) == Says::kSatisfied) {
          take(list.documents[i]);
        }
      }
    });
  };
  if (NumberSet::IsShort(most, words)) {
    found.reserve(most);
    add([&](DocNumber n) { found.push_back(n); });
    return NumberSet::Of(std::move(found), words);
  }
  NumberBits bits(words, 0);
  add([&](DocNumber n) { SetBit(bits, n); });
  return NumberSet(std::move(bits));
}

const CrowdSet& Crowd::Satisfying(const Demand& demand) {
  std::unique_ptr<CrowdSet>& set = satisfying_[DemandBits(demand)];
  if (set != nullptr) return *set;
  const KeptSets::Key key = {static_cast<int64_t>(Kept::kSatisfying),
                             static_cast<int64_t>(DemandBits(demand)),
                             scoring_.strategy.Satisfying()};
  std::vector<KeptSets::Pointer> of_parts;
  size_t count = 0;
  bool lists = true;
  for (const Part& part : parts_) {
    of_parts.push_back(part.segment->kept_sets().Get(
        key, [&] { return SatisfyingIn(*part.segment, demand); }));
    lists &= of_parts.back()->is_list();
    count += of_parts.back()->list().size();
  }
  if (lists) {
    std::vector<CrowdNumber> list;
    list.reserve(count);
    for (size_t i = 0; i < parts_.size(); ++i) {
      for (const DocNumber n : of_parts[i]->list()) {
        list.push_back(parts_[i].first + n);
      }
    }
    set = std::make_unique<CrowdSet>(std::move(list));
    return *set;
  }
  CrowdBits bits(candidates_.size(), 0);
  for (size_t i = 0; i < parts_.size(); ++i) {
    CopyBits(*of_parts[i], parts_[i].first, bits);
    for (const DocNumber n : of_parts[i]->list()) {
      SetBit(bits, parts_[i].first + n);
    }
  }
  set = std::make_unique<CrowdSet>(std::move(bits));
  return *set;
}

size_t Crowd::SatisfyingAtMost(const Demand& demand) {
  const auto [it, added] = at_most_.try_emplace(DemandBits(demand), 0);
  if (!added) return it->second;
  for (const Part& part : parts_) {
    if (!part.segment->fits()) {
      it->second += part.segment->size();
      continue;
    }
    ForEachSatisfyingList(
        part.segment->held(), *scoring_.graph, scoring_.strategy, demand,
        [&](const PostingLists::List& list) { it->second += list.size(); });
  }
  return it->second;
}

CrowdSet Crowd::NotRefusedBy(const Demand& demand, const Taught& taught) {
  // A gain whose level isn't told leaves the question open for everybody.
  if (taught.says >= Says::kMaybe) return CrowdSet(candidates_);
  const KeptSets::Key key = {
      static_cast<int64_t>(Kept::kNotRefused),
      static_cast<int64_t>(DemandBits(demand)), scoring_.strategy.Satisfying(),
      static_cast<int64_t>(taught.says), taught.opens ? 1 : 0};
  CrowdBits let(candidates_.size(), 0);
  for (const Part& part : parts_) {
    const PersonSegment& segment = *part.segment;
    CopyBits(*segment.kept_sets().Get(
                 key,
                 [&] {
                   return CrowdSet(segment.fits()
                                       ? LetByLists(segment, demand, taught)
                                       : LetOneByOne(segment, demand, taught));
                 }),
             part.first, let);
  }
  return CrowdSet(std::move(let));
}

CrowdBits Crowd::LetByLists(const PersonSegment& segment, const Demand& demand,
                            const Taught& taught) const {
  CrowdBits let((segment.size() + 63) / 64, 0);
  if (taught.says == Says::kNothing) {
    // An open section refuses nobody, unless it states or tells something.
    if (taught.opens) {
      std::ranges::fill(let, ~uint64_t{0});
    } else {
      std::copy_n(
          segment.OpenSections(demand.kind, demand.concept_index != kNoConcept),
          let.size(), let.begin());
    }
    const PostingLists::List& lacking = segment.held().Find(
        PostingKey::Lacking(demand.kind, demand.concept_index));
    for (const DocNumber n : lacking.documents) ClearBit(let, n);
  }
  const auto for_each = [&](auto visit) {
    ForEachSatisfyingList(segment.held(), *scoring_.graph, scoring_.strategy,
                          demand, [&](const PostingLists::List& list) {
                            for (size_t i = 0; i < list.size(); ++i) {
                              visit(list.documents[i],
                                    WhatAPostingSays(list.infos[i], demand));
                            }
                          });
  };
  for_each([&](DocNumber n, Says says) {
    if (says == Says::kShort) ClearBit(let, n);
  });
  for_each([&](DocNumber n, Says says) {
    if (says >= Says::kMaybe) SetBit(let, n);
  });
  return let;
}

CrowdBits Crowd::LetOneByOne(const PersonSegment& segment, const Demand& demand,
                             const Taught& taught) const {
  const DemandTable table(*scoring_.graph, {&demand, 1}, scoring_.strategy);
  CrowdBits let((segment.size() + 63) / 64, 0);
  for (DocNumber n = 0; n < segment.size(); ++n) {
    const Section& section =
        segment.documents()[n].sections[static_cast<size_t>(demand.kind)];
    const DemandState state{
        .says = std::max(taught.says, SaysTheSection(table, demand, section))};
    const DemandVerdict verdict =
        Conclude(state, taught.opens || CountsAsOpen(section, demand),
                 StatesLacking(section, demand));
    if (verdict.satisfied != Satisfied::kNo) SetBit(let, n);
  }
  return let;
}

}  // namespace kugge::matching
