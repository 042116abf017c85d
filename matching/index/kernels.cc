#include "matching/index/kernels.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kugge::matching {
namespace {

size_t CollectPortable(const uint16_t* sums, const uint64_t* mask, size_t words,
                       uint16_t least, uint16_t* found) {
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    for (uint64_t left = mask[word]; left != 0; left &= left - 1) {
      const size_t i = word * 64 + static_cast<size_t>(std::countr_zero(left));
      if (sums[i] >= least) found[count++] = static_cast<uint16_t>(i);
    }
  }
  return count;
}

void AddWherePortable(uint16_t* sums, const uint64_t* mask, size_t words,
                      uint16_t value) {
  for (size_t word = 0; word < words; ++word) {
    for (uint64_t left = mask[word]; left != 0; left &= left - 1) {
      const size_t i = word * 64 + static_cast<size_t>(std::countr_zero(left));
      sums[i] = static_cast<uint16_t>(sums[i] + value);
    }
  }
}

constexpr Kernels kPortable = {CollectPortable, AddWherePortable};

#if defined(__x86_64__)

// 16 lanes of a word's bits: lane j is all ones where bit j of `bits` is set.
__attribute__((target("avx2"))) __m256i LanesOf(uint16_t bits) {
  const __m256i one_each =
      _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096,
                        8192, 16384, static_cast<int16_t>(0x8000));
  const __m256i spread = _mm256_set1_epi16(static_cast<int16_t>(bits));
  return _mm256_cmpeq_epi16(_mm256_and_si256(spread, one_each), one_each);
}

__attribute__((target("avx2"))) __m256i Load(const uint16_t* at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}

// Bit j is set where sums[j] >= least, j < 64.
__attribute__((target("avx2"))) uint64_t AtLeast(const uint16_t* sums,
                                                 __m256i least) {
  const auto lanes = [&](size_t at) __attribute__((target("avx2"))) {
    const __m256i value = Load(sums + at);
    return _mm256_cmpeq_epi16(_mm256_max_epu16(value, least), value);
  };
  const auto both = [&](size_t at) __attribute__((target("avx2"))) {
    const __m256i packed = _mm256_permute4x64_epi64(
        _mm256_packs_epi16(lanes(at), lanes(at + 16)), 0b11011000);
    return static_cast<uint64_t>(
        static_cast<uint32_t>(_mm256_movemask_epi8(packed)));
  };
  return both(0) | both(32) << 32;
}

__attribute__((target("avx2"))) size_t CollectAvx2(const uint16_t* sums,
                                                   const uint64_t* mask,
                                                   size_t words, uint16_t least,
                                                   uint16_t* found) {
  const __m256i limit = _mm256_set1_epi16(static_cast<int16_t>(least));
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    if (mask[word] == 0) continue;
    uint64_t left = mask[word] & AtLeast(sums + word * 64, limit);
    for (; left != 0; left &= left - 1) {
      found[count++] = static_cast<uint16_t>(
          word * 64 + static_cast<size_t>(std::countr_zero(left)));
    }
  }
  return count;
}

__attribute__((target("avx2"))) void AddWhereAvx2(uint16_t* sums,
                                                  const uint64_t* mask,
                                                  size_t words,
                                                  uint16_t value) {
  const __m256i added = _mm256_set1_epi16(static_cast<int16_t>(value));
  for (size_t word = 0; word < words; ++word) {
    if (mask[word] == 0) continue;
    for (size_t quarter = 0; quarter < 4; ++quarter) {
      auto* at = reinterpret_cast<__m256i*>(sums + word * 64 + quarter * 16);
      const __m256i lanes =
          LanesOf(static_cast<uint16_t>(mask[word] >> (quarter * 16)));
      _mm256_storeu_si256(at, _mm256_add_epi16(_mm256_loadu_si256(at),
                                               _mm256_and_si256(lanes, added)));
    }
  }
}

constexpr Kernels kAvx2 = {CollectAvx2, AddWhereAvx2};

#endif

const Kernels& Choose() {
  const char* portable = std::getenv("KUGGE_PORTABLE_KERNELS");
  if (portable != nullptr && std::strcmp(portable, "1") == 0) return kPortable;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return kAvx2;
#endif
  return kPortable;
}

}  // namespace

const Kernels& PortableKernels() { return kPortable; }

const Kernels& BestKernels() {
  static const Kernels& best = Choose();
  return best;
}

}  // namespace kugge::matching
