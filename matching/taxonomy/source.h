// What one source (a file, or a list of concepts) says, before sources are
// merged into a taxonomy.
#ifndef KUGGE_MATCHING_TAXONOMY_SOURCE_H_
#define KUGGE_MATCHING_TAXONOMY_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "matching/taxonomy/concept.h"

namespace kugge::matching {

// How much a source's word on a concept weighs; earlier wins.
enum class Authority : uint8_t {
  kOwn,       // listed, flat or in a hierarchy
  kMention,   // named as another concept's relation
  kPrevious,  // known from the taxonomy before this one
  kLegacy,    // only named by the list of old ids
};

struct SourceConcept {
  // May lack an id (SNI rows have only a code): then kind and code name it.
  // May be partial: a mention carries only what the mention says.
  ConceptRecord record;
  Authority authority = Authority::kOwn;
};

// Something a source said that was not taken.
struct Refusal {
  std::string where;   // position or id
  std::string reason;  // what is wrong and what would be right

  friend bool operator==(const Refusal&, const Refusal&) = default;
};

// Refusals, all counted, the first of them kept.
struct Refusals {
  static constexpr size_t kMostKept = 100;

  size_t count = 0;
  std::vector<Refusal> first;

  void Add(std::string where, std::string reason) {
    if (count++ < kMostKept) {
      first.push_back({std::move(where), std::move(reason)});
    }
  }
};

inline size_t RelationEnds(const ConceptRecord& record) {
  return record.broader.size() + record.related.size() +
         record.substitutes.size();
}

struct Source {
  std::string name;      // the file's
  std::string kind;      // what it turned out to hold, in words
  size_t read = 0;       // concepts named, repeats and refused ones included
  size_t relations = 0;  // ends named: broader, related, substitutes
  std::vector<SourceConcept> concepts;
  Refusals refused;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_SOURCE_H_
