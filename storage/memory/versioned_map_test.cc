#include "storage/memory/versioned_map.h"

#include <optional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kugge::storage {
namespace {

TEST(VersionedMapTest, OldVersionsLastAsLongAsTheirPin) {
  VersionedMap map;
  map.Set("k", "1", 1);
  map.Pin(1);
  map.Set("k", "2", 2);
  map.Set("k", std::nullopt, 3);
  EXPECT_EQ(map.Get("k", 1)->value, "1");
  EXPECT_EQ(map.Get("k", 3), std::nullopt);
  // Nobody pinned revision 2.
  EXPECT_EQ(map.Get("k", 2)->value, "1");
  map.Unpin(1);
  EXPECT_EQ(map.Get("k", 1), std::nullopt);
}

TEST(VersionedMapTest, APinCountsAsOftenAsItWasSet) {
  VersionedMap map;
  map.Set("k", "1", 1);
  map.Pin(1);
  map.Pin(1);
  map.Set("k", "2", 2);
  map.Unpin(1);
  EXPECT_EQ(map.Get("k", 1)->value, "1");
  map.Unpin(1);
  EXPECT_EQ(map.Get("k", 1), std::nullopt);
  EXPECT_EQ(map.Get("k", 2)->value, "2");
}

TEST(VersionedMapTest, APinBeforeAKeysFirstVersionDoesNotSeeIt) {
  VersionedMap map;
  map.Pin(0);
  map.Set("k", "1", 1);
  EXPECT_EQ(map.Get("k", 0), std::nullopt);
  EXPECT_FALSE(map.First("", false, "", 0).has_value());
  map.Set("k", std::nullopt, 2);
  EXPECT_FALSE(map.First("", false, "", 2).has_value());
  map.Unpin(0);
}

TEST(VersionedMapTest, FirstSkipsWhatTheRevisionDoesNotShow) {
  VersionedMap map;
  map.Set("a", "1", 1);
  map.Set("b", "1", 2);
  map.Pin(2);
  map.Set("a", std::nullopt, 3);
  map.Set("aa", "3", 3);
  EXPECT_EQ(map.First("", false, "", 2)->key, "a");
  EXPECT_EQ(map.First("a", true, "", 2)->key, "b");
  EXPECT_EQ(map.First("", false, "", 3)->key, "aa");
  EXPECT_FALSE(map.First("aa", true, "b", 3).has_value());
  map.Unpin(2);
}

}  // namespace
}  // namespace kugge::storage
