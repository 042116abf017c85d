// The inner loops over a block of documents, in a portable form and, where the
// machine has it, in AVX2; the same results. Chosen at run time.
#ifndef KUGGE_MATCHING_INDEX_KERNELS_H_
#define KUGGE_MATCHING_INDEX_KERNELS_H_

#include <cstddef>
#include <cstdint>

namespace kugge::matching {

// Documents of a block: a block's sums stay in the second-level cache.
inline constexpr size_t kBlockDocuments = 16 * 1024;
inline constexpr size_t kBlockWords = kBlockDocuments / 64;

struct Kernels {
  // Numbers i < 64 * words, ascending, with bit i of `mask` set and sums[i] >=
  // least. `found` has room for all; the count is returned.
  size_t (*collect)(const uint16_t* sums, const uint64_t* mask, size_t words,
                    uint16_t least, uint16_t* found);
  // sums[i] += value for every i < 64 * words with bit i of `mask` set.
  void (*add_where)(uint16_t* sums, const uint64_t* mask, size_t words,
                    uint16_t value);
};

const Kernels& PortableKernels();

// The fastest that this machine runs; PortableKernels() where the environment
// has KUGGE_PORTABLE_KERNELS=1.
const Kernels& BestKernels();

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_KERNELS_H_
