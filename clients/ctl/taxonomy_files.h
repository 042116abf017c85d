// The files of a taxonomy on disk.
#ifndef KUGGE_CLIENTS_CTL_TAXONOMY_FILES_H_
#define KUGGE_CLIENTS_CTL_TAXONOMY_FILES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace kugge::ctl {

// Paths of the files that `paths` stand for: a file itself, of a folder every
// *.json and *.jsonl directly in it. Each folder's in the order of their names;
// at least one, and no two of the same name.
absl::StatusOr<std::vector<std::string>> FindTaxonomyFiles(
    const std::vector<std::string>& paths);

// The name without its folders.
std::string BaseName(const std::string& path);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_TAXONOMY_FILES_H_
