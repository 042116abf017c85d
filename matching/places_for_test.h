// A day and two towns that the tests of this folder share.
#ifndef KUGGE_MATCHING_PLACES_FOR_TEST_H_
#define KUGGE_MATCHING_PLACES_FOR_TEST_H_

#include "matching/types.h"

namespace kugge::matching {

inline constexpr Days kToday = 20'000;
inline constexpr Point kMora{6'100'700, 1'454'300};
inline constexpr Point kOrsa{6'112'000, 1'461'700};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_PLACES_FOR_TEST_H_
