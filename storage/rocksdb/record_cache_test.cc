#include "storage/rocksdb/record_cache.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace kugge::storage {
namespace {

constexpr size_t kBytes = size_t{8} << 20;

std::string ValueOf(const RecordCache& cache, absl::string_view key,
                    Revision read_at) {
  const std::optional<VersionedValue> found = cache.Find(key, read_at);
  return found.has_value()
             ? absl::StrCat(found->value, "@", found->mod_revision)
             : "unknown";
}

TEST(RecordCacheTest, KnowsWhatWasReadUntilItIsWritten) {
  RecordCache cache(kBytes);
  EXPECT_EQ(cache.FindRevision("a"), std::nullopt);
  cache.NoteRead("a", "one", 3, 10);
  EXPECT_EQ(cache.FindRevision("a"), 3u);
  EXPECT_EQ(ValueOf(cache, "a", 10), "one@3");
  cache.NoteWriting("a", 11);
  EXPECT_EQ(cache.FindRevision("a"), std::nullopt);
  EXPECT_EQ(ValueOf(cache, "a", 10), "unknown");
  cache.NoteWritten("a", "two", 11);
  EXPECT_EQ(cache.FindRevision("a"), 11u);
  EXPECT_EQ(ValueOf(cache, "a", 11), "two@11");
}

TEST(RecordCacheTest, AReadOfAnEarlierStateIsLeftToTheStore) {
  RecordCache cache(kBytes);
  cache.NoteWriting("a", 11);
  cache.NoteWritten("a", "two", 11);
  EXPECT_EQ(ValueOf(cache, "a", 10), "unknown");
  EXPECT_EQ(ValueOf(cache, "a", 11), "two@11");
}

TEST(RecordCacheTest, AReadFromBeforeAWriteIsPassedOver) {
  RecordCache cache(kBytes);
  cache.NoteWriting("a", 11);
  // Began to read at 10 and ended after the write.
  cache.NoteRead("a", "one", 3, 10);
  cache.NoteScanned("a", "one", 3, 10);
  EXPECT_EQ(cache.FindRevision("a"), std::nullopt);
}

TEST(RecordCacheTest, WhatIsDeletedIsForgotten) {
  RecordCache cache(kBytes);
  cache.NoteWriting("a", 11);
  cache.NoteWritten("a", "two", 11);
  cache.NoteWriting("a", 12);
  EXPECT_EQ(ValueOf(cache, "a", 12), "unknown");
}

TEST(RecordCacheTest, OneGroupMayWriteAKeyTwice) {
  RecordCache cache(kBytes);
  cache.NoteWriting("a", 11);
  cache.NoteWriting("a", 12);
  cache.NoteWritten("a", "eleven", 11);
  cache.NoteWritten("a", "twelve", 12);
  EXPECT_EQ(ValueOf(cache, "a", 12), "twelve@12");
}

TEST(RecordCacheTest, ManyKeysAreKeptApart) {
  RecordCache cache(kBytes);
  for (Revision i = 1; i <= 20'000; ++i) {
    cache.NoteRead(absl::StrCat("k", i), absl::StrCat("v", i), i, 20'000);
  }
  for (Revision i = 1; i <= 20'000; ++i) {
    EXPECT_EQ(ValueOf(cache, absl::StrCat("k", i), 20'000),
              absl::StrCat("v", i, "@", i));
  }
}

TEST(RecordCacheTest, TheOldestMakeRoomButNotForAWalk) {
  // One bucket.
  RecordCache cache(1);
  const std::string value(3'000, 'v');
  for (Revision i = 1; i <= 9; ++i) {
    cache.NoteRead(absl::StrCat("k", i), value, i, 20);
  }
  EXPECT_EQ(cache.FindRevision("k1"), std::nullopt);
  EXPECT_EQ(cache.FindRevision("k5"), 5u);
  EXPECT_EQ(cache.FindRevision("k9"), 9u);
  cache.NoteScanned("k10", value, 10, 20);
  EXPECT_EQ(cache.FindRevision("k10"), std::nullopt);
  EXPECT_EQ(cache.FindRevision("k9"), 9u);
  cache.NoteRead("big", std::string(size_t{1} << 20, 'v'), 11, 20);
  EXPECT_EQ(cache.FindRevision("big"), std::nullopt);
  EXPECT_EQ(cache.FindRevision("k9"), 9u);
}

}  // namespace
}  // namespace kugge::storage
