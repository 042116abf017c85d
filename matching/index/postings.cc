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
}

void PostingLists::CodeInfos(std::span<const PostingInfo> infos) {
  constexpr uint32_t kNoCode = 0xFFFFFFFF;
  // By all that an info can be: its code in the list at hand.
  std::vector<uint32_t> code_of(0x10000, kNoCode);
  for (Entry& entry : entries_) {
    const std::span list = infos.subspan(entry.begin, entry.size);
    entry.infos = static_cast<uint32_t>(different_infos_.size());
    for (const PostingInfo info : list) {
      uint32_t& code = code_of[info.bits()];
      if (code != kNoCode) continue;
      code = entry.infos_count++;
      different_infos_.push_back(info);
    }
    if (entry.HasWideCodes()) {
      entry.codes = wide_codes_.size();
      for (const PostingInfo info : list) {
        wide_codes_.push_back(static_cast<uint16_t>(code_of[info.bits()]));
      }
    } else if (entry.HasCodes()) {
      entry.codes = codes_.size();
      for (const PostingInfo info : list) {
        codes_.push_back(static_cast<uint8_t>(code_of[info.bits()]));
      }
    }
    for (uint32_t i = 0; i < entry.infos_count; ++i) {
      code_of[different_infos_[entry.infos + i].bits()] = kNoCode;
    }
  }
  different_infos_.shrink_to_fit();
  codes_.shrink_to_fit();
  wide_codes_.shrink_to_fit();
}

void PostingLists::Finish(size_t documents, bool dense,
                          std::span<const PostingInfo> infos) {
  CodeInfos(infos);
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

PostingInfos PostingLists::InfosOf(const Entry& entry) const {
  const bool wide = entry.HasWideCodes();
  return {{different_infos_.data() + entry.infos, entry.infos_count},
          entry.HasCodes() && !wide ? codes_.data() + entry.codes : nullptr,
          wide ? wide_codes_.data() + entry.codes : nullptr};
}

PostingLists::List PostingLists::At(uint32_t number) const {
  if (number == kNoList) return {};
  const Entry& entry = entries_[number];
  List list{.number = number,
            .offset = entry.begin,
            .documents = {documents_.data() + entry.begin, entry.size},
            .infos = InfosOf(entry),
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
         different_infos_.capacity() * sizeof(PostingInfo) + codes_.capacity() +
         wide_codes_.capacity() * sizeof(uint16_t) +
         entries_.capacity() * sizeof(Entry) +
         dictionary_.capacity() * (sizeof(uint64_t) + sizeof(uint32_t) + 1) +
         dense_bits_.capacity() * sizeof(uint64_t) +
         (dense_ranks_.capacity() + starts_.capacity()) * sizeof(uint32_t);
}

}  // namespace kugge::matching
