// How commits reach the published view: handed over while they are written, or
// read from the change log where that could not be.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/testing/status_matchers.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "services/features/extractor.h"
#include "services/index/commit_feed.h"
#include "services/index/documents_for_test.h"
#include "services/index/index.h"
#include "storage/keys.h"
#include "storage/memory/memory_store.h"
#include "storage/records.h"
#include "storage/repository.h"

namespace kugge::index {
namespace {

using storage::CommitObserver;
using storage::CommitUnderWay;
using storage::Precondition;
using storage::ResourceKind;
using storage::Revision;
using storage::WriteSet;

// A store whose observer hears what the test lets it hear.
class HeldStore final : public storage::KeyValueStore, public CommitObserver {
 public:
  explicit HeldStore(std::unique_ptr<storage::KeyValueStore> store)
      : store_(std::move(store)) {
    store_->Observe(this);
  }
  ~HeldStore() override { store_->Observe(nullptr); }

  absl::StatusOr<std::optional<storage::VersionedValue>> Get(
      absl::string_view key, const storage::Snapshot* snapshot) const override {
    return store_->Get(key, snapshot);
  }
  absl::StatusOr<std::vector<std::optional<storage::VersionedValue>>> MultiGet(
      absl::Span<const std::string> keys,
      const storage::Snapshot* snapshot) const override {
    ++multi_gets;
    return store_->MultiGet(keys, snapshot);
  }
  absl::StatusOr<std::unique_ptr<storage::Cursor>> Scan(
      const storage::KeyRange& range,
      const storage::Snapshot* snapshot) const override {
    ++scans;
    return store_->Scan(range, snapshot);
  }
  absl::StatusOr<std::unique_ptr<storage::Snapshot>> TakeSnapshot()
      const override {
    return store_->TakeSnapshot();
  }
  absl::StatusOr<Revision> Commit(
      const WriteSet& writes,
      absl::Span<const Precondition> preconditions) override {
    return store_->Commit(writes, preconditions);
  }
  Revision LatestRevision() const override { return store_->LatestRevision(); }
  void Observe(CommitObserver* observer) override { observer_ = observer; }

  void Writing(Revision after,
               absl::Span<const CommitUnderWay> commits) override {
    if (observer_ != nullptr && !deaf) observer_->Writing(after, commits);
    if (while_writing) while_writing();
  }
  void Written(std::shared_ptr<const storage::Snapshot> snapshot) override {
    if (observer_ != nullptr && !deaf) observer_->Written(std::move(snapshot));
  }
  void Failed() override {}

  CommitObserver* observer() const { return observer_; }

  // Nothing is passed on.
  bool deaf = false;
  // Called between the two.
  std::function<void()> while_writing;
  // Reads of the change log and of the records that it names.
  mutable std::atomic<int> scans = 0;
  mutable std::atomic<int> multi_gets = 0;

 private:
  const std::unique_ptr<storage::KeyValueStore> store_;
  CommitObserver* observer_ = nullptr;
};

constexpr char kPerson[] = "tenants/t/profiles/p";
constexpr char kRequirement[] = "tenants/t/employers/e/requirements/r";

class WritePathTest : public testing::Test {
 protected:
  void SetUp() override {
    auto memory = storage::MakeMemoryStore();
    ASSERT_THAT(memory, IsOk());
    store_ = std::make_unique<HeldStore>(*std::move(memory));
    auto repository = storage::Repository::Open(store_.get());
    ASSERT_THAT(repository, IsOk());
    repository_ = *std::move(repository);
    Create<v1::Tenant>(ResourceKind::kTenant, "tenants/t");
    Create<v1::Employer>(ResourceKind::kEmployer, "tenants/t/employers/e");
    auto index = Index::Open(*repository_, nullptr);
    ASSERT_THAT(index, IsOk());
    index_ = *std::move(index);
    store_->scans = 0;
    store_->multi_gets = 0;
  }
  void TearDown() override { index_.reset(); }

  template <typename M>
  void Create(ResourceKind kind, const std::string& name) {
    M message;
    message.set_name(name);
    storage::Transaction transaction = repository_->Begin();
    ASSERT_THAT(transaction.Create(kind, message), IsOk());
    ASSERT_THAT(repository_->Commit(std::move(transaction)), IsOk());
  }

  // Writes the document with a stamp, unconditionally; none: removes it.
  template <typename Kind>
  WriteSet Writes(const std::string& name, std::optional<int> stamp) {
    WriteSet writes;
    const std::string key = storage::RecordKey(Kind::kKind, name);
    if (stamp.has_value()) {
      Random random(5);
      auto message = Kind::Make(kToday + *stamp, random);
      message.set_name(name);
      writes.Put(key, storage::EncodeRecord(message));
    } else {
      writes.Delete(key);
    }
    writes.LogChange({Kind::kKind, name,
                      stamp.has_value() ? storage::Operation::kPut
                                        : storage::Operation::kDelete});
    return writes;
  }
  Revision CommitPerson(std::optional<int> stamp) {
    const auto revision = store_->Commit(Writes<Profiles>(kPerson, stamp), {});
    EXPECT_THAT(revision, IsOk());
    return revision.value_or(0);
  }
  // The stamp that is shown; none: nobody is.
  template <typename Kind = Profiles>
  std::optional<int> Shown(const std::string& name = kPerson) const {
    const auto view = index_->Latest();
    const auto* features =
        Kind::Table(*view->market).Find(features::DocumentIdOf(name));
    if (features == nullptr) return std::nullopt;
    return Kind::StampOf(*features) - kToday;
  }
  bool ReadTheLog() const { return store_->scans + store_->multi_gets > 0; }
  // Until the index has derived what it was told of, told or not: CatchUp does
  // so before anything else.
  void LetDerive() {
    ASSERT_THAT(index_->CatchUp(index_->Latest()->revision + 1), IsOk());
  }

  std::unique_ptr<HeldStore> store_;
  std::unique_ptr<storage::Repository> repository_;
  std::unique_ptr<Index> index_;
};

TEST_F(WritePathTest, WhatIsWrittenIsHandedOverAndTheLogIsNotRead) {
  for (int stamp = 1; stamp < 4; ++stamp) {
    const Revision revision = CommitPerson(stamp);
    ASSERT_THAT(index_->CatchUp(revision), IsOk());
    EXPECT_EQ(Shown(), stamp);
    const auto view = index_->Latest();
    EXPECT_EQ(view->revision, revision);
    EXPECT_EQ(view->snapshot->revision(), revision);
  }
  const auto revision =
      store_->Commit(Writes<Requirements>(kRequirement, 9), {});
  ASSERT_THAT(revision, IsOk());
  ASSERT_THAT(index_->CatchUp(*revision), IsOk());
  EXPECT_EQ(Shown<Requirements>(kRequirement), 9);
  ASSERT_THAT(index_->CatchUp(CommitPerson(std::nullopt)), IsOk());
  EXPECT_EQ(Shown(), std::nullopt);
  EXPECT_FALSE(ReadTheLog());
}

TEST_F(WritePathTest, NothingIsShownBeforeItIsDurable) {
  ASSERT_THAT(index_->CatchUp(CommitPerson(1)), IsOk());
  const Revision before = index_->Latest()->revision;
  bool looked = false;
  store_->while_writing = [&] {
    LetDerive();
    EXPECT_EQ(Shown(), 1);
    EXPECT_EQ(index_->Latest()->revision, before);
    looked = true;
  };
  ASSERT_THAT(index_->CatchUp(CommitPerson(2)), IsOk());
  EXPECT_TRUE(looked);
  EXPECT_EQ(Shown(), 2);
  EXPECT_FALSE(ReadTheLog());
}

TEST_F(WritePathTest, AFailedWriteLeavesNoTrace) {
  ASSERT_THAT(index_->CatchUp(CommitPerson(1)), IsOk());
  const Revision before = store_->LatestRevision();
  const WriteSet lost = Writes<Profiles>(kPerson, 2);
  const WriteSet lost_too = Writes<Profiles>("tenants/t/profiles/lost", 2);
  const std::vector<CommitUnderWay> commits = {
      {.revision = before + 1, .writes = &lost},
      {.revision = before + 2, .writes = &lost_too}};
  store_->observer()->Writing(before, commits);
  LetDerive();
  store_->observer()->Failed();
  EXPECT_EQ(Shown(), 1);
  EXPECT_EQ(index_->Latest()->revision, before);
  // The next one follows on what was there before.
  const auto next =
      store_->Commit(Writes<Profiles>("tenants/t/profiles/q", 3), {});
  ASSERT_THAT(next, IsOk());
  ASSERT_THAT(index_->CatchUp(*next), IsOk());
  EXPECT_EQ(Shown(), 1);
  EXPECT_EQ(Shown("tenants/t/profiles/q"), 3);
  EXPECT_EQ(Shown("tenants/t/profiles/lost"), std::nullopt);
  EXPECT_FALSE(ReadTheLog());
}

TEST_F(WritePathTest, AGapIsReadFromTheLog) {
  ASSERT_THAT(index_->CatchUp(CommitPerson(1)), IsOk());
  store_->deaf = true;
  CommitPerson(2);
  const auto unheard =
      store_->Commit(Writes<Profiles>("tenants/t/profiles/q", 5), {});
  ASSERT_THAT(unheard, IsOk());
  store_->deaf = false;
  // Handed over, but what is before it isn't.
  const Revision revision = CommitPerson(3);
  LetDerive();
  ASSERT_THAT(index_->CatchUp(revision), IsOk());
  EXPECT_TRUE(ReadTheLog());
  EXPECT_EQ(Shown(), 3);
  EXPECT_EQ(Shown("tenants/t/profiles/q"), 5);
  EXPECT_EQ(index_->Latest()->revision, revision);
  // From there on it goes by handing over again.
  store_->scans = 0;
  store_->multi_gets = 0;
  ASSERT_THAT(index_->CatchUp(CommitPerson(4)), IsOk());
  EXPECT_EQ(Shown(), 4);
  EXPECT_FALSE(ReadTheLog());
}

TEST_F(WritePathTest, AGroupOutOfOrderIsNotTaken) {
  ASSERT_THAT(index_->CatchUp(CommitPerson(1)), IsOk());
  const Revision before = store_->LatestRevision();
  const WriteSet writes = Writes<Profiles>(kPerson, 2);
  const CommitUnderWay commit{.revision = before + 5, .writes = &writes};
  store_->observer()->Writing(before + 4, {&commit, 1});
  auto snapshot = store_->TakeSnapshot();
  ASSERT_THAT(snapshot, IsOk());
  store_->observer()->Written(*std::move(snapshot));
  LetDerive();
  EXPECT_EQ(Shown(), 1);
  EXPECT_EQ(index_->Latest()->revision, before);
}

TEST_F(WritePathTest, WhatOthersDependOnIsReadFromTheLog) {
  const std::string requirement = kRequirement;
  ASSERT_THAT(index_->CatchUp(
                  *store_->Commit(Writes<Requirements>(requirement, 1), {})),
              IsOk());
  EXPECT_FALSE(ReadTheLog());
  v1::Employer employer;
  employer.set_name("tenants/t/employers/e");
  employer.set_display_name("Snickeriet");
  WriteSet writes;
  writes.Put(storage::RecordKey(ResourceKind::kEmployer, employer.name()),
             storage::EncodeRecord(employer));
  writes.LogChange(
      {ResourceKind::kEmployer, employer.name(), storage::Operation::kPut});
  const auto revision = store_->Commit(writes, {});
  ASSERT_THAT(revision, IsOk());
  ASSERT_THAT(index_->CatchUp(*revision), IsOk());
  EXPECT_TRUE(ReadTheLog());
  EXPECT_EQ(index_->Latest()->revision, *revision);
  EXPECT_EQ(Shown<Requirements>(requirement), 1);
}

TEST_F(WritePathTest, ARecordThatCantBeReadKeepsTheViewWhereItIs) {
  ASSERT_THAT(index_->CatchUp(CommitPerson(1)), IsOk());
  const Revision before = index_->Latest()->revision;
  WriteSet writes;
  writes.Put(storage::RecordKey(ResourceKind::kProfile, kPerson), "nonsense");
  writes.LogChange({ResourceKind::kProfile, kPerson, storage::Operation::kPut});
  const auto revision = store_->Commit(writes, {});
  ASSERT_THAT(revision, IsOk());
  EXPECT_THAT(index_->CatchUp(*revision),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(index_->Latest()->revision, before);
  EXPECT_EQ(Shown(), 1);
  ASSERT_THAT(index_->CatchUp(CommitPerson(2)), IsOk());
  EXPECT_EQ(Shown(), 2);
}

TEST_F(WritePathTest, ARevisionToComeChangesNothing) {
  ASSERT_THAT(index_->CatchUp(CommitPerson(1)), IsOk());
  const auto before = index_->Latest();
  ASSERT_THAT(index_->CatchUp(before->revision + 100), IsOk());
  EXPECT_EQ(index_->Latest()->revision, before->revision);
  ASSERT_THAT(index_->CatchUp(CommitPerson(2)), IsOk());
  EXPECT_FALSE(ReadTheLog());
}

TEST_F(WritePathTest, APauseLeavesNoNewestDocumentsBehind) {
  ASSERT_THAT(index_->CatchUp(CommitPerson(1)), IsOk());
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!index_->Latest()->market->person_index().head().empty() &&
         std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  EXPECT_TRUE(index_->Latest()->market->person_index().head().empty());
  EXPECT_EQ(Shown(), 1);
}

TEST(CommitFeedTest, TooMuchThatWaitsIsLeftToTheLog) {
  CommitFeed feed([] {});
  const std::string record(size_t{20} << 20, 'r');
  Revision revision = 0;
  int groups = 0;
  for (int i = 0; i < 5; ++i) {
    WriteSet writes;
    writes.Put(storage::RecordKey(ResourceKind::kProfile, kPerson), record);
    writes.LogChange(
        {ResourceKind::kProfile, kPerson, storage::Operation::kPut});
    const CommitUnderWay commit{.revision = revision + 1, .writes = &writes};
    feed.Writing(revision++, {&commit, 1});
    feed.Written(nullptr);
  }
  while (feed.Next() != nullptr) ++groups;
  EXPECT_EQ(groups, 3);
}

}  // namespace
}  // namespace kugge::index
