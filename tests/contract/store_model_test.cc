// Random histories on every store against a map: each answer must be the
// model's. A failure prints the seed; KUGGE_SEED=<n> runs that one alone.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/contract/stores.h"

namespace kugge::storage {
namespace {

constexpr int kHistories = 8;
constexpr int kSteps = 400;
constexpr int kKeys = 24;

// The store as a plain map; what a snapshot shows is a copy of it.
using Model = std::map<std::string, VersionedValue>;

struct ModelSnapshot {
  std::unique_ptr<Snapshot> real;
  Model model;
  Revision revision;
};

class History {
 public:
  History(uint64_t seed, StoreUnderTest* under_test)
      : random_(seed), under_test_(under_test) {
    revision_ = store().LatestRevision();
  }

  void Step() {
    const int die = Below(40);
    if (die < 1) return Reopen();
    if (die < 5) return TakeSnapshot();
    if (die < 9) return CheckRange();
    if (die < 13) return CheckMultiGet();
    if (die < 17) return CheckGet();
    return Commit();
  }

 private:
  KeyValueStore& store() { return *under_test_->store(); }
  int Below(int bound) {
    return static_cast<int>(random_() % static_cast<uint64_t>(bound));
  }
  // Keys that are prefixes of one another, with every kind of byte.
  std::string RandomKey() {
    const int number = Below(kKeys);
    std::string key = absl::StrCat("z", number / 6);
    for (int i = 0; i < number % 6; ++i) {
      key.push_back(static_cast<char>(i * 51));
    }
    return key;
  }
  KeyRange RandomRange() {
    KeyRange range{RandomKey(), RandomKey()};
    if (Below(4) == 0) range.end.clear();
    return range;
  }

  // The latest state, or one of the snapshots.
  std::pair<const Model*, const Snapshot*> RandomView() {
    const int choice = Below(static_cast<int>(snapshots_.size()) + 1);
    if (choice == 0) return {&model_, nullptr};
    return {&snapshots_[choice - 1].model, snapshots_[choice - 1].real.get()};
  }

  static std::vector<std::pair<std::string, VersionedValue>> InRange(
      const Model& model, const KeyRange& range) {
    std::vector<std::pair<std::string, VersionedValue>> entries;
    for (auto it = model.lower_bound(range.begin);
         it != model.end() && (range.end.empty() || it->first < range.end);
         ++it) {
      entries.push_back(*it);
    }
    return entries;
  }

  static void ExpectSame(const Model& model, const std::string& key,
                         const std::optional<VersionedValue>& found) {
    const auto it = model.find(key);
    ASSERT_EQ(found.has_value(), it != model.end());
    if (!found.has_value()) return;
    EXPECT_EQ(found->value, it->second.value);
    EXPECT_EQ(found->mod_revision, it->second.mod_revision);
  }

  void TakeSnapshot() {
    if (snapshots_.size() == 4) {
      snapshots_.erase(snapshots_.begin() + Below(4));
    }
    auto snapshot = store().TakeSnapshot();
    ASSERT_THAT(snapshot, IsOk());
    EXPECT_EQ((*snapshot)->revision(), revision_);
    snapshots_.push_back({*std::move(snapshot), model_, revision_});
  }

  void Reopen() {
    snapshots_.clear();
    under_test_->BetweenSteps();
    ASSERT_NE(under_test_->store(), nullptr);
    EXPECT_EQ(store().LatestRevision(), revision_);
  }

  void CheckGet() {
    const auto [model, snapshot] = RandomView();
    const std::string key = RandomKey();
    const auto found = store().Get(key, snapshot);
    ASSERT_THAT(found, IsOk());
    ExpectSame(*model, key, *found);
  }

  void CheckMultiGet() {
    const auto [model, snapshot] = RandomView();
    std::vector<std::string> keys;
    for (int i = Below(6); i > 0; --i) keys.push_back(RandomKey());
    const auto found = store().MultiGet(keys, snapshot);
    ASSERT_THAT(found, IsOk());
    ASSERT_EQ(found->size(), keys.size());
    for (size_t i = 0; i < keys.size(); ++i) {
      ExpectSame(*model, keys[i], (*found)[i]);
    }
  }

  void CheckRange() {
    const auto [model, snapshot] = RandomView();
    const KeyRange range = RandomRange();
    const auto cursor = store().Scan(range, snapshot);
    ASSERT_THAT(cursor, IsOk());
    for (const auto& [key, value] : InRange(*model, range)) {
      ASSERT_TRUE((*cursor)->Valid());
      EXPECT_EQ((*cursor)->key(), key);
      EXPECT_EQ((*cursor)->value(), value.value);
      EXPECT_EQ((*cursor)->mod_revision(), value.mod_revision);
      (*cursor)->Next();
    }
    EXPECT_FALSE((*cursor)->Valid());
    EXPECT_THAT((*cursor)->status(), IsOk());
  }

  // A precondition that holds or not, about half and half.
  Precondition RandomPrecondition() {
    const std::string key = RandomKey();
    const auto it = model_.find(key);
    switch (Below(4)) {
      case 0:
        return Precondition::Exists(key);
      case 1:
        return Precondition::EmptyRange(RandomRange());
      case 2:
        return Precondition::Absent(key);
      default:
        return Precondition::AtRevision(
            key, it == model_.end() ? revision_ : it->second.mod_revision);
    }
  }

  Revision FoundRevision(const Precondition& precondition) const {
    if (precondition.kind == Precondition::Kind::kEmptyRange) {
      const auto entries =
          InRange(model_, {precondition.key, precondition.end});
      return entries.empty() ? 0 : entries.front().second.mod_revision;
    }
    const auto it = model_.find(precondition.key);
    return it == model_.end() ? 0 : it->second.mod_revision;
  }

  void Commit() {
    std::vector<Precondition> preconditions;
    for (int i = Below(3); i > 0; --i) {
      preconditions.push_back(RandomPrecondition());
    }
    std::optional<FailedPrecondition> expected;
    for (size_t i = 0; i < preconditions.size() && !expected; ++i) {
      const Revision actual = FoundRevision(preconditions[i]);
      if (!Holds(preconditions[i], actual)) {
        expected = FailedPrecondition{.index = i, .actual = actual};
      }
    }
    WriteSet writes;
    for (int i = Below(4); i >= 0; --i) {
      if (Below(3) == 0) {
        writes.Delete(RandomKey());
      } else {
        writes.Put(RandomKey(), absl::StrCat("v", Below(1000)));
      }
    }
    const auto result = store().Commit(writes, preconditions);
    if (expected.has_value()) {
      const auto failed = GetFailedPrecondition(result.status());
      ASSERT_TRUE(failed.has_value()) << result.status();
      EXPECT_EQ(failed->index, expected->index);
      EXPECT_EQ(failed->actual, expected->actual);
      return;
    }
    ASSERT_THAT(result, IsOk());
    EXPECT_GT(*result, revision_);
    revision_ = *result;
    for (const WriteSet::Write& write : writes.writes()) {
      model_.erase(write.key);
      if (write.value.has_value()) {
        model_[write.key] = {*write.value, revision_};
      }
    }
  }

  std::mt19937_64 random_;
  StoreUnderTest* const under_test_;
  Model model_;
  Revision revision_ = 0;
  std::vector<ModelSnapshot> snapshots_;
};

class StoreModelTest : public testing::TestWithParam<StoreKind> {};

TEST_P(StoreModelTest, RandomHistoriesAnswerLikeAMap) {
  const char* const one_seed = std::getenv("KUGGE_SEED");
  const uint64_t first = one_seed == nullptr ? 20260301 : std::stoull(one_seed);
  const uint64_t last = one_seed == nullptr ? first + kHistories : first + 1;
  for (uint64_t seed = first; seed < last; ++seed) {
    SCOPED_TRACE(absl::StrCat("KUGGE_SEED=", seed));
    const auto under_test = GetParam().make();
    ASSERT_NE(under_test->store(), nullptr);
    History history(seed, under_test.get());
    for (int step = 0; step < kSteps && !HasFailure(); ++step) history.Step();
  }
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreModelTest, testing::ValuesIn(AllStores()),
                         StoreKindName);

}  // namespace
}  // namespace kugge::storage
