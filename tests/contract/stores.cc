#include "tests/contract/stores.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/testing/status_matchers.h"
#include "base/testing/temp_folder.h"
#include "storage/memory/memory_store.h"
#include "storage/rocksdb/rocksdb_store.h"

namespace kugge::storage {
namespace {

class MemoryUnderTest final : public StoreUnderTest {
 public:
  MemoryUnderTest() {
    auto store = MakeMemoryStore();
    EXPECT_THAT(store, IsOk());
    if (store.ok()) store_ = *std::move(store);
  }
  KeyValueStore* store() override { return store_.get(); }

 private:
  std::unique_ptr<KeyValueStore> store_;
};

class RocksDbUnderTest final : public StoreUnderTest {
 public:
  explicit RocksDbUnderTest(bool reopen) : reopen_(reopen) { Open(); }
  KeyValueStore* store() override { return store_.get(); }
  void BetweenSteps() override {
    if (reopen_) Open();
  }

 private:
  void Open() {
    store_.reset();
    auto store = OpenRocksDbStore(folder_.path(), {});
    EXPECT_THAT(store, IsOk());
    if (store.ok()) store_ = *std::move(store);
  }

  const bool reopen_;
  const TempFolder folder_;
  std::unique_ptr<KeyValueStore> store_;
};

}  // namespace

std::vector<StoreKind> AllStores() {
  return {
      {"Memory", [] { return std::make_unique<MemoryUnderTest>(); }},
      {"RocksDb", [] { return std::make_unique<RocksDbUnderTest>(false); }},
      {"RocksDbReopened",
       [] { return std::make_unique<RocksDbUnderTest>(true); }},
  };
}

void ContractTest::SetUp() {
  under_test_ = GetParam().make();
  ASSERT_NE(under_test_->store(), nullptr);
}

Repository& ContractTest::repository() {
  if (repository_ == nullptr) {
    auto repository = Repository::Open(under_test_->store());
    EXPECT_THAT(repository, IsOk());
    repository_ = *std::move(repository);
  }
  return *repository_;
}

void ContractTest::BetweenSteps() {
  repository_.reset();
  under_test_->BetweenSteps();
}

Revision ContractTest::Put(const std::string& key, const std::string& value) {
  WriteSet writes;
  writes.Put(key, value);
  const absl::StatusOr<Revision> revision = store().Commit(writes, {});
  EXPECT_THAT(revision, IsOk());
  return revision.value_or(0);
}

std::string ContractTest::Read(const std::string& key,
                               const Snapshot* snapshot) {
  const auto found = store().Get(key, snapshot);
  if (!found.ok()) return found.status().ToString();
  return found->has_value() ? (*found)->value : "(absent)";
}

std::string ContractTest::ReadRange(const KeyRange& range,
                                    const Snapshot* snapshot) {
  const auto cursor = store().Scan(range, snapshot);
  if (!cursor.ok()) return cursor.status().ToString();
  std::vector<std::string> entries;
  for (; (*cursor)->Valid(); (*cursor)->Next()) {
    entries.push_back(absl::StrCat((*cursor)->key(), "=", (*cursor)->value(),
                                   "@", (*cursor)->mod_revision()));
  }
  EXPECT_THAT((*cursor)->status(), IsOk());
  return absl::StrJoin(entries, " ");
}

std::string StoreKindName(const testing::TestParamInfo<StoreKind>& info) {
  return info.param.name;
}

}  // namespace kugge::storage
