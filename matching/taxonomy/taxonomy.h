// One version of the taxonomy: its concepts, found by id, read by index, with
// the relations that earn credit and search as you type. Immutable.
#ifndef KUGGE_MATCHING_TAXONOMY_TAXONOMY_H_
#define KUGGE_MATCHING_TAXONOMY_TAXONOMY_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/concept_graph.h"
#include "matching/taxonomy/related_skills.h"
#include "matching/taxonomy/search.h"
#include "matching/taxonomy/source.h"

namespace kugge::matching {

// What one source gave, for the person who imported it.
struct SourceSummary {
  std::string file;
  std::string kind;      // what it held, in words
  size_t read = 0;       // concepts named, repeats included
  size_t relations = 0;  // ends named: broader, related, substitutes
  size_t added = 0;      // concepts first named here (files in name order)
  size_t merged = 0;     // named again, here or by an earlier file
  Refusals refused;      // not taken, and why
  std::string error;     // the whole file was refused, and why; or empty
};

struct TaxonomySummary {
  std::vector<SourceSummary> sources;  // by file name
  size_t concepts = 0;
  size_t deprecated = 0;       // of them, no longer in use
  size_t gone_by_old_ids = 0;  // of those, known only from old ids
  size_t carried_over = 0;     // of those, known from the version before
  size_t related_edges = 0;    // derived between skills
  size_t related_dropped_in_ties = 0;
  // Relations left out: to ids nobody knows, cycles, contradictions.
  Refusals dropped;
};

class Taxonomy {
 public:
  // `concepts` must be sorted by id, ids distinct, each valid by
  // ValidateConcept, replaced_by and broader free of cycles and with ends that
  // exist: what TaxonomyBuilder makes.
  static std::unique_ptr<const Taxonomy> FromConcepts(
      std::string version, std::vector<ConceptRecord> concepts,
      TaxonomySummary summary = {});

  Taxonomy(const Taxonomy&) = delete;
  Taxonomy& operator=(const Taxonomy&) = delete;

  const std::string& version() const { return version_; }
  std::span<const ConceptRecord> concepts() const { return concepts_; }
  size_t size() const { return concepts_.size(); }
  const TaxonomySummary& summary() const { return summary_; }
  const ConceptGraph& graph() const { return graph_; }
  std::span<const RelatedSkill> related_skills() const { return related_; }

  // The concept that `id` stands for today: itself, or what replaced it, along
  // the whole chain. kNoConcept when nobody ever named it. A gone concept
  // without a replacement is found: it keeps its label, `deprecated` is set.
  ConceptIndex Find(absl::string_view id) const;
  // The concept with exactly this id, replaced or not.
  ConceptIndex FindExact(absl::string_view id) const;
  // By the id that the system before JobTech gave a concept of this kind, such
  // as "skill" 1 or "municipality" 0114; replacements followed.
  ConceptIndex FindLegacy(ConceptKind kind, absl::string_view legacy_id) const;

  // `index` must be below size().
  const ConceptRecord& record(ConceptIndex index) const {
    return concepts_[index];
  }
  // The SSYK-4 group of an occupation (the lowest id, should it have several),
  // or kNoConcept.
  ConceptIndex GroupOf(ConceptIndex occupation) const;
  // What names this concept as its broader one, ascending.
  std::span<const ConceptIndex> Children(ConceptIndex index) const;

  std::vector<SearchHit> Search(const SearchQuery& query) const {
    return search_.Search(query);
  }

 private:
  Taxonomy(std::string version, std::vector<ConceptRecord> concepts,
           TaxonomySummary summary);

  ConceptIndex Replaced(ConceptIndex index) const;
  void IndexIds();
  void IndexChildren();
  void DeriveRelated();
  void BuildGraph();

  std::string version_;
  std::vector<ConceptRecord> concepts_;
  TaxonomySummary summary_;
  absl::flat_hash_map<absl::string_view, ConceptIndex> by_id_;
  absl::flat_hash_map<std::pair<ConceptKind, absl::string_view>, ConceptIndex>
      by_legacy_id_;
  std::vector<uint32_t> children_begin_;
  std::vector<ConceptIndex> children_;
  std::vector<RelatedSkill> related_;
  ConceptGraph graph_;
  SearchIndex search_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_TAXONOMY_H_
