// The documents of one segment of the index: numbered from 0 in the segment's
// order, found by id, and the set of those that have since been replaced.
#ifndef KUGGE_MATCHING_INDEX_DOCUMENTS_H_
#define KUGGE_MATCHING_INDEX_DOCUMENTS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>
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
      : documents_(std::move(ordered)), by_id_(documents_.size()) {
    ids_.reserve(documents_.size());
    for (const Pointer& document : documents_) ids_.push_back(document->id);
    std::iota(by_id_.begin(), by_id_.end(), DocNumber{0});
    std::ranges::sort(by_id_, {}, [&](DocNumber n) { return IdOf(n); });
  }

  size_t size() const { return documents_.size(); }
  const Document& operator[](DocNumber n) const { return *documents_[n]; }
  const Pointer& Shared(DocNumber n) const { return documents_[n]; }
  const DocumentId& IdOf(DocNumber n) const { return ids_[n]; }
  size_t bytes() const {
    return size() * (sizeof(Pointer) + sizeof(DocumentId) + sizeof(DocNumber));
  }

  std::optional<DocNumber> Find(const DocumentId& id) const {
    const auto it = std::ranges::lower_bound(
        by_id_, id, {}, [&](DocNumber n) { return IdOf(n); });
    if (it == by_id_.end() || IdOf(*it) != id) return std::nullopt;
    return *it;
  }

 private:
  std::vector<Pointer> documents_;
  // Beside them, so that ordering ties touches no document.
  std::vector<DocumentId> ids_;
  // Numbers ordered by id.
  std::vector<DocNumber> by_id_;
};

// An immutable set of numbers below a fixed bound; the next version shares what
// a change leaves alone.
class DocSet {
 public:
  DocSet() = default;
  explicit DocSet(size_t bound)
      : chunks_((bound + kChunkBits - 1) / kChunkBits) {}

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  bool Contains(DocNumber n) const {
    const Chunk* chunk = chunks_[n / kChunkBits].get();
    return chunk != nullptr &&
           ((*chunk)[n % kChunkBits / 64] >> (n % 64) & 1) != 0;
  }

  // The 64 bits from 64 * word on.
  uint64_t Word(size_t word) const {
    const size_t chunk = word / kChunkWords;
    if (chunk >= chunks_.size() || chunks_[chunk] == nullptr) return 0;
    return (*chunks_[chunk])[word % kChunkWords];
  }

  // `added` are below the bound; those already here are passed over.
  DocSet With(const std::vector<DocNumber>& added) const {
    DocSet next = *this;
    std::vector<std::pair<size_t, std::shared_ptr<Chunk>>> copied;
    for (const DocNumber n : added) {
      if (next.Contains(n)) continue;
      const size_t place = n / kChunkBits;
      auto it = std::ranges::find(
          copied, place, &std::pair<size_t, std::shared_ptr<Chunk>>::first);
      if (it == copied.end()) {
        auto copy = next.chunks_[place] == nullptr
                        ? std::make_shared<Chunk>()
                        : std::make_shared<Chunk>(*next.chunks_[place]);
        next.chunks_[place] = copy;
        copied.emplace_back(place, std::move(copy));
        it = copied.end() - 1;
      }
      (*it->second)[n % kChunkBits / 64] |= uint64_t{1} << (n % 64);
      ++next.size_;
    }
    return next;
  }

 private:
  static constexpr size_t kChunkBits = 8192;
  static constexpr size_t kChunkWords = kChunkBits / 64;
  struct Chunk : std::vector<uint64_t> {
    Chunk() : std::vector<uint64_t>(kChunkWords, 0) {}
  };

  std::vector<std::shared_ptr<const Chunk>> chunks_;
  size_t size_ = 0;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_DOCUMENTS_H_
