// Asks for the memory of documents that are read soon, so that many reads wait
// at once instead of one after the other.
#ifndef KUGGE_MATCHING_FETCH_AHEAD_H_
#define KUGGE_MATCHING_FETCH_AHEAD_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "matching/features.h"

namespace kugge::matching {

inline void FetchAhead(const void* begin, size_t bytes) {
  constexpr size_t kLine = 64;
  const auto* at = static_cast<const char*>(begin);
  // From the line's begin on: the last ones may stand in a line of their own.
  const size_t before = reinterpret_cast<uintptr_t>(begin) % kLine;
  for (size_t i = 0; i < before + bytes; i += kLine) {
    __builtin_prefetch(at - before + i);
  }
}

// What a document that is there names.
inline void FetchListsAhead(const PersonFeatures& person) {
  for (const Section& section : person.sections) {
    FetchAhead(section.held.data(), section.held.size() * sizeof(Held));
    if (!section.lacking.empty()) __builtin_prefetch(section.lacking.data());
  }
}
inline void FetchListsAhead(const RequirementFeatures& requirement) {
  FetchAhead(requirement.demands.data(),
             requirement.demands.size() * sizeof(Demand));
}

// Calls visit(item) for each, in order, with the memory of the documents that
// `get(item)` gives at hand. `holder(item)` is where what holds it stands; null
// where that is at hand.
template <typename Item, typename Holder, typename Get, typename Visit>
void VisitFetched(std::span<const Item> items, Holder holder, Get get,
                  Visit visit) {
  // As many as the first-level cache has room for.
  constexpr size_t kTogether = 16;
  while (!items.empty()) {
    const auto some = items.first(std::min(items.size(), kTogether));
    items = items.subspan(some.size());
    for (const Item& item : some) __builtin_prefetch(holder(item));
    for (const Item& item : some) FetchAhead(&get(item), sizeof(get(item)));
    for (const Item& item : some) FetchListsAhead(get(item));
    for (const Item& item : some) visit(item);
  }
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_FETCH_AHEAD_H_
