// Posting lists of a segment: for each (section, concept) the documents that
// hold or ask for it, in ascending order, each with what it says of it.
#ifndef KUGGE_MATCHING_INDEX_POSTINGS_H_
#define KUGGE_MATCHING_INDEX_POSTINGS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "matching/features.h"
#include "matching/index/documents.h"
#include "matching/taxonomy/concept_graph.h"
#include "matching/types.h"

namespace kugge::matching {

// What a list is filed under.
class PostingKey {
 public:
  // Things held or asked for. kNoConcept stands for an education whose field
  // isn't told, and for a demand for any field.
  static PostingKey Of(DemandKind kind, ConceptIndex concept_index) {
    return PostingKey(static_cast<uint32_t>(kind), concept_index);
  }
  // Things that people state they lack.
  static PostingKey Lacking(DemandKind kind, ConceptIndex concept_index) {
    return PostingKey(8 + static_cast<uint32_t>(kind), concept_index);
  }
  // Every education, whatever its field.
  static PostingKey AnyEducation() { return PostingKey(7, ConceptIndex{0}); }

  // People who want the occupation; the level says how much, in thousandths of
  // what they want most. kNoConcept: those who ask for other things alone.
  static PostingKey Wanting(ConceptIndex occupation) {
    return PostingKey(14, occupation);
  }
  // Requirements whose job is in the occupation.
  static PostingKey Offering(ConceptIndex occupation) {
    return PostingKey(14, occupation);
  }
  // People who ask nothing of a job.
  static PostingKey AskingNothing() { return PostingKey(15, ConceptIndex{0}); }

  uint64_t bits() const { return bits_; }

 private:
  PostingKey(uint32_t group, ConceptIndex concept_index)
      : bits_(uint64_t{group} << 32 | concept_index) {}
  uint64_t bits_;
};

// What a posting says beside its document: a level, an evidence, and whether a
// demand is hard. 16 bits.
class PostingInfo {
 public:
  // Larger levels aren't kept: see Fits.
  static constexpr Level kLargestLevel = (1 << 13) - 1;
  static bool Fits(Level level) { return level <= kLargestLevel; }

  PostingInfo() = default;
  PostingInfo(Level level, Evidence evidence, bool hard)
      : bits_(static_cast<uint16_t>(level |
                                    static_cast<unsigned>(evidence) << 13 |
                                    (hard ? 1u : 0u) << 15)) {}
  Level level() const { return bits_ & kLargestLevel; }
  Evidence evidence() const { return static_cast<Evidence>(bits_ >> 13 & 3); }
  bool hard() const { return (bits_ >> 15) != 0; }
  // Asks for no level and no evidence.
  bool plain() const { return (bits_ & 0x7FFF) == 0; }
  // All of it as a number.
  uint16_t bits() const { return bits_; }
  friend bool operator==(PostingInfo, PostingInfo) = default;

 private:
  uint16_t bits_ = 0;
};

// What a posting of a held concept says beside which one it is.
inline Held HeldOf(PostingInfo info) {
  return {.level = info.level(), .evidence = info.evidence()};
}

struct Posting {
  PostingKey key;
  DocNumber document = 0;
  PostingInfo info;
};

// What the postings of one list say. They say few different things: each stands
// once, and a posting names it by a code.
class PostingInfos {
 public:
  PostingInfos() = default;
  // Where there are several different ones one of the codes isn't null.
  PostingInfos(std::span<const PostingInfo> different, const uint8_t* codes,
               const uint16_t* wide_codes)
      : different_(different), codes_(codes), wide_codes_(wide_codes) {}

  PostingInfo operator[](size_t posting) const {
    return different_[CodeOf(posting)];
  }
  size_t CodeOf(size_t posting) const {
    if (codes_ != nullptr) return codes_[posting];
    return wide_codes_ != nullptr ? wide_codes_[posting] : 0;
  }
  // By code.
  std::span<const PostingInfo> different() const { return different_; }
  bool all_the_same() const { return different_.size() <= 1; }

  // Calls visit(codes), where codes[posting] is a posting's code.
  template <typename Visit>
  void WithCodes(Visit visit) const {
    if (codes_ != nullptr) {
      visit(codes_);
    } else if (wide_codes_ != nullptr) {
      visit(wide_codes_);
    } else {
      visit(OneCode{});
    }
  }
  void Fetch(size_t posting) const {
    if (codes_ != nullptr) __builtin_prefetch(codes_ + posting);
    if (wide_codes_ != nullptr) __builtin_prefetch(wide_codes_ + posting);
  }

 private:
  struct OneCode {
    size_t operator[](size_t) const { return 0; }
  };

  std::span<const PostingInfo> different_;
  const uint8_t* codes_ = nullptr;
  const uint16_t* wide_codes_ = nullptr;
};

// Immutable once built.
class PostingLists {
 public:
  struct List {
    // Which of the lists it is, from 0.
    size_t number = 0;
    // Where the list begins among all postings: where parallel columns stand.
    size_t offset = 0;
    std::span<const DocNumber> documents;
    PostingInfos infos;
    // One bit a document, for lists that hold a good part of them; else null.
    const uint64_t* bits = nullptr;
    // Of lists with bits: how many postings stand before each word of them.
    const uint32_t* ranks = nullptr;
    // Of other long lists: how many stand before each chunk of documents.
    const uint32_t* starts = nullptr;
    // Some document stands more than once.
    bool repeats = false;

    bool empty() const { return documents.empty(); }
    size_t size() const { return documents.size(); }
    // The first place whose document is `n` or a later one; n is at most the
    // number of documents that the lists were made for.
    size_t PlaceOf(DocNumber n) const;
    // Ask for the memory that PlaceOf looks at first, and for what it finds
    // there.
    void FetchPlace(DocNumber n) const;
    void FetchDocuments(DocNumber n) const;
    // All of that, and what the postings say, as far as a few lines hold it.
    void FetchPostings(DocNumber n) const;
    // Of lists with bits.
    bool Has(DocNumber n) const { return (bits[n / 64] >> (n % 64) & 1) != 0; }
  };

  PostingLists() = default;

  // `for_each(add)` calls add(posting) for every posting, documents ascending,
  // and is called twice. With `dense`, lists of more than one document in
  // kDenseShare get bits.
  template <typename ForEach>
  PostingLists(size_t documents, bool dense, ForEach for_each);

  // Empty where nothing is filed.
  List Find(PostingKey key) const { return At(NumberOf(key)); }
  // The same in steps, each of which waits for memory that the one before it
  // asked for: with many keys each step is done for all of them.
  static constexpr uint32_t kNoList = 0xFFFFFFFF;
  using Numbers = std::vector<uint32_t>;
  void FetchNumber(PostingKey key) const { dictionary_.prefetch(key.bits()); }
  uint32_t NumberOf(PostingKey key) const {
    const auto it = dictionary_.find(key.bits());
    return it == dictionary_.end() ? kNoList : it->second;
  }
  void FetchList(uint32_t number) const {
    if (number != kNoList) __builtin_prefetch(entries_.data() + number);
  }
  List At(uint32_t number) const;

  size_t size() const { return documents_.size(); }
  // How many lists there are.
  size_t lists() const { return entries_.size(); }
  // The largest of `values`, which stand beside the postings, of each list.
  std::vector<uint16_t> LargestOf(const std::vector<uint16_t>& values) const;
  // Bytes of the lists, their dictionary included.
  size_t bytes() const;

  // Calls visit(slot) for each posting in the order that `for_each` gives them:
  // how columns beside the lists are filled.
  template <typename ForEach, typename Visit>
  void Replay(ForEach for_each, Visit visit) const;

 private:
  // A bit a document costs as much as a posting for every 48 documents, and
  // adds 16 documents at a time.
  static constexpr size_t kDenseShare = 32;
  // In fewer documents than these nothing is worth it.
  static constexpr size_t kLeastForDense = 64;
  // Documents whose postings are found by one look-up.
  static constexpr DocNumber kChunk = 8192;
  // Postings a chunk, on average, from which on that look-up is kept.
  static constexpr size_t kLeastPerChunk = 4;

  static constexpr uint32_t kNowhere = 0xFFFFFFFF;
  // One line of memory.
  struct alignas(64) Entry {
    uint64_t begin = 0;
    uint32_t size = 0;
    // Where its part of dense_bits_ and dense_ranks_, or of starts_, begins.
    uint32_t dense = kNowhere;
    uint32_t starts = kNowhere;
    // Where its part of different_infos_ begins, and how many there are; with
    // several, where that of codes_ begins, or of wide_codes_ where a byte
    // can't number them.
    uint32_t infos = 0;
    uint32_t infos_count = 0;
    uint64_t codes = 0;
    bool repeats = false;

    bool HasCodes() const { return infos_count > 1; }
    bool HasWideCodes() const { return infos_count > 256; }
  };

  void Allot(size_t postings);
  void Finish(size_t documents, bool dense, std::span<const PostingInfo> infos);
  void CodeInfos(std::span<const PostingInfo> infos);
  PostingInfos InfosOf(const Entry& entry) const;
  void MakeDense(size_t documents, Entry& entry);
  void MakeStarts(size_t documents, Entry& entry);

  absl::flat_hash_map<uint64_t, uint32_t> dictionary_;
  std::vector<Entry> entries_;
  std::vector<DocNumber> documents_;
  std::vector<PostingInfo> different_infos_;
  std::vector<uint8_t> codes_;
  std::vector<uint16_t> wide_codes_;
  // One word more a list than its documents need, so that the end of all can be
  // looked up too.
  std::vector<uint64_t> dense_bits_;
  std::vector<uint32_t> dense_ranks_;
  std::vector<uint32_t> starts_;
};

inline size_t PostingLists::List::PlaceOf(DocNumber n) const {
  size_t low = 0;
  size_t high = size();
  if (bits != nullptr) {
    const size_t word = n / 64;
    low = ranks[word];
    if (!repeats) {
      const uint64_t before = (uint64_t{1} << (n % 64)) - 1;
      return low + static_cast<size_t>(std::popcount(bits[word] & before));
    }
  } else if (starts != nullptr) {
    low = starts[n / kChunk];
    high = starts[n / kChunk + 1];
  }
  return static_cast<size_t>(
      std::lower_bound(documents.begin() + static_cast<ptrdiff_t>(low),
                       documents.begin() + static_cast<ptrdiff_t>(high), n) -
      documents.begin());
}

inline void PostingLists::List::FetchPlace(DocNumber n) const {
  if (bits != nullptr) __builtin_prefetch(ranks + n / 64);
  if (starts != nullptr) __builtin_prefetch(starts + n / kChunk);
}

inline void PostingLists::List::FetchDocuments(DocNumber n) const {
  size_t low = 0;
  size_t high = size();
  if (bits != nullptr) {
    low = high = ranks[n / 64];
  } else if (starts != nullptr) {
    low = starts[n / kChunk];
    high = starts[n / kChunk + 1];
  }
  __builtin_prefetch(documents.data() + low);
  __builtin_prefetch(documents.data() + (low + high) / 2);
}

inline void PostingLists::List::FetchPostings(DocNumber n) const {
  constexpr size_t kLine = 64 / sizeof(DocNumber);
  constexpr size_t kMost = 8 * kLine;
  size_t low = 0;
  size_t high = size();
  if (bits != nullptr) {
    low = ranks[n / 64];
    high = std::min(high, low + 2 * kLine);
  } else if (starts != nullptr) {
    low = starts[n / kChunk];
    high = starts[n / kChunk + 1];
  }
  const size_t step = high - low > kMost ? (high - low) / 8 : kLine;
  for (size_t i = low; i < high; i += step) {
    __builtin_prefetch(documents.data() + i);
  }
  for (size_t i = low; i < high; i += 2 * step) infos.Fetch(i);
}

template <typename ForEach>
PostingLists::PostingLists(size_t documents, bool dense, ForEach for_each) {
  // Of each posting the list, so that it is looked up once.
  std::vector<uint32_t> numbers;
  for_each([&](const Posting& posting) {
    const auto [it, added] = dictionary_.try_emplace(
        posting.key.bits(), static_cast<uint32_t>(entries_.size()));
    if (added) entries_.emplace_back();
    ++entries_[it->second].size;
    numbers.push_back(it->second);
  });
  Allot(numbers.size());
  std::vector<uint64_t> next;
  next.reserve(entries_.size());
  for (const Entry& entry : entries_) next.push_back(entry.begin);
  std::vector<PostingInfo> infos(numbers.size());
  auto number = numbers.begin();
  for_each([&](const Posting& posting) {
    const uint64_t slot = next[*number++]++;
    documents_[slot] = posting.document;
    infos[slot] = posting.info;
  });
  Finish(documents, dense, infos);
}

template <typename ForEach, typename Visit>
void PostingLists::Replay(ForEach for_each, Visit visit) const {
  std::vector<uint32_t> filled(entries_.size(), 0);
  for_each([&](const Posting& posting) {
    const uint32_t entry = dictionary_.find(posting.key.bits())->second;
    visit(entries_[entry].begin + filled[entry]++, posting);
  });
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_POSTINGS_H_
