// Reads taxonomy files of either format.
#ifndef KUGGE_CLIENTS_POPULATION_TAXONOMY_FILES_H_
#define KUGGE_CLIENTS_POPULATION_TAXONOMY_FILES_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::population {

// Names that end in .jsonl are the project's own format, one kugge.v1.Concept a
// line; the others official JobTech files. Files that hold no concepts are
// passed over, as the folder of the official ones has such; InvalidArgument
// naming file and line where a line of our own format is wrong.
absl::StatusOr<std::unique_ptr<const matching::Taxonomy>> ReadTaxonomy(
    const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace kugge::population

#endif  // KUGGE_CLIENTS_POPULATION_TAXONOMY_FILES_H_
