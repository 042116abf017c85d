// The documents of one segment of the index: numbered from 0 in the segment's
// order, found by id, and the set of those that have since been replaced.
#ifndef KUGGE_MATCHING_INDEX_DOCUMENTS_H_
#define KUGGE_MATCHING_INDEX_DOCUMENTS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "matching/types.h"

namespace kugge::matching {

// A document's number within its segment.
using DocNumber = uint32_t;

// Documents that share everything a range of numbers is asked for by.
struct DocRange {
  DocNumber begin = 0;
  DocNumber end = 0;

  friend bool operator==(const DocRange&, const DocRange&) = default;
};

template <typename Document>
class SegmentDocuments {
 public:
  // Shared with the market that the segment was made from.
  using Pointer = std::shared_ptr<const Document>;

  SegmentDocuments() = default;
  // Numbered in the order given; ids are distinct.
  explicit SegmentDocuments(std::vector<Pointer> ordered)
      : documents_(std::move(ordered)) {
    ids_.reserve(documents_.size());
    for (const Pointer& document : documents_) ids_.push_back(document->id);
    FillBuckets();
  }

  size_t size() const { return documents_.size(); }
  const Document& operator[](DocNumber n) const { return *documents_[n]; }
  const Pointer& Shared(DocNumber n) const { return documents_[n]; }
  const DocumentId& IdOf(DocNumber n) const { return ids_[n]; }
  size_t bytes() const {
    return size() * (sizeof(Pointer) + sizeof(DocumentId)) +
           (by_bucket_.capacity() + bucket_begins_.capacity()) *
               sizeof(DocNumber);
  }

  std::optional<DocNumber> Find(const DocumentId& id) const {
    if (documents_.empty()) return std::nullopt;
    const size_t bucket = BucketOf(id);
    for (DocNumber i = bucket_begins_[bucket]; i < bucket_begins_[bucket + 1];
         ++i) {
      if (IdOf(by_bucket_[i]) == id) return by_bucket_[i];
    }
    return std::nullopt;
  }

 private:
  // On average. A search reads one line of each table and so many ids at most.
  static constexpr size_t kIdsPerBucket = 4;

  // Ids are hashes already where names were hashed; mixed, so that any ids do.
  size_t BucketOf(const DocumentId& id) const {
    std::array<uint64_t, 2> halves;
    std::memcpy(halves.data(), id.bytes.data(), sizeof(halves));
    uint64_t mixed = (halves[0] ^ std::rotl(halves[1], 32)) * kMixer;
    mixed = (mixed ^ mixed >> 32) * kMixer;
    return static_cast<size_t>(mixed >> 32) & (bucket_begins_.size() - 2);
  }

  void FillBuckets() {
    if (documents_.empty()) return;
    const size_t buckets = std::bit_ceil((size() - 1) / kIdsPerBucket + 1);
    bucket_begins_.assign(buckets + 1, 0);
    std::vector<DocNumber> bucket_of(size());
    for (DocNumber n = 0; n < size(); ++n) {
      bucket_of[n] = static_cast<DocNumber>(BucketOf(IdOf(n)));
      ++bucket_begins_[bucket_of[n]];
    }
    // Each bucket's end, which filling it from behind makes its beginning.
    std::partial_sum(bucket_begins_.begin(), bucket_begins_.end(),
                     bucket_begins_.begin());
    by_bucket_.resize(size());
    for (DocNumber n = 0; n < size(); ++n) {
      by_bucket_[--bucket_begins_[bucket_of[n]]] = n;
    }
  }

  // Odd, with bits as good as random: 2^64 divided by the golden ratio.
  static constexpr uint64_t kMixer = 0x9E3779B97F4A7C15;

  std::vector<Pointer> documents_;
  // Beside them, so that ordering ties touches no document.
  std::vector<DocumentId> ids_;
  // Numbers by the bucket of their id, and where each bucket begins; one more
  // for the end. The count of buckets is a power of two.
  std::vector<DocNumber> by_bucket_;
  std::vector<DocNumber> bucket_begins_;
};

// An immutable set of numbers below a fixed bound; the next version shares what
// a change leaves alone.
class DocSet {
 public:
  DocSet() = default;
  explicit DocSet(size_t bound)
      : chunks_(std::make_shared<const Chunks>((bound + kChunkBits - 1) /
                                               kChunkBits)) {}

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  bool Contains(DocNumber n) const {
    const Chunk* chunk = (*chunks_)[n / kChunkBits].get();
    return chunk != nullptr &&
           ((*chunk)[n % kChunkBits / 64] >> (n % 64) & 1) != 0;
  }

  // Asks for the memory that Contains looks at.
  void Fetch(DocNumber n) const {
    const Chunk* chunk = (*chunks_)[n / kChunkBits].get();
    if (chunk != nullptr) __builtin_prefetch(&(*chunk)[n % kChunkBits / 64]);
  }

  // The 64 bits from 64 * word on.
  uint64_t Word(size_t word) const {
    const size_t chunk = word / kChunkWords;
    if (chunks_ == nullptr || chunk >= chunks_->size() ||
        (*chunks_)[chunk] == nullptr) {
      return 0;
    }
    return (*(*chunks_)[chunk])[word % kChunkWords];
  }

  // Clears those in the set of `bits`, which are from 64 * word on.
  void ClearIn(size_t word, std::span<uint64_t> bits) const {
    if (empty()) return;
    while (!bits.empty()) {
      const size_t chunk = word / kChunkWords;
      const size_t first = word % kChunkWords;
      const size_t count = std::min(bits.size(), kChunkWords - first);
      if (chunk < chunks_->size() && (*chunks_)[chunk] != nullptr) {
        const uint64_t* const gone = (*chunks_)[chunk]->data() + first;
        for (size_t i = 0; i < count; ++i) bits[i] &= ~gone[i];
      }
      bits = bits.subspan(count);
      word += count;
    }
  }

  // `added` are below the bound; those already here are passed over.
  DocSet With(const std::vector<DocNumber>& added) const {
    DocSet next = *this;
    auto chunks = std::make_shared<Chunks>(*chunks_);
    std::vector<Chunk*> copied(chunks->size(), nullptr);
    for (const DocNumber n : added) {
      const size_t place = n / kChunkBits;
      if (copied[place] == nullptr) {
        auto copy = (*chunks)[place] == nullptr
                        ? std::make_shared<Chunk>()
                        : std::make_shared<Chunk>(*(*chunks)[place]);
        copied[place] = copy.get();
        (*chunks)[place] = std::move(copy);
      }
      uint64_t& word = (*copied[place])[n % kChunkBits / 64];
      const uint64_t bit = uint64_t{1} << (n % 64);
      if ((word & bit) == 0) ++next.size_;
      word |= bit;
    }
    next.chunks_ = std::move(chunks);
    return next;
  }

 private:
  static constexpr size_t kChunkBits = 8192;
  static constexpr size_t kChunkWords = kChunkBits / 64;
  using Chunk = std::array<uint64_t, kChunkWords>;
  // Null where no number is in the set. Shared between versions, as the chunks
  // are.
  using Chunks = std::vector<std::shared_ptr<const Chunk>>;

  std::shared_ptr<const Chunks> chunks_;
  size_t size_ = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_DOCUMENTS_H_
