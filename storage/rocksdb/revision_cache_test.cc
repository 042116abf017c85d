#include "storage/rocksdb/revision_cache.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace kugge::storage {
namespace {

TEST(RevisionCacheTest, KnowsWhatWasReadUntilItIsWritten) {
  RevisionCache cache;
  EXPECT_EQ(cache.Find("a"), std::nullopt);
  cache.NoteRead("a", 3, 10);
  EXPECT_EQ(cache.Find("a"), 3u);
  cache.NoteWriting("a", 11);
  EXPECT_EQ(cache.Find("a"), std::nullopt);
  cache.NoteRead("a", 11, 11);
  EXPECT_EQ(cache.Find("a"), 11u);
}

TEST(RevisionCacheTest, AReadFromBeforeAWriteIsPassedOver) {
  RevisionCache cache;
  cache.NoteWriting("a", 11);
  // Began to read at 10 and ended after the write.
  cache.NoteRead("a", 3, 10);
  EXPECT_EQ(cache.Find("a"), std::nullopt);
}

TEST(RevisionCacheTest, ManyKeysAreKeptApart) {
  RevisionCache cache;
  size_t known = 0;
  for (Revision i = 1; i <= 20'000; ++i) {
    cache.NoteRead(absl::StrCat("k", i), i, 20'000);
  }
  for (Revision i = 1; i <= 20'000; ++i) {
    const std::optional<Revision> found = cache.Find(absl::StrCat("k", i));
    if (!found.has_value()) continue;
    EXPECT_EQ(*found, i);
    ++known;
  }
  EXPECT_GT(known, 1'000u);
}

}  // namespace
}  // namespace kugge::storage
