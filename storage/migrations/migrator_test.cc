#include "storage/migrations/migrator.h"

#include <memory>
#include <string>

#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/storage/v1/record.pb.h"
#include "storage/keys.h"
#include "storage/memory/memory_store.h"
#include "storage/records.h"
#include "storage/store_meta.h"

namespace kugge::storage {
namespace {

void SetSchema(KeyValueStore& store, uint32_t version) {
  v1::StoreSchema schema;
  schema.set_version(version);
  WriteSet writes;
  writes.Put(MetaKey(MetaField::kSchema), EncodeRecord(schema));
  ASSERT_THAT(store.Commit(writes, {}), IsOk());
}

TEST(MigratorTest, AFreshStoreGetsTheNewestSchemaAndItsKeys) {
  const auto store = MakeMemoryStore();
  ASSERT_THAT(store, IsOk());
  const auto meta = ReadStoreMeta(**store);
  ASSERT_THAT(meta, IsOk());
  EXPECT_EQ(meta->schema_version, kSchemaVersion);
}

TEST(MigratorTest, RunningAgainChangesNothing) {
  const auto store = MakeMemoryStore();
  const Revision before = (*store)->LatestRevision();
  EXPECT_THAT(Migrate(**store), IsOk());
  EXPECT_EQ((*store)->LatestRevision(), before);
}

TEST(MigratorTest, ANewerSchemaIsRefusedInWordsAndLeftAlone) {
  const auto store = MakeMemoryStore();
  SetSchema(**store, 7);
  const Revision before = (*store)->LatestRevision();
  EXPECT_THAT(
      Migrate(**store),
      StatusIs(absl::StatusCode::kFailedPrecondition,
               "data folder has schema 7, this program knows up to 1: use a "
               "newer program"));
  EXPECT_EQ((*store)->LatestRevision(), before);
}

TEST(MigratorTest, CommitsWithoutASchemaAreDamage) {
  const auto store = MakeMemoryStore();
  WriteSet writes;
  writes.Delete(MetaKey(MetaField::kSchema));
  ASSERT_THAT((*store)->Commit(writes, {}), IsOk());
  EXPECT_THAT(Migrate(**store), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(StoreMetaTest, AMissingKeyIsDamage) {
  const auto store = MakeMemoryStore();
  WriteSet writes;
  writes.Delete(MetaKey(MetaField::kTieKey));
  ASSERT_THAT((*store)->Commit(writes, {}), IsOk());
  EXPECT_THAT(ReadStoreMeta(**store), StatusIs(absl::StatusCode::kDataLoss,
                                               testing::HasSubstr("tie_key")));
}

}  // namespace
}  // namespace kugge::storage
