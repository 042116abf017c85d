// The inner loops over a block of documents, in a portable form and, where the
// machine has it, in AVX2 or AVX-512; the same results. Chosen at run time.
#ifndef KUGGE_MATCHING_INDEX_KERNELS_H_
#define KUGGE_MATCHING_INDEX_KERNELS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace kugge::matching {

// Documents that a block has room for.
inline constexpr size_t kBlockDocuments = 64 * 1024;
inline constexpr size_t kBlockWords = kBlockDocuments / 64;

// A list whose documents are known by bits, which aren't added to the sums of a
// block but looked up where they could matter.
struct LateList {
  // From the block's first document on.
  const uint64_t* bits = nullptr;
  // The most that it adds.
  uint16_t most = 0;
  // Of several lists for one demand the first that names a document pays: they
  // stand one after the other, and this is the first of them.
  bool first = true;
};

struct Kernels {
  // Sets sums[i], i < 64 * words.
  void (*fill)(uint16_t value, size_t words, uint16_t* sums);
  // Adds to sums[i], i < count.
  void (*add)(uint16_t value, size_t count, uint16_t* sums);
  // Documents i < 64 * words, ascending, with bit i of `mask` set and bounds[i]
  // >= least, where bounds[i] is sums[i] and the most that `late` adds; bounds
  // are given for those found, and fit 16 bits. `late_most`: no bound is larger
  // than its sum by more. `fresh` has room for a word a list, `found` for all
  // documents; the count is returned.
  size_t (*collect)(const uint16_t* sums, const uint64_t* mask, size_t words,
                    uint16_t least, std::span<const LateList> late,
                    uint16_t late_most, uint64_t* fresh, uint16_t* bounds,
                    uint16_t* found);
  // Sets both[i], i < words, to what is in a[i] and in b[i].
  void (*intersect)(const uint64_t* a, const uint64_t* b, size_t words,
                    uint64_t* both);
  // Adds three bits of every number: the lower bit of their sum replaces
  // sum[i], the upper one is carry[i], i < words.
  void (*add_bits)(const uint64_t* a, const uint64_t* b, size_t words,
                   uint64_t* sum, uint64_t* carry);
};

struct NamedKernels {
  std::string_view name;
  const Kernels& kernels;
};

// Those that this machine runs, the fastest last: "portable" everywhere,
// "avx2", "avx512".
const std::vector<NamedKernels>& AllKernels();

// The fastest, or those that the environment's KUGGE_KERNELS names; a name that
// isn't one of AllKernels is passed over.
const Kernels& BestKernels();

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_KERNELS_H_
