#include "clients/ctl/taxonomy_files.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace kugge::ctl {
namespace {

namespace fs = std::filesystem;

absl::StatusOr<std::vector<std::string>> FilesOfFolder(const fs::path& folder) {
  std::error_code error;
  std::vector<std::string> files;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator();
       entries.increment(error)) {
    const std::string path = entries->path().string();
    std::error_code ignored;
    if ((absl::EndsWith(path, ".json") || absl::EndsWith(path, ".jsonl")) &&
        entries->is_regular_file(ignored)) {
      files.push_back(path);
    }
  }
  if (error) {
    return absl::NotFoundError(
        absl::StrCat("cannot read ", folder.string(), ": ", error.message()));
  }
  if (files.empty()) {
    return absl::NotFoundError(absl::StrCat(
        folder.string(), " holds no file that ends in .json or .jsonl"));
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::string BaseName(const std::string& path) {
  return fs::path(path).filename().string();
}

absl::StatusOr<std::vector<std::string>> FindTaxonomyFiles(
    const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::is_directory(status)) {
      KUGGE_ASSIGN_OR_RETURN(const std::vector<std::string> found,
                             FilesOfFolder(path));
      files.insert(files.end(), found.begin(), found.end());
    } else if (fs::exists(status)) {
      files.push_back(path);
    } else {
      return absl::NotFoundError(absl::StrCat("cannot read ", path));
    }
  }
  std::set<std::string> names;
  for (const std::string& file : files) {
    if (!names.insert(BaseName(file)).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("two files are named ", BaseName(file)));
    }
  }
  return files;
}

}  // namespace kugge::ctl
