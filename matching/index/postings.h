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
  // All of them say the same, or none is there.
  explicit PostingInfos(std::span<const PostingInfo> different)
      : different_(different.data()),
        count_(static_cast<uint32_t>(different.size())) {}
  PostingInfos(std::span<const PostingInfo> different, const uint8_t* codes)
      : PostingInfos(different) {
    codes_ = codes;
  }
  PostingInfos(std::span<const PostingInfo> different, const uint16_t* codes)
      : PostingInfos(different) {
    codes_ = codes;
    wide_ = true;
  }

  PostingInfo operator[](size_t posting) const {
    return different_[CodeOf(posting)];
  }
  size_t CodeOf(size_t posting) const {
    if (codes_ == nullptr) return 0;
    return wide_ ? WideCodes()[posting] : Codes()[posting];
  }
  // By code.
  std::span<const PostingInfo> different() const {
    return {different_, count_};
  }
  bool all_the_same() const { return count_ <= 1; }

  // Calls visit(codes), where codes[posting] is a posting's code.
  template <typename Visit>
  void WithCodes(Visit visit) const {
    if (codes_ == nullptr) {
      visit(OneCode{});
    } else if (wide_) {
      visit(WideCodes());
    } else {
      visit(Codes());
    }
  }
  void Fetch(size_t posting) const {
    if (codes_ == nullptr) return;
    if (wide_) {
      __builtin_prefetch(WideCodes() + posting);
    } else {
      __builtin_prefetch(Codes() + posting);
    }
  }

 private:
  struct OneCode {
    size_t operator[](size_t) const { return 0; }
  };

  const uint8_t* Codes() const { return static_cast<const uint8_t*>(codes_); }
  const uint16_t* WideCodes() const {
    return static_cast<const uint16_t*>(codes_);
  }

  const PostingInfo* different_ = nullptr;
  const void* codes_ = nullptr;
  uint32_t count_ = 0;
  // A byte can't number them.
  bool wide_ = false;
};

// Immutable once built.
class PostingLists {
 public:
  // One line of memory. As long as the lists that it is of.
  struct alignas(64) List {
    std::span<const DocNumber> documents{};
    PostingInfos infos{};
    // One bit a document, for lists that hold a good part of them; else null.
    const uint64_t* bits = nullptr;
    // Of lists with bits: how many postings stand before each word of them. Of
    // other long ones: how many stand before each chunk of documents. Null for
    // short ones.
    const uint32_t* before = nullptr;
    // Where the list begins among all postings: where parallel columns stand.
    uint32_t offset = 0;
    // Which of the lists it is, from 0.
    uint32_t number : 31 = 0;
    // Some document stands more than once.
    uint32_t repeats : 1 = 0;

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
  PostingLists(PostingLists&&) = default;
  PostingLists& operator=(PostingLists&&) = default;

  // `for_each(add)` calls add(posting) for every posting, documents ascending,
  // and is called twice. With `dense`, lists of more than one document in
  // kDenseShare get bits. At most 2^32 postings.
  template <typename ForEach>
  PostingLists(size_t documents, bool dense, ForEach for_each);

  // Empty where nothing is filed.
  const List& Find(PostingKey key) const { return At(NumberOf(key)); }
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
    if (number != kNoList) __builtin_prefetch(lists_.data() + number);
  }
  const List& At(uint32_t number) const {
    return number == kNoList ? Empty() : lists_[number];
  }
  static const List& Empty() {
    static constexpr List kEmpty;
    return kEmpty;
  }

  size_t size() const { return documents_.size(); }
  // How many lists there are.
  size_t lists() const { return lists_.size(); }
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

  static constexpr uint64_t kNowhere = ~uint64_t{0};
  // Where the parts of a list begin while they are being made.
  struct Parts {
    uint32_t size = 0;
    uint32_t begin = 0;
    bool repeats = false;
    // Of dense_bits_ and dense_ranks_, or of starts_.
    uint64_t dense = kNowhere;
    uint64_t starts = kNowhere;
    // Of different_infos_, and how many there are; with several, that of
    // codes_, or of wide_codes_ where a byte can't number them.
    uint64_t infos = 0;
    uint32_t infos_count = 0;
    uint64_t codes = 0;

    bool HasCodes() const { return infos_count > 1; }
    bool HasWideCodes() const { return infos_count > 256; }
  };

  void Allot(size_t postings, std::vector<Parts>& all);
  void Finish(size_t documents, bool dense, std::span<const PostingInfo> infos,
              std::vector<Parts>& all);
  void CodeInfos(std::span<const PostingInfo> infos, std::vector<Parts>& all);
  PostingInfos InfosOf(const Parts& parts) const;
  void MakeDense(size_t documents, Parts& parts);
  void MakeStarts(size_t documents, Parts& parts);
  void MakeLists(const std::vector<Parts>& all);

  absl::flat_hash_map<uint64_t, uint32_t> dictionary_;
  // They point into what follows.
  std::vector<List> lists_;
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
    low = before[word];
    if (!repeats) {
      const uint64_t lower = (uint64_t{1} << (n % 64)) - 1;
      return low + static_cast<size_t>(std::popcount(bits[word] & lower));
    }
  } else if (before != nullptr) {
    low = before[n / kChunk];
    high = before[n / kChunk + 1];
  }
  return static_cast<size_t>(
      std::lower_bound(documents.begin() + static_cast<ptrdiff_t>(low),
                       documents.begin() + static_cast<ptrdiff_t>(high), n) -
      documents.begin());
}

inline void PostingLists::List::FetchPlace(DocNumber n) const {
  if (before == nullptr) return;
  __builtin_prefetch(before + n / (bits != nullptr ? 64 : kChunk));
}

inline void PostingLists::List::FetchDocuments(DocNumber n) const {
  size_t low = 0;
  size_t high = size();
  if (bits != nullptr) {
    low = high = before[n / 64];
  } else if (before != nullptr) {
    low = before[n / kChunk];
    high = before[n / kChunk + 1];
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
    low = before[n / 64];
    high = std::min(high, low + 2 * kLine);
  } else if (before != nullptr) {
    low = before[n / kChunk];
    high = before[n / kChunk + 1];
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
  std::vector<Parts> all;
  for_each([&](const Posting& posting) {
    const auto [it, added] = dictionary_.try_emplace(
        posting.key.bits(), static_cast<uint32_t>(all.size()));
    if (added) all.emplace_back();
    ++all[it->second].size;
    numbers.push_back(it->second);
  });
  Allot(numbers.size(), all);
  std::vector<uint64_t> next;
  next.reserve(all.size());
  for (const Parts& parts : all) next.push_back(parts.begin);
  std::vector<PostingInfo> infos(numbers.size());
  auto number = numbers.begin();
  for_each([&](const Posting& posting) {
    const uint64_t slot = next[*number++]++;
    documents_[slot] = posting.document;
    infos[slot] = posting.info;
  });
  Finish(documents, dense, infos, all);
}

template <typename ForEach, typename Visit>
void PostingLists::Replay(ForEach for_each, Visit visit) const {
  std::vector<uint32_t> filled(lists_.size(), 0);
  for_each([&](const Posting& posting) {
    const uint32_t list = dictionary_.find(posting.key.bits())->second;
    visit(size_t{lists_[list].offset} + filled[list]++, posting);
  });
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_INDEX_POSTINGS_H_
