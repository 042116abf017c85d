// Which held concepts earn credit toward a wanted one, and how much: the
// "relation" factor of a credit. Built from a taxonomy, or by hand in tests.
#ifndef KUGGE_MATCHING_TAXONOMY_CONCEPT_GRAPH_H_
#define KUGGE_MATCHING_TAXONOMY_CONCEPT_GRAPH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/strings/string_view.h"

namespace kugge::matching {

// A concept's place in one version of the taxonomy: concepts sorted by id,
// counted from 0. Never stored: the next version counts anew.
using ConceptIndex = uint32_t;
inline constexpr ConceptIndex kNoConcept = 0xFFFFFFFF;

// How what is held relates to what is wanted. In the order of preference
// between relations of equal credit.
enum class RelationKind : uint8_t {
  kExact,
  kNarrower,      // held is below wanted
  kIncludes,      // held contains wanted: CE includes B
  kSubstitute75,  // an edge of the taxonomy: held's people could take wanted
  kSubstitute25,
  kSameGroup,  // both occupations of one SSYK-4 group
  kBroader,    // held is one step above wanted
  kRelated,    // derived between skills, see docs/formats/taxonomy.md
};

// The credit in thousandths that a relation earns; kRelated its ceiling, each
// edge has its own.
inline constexpr uint16_t kRelationCredit[] = {1000, 900, 1000, 750,
                                               250,  600, 500,  400};
inline constexpr uint16_t kMaxRelatedCredit = 400;

// "exact", "narrower", "includes", "substitute75", ...
absl::string_view RelationKindName(RelationKind kind);

struct HeldRelation {
  ConceptIndex held = kNoConcept;
  RelationKind relation = RelationKind::kExact;
  uint16_t credit = 0;

  friend bool operator==(const HeldRelation&, const HeldRelation&) = default;
};

struct WantedRelation {
  ConceptIndex wanted = kNoConcept;
  RelationKind relation = RelationKind::kExact;
  uint16_t credit = 0;

  friend bool operator==(const WantedRelation&,
                         const WantedRelation&) = default;
};

class ConceptGraph {
 public:
  ConceptGraph() = default;

  // `toward[wanted]` lists what earns credit toward it, in any order; the
  // concept itself is added when it is missing. Of several relations from one
  // held concept one is kept: exact; else an explicit substitute edge over the
  // same group, even where it is worth less; else the highest credit, then the
  // earlier kind. Entries naming concepts beyond `toward` are dropped.
  static ConceptGraph FromRelations(
      std::vector<std::vector<HeldRelation>> toward);

  // What earns credit toward `wanted`, itself included, sorted by held. Empty
  // for an index out of range.
  std::span<const HeldRelation> RelationsToward(ConceptIndex wanted) const;

  // The same edges from the other end: what holding `held` earns credit
  // toward, itself included, sorted by wanted.
  std::span<const WantedRelation> RelationsFrom(ConceptIndex held) const;

  // Number of concepts.
  size_t size() const { return toward_begin_.size() - 1; }
  // Number of relations, each concept's own included.
  size_t relation_count() const { return toward_.size(); }

 private:
  // Rows begin at *_begin_[i] and end at *_begin_[i + 1].
  std::vector<uint32_t> toward_begin_ = {0};
  std::vector<HeldRelation> toward_;
  std::vector<uint32_t> from_begin_ = {0};
  std::vector<WantedRelation> from_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_CONCEPT_GRAPH_H_
