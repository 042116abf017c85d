// The merging of sources into one set of concepts: TaxonomyBuilder's work, on
// its own so that it can be tested and read apart.
#ifndef KUGGE_MATCHING_TAXONOMY_MERGE_H_
#define KUGGE_MATCHING_TAXONOMY_MERGE_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/source.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::matching {

class ConceptMerge {
 public:
  // Takes in one source; its counts go to the summary. Sources must come in
  // the order of their names. Rows without an id are set aside for Resolve.
  void Add(Source source);

  // Gives the rows without an id the id of the concept with their kind and
  // code, or refuses them.
  void ResolveRowsByCode();

  // Takes over concepts of `previous` that no source lists or mentions: as
  // gone where a source lists their kind, else in the state they had.
  void CarryOver(const Taxonomy& previous);

  // Marks what is gone; drops relations that lead nowhere or around in a
  // circle; returns the concepts sorted by id.
  std::vector<ConceptRecord> Finish();

  TaxonomySummary& summary() { return summary_; }

 private:
  struct Merged {
    ConceptRecord record;
    Authority authority = Authority::kLegacy;
  };
  struct RowByCode {
    size_t source = 0;  // in summary_.sources
    ConceptRecord record;
  };

  void AddConcept(const SourceConcept& said, SourceSummary& summary);
  void MergeInto(Merged& known, const ConceptRecord& said, Authority authority);
  void MarkGone();
  void DropUnknownEnds();
  void BreakReplacementCycles();
  void BreakBroaderCycles();

  std::map<std::string, Merged> concepts_;
  std::vector<RowByCode> rows_by_code_;
  // Kinds of which a source lists concepts, not only mentions them.
  std::set<ConceptKind> listed_kinds_;
  TaxonomySummary summary_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_MERGE_H_
