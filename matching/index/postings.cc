#include "matching/index/postings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace kugge::matching {

void PostingLists::Allot(size_t postings) {
  uint64_t begin = 0;
  for (Entry& entry : entries_) {
    entry.begin = begin;
    begin += entry.size;
  }
  documents_.resize(postings);
  infos_.resize(postings);
}

void PostingLists::PackInfos() {
  size_t packed = 0;
  for (Entry& entry : entries_) {
    const std::span infos(infos_.data() + entry.begin, entry.size);
    entry.infos = packed;
    entry.infos_the_same = std::ranges::all_of(
        infos, [&](PostingInfo info) { return info == infos.front(); });
    packed += entry.infos_the_same ? 1 : entry.size;
  }
  std::vector<PostingInfo> kept;
  kept.reserve(packed);
  for (const Entry& entry : entries_) {
    const auto begin = infos_.begin() + static_cast<ptrdiff_t>(entry.begin);
    kept.insert(kept.end(), begin,
                begin + (entry.infos_the_same ? 1 : entry.size));
  }
  infos_ = std::move(kept);
}

void PostingLists::Finish(size_t documents, bool dense) {
  PackInfos();
  dense = dense && documents >= kLeastForDense;
  for (Entry& entry : entries_) {
    const std::span list(documents_.data() + entry.begin, entry.size);
    entry.repeats = std::ranges::adjacent_find(list) != list.end();
    if (dense && entry.size * kDenseShare > documents) {
      MakeDense(documents, entry);
    } else {
      MakeStarts(documents, entry);
    }
  }
  dense_bits_.shrink_to_fit();
  dense_ranks_.shrink_to_fit();
  starts_.shrink_to_fit();
}

void PostingLists::MakeDense(size_t documents, Entry& entry) {
  const size_t words = documents / 64 + 1;
  entry.dense = static_cast<uint32_t>(dense_bits_.size());
  dense_bits_.resize(dense_bits_.size() + words, 0);
  dense_ranks_.resize(dense_bits_.size(), 0);
  uint64_t* const bits = dense_bits_.data() + entry.dense;
  uint32_t* const ranks = dense_ranks_.data() + entry.dense;
  // Counted a word late, then added up.
  for (uint64_t i = entry.begin; i < entry.begin + entry.size; ++i) {
    const DocNumber n = documents_[i];
    bits[n / 64] |= uint64_t{1} << (n % 64);
    if (n / 64 + 1 < words) ++ranks[n / 64 + 1];
  }
  std::partial_sum(ranks, ranks + words, ranks);
}

void PostingLists::MakeStarts(size_t documents, Entry& entry) {
  const size_t chunks = documents / kChunk + 1;
  if (entry.size < chunks * kLeastPerChunk || chunks == 1) return;
  entry.starts = static_cast<uint32_t>(starts_.size());
  starts_.resize(starts_.size() + chunks + 1, 0);
  uint32_t* const starts = starts_.data() + entry.starts;
  for (uint64_t i = entry.begin; i < entry.begin + entry.size; ++i) {
    ++starts[documents_[i] / kChunk + 1];
  }
  std::partial_sum(starts, starts + chunks + 1, starts);
}

PostingLists::List PostingLists::At(uint32_t number) const {
  if (number == kNoList) return {};
  const Entry& entry = entries_[number];
  List list{.number = number,
            .offset = entry.begin,
            .documents = {documents_.data() + entry.begin, entry.size},
            .infos = {infos_.data() + entry.infos, entry.infos_the_same},
            .repeats = entry.repeats};
  if (entry.dense != kNowhere) {
    list.bits = dense_bits_.data() + entry.dense;
    list.ranks = dense_ranks_.data() + entry.dense;
  }
  if (entry.starts != kNowhere) list.starts = starts_.data() + entry.starts;
  return list;
}

std::vector<uint16_t> PostingLists::LargestOf(
    const std::vector<uint16_t>& values) const {
  std::vector<uint16_t> largest;
  largest.reserve(entries_.size());
  for (const Entry& entry : entries_) {
    const std::span of_list(values.data() + entry.begin, entry.size);
    largest.push_back(*std::ranges::max_element(of_list));
  }
  return largest;
}

size_t PostingLists::bytes() const {
  return documents_.capacity() * sizeof(DocNumber) +
         infos_.capacity() * sizeof(PostingInfo) +
         entries_.capacity() * sizeof(Entry) +
         dictionary_.capacity() * (sizeof(uint64_t) + sizeof(uint32_t) + 1) +
         dense_bits_.capacity() * sizeof(uint64_t) +
         (dense_ranks_.capacity() + starts_.capacity()) * sizeof(uint32_t);
}

}  // namespace kugge::matching
