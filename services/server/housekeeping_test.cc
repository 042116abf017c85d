#include "services/server/housekeeping.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "storage/change_log.h"
#include "storage/memory/memory_store.h"
#include "storage/request_log.h"

namespace kugge::server {
namespace {

constexpr absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

class TidyStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    KUGGE_ASSERT_OK_AND_ASSIGN(store_, storage::MakeMemoryStore());
  }

  void CommitChanges(int commits) {
    for (int i = 0; i < commits; ++i) {
      storage::WriteSet writes;
      writes.LogChange({.kind = storage::ResourceKind::kTenant,
                        .name = absl::StrCat("tenants/t", i),
                        .operation = storage::Operation::kPut});
      KUGGE_ASSERT_OK(store_->Commit(writes, {}));
    }
  }

  void CommitRequest(const std::string& hash, absl::Time time) {
    storage::WriteSet writes;
    storage::StageRequest(
        hash,
        {.digest = "d", .resource_names = {"tenants/t"}, .commit_time = time},
        &writes);
    KUGGE_ASSERT_OK(store_->Commit(writes, {}));
  }

  bool RequestIsThere(const std::string& hash) {
    const auto found = storage::FindRequest(*store_, hash, kNow, nullptr);
    return found.ok() && (found->record.has_value() || found->revision != 0);
  }

  const FixedClock clock_{kNow};
  std::unique_ptr<storage::KeyValueStore> store_;
};

TEST_F(TidyStoreTest, KeepsTheNewestChanges) {
  CommitChanges(2500);
  const storage::Revision last = store_->LatestRevision();
  KUGGE_ASSERT_OK(TidyStore(*store_, clock_, 10, [] { return false; }));
  EXPECT_THAT(storage::ReadChanges(*store_, 0, 100, nullptr),
              StatusIs(absl::StatusCode::kOutOfRange));
  KUGGE_ASSERT_OK_AND_ASSIGN(
      const auto kept, storage::ReadChanges(*store_, last - 10, 100, nullptr));
  EXPECT_EQ(kept.size(), 10);
}

TEST_F(TidyStoreTest, LeavesALogThatIsNotFullAlone) {
  CommitChanges(10);
  KUGGE_ASSERT_OK(TidyStore(*store_, clock_, 10, [] { return false; }));
  KUGGE_ASSERT_OK_AND_ASSIGN(const auto kept,
                             storage::ReadChanges(*store_, 0, 100, nullptr));
  EXPECT_EQ(kept.size(), 10);
}

TEST_F(TidyStoreTest, RemovesExpiredRequests) {
  const std::string old_hash(16, 'a');
  const std::string new_hash(16, 'b');
  CommitRequest(old_hash, kNow - storage::kRequestLifetime - absl::Seconds(1));
  CommitRequest(new_hash, kNow - absl::Hours(1));
  ASSERT_TRUE(RequestIsThere(old_hash));
  KUGGE_ASSERT_OK(TidyStore(*store_, clock_, 10, [] { return false; }));
  EXPECT_FALSE(RequestIsThere(old_hash));
  EXPECT_TRUE(RequestIsThere(new_hash));
}

}  // namespace
}  // namespace kugge::server
