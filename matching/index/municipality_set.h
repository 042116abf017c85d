// Municipalities as bits, and the documents that stand in them.
#ifndef KUGGE_MATCHING_INDEX_MUNICIPALITY_SET_H_
#define KUGGE_MATCHING_INDEX_MUNICIPALITY_SET_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "matching/index/documents.h"
#include "matching/types.h"

namespace kugge::matching {

class MunicipalitySet {
 public:
  // Absent: all of them.
  explicit MunicipalitySet(
      const std::optional<std::vector<MunicipalityIndex>>& municipalities);

  bool all() const { return all_; }
  // 64 municipalities a word. The last stands for all that follow: it is full
  // or empty.
  std::span<const uint64_t> words() const { return words_; }

 private:
  bool all_;
  absl::InlinedVector<uint64_t, 8> words_;
};

// The documents of those of `runs` that stand in `municipalities`, ascending
// and apart; documents_of(run) are a run's, next to those of the one before.
// Whether a run does is anybody's guess: those that do are picked without one.
template <typename Run, typename DocumentsOf>
std::vector<DocRange> RangesWithin(std::span<const Run> runs,
                                   const MunicipalitySet& municipalities,
                                   DocumentsOf documents_of) {
  if (runs.empty()) return {};
  if (municipalities.all()) {
    return {{documents_of(runs.front()).begin, documents_of(runs.back()).end}};
  }
  std::vector<DocRange> ranges;
  constexpr size_t kChunk = 128;
  std::array<const Run*, kChunk> picked;
  const uint64_t* const words = municipalities.words().data();
  const size_t last = municipalities.words().size() - 1;
  while (!runs.empty()) {
    const std::span chunk = runs.first(std::min(runs.size(), kChunk));
    runs = runs.subspan(chunk.size());
    size_t count = 0;
    for (const Run& run : chunk) {
      const size_t m = run.municipality;
      picked[count] = &run;
      count += words[std::min(m / 64, last)] >> (m % 64) & 1;
    }
    for (size_t i = 0; i < count; ++i) {
      const DocRange documents = documents_of(*picked[i]);
      if (!ranges.empty() && ranges.back().end == documents.begin) {
        ranges.back().end = documents.end;
      } else {
        ranges.push_back(documents);
      }
    }
  }
  return ranges;
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_MUNICIPALITY_SET_H_
