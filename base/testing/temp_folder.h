// A folder on disk for the length of a test.
#ifndef KUGGE_BASE_TESTING_TEMP_FOLDER_H_
#define KUGGE_BASE_TESTING_TEMP_FOLDER_H_

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "gtest/gtest.h"

namespace kugge {

// Made new and empty, removed with all that is in it.
class TempFolder {
 public:
  TempFolder() : path_(testing::TempDir() + "/kugge_XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) {
      ADD_FAILURE() << "could not make " << path_;
    }
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace kugge

#endif  // KUGGE_BASE_TESTING_TEMP_FOLDER_H_
