// Merges sources (official files, or records read elsewhere) into a Taxonomy.
#ifndef KUGGE_MATCHING_TAXONOMY_BUILDER_H_
#define KUGGE_MATCHING_TAXONOMY_BUILDER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/source.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::matching {

// Add sources in any order, then Finish: the outcome is the same for every
// order, the summary included.
class TaxonomyBuilder {
 public:
  // Reads one official file (ReadJobtech). A file that is refused as a whole
  // gives nothing; its error is returned and kept for the summary, and the
  // others go on. AlreadyExists for a name that was added before.
  absl::Status AddFile(absl::string_view name, absl::string_view bytes);

  // Adds records read elsewhere. Malformed ones are refused in the summary.
  // AlreadyExists for a source name that was added before.
  absl::Status AddConcepts(absl::string_view source,
                           std::vector<ConceptRecord> concepts);

  // Merges what was added. Concepts that `previous` (may be null) knows and no
  // source names are carried over as deprecated, with their last label, their
  // replacement and their broader concepts. FailedPrecondition when no source
  // gave a concept. The builder is empty afterwards.
  absl::StatusOr<std::unique_ptr<const Taxonomy>> Finish(
      absl::string_view version, const Taxonomy* previous = nullptr);

 private:
  struct Added {
    Source source;
    std::string error;
  };

  absl::Status CheckNew(absl::string_view name) const;

  std::vector<Added> added_;
};

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_BUILDER_H_
