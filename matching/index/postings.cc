#include "matching/index/postings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
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

void PostingLists::Finish(size_t documents, bool dense) {
  for (Entry& entry : entries_) {
    const std::span list(documents_.data() + entry.begin, entry.size);
    entry.repeats = std::ranges::adjacent_find(list) != list.end();
    if (!dense || entry.size * kDenseShare <= documents) continue;
    entry.dense = static_cast<int32_t>(dense_.size());
    std::vector<uint64_t>& bits = dense_.emplace_back((documents + 63) / 64, 0);
    for (const DocNumber n : list) bits[n / 64] |= uint64_t{1} << (n % 64);
  }
}

PostingLists::List PostingLists::Find(PostingKey key) const {
  const auto it = dictionary_.find(key.bits());
  if (it == dictionary_.end()) return {};
  const Entry& entry = entries_[it->second];
  return {.offset = entry.begin,
          .documents = {documents_.data() + entry.begin, entry.size},
          .infos = {infos_.data() + entry.begin, entry.size},
          .bits = entry.dense < 0
                      ? nullptr
                      : dense_[static_cast<size_t>(entry.dense)].data(),
          .repeats = entry.repeats};
}

size_t PostingLists::bytes() const {
  size_t bytes =
      documents_.capacity() * sizeof(DocNumber) +
      infos_.capacity() * sizeof(PostingInfo) +
      entries_.capacity() * sizeof(Entry) +
      dictionary_.capacity() * (sizeof(uint64_t) + sizeof(uint32_t) + 1);
  for (const auto& bits : dense_) bytes += bits.capacity() * sizeof(uint64_t);
  return bytes;
}

}  // namespace kugge::matching
