// What a store tells its observer, on every store.
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/contract/stores.h"

namespace kugge::storage {
namespace {

// Writes down what it is told, and what could be read at that moment.
class Diary final : public CommitObserver {
 public:
  explicit Diary(const KeyValueStore& store) : store_(store) {}

  void Writing(Revision after,
               absl::Span<const CommitUnderWay> commits) override {
    EXPECT_FALSE(writing_);
    writing_ = true;
    EXPECT_EQ(after, store_.LatestRevision());
    for (const CommitUnderWay& commit : commits) {
      EXPECT_GT(commit.revision, last_);
      last_ = commit.revision;
      for (const WriteSet::Write& write : commit.writes->writes()) {
        told_.push_back(absl::StrCat(write.key, "@", commit.revision));
        const auto found = store_.Get(write.key, nullptr);
        ASSERT_THAT(found, IsOk());
        if (found->has_value()) {
          EXPECT_LT((*found)->mod_revision, commit.revision) << "seen too soon";
        }
      }
    }
  }
  void Written(std::shared_ptr<const Snapshot> snapshot) override {
    EXPECT_TRUE(writing_);
    writing_ = false;
    EXPECT_EQ(snapshot->revision(), last_);
    EXPECT_EQ(store_.LatestRevision(), last_);
    snapshots_.push_back(std::move(snapshot));
  }
  void Failed() override { ADD_FAILURE() << "nothing failed"; }

  const std::vector<std::string>& told() const { return told_; }
  const std::vector<std::shared_ptr<const Snapshot>>& snapshots() const {
    return snapshots_;
  }

 private:
  const KeyValueStore& store_;
  bool writing_ = false;
  Revision last_ = 0;
  std::vector<std::string> told_;
  std::vector<std::shared_ptr<const Snapshot>> snapshots_;
};

class ObserverContractTest : public ContractTest {};

TEST_P(ObserverContractTest, IsToldBeforeAndAfterEachCommit) {
  Diary diary(store());
  store().Observe(&diary);
  const Revision first = Put("za", "1");
  const Revision second = Put("za", "2");
  WriteSet writes;
  writes.Put("zb", "3");
  EXPECT_THAT(store().Commit(writes, {Precondition::Absent("za")}),
              StatusIs(absl::StatusCode::kAborted));
  store().Observe(nullptr);
  Put("zc", "4");
  EXPECT_EQ(diary.told(),
            (std::vector<std::string>{absl::StrCat("za@", first),
                                      absl::StrCat("za@", second)}));
  ASSERT_EQ(diary.snapshots().size(), 2u);
  // Each shows its commit and nothing after it.
  EXPECT_EQ(Read("za", diary.snapshots()[0].get()), "1");
  EXPECT_EQ(Read("za", diary.snapshots()[1].get()), "2");
  EXPECT_EQ(Read("zc", diary.snapshots()[1].get()), "(absent)");
}

TEST_P(ObserverContractTest, WritersAtOnceAreToldOfInOrder) {
  constexpr int kWriters = 8;
  constexpr int kWrites = 25;
  Diary diary(store());
  store().Observe(&diary);
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&, i] {
      for (int n = 0; n < kWrites; ++n) {
        WriteSet writes;
        writes.Put(absl::StrCat("z", i, "-", n), "v");
        EXPECT_THAT(store().Commit(writes, {}), IsOk());
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  store().Observe(nullptr);
  EXPECT_EQ(diary.told().size(), size_t{kWriters} * kWrites);
}

INSTANTIATE_TEST_SUITE_P(Stores, ObserverContractTest,
                         testing::ValuesIn(AllStores()), StoreKindName);

}  // namespace
}  // namespace kugge::storage
