// People by what they lack of one requirement, counted over a crowd without a
// look at those whom its sets already leave out. docs/scoring.md section 12.
#ifndef KUGGE_MATCHING_PROPOSE_LACKS_H_
#define KUGGE_MATCHING_PROPOSE_LACKS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "matching/crowd.h"

namespace kugge::matching {

// Places of demands, ascending.
using LackedPlaces = std::vector<uint32_t>;

// Of `people`, how many lack exactly so much of `satisfying`, which holds who
// satisfies each demand; whoever lacks nothing is left out.
std::map<LackedPlaces, uint64_t> PeopleByLack(
    const CrowdSet& people, std::span<const CrowdSet* const> satisfying);

// Of `people`, who satisfies all, and for each demand how many lack it alone.
struct NearlySatisfying {
  CrowdBits all{};
  std::vector<uint64_t> lacking_alone{};
};
NearlySatisfying PeopleNearlySatisfying(
    CrowdBits people, std::span<const CrowdSet* const> satisfying);

// How many are in both.
uint64_t CountInBoth(const CrowdBits& people, const CrowdSet& set);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_PROPOSE_LACKS_H_
