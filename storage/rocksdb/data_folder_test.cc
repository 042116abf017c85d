#include "storage/rocksdb/data_folder.h"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "base/testing/status_matchers.h"
#include "base/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kugge::storage {
namespace {

using testing::AllOf;
using testing::HasSubstr;

void WriteText(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

size_t CountFiles(const std::string& path) {
  size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    (void)entry;
    ++count;
  }
  return count;
}

TEST(DataFolderTest, AMissingFolderIsMadeAndStaysNewUntilItIsComplete) {
  const TempFolder temp;
  const std::string path = temp.path() + "/a/b";
  {
    const auto folder = DataFolder::Open(path);
    ASSERT_THAT(folder, IsOk());
    EXPECT_TRUE((*folder)->is_new());
  }
  {
    const auto folder = DataFolder::Open(path);
    ASSERT_THAT(folder, IsOk());
    EXPECT_TRUE((*folder)->is_new());
    ASSERT_THAT((*folder)->MarkComplete(), IsOk());
  }
  const auto folder = DataFolder::Open(path);
  ASSERT_THAT(folder, IsOk());
  EXPECT_FALSE((*folder)->is_new());
}

TEST(DataFolderTest, AFreshVolumeCountsAsEmpty) {
  const TempFolder temp;
  std::filesystem::create_directory(temp.path() + "/lost+found");
  EXPECT_THAT(DataFolder::Open(temp.path()), IsOk());
}

TEST(DataFolderTest, AForeignFolderIsRefusedInWordsAndLeftAlone) {
  const TempFolder temp;
  WriteText(temp.path() + "/letter.txt", "dear");
  EXPECT_THAT(DataFolder::Open(temp.path()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("letter.txt"), HasSubstr(temp.path()),
                             HasSubstr("not a Kugge data folder"))));
  EXPECT_EQ(CountFiles(temp.path()), 1u);
}

TEST(DataFolderTest, AnUnknownMarkerIsRefused) {
  const TempFolder temp;
  WriteText(temp.path() + "/KUGGE", "Kugge data folder, layout 2\n");
  EXPECT_THAT(DataFolder::Open(temp.path()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("newer program")));
}

TEST(DataFolderTest, AFileIsNotAFolder) {
  const TempFolder temp;
  WriteText(temp.path() + "/file", "");
  const auto folder = DataFolder::Open(temp.path() + "/file");
  ASSERT_FALSE(folder.ok());
  EXPECT_THAT(std::string(folder.status().message()), HasSubstr("data folder"));
}

TEST(DataFolderTest, ASecondOpenerIsRefusedUntilTheFirstIsGone) {
  const TempFolder temp;
  auto first = DataFolder::Open(temp.path());
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(DataFolder::Open(temp.path()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("in use by another process")));
  first->reset();
  EXPECT_THAT(DataFolder::Open(temp.path()), IsOk());
}

TEST(DataFolderTest, AnotherProcessIsRefusedAndItsDeathFreesTheFolder) {
  const TempFolder temp;
  int ready[2], finish[2];
  ASSERT_EQ(pipe(ready), 0);
  ASSERT_EQ(pipe(finish), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  char byte = 'x';
  if (child == 0) {
    const auto folder = DataFolder::Open(temp.path());
    const bool told = write(ready[1], folder.ok() ? "y" : "n", 1) == 1;
    const bool asked = read(finish[0], &byte, 1) == 1;
    // Dies with the folder open, as a killed process does.
    _exit(told && asked ? 0 : 1);
  }
  ASSERT_EQ(read(ready[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'y');
  EXPECT_THAT(DataFolder::Open(temp.path()),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_EQ(write(finish[1], "x", 1), 1);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_THAT(DataFolder::Open(temp.path()), IsOk());
}

}  // namespace
}  // namespace kugge::storage
