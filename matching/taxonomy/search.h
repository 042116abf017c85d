// Search as you type over concept names: Swedish letters with or without their
// marks, word beginnings, alternative labels, codes, and small misspellings.
#ifndef KUGGE_MATCHING_TAXONOMY_SEARCH_H_
#define KUGGE_MATCHING_TAXONOMY_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/concept_graph.h"

namespace kugge::matching {

// How a name met the search text; better first.
enum class SearchMatch : uint8_t {
  kExact,         // the whole name, or the whole code
  kNamePrefix,    // the name (or a code, for digits) begins with it
  kWordPrefixes,  // each word of it begins some word of the name
  kFuzzy,         // the same with one or two letters wrong
};

struct SearchQuery {
  absl::string_view text;
  std::vector<ConceptKind> kinds = {};  // empty: all
  size_t limit = 20;
  bool include_deprecated = false;
};

struct SearchHit {
  ConceptIndex index = kNoConcept;
  SearchMatch match = SearchMatch::kExact;

  friend bool operator==(const SearchHit&, const SearchHit&) = default;
};

class SearchIndex {
 public:
  SearchIndex() = default;
  // `concepts` in the order of their indices; must outlive the index.
  explicit SearchIndex(std::span<const ConceptRecord> concepts);

  // Best first: by match, names that begin with the first word before others,
  // names that agree in marks (å, ä, ö) before others,
  // shorter preferred label, id. Each concept at most once. A word of four to
  // seven letters may have one wrong (added, left out, changed, or two
  // swapped), of eight or more two. Only the first kMostWords words and
  // kMostWordBytes of each count. Empty for a text without letters or digits.
  std::vector<SearchHit> Search(const SearchQuery& query) const;

  static constexpr size_t kMostWords = 8;
  static constexpr size_t kMostWordBytes = 40;

 private:
  struct Name {
    ConceptIndex index = kNoConcept;
    bool is_code = false;
    std::string cased;            // FoldCase
    std::string bare;             // FoldMarks
    std::vector<uint32_t> words;  // of bare, in words_
  };
  struct Needle;
  struct Found;

  void Add(ConceptIndex index, absl::string_view text, bool is_code);
  static bool Meet(const Needle& needle, const Name& name, Found& found);
  std::vector<Found> SearchNames(const Needle& needle,
                                 const SearchQuery& query) const;
  void MeetWords(const std::vector<std::string>& typed, bool fuzzy,
                 Needle& needle) const;

  std::span<const ConceptRecord> concepts_;
  std::vector<Name> names_;
  std::vector<std::string> words_;      // distinct, sorted
  std::vector<uint64_t> word_letters_;  // by word: which bytes it has
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_SEARCH_H_
