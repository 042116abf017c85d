// How many random cases a test tries: a sanitizer's build, some 40 times
// slower, tries a twentieth of them.
#ifndef KUGGE_MATCHING_SEEDS_FOR_TEST_H_
#define KUGGE_MATCHING_SEEDS_FOR_TEST_H_

#include <cstdint>

namespace kugge::matching {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define KUGGE_TESTED_BY_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define KUGGE_TESTED_BY_SANITIZER 1
#endif

#ifdef KUGGE_TESTED_BY_SANITIZER
inline constexpr uint64_t kShareOfCases = 20;
#else
inline constexpr uint64_t kShareOfCases = 1;
#endif

// Of so many cases, those that are tried.
constexpr uint64_t CasesOf(uint64_t cases) { return cases / kShareOfCases; }

// Of what so many cases must show at least, what those tried must; chance has a
// larger share in fewer.
constexpr uint64_t EnoughOf(uint64_t shown) {
  return kShareOfCases == 1 ? shown : shown / (3 * kShareOfCases);
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_SEEDS_FOR_TEST_H_
