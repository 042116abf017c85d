// The kept key that orders exact ties, so that no employer and no person is
// always first. Made once when a store is first opened; answers name its id.
#ifndef KUGGE_MATCHING_TIE_KEY_H_
#define KUGGE_MATCHING_TIE_KEY_H_

#include <array>
#include <cstdint>

#include "matching/types.h"

namespace kugge::matching {

struct TieKey {
  std::array<uint8_t, 16> bytes{};
  friend bool operator==(const TieKey&, const TieKey&) = default;
};

// SipHash-2-4 with 128-bit output (Aumasson and Bernstein, 2012) of the bytes
// of `from` followed by those of `to`.
Tie TieOf(const TieKey& key, const DocumentId& from, const DocumentId& to);

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TIE_KEY_H_
