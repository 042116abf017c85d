#include "matching/index/kernels.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace kugge::matching {
namespace {

// What each list adds to the 64 documents of a word.
void FindFresh(std::span<const LateList> late, size_t word, uint64_t* fresh) {
  uint64_t paid = 0;
  for (size_t i = 0; i < late.size(); ++i) {
    if (late[i].first) paid = 0;
    fresh[i] = late[i].bits[word] & ~paid;
    paid |= fresh[i];
  }
}

uint16_t LessLate(uint16_t least, uint16_t late_most) {
  return least > late_most ? static_cast<uint16_t>(least - late_most) : 0;
}

size_t CollectPortable(const uint16_t* sums, const uint64_t* mask, size_t words,
                       uint16_t least, std::span<const LateList> late,
                       uint16_t late_most, uint64_t* fresh, uint16_t* bounds,
                       uint16_t* found) {
  const uint16_t early_least = LessLate(least, late_most);
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    bool is_fresh = false;
    for (uint64_t left = mask[word]; left != 0; left &= left - 1) {
      const auto bit = static_cast<size_t>(std::countr_zero(left));
      const size_t i = word * 64 + bit;
      if (sums[i] < early_least) continue;
      if (!is_fresh) FindFresh(late, word, fresh);
      is_fresh = true;
      uint16_t bound = sums[i];
      for (size_t list = 0; list < late.size(); ++list) {
        if ((fresh[list] >> bit & 1) == 0) continue;
        bound = static_cast<uint16_t>(bound + late[list].most);
      }
      if (bound < least) continue;
      bounds[i] = bound;
      found[count++] = static_cast<uint16_t>(i);
    }
  }
  return count;
}

void FillPortable(uint16_t value, size_t words, uint16_t* sums) {
  std::fill_n(sums, 64 * words, value);
}

void AddPortable(uint16_t value, size_t count, uint16_t* sums) {
  for (size_t i = 0; i < count; ++i) {
    sums[i] = static_cast<uint16_t>(sums[i] + value);
  }
}

// Loops that the compiler makes as wide as the function they are in allows.
[[gnu::always_inline]] inline void IntersectLoop(const uint64_t* __restrict a,
                                                 const uint64_t* __restrict b,
                                                 size_t words,
                                                 uint64_t* __restrict both) {
  for (size_t i = 0; i < words; ++i) both[i] = a[i] & b[i];
}
[[gnu::always_inline]] inline void AddBitsLoop(const uint64_t* __restrict a,
                                               const uint64_t* __restrict b,
                                               size_t words,
                                               uint64_t* __restrict sum,
                                               uint64_t* __restrict carry) {
  for (size_t i = 0; i < words; ++i) {
    const uint64_t differs = sum[i] ^ a[i];
    carry[i] = (sum[i] & a[i]) | (differs & b[i]);
    sum[i] = differs ^ b[i];
  }
}

void IntersectPortable(const uint64_t* a, const uint64_t* b, size_t words,
                       uint64_t* both) {
  IntersectLoop(a, b, words, both);
}

void AddBitsPortable(const uint64_t* a, const uint64_t* b, size_t words,
                     uint64_t* sum, uint64_t* carry) {
  AddBitsLoop(a, b, words, sum, carry);
}

constexpr Kernels kPortable = {FillPortable, AddPortable, CollectPortable,
                               IntersectPortable, AddBitsPortable};

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

// Bit j is set where lane j of `values` is at least that of `least`.
__attribute__((target("avx2"))) uint16_t AtLeast(__m256i values,
                                                 __m256i least) {
  const __m256i lanes =
      _mm256_cmpeq_epi16(_mm256_max_epu16(values, least), values);
  return static_cast<uint16_t>(_mm_movemask_epi8(_mm_packs_epi16(
      _mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1))));
}

// Whether some of 64 sums is at least `least`.
__attribute__((target("avx2"))) bool AnyAtLeast(const uint16_t* sums,
                                                __m256i least) {
  const __m256i largest =
      _mm256_max_epu16(_mm256_max_epu16(Load(sums), Load(sums + 16)),
                       _mm256_max_epu16(Load(sums + 32), Load(sums + 48)));
  // Zero where least is at most the largest.
  const __m256i short_by = _mm256_subs_epu16(least, largest);
  return _mm256_movemask_epi8(
             _mm256_cmpeq_epi16(short_by, _mm256_setzero_si256())) != 0;
}

__attribute__((target("avx2"))) size_t
CollectAvx2(const uint16_t* sums, const uint64_t* mask, size_t words,
            uint16_t least, std::span<const LateList> late, uint16_t late_most,
            uint64_t* fresh, uint16_t* bounds, uint16_t* found) {
  const __m256i limit = _mm256_set1_epi16(static_cast<int16_t>(least));
  const __m256i early_limit =
      _mm256_set1_epi16(static_cast<int16_t>(LessLate(least, late_most)));
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    if (mask[word] == 0 || !AnyAtLeast(sums + word * 64, early_limit)) continue;
    FindFresh(late, word, fresh);
    for (size_t quarter = 0; quarter < 64; quarter += 16) {
      const auto wanted = static_cast<uint16_t>(mask[word] >> quarter);
      if (wanted == 0) continue;
      const size_t at = word * 64 + quarter;
      __m256i bound = Load(sums + at);
      for (size_t i = 0; i < late.size(); ++i) {
        const __m256i most =
            _mm256_set1_epi16(static_cast<int16_t>(late[i].most));
        const __m256i lanes =
            LanesOf(static_cast<uint16_t>(fresh[i] >> quarter));
        bound = _mm256_add_epi16(bound, _mm256_and_si256(lanes, most));
      }
      uint32_t over = wanted & AtLeast(bound, limit);
      if (over == 0) continue;
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(bounds + at), bound);
      for (; over != 0; over &= over - 1) {
        found[count++] = static_cast<uint16_t>(
            at + static_cast<size_t>(std::countr_zero(over)));
      }
    }
  }
  return count;
}

__attribute__((target("avx2"))) void FillAvx2(uint16_t value, size_t words,
                                              uint16_t* sums) {
  const __m256i sixteen = _mm256_set1_epi16(static_cast<int16_t>(value));
  auto* at = reinterpret_cast<__m256i*>(sums);
  for (auto* const end = at + 4 * words; at != end; ++at) {
    _mm256_storeu_si256(at, sixteen);
  }
}

__attribute__((target("avx2"))) void AddAvx2(uint16_t value, size_t count,
                                             uint16_t* sums) {
  const __m256i sixteen = _mm256_set1_epi16(static_cast<int16_t>(value));
  size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + i),
                        _mm256_add_epi16(Load(sums + i), sixteen));
  }
  AddPortable(value, count - i, sums + i);
}

__attribute__((target("avx2"))) void IntersectAvx2(const uint64_t* a,
                                                   const uint64_t* b,
                                                   size_t words,
                                                   uint64_t* both) {
  IntersectLoop(a, b, words, both);
}

__attribute__((target("avx2"))) void AddBitsAvx2(const uint64_t* a,
                                                 const uint64_t* b,
                                                 size_t words, uint64_t* sum,
                                                 uint64_t* carry) {
  AddBitsLoop(a, b, words, sum, carry);
}

__attribute__((target("avx512f,avx512bw"))) __m512i
LoadWide(const uint16_t* at) {
  return _mm512_loadu_si512(at);
}

// Bit j is set where lane j of `values`, two times 32 of them, is at least that
// of `least`.
__attribute__((target("avx512f,avx512bw"))) uint64_t
AtLeastWide(__m512i low, __m512i high, __m512i least) {
  return uint64_t{_mm512_cmpge_epu16_mask(low, least)} |
         uint64_t{_mm512_cmpge_epu16_mask(high, least)} << 32;
}

__attribute__((target("avx512f,avx512bw"))) size_t CollectAvx512(
    const uint16_t* sums, const uint64_t* mask, size_t words, uint16_t least,
    std::span<const LateList> late, uint16_t late_most, uint64_t* fresh,
    uint16_t* bounds, uint16_t* found) {
  const __m512i limit = _mm512_set1_epi16(static_cast<int16_t>(least));
  const __m512i early_limit =
      _mm512_set1_epi16(static_cast<int16_t>(LessLate(least, late_most)));
  size_t count = 0;
  for (size_t word = 0; word < words; ++word) {
    if (mask[word] == 0) continue;
    const size_t at = word * 64;
    __m512i low = LoadWide(sums + at);
    __m512i high = LoadWide(sums + at + 32);
    uint64_t over = mask[word] & AtLeastWide(low, high, early_limit);
    if (over == 0) continue;
    FindFresh(late, word, fresh);
    for (size_t i = 0; i < late.size(); ++i) {
      const __m512i most =
          _mm512_set1_epi16(static_cast<int16_t>(late[i].most));
      const auto of_low = static_cast<uint32_t>(fresh[i]);
      const auto of_high = static_cast<uint32_t>(fresh[i] >> 32);
      low = _mm512_mask_add_epi16(low, of_low, low, most);
      high = _mm512_mask_add_epi16(high, of_high, high, most);
    }
    over &= AtLeastWide(low, high, limit);
    if (over == 0) continue;
    _mm512_storeu_si512(bounds + at, low);
    _mm512_storeu_si512(bounds + at + 32, high);
    for (; over != 0; over &= over - 1) {
      found[count++] = static_cast<uint16_t>(
          at + static_cast<size_t>(std::countr_zero(over)));
    }
  }
  return count;
}

constexpr Kernels kAvx2 = {FillAvx2, AddAvx2, CollectAvx2, IntersectAvx2,
                           AddBitsAvx2};

// Wider registers have nothing to offer to the others: they wait for memory.
constexpr Kernels kAvx512 = {FillAvx2, AddAvx2, CollectAvx512, IntersectAvx2,
                             AddBitsAvx2};

#endif

const Kernels& Choose() {
  const char* name = std::getenv("KUGGE_KERNELS");
  for (const NamedKernels& named : AllKernels()) {
    if (name != nullptr && named.name == name) return named.kernels;
  }
  return AllKernels().back().kernels;
}

}  // namespace

const std::vector<NamedKernels>& AllKernels() {
  static const auto* const all = [] {
    auto* const runs = new std::vector<NamedKernels>{{"portable", kPortable}};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) {
      runs->push_back({"avx2", kAvx2});
      if (__builtin_cpu_supports("avx512bw")) {
        runs->push_back({"avx512", kAvx512});
      }
    }
#endif
    return runs;
  }();
  return *all;
}

const Kernels& BestKernels() {
  static const Kernels& best = Choose();
  return best;
}

}  // namespace kugge::matching
