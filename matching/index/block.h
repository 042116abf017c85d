// A block of a segment's documents, and the buffers that a search fills for it.
#ifndef KUGGE_MATCHING_INDEX_BLOCK_H_
#define KUGGE_MATCHING_INDEX_BLOCK_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "matching/index/documents.h"
#include "matching/index/kernels.h"
#include "matching/index/postings.h"

namespace kugge::matching {

// Documents [base, base + 64 * words), of which those of `documents` are asked
// for. `base` is a multiple of 64.
struct Block {
  DocNumber base = 0;
  size_t words = 0;
  DocRange documents;

  DocNumber end() const { return base + static_cast<DocNumber>(64 * words); }
};

using BlockBits = std::array<uint64_t, kBlockWords>;
using BlockSums = std::array<uint16_t, kBlockDocuments>;

inline void SetBit(BlockBits& bits, size_t at) {
  bits[at / 64] |= uint64_t{1} << (at % 64);
}
inline void ClearBit(BlockBits& bits, size_t at) {
  bits[at / 64] &= ~(uint64_t{1} << (at % 64));
}
inline bool TestBit(const BlockBits& bits, size_t at) {
  return (bits[at / 64] >> (at % 64) & 1) != 0;
}

// How long a block is: its sums stay in the second-level cache.
inline constexpr DocNumber kBlockLength = 32 * 1024;
// Set in tests alone, to a smaller multiple of 64: what a long block would hide
// shows in short ones.
inline std::atomic<DocNumber>& BlockLengthSetting() {
  static std::atomic<DocNumber> length{kBlockLength};
  return length;
}
inline DocNumber BlockLength() {
  return BlockLengthSetting().load(std::memory_order_relaxed);
}
// How long while there are too few rows to compare with.
inline DocNumber FirstBlockLength() {
  return std::min<DocNumber>(BlockLength(), 2048);
}

// How long where only those that lists name are looked at: more of them stand
// together, and finding one's place in every list is what a block costs.
inline DocNumber ReachedBlockLength() {
  static_assert(2 * kBlockLength <= kBlockDocuments);
  return 2 * BlockLength();
}

// How long where everybody of a block is looked at: so much of it that it stays
// in the first-level cache.
inline DocNumber CountedBlockLength() {
  return std::min<DocNumber>(BlockLength(), 8192);
}

// Sets the bits of [begin, end), of a block that begins at `base`.
inline void SetRange(DocNumber base, DocRange range, BlockBits& bits) {
  const size_t first = (range.begin - base) / 64;
  const size_t last = (range.end - 1 - base) / 64;
  const uint64_t from = ~uint64_t{0} << (range.begin % 64);
  const uint64_t to = ~uint64_t{0} >> (63 - (range.end - 1) % 64);
  if (first == last) {
    bits[first] |= from & to;
    return;
  }
  bits[first] |= from;
  for (size_t word = first + 1; word < last; ++word) bits[word] = ~uint64_t{0};
  bits[last] |= to;
}

// Calls visit(place in the block) for each whose bit is set, ascending.
template <typename Visit>
void ForEachOf(const Block& block, const BlockBits& bits, Visit visit) {
  for (size_t word = 0; word < block.words; ++word) {
    for (uint64_t left = bits[word]; left != 0; left &= left - 1) {
      visit(word * 64 + static_cast<size_t>(std::countr_zero(left)));
    }
  }
}

// Their places, in `found`, which has room for all.
inline std::span<const uint16_t> ListMask(const Block& block,
                                          const BlockBits& bits,
                                          std::span<uint16_t> found) {
  size_t count = 0;
  ForEachOf(block, bits,
            [&](size_t at) { found[count++] = static_cast<uint16_t>(at); });
  return found.first(count);
}

// The bits of the documents that stand in one of `ranges`, which are ascending
// and apart.
inline void FillRanges(const Block& block, std::span<const DocRange> ranges,
                       BlockBits& bits) {
  std::fill_n(bits.begin(), block.words, 0);
  for (const DocRange& range : ranges) {
    const DocRange here{std::max(range.begin, block.documents.begin),
                        std::min(range.end, block.documents.end)};
    if (here.begin < here.end) SetRange(block.base, here, bits);
  }
}

// Ranges that are looked through together: reading what stands between them
// costs less than finding one's place in every list anew.
inline constexpr DocNumber kClose = 4096;

// Calls visit(cover, ranges of it) for each run of ranges that are close.
template <typename Visit>
void ForEachGroup(std::span<const DocRange> ranges, Visit visit) {
  const DocNumber close = std::min(kClose, BlockLength());
  for (size_t begin = 0; begin < ranges.size();) {
    size_t end = begin + 1;
    while (end < ranges.size() &&
           ranges[end].begin - ranges[end - 1].end < close) {
      ++end;
    }
    visit(DocRange{ranges[begin].begin, ranges[end - 1].end},
          ranges.subspan(begin, end - begin));
    begin = end;
  }
}

// The blocks that cover a range, each at most length() long as asked for before
// it.
template <typename Length, typename Visit>
void ForEachBlock(DocRange range, Length length, Visit visit) {
  for (DocNumber begin = range.begin; begin < range.end;) {
    const DocNumber base = begin / 64 * 64;
    const DocNumber end = std::min<DocNumber>(range.end, base + length());
    visit(Block{.base = base,
                .words = (end - base + 63) / 64,
                .documents = {begin, end}});
    begin = end;
  }
}

// Lists that a block's sums leave out, and the most that they add together.
struct LateLists {
  std::span<const LateList> lists{};
  uint16_t most = 0;
};

// No bound is as large.
inline constexpr uint32_t kAboveAll = 0x10000;

// A posting list read block by block, blocks ascending.
class ListCursor {
 public:
  ListCursor() = default;
  // `list` outlives the cursor.
  explicit ListCursor(const PostingLists::List& list) : list_(&list) {}
  explicit ListCursor(PostingLists::List&&) = delete;

  const PostingLists::List& list() const { return *list_; }

  // Calls visit(place in the block, place in the list) for each posting of the
  // block.
  template <typename Visit>
  void ForEach(const Block& block, Visit visit) {
    const DocNumber base = block.base;
    const DocNumber end = block.documents.end;
    const DocNumber* const documents = list_->documents.data();
    const size_t size = list_->size();
    if (first_ != block.documents.begin) {
      first_ = block.documents.begin;
      begin_ = Follows(first_) ? next_
                               : static_cast<uint32_t>(list_->PlaceOf(first_));
    }
    size_t i = begin_;
    // Four at a time: whether it goes on is asked once.
    for (; i + 4 <= size && documents[i + 3] < end; i += 4) {
      visit(documents[i] - base, i);
      visit(documents[i + 1] - base, i + 1);
      visit(documents[i + 2] - base, i + 2);
      visit(documents[i + 3] - base, i + 3);
    }
    for (; i < size && documents[i] < end; ++i) visit(documents[i] - base, i);
    next_ = static_cast<uint32_t>(i);
  }

  // Where the next block isn't the one after the last: ask for the memory that
  // is looked at to find its place, first for the one, then for the other, so
  // that many lists wait at once.
  void FetchPlace(const Block& block) const {
    if (!Follows(block.documents.begin)) {
      list_->FetchPlace(block.documents.begin);
    }
  }
  void FetchDocuments(const Block& block) const {
    if (!Follows(block.documents.begin)) {
      list_->FetchDocuments(block.documents.begin);
    } else {
      // The first of them stand beside the last that were read.
      constexpr size_t kLine = 64 / sizeof(DocNumber);
      __builtin_prefetch(list_->documents.data() + next_ + kLine);
      __builtin_prefetch(list_->documents.data() + next_ + 2 * kLine);
    }
  }
  // The same for a list that is read as soon as its turn comes: all that its
  // place is looked for in, and what the postings there say.
  void FetchBlock(const Block& block) const {
    if (Follows(block.documents.begin)) {
      FetchDocuments(block);
      FetchInfos();
    } else {
      list_->FetchPostings(block.documents.begin);
    }
  }
  // Where the next block is the one after the last: what stands beside its
  // postings.
  void FetchBeside(const uint16_t* column) const {
    __builtin_prefetch(column + next_ + 32);
  }
  void FetchInfos() const { list_->infos.Fetch(next_ + 32); }

 private:
  static constexpr DocNumber kNowhere = 0xFFFFFFFF;

  // Whether the postings from `first` on begin where the last ones ended.
  bool Follows(DocNumber first) const {
    return (next_ == 0 || list_->documents[next_ - 1] < first) &&
           (next_ == list_->size() || list_->documents[next_] >= first);
  }

  const PostingLists::List* list_ = &PostingLists::Empty();
  // Of the block that was read last: its first document, and where that begins.
  DocNumber first_ = kNowhere;
  uint32_t begin_ = 0;
  // Where the last ones that were read end.
  uint32_t next_ = 0;
};

// What one question searches with.
struct SearchBuffers {
  BlockSums sums;
  // Both all zero between uses.
  BlockSums best;
  BlockSums reached;
  BlockSums bounds;
  // What WishBounds notes of the block, and of those found.
  BlockSums marks;
  BlockSums scores;
  // With room for one that is written and not counted.
  std::array<uint16_t, kBlockDocuments + 1> found;
  BlockBits mask;
  BlockBits eligible;
  BlockBits yes;
  BlockBits maybe;
  std::vector<uint64_t> fresh;
  BlockBits told_short;
  BlockBits lacking;
  BlockBits paid;
  // All zero between uses.
  std::array<uint8_t, kBlockDocuments> satisfied;
  std::array<uint8_t, kBlockDocuments> refused;
  // at_least[i]: i + 1 demands or more are refused.
  std::vector<BlockBits> at_least;
};

// Buffers lent to one question at a time. They are large, so they are kept, and
// those given back last are lent first: their memory is near, whichever thread
// asks.
class LentBuffers {
 public:
  LentBuffers();
  ~LentBuffers();
  LentBuffers(const LentBuffers&) = delete;
  LentBuffers& operator=(const LentBuffers&) = delete;

  SearchBuffers& operator*() const { return *buffers_; }

 private:
  std::unique_ptr<SearchBuffers> buffers_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_BLOCK_H_
