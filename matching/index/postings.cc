#include "matching/index/postings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace kugge::matching {

void PostingLists::Allot(size_t postings, std::vector<Parts>& all) {
  uint32_t begin = 0;
  for (Parts& parts : all) {
    parts.begin = begin;
    begin += parts.size;
  }
  documents_.resize(postings);
}

void PostingLists::CodeInfos(std::span<const PostingInfo> infos,
                             std::vector<Parts>& all) {
  constexpr uint32_t kNoCode = 0xFFFFFFFF;
  // By all that an info can be: its code in the list at hand.
  std::vector<uint32_t> code_of(0x10000, kNoCode);
  for (Parts& parts : all) {
    const std::span list = infos.subspan(parts.begin, parts.size);
    parts.infos = different_infos_.size();
    for (const PostingInfo info : list) {
      uint32_t& code = code_of[info.bits()];
      if (code != kNoCode) continue;
      code = parts.infos_count++;
      different_infos_.push_back(info);
    }
    if (parts.HasWideCodes()) {
      parts.codes = wide_codes_.size();
      for (const PostingInfo info : list) {
        wide_codes_.push_back(static_cast<uint16_t>(code_of[info.bits()]));
      }
    } else if (parts.HasCodes()) {
      parts.codes = codes_.size();
      for (const PostingInfo info : list) {
        codes_.push_back(static_cast<uint8_t>(code_of[info.bits()]));
      }
    }
    for (uint32_t i = 0; i < parts.infos_count; ++i) {
      code_of[different_infos_[parts.infos + i].bits()] = kNoCode;
    }
  }
  different_infos_.shrink_to_fit();
  codes_.shrink_to_fit();
  wide_codes_.shrink_to_fit();
}

void PostingLists::Finish(size_t documents, bool dense,
                          std::span<const PostingInfo> infos,
                          std::vector<Parts>& all) {
  CodeInfos(infos, all);
  dense = dense && documents >= kLeastForDense;
  for (Parts& parts : all) {
    const std::span list(documents_.data() + parts.begin, parts.size);
    parts.repeats = std::ranges::adjacent_find(list) != list.end();
    if (dense && parts.size * kDenseShare > documents) {
      MakeDense(documents, parts);
    } else {
      MakeStarts(documents, parts);
    }
  }
  dense_bits_.shrink_to_fit();
  dense_ranks_.shrink_to_fit();
  starts_.shrink_to_fit();
  MakeLists(all);
}

void PostingLists::MakeDense(size_t documents, Parts& parts) {
  const size_t words = documents / 64 + 1;
  parts.dense = dense_bits_.size();
  dense_bits_.resize(dense_bits_.size() + words, 0);
  dense_ranks_.resize(dense_bits_.size(), 0);
  uint64_t* const bits = dense_bits_.data() + parts.dense;
  uint32_t* const ranks = dense_ranks_.data() + parts.dense;
  // Counted a word late, then added up.
  for (uint64_t i = parts.begin; i < uint64_t{parts.begin} + parts.size; ++i) {
    const DocNumber n = documents_[i];
    bits[n / 64] |= uint64_t{1} << (n % 64);
    if (n / 64 + 1 < words) ++ranks[n / 64 + 1];
  }
  std::partial_sum(ranks, ranks + words, ranks);
}

void PostingLists::MakeStarts(size_t documents, Parts& parts) {
  const size_t chunks = documents / kChunk + 1;
  if (parts.size < chunks * kLeastPerChunk || chunks == 1) return;
  parts.starts = starts_.size();
  starts_.resize(starts_.size() + chunks + 1, 0);
  uint32_t* const starts = starts_.data() + parts.starts;
  for (uint64_t i = parts.begin; i < uint64_t{parts.begin} + parts.size; ++i) {
    ++starts[documents_[i] / kChunk + 1];
  }
  std::partial_sum(starts, starts + chunks + 1, starts);
}

PostingInfos PostingLists::InfosOf(const Parts& parts) const {
  const std::span different(different_infos_.data() + parts.infos,
                            parts.infos_count);
  if (parts.HasWideCodes()) {
    return {different, wide_codes_.data() + parts.codes};
  }
  if (parts.HasCodes()) return {different, codes_.data() + parts.codes};
  return PostingInfos(different);
}

void PostingLists::MakeLists(const std::vector<Parts>& all) {
  lists_.reserve(all.size());
  for (const Parts& parts : all) {
    List& list = lists_.emplace_back();
    list.documents = {documents_.data() + parts.begin, parts.size};
    list.infos = InfosOf(parts);
    if (parts.dense != kNowhere) {
      list.bits = dense_bits_.data() + parts.dense;
      list.before = dense_ranks_.data() + parts.dense;
    } else if (parts.starts != kNowhere) {
      list.before = starts_.data() + parts.starts;
    }
    list.offset = parts.begin;
    list.number = static_cast<uint32_t>(lists_.size() - 1) & 0x7FFFFFFF;
    list.repeats = parts.repeats ? 1 : 0;
  }
}

std::vector<uint16_t> PostingLists::LargestOf(
    const std::vector<uint16_t>& values) const {
  std::vector<uint16_t> largest;
  largest.reserve(lists_.size());
  for (const List& list : lists_) {
    const std::span of_list(values.data() + list.offset, list.size());
    largest.push_back(*std::ranges::max_element(of_list));
  }
  return largest;
}

size_t PostingLists::bytes() const {
  return documents_.capacity() * sizeof(DocNumber) +
         different_infos_.capacity() * sizeof(PostingInfo) + codes_.capacity() +
         wide_codes_.capacity() * sizeof(uint16_t) +
         lists_.capacity() * sizeof(List) +
         dictionary_.capacity() * (sizeof(uint64_t) + sizeof(uint32_t) + 1) +
         dense_bits_.capacity() * sizeof(uint64_t) +
         (dense_ranks_.capacity() + starts_.capacity()) * sizeof(uint32_t);
}

}  // namespace kugge::matching
