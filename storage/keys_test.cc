#include "storage/keys.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/keyed_hash.h"

namespace kugge::storage {
namespace {

bool Contains(const KeyRange& range, const std::string& key) {
  return range.begin <= key && (range.end.empty() || key < range.end);
}

// docs/formats/keys.md: a change here needs a migration.
TEST(KeysTest, TheBytesOnDiskAreTheDocumentedOnes) {
  const std::string hash(kKeyedHashSize, 'h');
  const std::string seven("\0\0\0\0\0\0\0\x07", 8);
  EXPECT_EQ(RecordKey(ResourceKind::kProfile, "tenants/t/profiles/p"),
            "r\x04tenants/t/profiles/p");
  EXPECT_EQ(ChangeKey(7), "c" + seven);
  EXPECT_EQ(RequestKey(hash), "i" + hash);
  EXPECT_EQ(RequestTimeKey(absl::FromUnixSeconds(7), hash), "t" + seven + hash);
  EXPECT_EQ(RequestResourceKey("tenants/t", hash),
            std::string("ntenants/t\0", 11) + hash);
  EXPECT_EQ(MetaKey(MetaField::kRevision), "mrevision");
  EXPECT_EQ(MetaKey(MetaField::kSchema), "mschema");
  EXPECT_EQ(MetaKey(MetaField::kTieKey), "mtie_key");
  EXPECT_EQ(MetaKey(MetaField::kHashKey), "mhash_key");
  EXPECT_EQ(MetaKey(MetaField::kTaxonomyInForce), "mtaxonomy_in_force");
  EXPECT_EQ(MetaKey(MetaField::kChangeLogStart), "mchange_log_start");
  const std::string external =
      ExternalIdKey(std::string(kHashKeySize, 'k'), ResourceKind::kProfile,
                    "tenants/t", "case-1");
  EXPECT_EQ(external.substr(0, 12), std::string("x\x04tenants/t\0", 12));
  EXPECT_EQ(absl::BytesToHexString(external.substr(12)),
            "cdb16a67801f6648db25801c9c0e5071");
}

TEST(KeysTest, RecordKeysComeBack) {
  for (const ResourceKind kind : AllResourceKinds()) {
    const std::string key = RecordKey(kind, "tenants/t/profiles/p");
    const auto parts = ParseRecordKey(key);
    ASSERT_THAT(parts, IsOk());
    EXPECT_EQ(parts->kind, kind);
    EXPECT_EQ(parts->name, "tenants/t/profiles/p");
  }
}

TEST(KeysTest, OtherKeysAreNotRecordKeys) {
  for (const std::string& key :
       {std::string(), std::string("r"), std::string("r\x04", 2),
        std::string("r\x63name"), MetaKey(MetaField::kSchema), ChangeKey(1)}) {
    EXPECT_THAT(ParseRecordKey(key), StatusIs(absl::StatusCode::kDataLoss));
  }
}

TEST(KeysTest, RecordsOfAKindAreOrderedByName) {
  const std::vector<std::string> names = {"tenants/a/profiles/1",
                                          "tenants/a/profiles/10",
                                          "tenants/a/profiles/2", "tenants/b/"};
  std::vector<std::string> keys;
  for (const std::string& name : names) {
    keys.push_back(RecordKey(ResourceKind::kProfile, name));
  }
  EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
}

TEST(KeysTest, ARecordRangeHoldsThePrefixAndNothingElse) {
  const KeyRange range =
      RecordRange(ResourceKind::kProfile, "tenants/t/profiles/", "");
  const auto holds = [&](ResourceKind kind, absl::string_view name) {
    return Contains(range, RecordKey(kind, name));
  };
  EXPECT_TRUE(holds(ResourceKind::kProfile, "tenants/t/profiles/a"));
  EXPECT_TRUE(holds(ResourceKind::kProfile, "tenants/t/profiles/~~~"));
  EXPECT_FALSE(holds(ResourceKind::kProfile, "tenants/t0/profiles/a"));
  EXPECT_FALSE(holds(ResourceKind::kProfile, "tenants/s/profiles/a"));
  EXPECT_FALSE(holds(ResourceKind::kStrategy, "tenants/t/profiles/a"));
  EXPECT_FALSE(holds(ResourceKind::kEmployer, "tenants/t/profiles/a"));
}

TEST(KeysTest, AnEmptyPrefixIsTheWholeKind) {
  const KeyRange range = RecordRange(ResourceKind::kConcept, "", "");
  EXPECT_TRUE(Contains(range, RecordKey(ResourceKind::kConcept, "a")));
  EXPECT_TRUE(Contains(range, RecordKey(ResourceKind::kConcept, "~")));
  EXPECT_FALSE(Contains(range, RecordKey(ResourceKind::kTaxonomy, "~")));
}

TEST(KeysTest, StartAfterLeavesOutThatNameOnly) {
  const std::string prefix = "tenants/t/profiles/";
  const KeyRange range =
      RecordRange(ResourceKind::kProfile, prefix, prefix + "b");
  const auto holds = [&](absl::string_view id) {
    return Contains(
        range, RecordKey(ResourceKind::kProfile, absl::StrCat(prefix, id)));
  };
  EXPECT_FALSE(holds("a"));
  EXPECT_FALSE(holds("b"));
  EXPECT_TRUE(holds("b-"));
  EXPECT_TRUE(holds("c"));
  // One before the range starts it at its beginning.
  EXPECT_EQ(RecordRange(ResourceKind::kProfile, prefix, "a").begin,
            RecordRange(ResourceKind::kProfile, prefix, "").begin);
}

TEST(KeysTest, ChangeKeysAreOrderedLikeTheirRevisionsAndComeBack) {
  const std::vector<Revision> revisions = {
      0, 1, 255, 256, 65535, 65536, 0xffffffff, 1ull << 32, ~Revision{0}};
  std::string last;
  for (const Revision revision : revisions) {
    const std::string key = ChangeKey(revision);
    EXPECT_LT(last, key);
    EXPECT_THAT(ParseChangeKey(key), IsOkAndHolds(revision));
    EXPECT_TRUE(Contains(ChangeRangeFrom(revision), key));
    last = key;
  }
  EXPECT_FALSE(Contains(ChangeRange(1, 256), ChangeKey(256)));
  EXPECT_TRUE(Contains(ChangeRange(1, 256), ChangeKey(255)));
  EXPECT_THAT(ParseChangeKey("c123"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(KeysTest, RequestTimeKeysAreOrderedByTimeAndHoldTheHash) {
  const std::string hash(kKeyedHashSize, 'h');
  const absl::Time time = absl::FromUnixSeconds(1'700'000'000);
  const std::string key = RequestTimeKey(time, hash);
  EXPECT_LT(RequestTimeKey(time - absl::Seconds(1), std::string(16, '\xff')),
            key);
  EXPECT_FALSE(Contains(RequestsBefore(time), key));
  EXPECT_TRUE(Contains(RequestsBefore(time + absl::Seconds(1)), key));
  EXPECT_THAT(ParseRequestHash(key), IsOkAndHolds(hash));
  const std::string by_name = RequestResourceKey("tenants/t", hash);
  EXPECT_THAT(ParseRequestHash(by_name), IsOkAndHolds(hash));
  EXPECT_TRUE(Contains(RequestsOfResource("tenants/t"), by_name));
  EXPECT_FALSE(Contains(RequestsOfResource("tenants/t"),
                        RequestResourceKey("tenants/t0", hash)));
  EXPECT_THAT(ParseRequestHash("t123"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(KeysTest, ExternalIdKeysDependOnEveryPart) {
  const std::string key_a(kHashKeySize, 'a'), key_b(kHashKeySize, 'b');
  const auto key = [](absl::string_view hash_key, ResourceKind kind,
                      absl::string_view parent, absl::string_view id) {
    // The hash alone.
    const std::string whole = ExternalIdKey(hash_key, kind, parent, id);
    return whole.substr(whole.size() - kKeyedHashSize);
  };
  const std::string base = key(key_a, ResourceKind::kProfile, "tenants/t", "1");
  EXPECT_EQ(base, key(key_a, ResourceKind::kProfile, "tenants/t", "1"));
  EXPECT_NE(base, key(key_b, ResourceKind::kProfile, "tenants/t", "1"));
  EXPECT_NE(base, key(key_a, ResourceKind::kEmployer, "tenants/t", "1"));
  EXPECT_NE(base, key(key_a, ResourceKind::kProfile, "tenants/u", "1"));
  EXPECT_NE(base, key(key_a, ResourceKind::kProfile, "tenants/t", "2"));
}

TEST(KeyedHashTest, PartsDoNotRunTogether) {
  const std::string key(kHashKeySize, 'k');
  EXPECT_NE(KeyedHash(key, {"a", "bc"}), KeyedHash(key, {"ab", "c"}));
  EXPECT_EQ(KeyedHash(key, {"a"}).size(), kKeyedHashSize);
}

TEST(KeyedHashTest, RandomKeysDiffer) {
  EXPECT_NE(*RandomKey(16), *RandomKey(16));
}

}  // namespace
}  // namespace kugge::storage
