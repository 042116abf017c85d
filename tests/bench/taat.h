// The plainest fast way to answer the workload's questions, as a measure: term
// at a time into dense accumulators, flat postings, documents ordered like the
// engine's, by place, then occupation; a bitmap of those within reach is tested
// at the end. No pruning.
#ifndef KUGGE_TESTS_BENCH_TAAT_H_
#define KUGGE_TESTS_BENCH_TAAT_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "matching/types.h"
#include "tests/bench/top_scores.h"
#include "tests/bench/workload.h"

namespace kugge::bench {

class Taat {
 public:
  Taat(const Workload& workload, uint32_t people);

  // `weights` are the terms' shares as the engine computes them; they sum to at
  // most 10,000. Not for two threads at a time: the accumulators are kept.
  TopScores Top(const Query& query, const std::vector<matching::Bp>& weights,
                Filter filter);

  // How many postings the question reads.
  size_t PostingsOf(const Query& query) const;
  size_t postings() const { return docs_.size(); }

 private:
  void Fill(const Workload& workload, const std::vector<uint32_t>& order);
  void Accumulate(const Query& query, const std::vector<matching::Bp>& weights,
                  Filter filter);
  void MarkRegion(const Query& query);
  template <bool kMust>
  TopScores Collect(const std::vector<uint64_t>& within);

  // Of each skill: docs_[begin_[s]] up to docs_[begin_[s + 1]].
  std::vector<size_t> begin_;
  std::vector<uint32_t> docs_;
  // Of each municipality: the documents from first up to second.
  std::vector<std::pair<uint32_t, uint32_t>> ranges_;
  // Per document.
  std::vector<uint8_t> complete_;
  // One bit a document: those that the question may find.
  std::vector<uint64_t> within_;
  std::vector<uint64_t> everybody_;
  // All zero between questions.
  std::vector<int16_t> accumulators_;
};

}  // namespace kugge::bench

#endif  // KUGGE_TESTS_BENCH_TAAT_H_
