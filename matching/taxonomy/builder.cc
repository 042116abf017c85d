#include "matching/taxonomy/builder.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/jobtech_reader.h"
#include "matching/taxonomy/merge.h"
#include "matching/taxonomy/source.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::matching {

absl::Status TaxonomyBuilder::CheckNew(absl::string_view name) const {
  for (const Added& added : added_) {
    if (added.source.name == name) {
      return absl::AlreadyExistsError(
          absl::StrCat(name, ": a source of this name was added before"));
    }
  }
  return absl::OkStatus();
}

absl::Status TaxonomyBuilder::AddFile(absl::string_view name,
                                      absl::string_view bytes) {
  KUGGE_RETURN_IF_ERROR(CheckNew(name));
  absl::StatusOr<Source> source = ReadJobtech(name, bytes);
  Added& added = added_.emplace_back();
  if (source.ok()) {
    added.source = *std::move(source);
    return absl::OkStatus();
  }
  added.source.name = std::string(name);
  added.error = std::string(source.status().message());
  return source.status();
}

absl::Status TaxonomyBuilder::AddConcepts(absl::string_view source,
                                          std::vector<ConceptRecord> concepts) {
  KUGGE_RETURN_IF_ERROR(CheckNew(source));
  Source& into = added_.emplace_back().source;
  into.name = std::string(source);
  into.kind = "concepts";
  into.read = concepts.size();
  for (size_t i = 0; i < concepts.size(); ++i) {
    if (absl::Status valid = ValidateConcept(concepts[i]); !valid.ok()) {
      into.refused.Add(absl::StrCat("concepts[", i, "] (",
                                    concepts[i].id.substr(0, 60), ")"),
                       std::string(valid.message()));
      continue;
    }
    into.relations += RelationEnds(concepts[i]);
    into.concepts.push_back(
        {.record = std::move(concepts[i]), .authority = Authority::kOwn});
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<const Taxonomy>> TaxonomyBuilder::Finish(
    absl::string_view version, const Taxonomy* previous) {
  std::ranges::sort(added_, {}, [](const Added& added) -> const std::string& {
    return added.source.name;
  });
  ConceptMerge merge;
  bool any = false;
  for (Added& added : added_) {
    any = any || !added.source.concepts.empty();
    merge.Add(std::move(added.source));
    merge.summary().sources.back().error = std::move(added.error);
  }
  added_.clear();
  if (!any) {
    return absl::FailedPreconditionError(
        "no source gave a single concept: there is no taxonomy to build");
  }
  merge.ResolveRowsByCode();
  if (previous != nullptr) merge.CarryOver(*previous);
  std::vector<ConceptRecord> concepts = merge.Finish();
  return Taxonomy::FromConcepts(std::string(version), std::move(concepts),
                                std::move(merge.summary()));
}

}  // namespace kugge::matching
