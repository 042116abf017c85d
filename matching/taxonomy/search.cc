#include "matching/taxonomy/search.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/concept_graph.h"
#include "matching/taxonomy/edit_distance.h"
#include "matching/taxonomy/fold.h"

namespace kugge::matching {
namespace {

// Letters that may be wrong in a typed word.
int WrongLetters(absl::string_view word) {
  if (word.size() >= 8) return 2;
  return word.size() >= 4 ? 1 : 0;
}

enum class WordMatch : uint8_t { kNone, kFuzzy, kPrefix };

// A bit per distinct byte: a letter typed and not in a word is a wrong one.
uint64_t LettersOf(absl::string_view word) {
  uint64_t letters = 0;
  for (const char c : word) {
    letters |= uint64_t{1} << (static_cast<unsigned char>(c) % 64);
  }
  return letters;
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text.push_back(' ');
    text += word;
  }
  return text;
}

}  // namespace

// The search text, folded, and which words of the index each of its words
// meets.
struct SearchIndex::Needle {
  std::string cased;
  std::string bare;
  bool has_digit = false;
  std::vector<std::vector<WordMatch>> words;  // [typed word][index word]
};

struct SearchIndex::Found {
  SearchHit hit;
  bool starts_elsewhere = false;  // the first typed word is not its first
  bool marks_differ = false;
  size_t label_bytes = 0;

  std::tuple<SearchMatch, bool, bool, size_t, ConceptIndex> Order() const {
    // Indices are in the order of ids.
    return {hit.match, starts_elsewhere, marks_differ, label_bytes, hit.index};
  }
};

SearchIndex::SearchIndex(std::span<const ConceptRecord> concepts)
    : concepts_(concepts) {
  for (ConceptIndex i = 0; i < concepts.size(); ++i) {
    Add(i, concepts[i].label, false);
    Add(i, concepts[i].label_en, false);
    for (const std::string& label : concepts[i].alternative_labels) {
      Add(i, label, false);
    }
    Add(i, concepts[i].code, true);
  }
  absl::flat_hash_map<absl::string_view, uint32_t> numbers;
  std::vector<std::vector<std::string>> words_of;
  words_of.reserve(names_.size());
  for (const Name& name : names_) {
    words_of.push_back(FoldedWords(name.bare));
    for (const std::string& word : words_of.back()) words_.push_back(word);
  }
  std::ranges::sort(words_);
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
  for (uint32_t i = 0; i < words_.size(); ++i) {
    numbers[words_[i]] = i;
    word_letters_.push_back(LettersOf(words_[i]));
  }
  for (size_t i = 0; i < names_.size(); ++i) {
    for (const std::string& word : words_of[i]) {
      names_[i].words.push_back(numbers[word]);
    }
  }
}

void SearchIndex::Add(ConceptIndex index, absl::string_view text,
                      bool is_code) {
  Name name = {.index = index,
               .is_code = is_code,
               .cased = FoldCase(text),
               .bare = FoldMarks(text),
               .words = {}};
  if (!name.bare.empty()) names_.push_back(std::move(name));
}

bool SearchIndex::Meet(const Needle& needle, const Name& name, Found& found) {
  if (name.bare == needle.bare) {
    found.hit.match = SearchMatch::kExact;
  } else if (name.is_code) {
    if (!needle.has_digit || !absl::StartsWith(name.bare, needle.bare)) {
      return false;
    }
    found.hit.match = SearchMatch::kNamePrefix;
  } else if (absl::StartsWith(name.bare, needle.bare)) {
    found.hit.match = SearchMatch::kNamePrefix;
  } else {
    WordMatch worst = WordMatch::kPrefix;
    for (const std::vector<WordMatch>& meets : needle.words) {
      WordMatch best = WordMatch::kNone;
      for (uint32_t word : name.words) best = std::max(best, meets[word]);
      worst = std::min(worst, best);
    }
    if (worst == WordMatch::kNone) return false;
    found.hit.match = worst == WordMatch::kPrefix ? SearchMatch::kWordPrefixes
                                                  : SearchMatch::kFuzzy;
    found.starts_elsewhere =
        needle.words.front()[name.words.front()] == WordMatch::kNone;
  }
  found.marks_differ = !absl::StrContains(name.cased, needle.cased);
  return true;
}

std::vector<SearchIndex::Found> SearchIndex::SearchNames(
    const Needle& needle, const SearchQuery& query) const {
  std::vector<Found> found;
  for (const Name& name : names_) {
    const ConceptRecord& record = concepts_[name.index];
    if (record.deprecated && !query.include_deprecated) continue;
    if (!query.kinds.empty() &&
        std::ranges::find(query.kinds, record.kind) == query.kinds.end()) {
      continue;
    }
    Found one = {.hit = {.index = name.index},
                 .label_bytes = record.label.size()};
    if (Meet(needle, name, one)) found.push_back(one);
  }
  // A concept's best name speaks for it.
  std::ranges::sort(found, [](const Found& a, const Found& b) {
    return std::tuple(a.hit.index, a.Order()) <
           std::tuple(b.hit.index, b.Order());
  });
  found.erase(std::unique(found.begin(), found.end(),
                          [](const Found& a, const Found& b) {
                            return a.hit.index == b.hit.index;
                          }),
              found.end());
  std::ranges::sort(found, {}, &Found::Order);
  return found;
}

void SearchIndex::MeetWords(const std::vector<std::string>& typed, bool fuzzy,
                            Needle& needle) const {
  needle.words.clear();
  for (const std::string& word : typed) {
    std::vector<WordMatch>& meets = needle.words.emplace_back(words_.size());
    const int wrong = fuzzy ? WrongLetters(word) : 0;
    const uint64_t letters = LettersOf(word);
    for (size_t i = 0; i < words_.size(); ++i) {
      if (absl::StartsWith(words_[i], word)) {
        meets[i] = WordMatch::kPrefix;
      } else if (wrong > 0 &&
                 std::popcount(letters & ~word_letters_[i]) <= wrong &&
                 BeginsNearly(words_[i], word, wrong)) {
        meets[i] = WordMatch::kFuzzy;
      }
    }
  }
}

std::vector<SearchHit> SearchIndex::Search(const SearchQuery& query) const {
  std::vector<std::string> typed = FoldedWords(FoldMarks(query.text));
  if (typed.empty() || query.limit == 0) return {};
  typed.resize(std::min(typed.size(), kMostWords));
  for (std::string& word : typed) {
    word.resize(std::min(word.size(), kMostWordBytes));
  }
  Needle needle = {.cased = FoldCase(query.text),
                   .bare = Joined(typed),
                   .has_digit = false,
                   .words = {}};
  needle.has_digit = std::ranges::any_of(
      needle.bare, [](char c) { return absl::ascii_isdigit(c); });
  MeetWords(typed, /*fuzzy=*/false, needle);
  std::vector<Found> found = SearchNames(needle, query);
  if (found.size() < query.limit) {
    // Misspellings rank last, so they matter only when there is room.
    MeetWords(typed, /*fuzzy=*/true, needle);
    found = SearchNames(needle, query);
  }
  std::vector<SearchHit> hits;
  for (size_t i = 0; i < std::min(found.size(), query.limit); ++i) {
    hits.push_back(found[i].hit);
  }
  return hits;
}

}  // namespace kugge::matching
