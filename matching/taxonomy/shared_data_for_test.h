// Where tests find the official files: $KUGGE_SHARED, else ../shared beside the
// checkout. Tests that need them say so and are skipped where they are missing.
#ifndef KUGGE_MATCHING_TAXONOMY_SHARED_DATA_FOR_TEST_H_
#define KUGGE_MATCHING_TAXONOMY_SHARED_DATA_FOR_TEST_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace kugge::matching {

inline std::filesystem::path SharedData(const std::string& below) {
  const char* told = std::getenv("KUGGE_SHARED");
  return std::filesystem::path(told != nullptr ? told : "../shared") / "data" /
         below;
}

inline std::string BytesOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The files of a folder, bytes by name.
inline std::map<std::string, std::string> FilesOf(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(SharedData(folder))) {
    files[entry.path().filename().string()] = BytesOf(entry.path());
  }
  return files;
}

}  // namespace kugge::matching

#endif  // KUGGE_MATCHING_TAXONOMY_SHARED_DATA_FOR_TEST_H_
