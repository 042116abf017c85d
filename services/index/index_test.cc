// Readers and writers of one index at once, while its merger runs. A writer
// sees what it wrote as soon as CatchUp has returned; a reader's answers are
// those of an exhaustive scan of the very view that it reads.
// KUGGE_FRESHNESS_SECONDS says for how long.
#include "services/index/index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/testing/status_matchers.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/tenant.pb.h"
#include "matching/strategy.h"
#include "services/features/extractor.h"
#include "services/index/asker_for_test.h"
#include "services/index/documents_for_test.h"
#include "storage/memory/memory_store.h"
#include "storage/repository.h"

namespace kugge::index {
namespace {

using matching::Days;
using storage::Repository;
using storage::ResourceKind;

constexpr uint64_t kReaders = 4;
// However short the time: enough for segments to be merged again and again.
constexpr size_t kLeastWrites = 500;

// What one thread has to say when it ends.
struct Outcome {
  size_t done = 0;
  // In words; empty: none.
  std::string difference;
};

// What the threads share.
struct World {
  Repository& repository;
  Index& index;
  std::chrono::steady_clock::time_point deadline;
  std::atomic<uint64_t> writing{kWriters};
  std::atomic<bool> stopped{false};
};

// Writes documents of one kind under names that no other writer uses.
template <typename Kind>
class DocumentWriter {
 public:
  DocumentWriter(World& world, uint64_t writer, Random& random)
      : world_(world), writer_(writer), random_(random) {}

  // Writes one, catches up, looks at the view. The difference in words.
  absl::StatusOr<std::string> Write() {
    const std::string name = Kind::Name(writer_, random_.Below(kNamesOfWriter));
    const auto known = known_.find(name);
    typename Kind::Message message = Kind::Make(++stamp_, random_);
    message.set_name(name);
    const bool removes = known != known_.end() && random_.Chance(30);

    storage::Transaction transaction = world_.repository.Begin();
    if (known == known_.end()) {
      KUGGE_RETURN_IF_ERROR(transaction.Create(Kind::kKind, message));
    } else if (removes) {
      KUGGE_RETURN_IF_ERROR(transaction.Delete(
          Kind::kKind, known->second.resource, known->second.revision));
    } else {
      KUGGE_RETURN_IF_ERROR(
          transaction.Update(Kind::kKind, known->second.resource,
                             known->second.revision, message));
    }
    KUGGE_ASSIGN_OR_RETURN(const storage::Revision revision,
                           world_.repository.Commit(std::move(transaction)));
    if (removes) {
      known_.erase(known);
    } else {
      known_.insert_or_assign(name, Known{std::move(message), revision});
    }
    KUGGE_RETURN_IF_ERROR(world_.index.CatchUp(revision));
    return Look(name, removes, revision);
  }

  size_t live() const { return known_.size(); }

 private:
  using Known = storage::Stored<typename Kind::Message>;

  std::string Look(const std::string& name, bool removed,
                   storage::Revision revision) const {
    const std::shared_ptr<const PublishedView> view = world_.index.Latest();
    if (view->revision < revision) {
      return absl::StrCat("revision ", revision, " was caught up with, and ",
                          view->revision, " is shown");
    }
    const auto* seen =
        Kind::Table(*view->market).Find(features::DocumentIdOf(name));
    if (removed) return seen == nullptr ? "" : name + " is shown though gone";
    if (seen == nullptr) return name + " isn't shown though written";
    if (Kind::StampOf(*seen) != stamp_) return name + " is shown as it was";
    return "";
  }

  World& world_;
  const uint64_t writer_;
  Random& random_;
  std::map<std::string, Known> known_;
  Days stamp_ = kToday;
};

struct WriterOutcome : Outcome {
  size_t people = 0;
  size_t requirements = 0;
};

void KeepWriting(World& world, uint64_t number, WriterOutcome& outcome) {
  Random random(number);
  DocumentWriter<Profiles> profiles(world, number, random);
  DocumentWriter<Requirements> requirements(world, number, random);
  while (!world.stopped &&
         (outcome.done < kLeastWrites ||
          std::chrono::steady_clock::now() < world.deadline)) {
    const absl::StatusOr<std::string> difference =
        random.Chance(50) ? profiles.Write() : requirements.Write();
    outcome.difference =
        difference.ok() ? *difference : difference.status().ToString();
    if (!outcome.difference.empty()) world.stopped = true;
    ++outcome.done;
  }
  outcome.people = profiles.live();
  outcome.requirements = requirements.live();
  --world.writing;
}

// One look at the latest view, from a document that it has or hasn't.
template <typename Direction>
std::string Read(World& world, Random& random, const PublishedView& view,
                 size_t& compared) {
  Asker<Direction> asker(world.repository, random);
  const std::string name = asker.SomeName();
  const std::string difference = asker.CompareWithRecord(view, name);
  if (!difference.empty()) return difference;
  const auto question = asker.Compile(view, name, asker.SomeStrategy());
  if (question == nullptr) return "";
  return asker.CompareWithScan(world.index, view, *question, compared);
}

void KeepReading(World& world, uint64_t number, Outcome& outcome) {
  Random random(1000 + number);
  storage::Revision before = 0;
  while (!world.stopped && world.writing > 0) {
    const std::shared_ptr<const PublishedView> view = world.index.Latest();
    outcome.difference =
        view->revision < before ? "an earlier revision came back"
        : random.Chance(50)
            ? Read<FromPerson>(world, random, *view, outcome.done)
            : Read<FromRequirement>(world, random, *view, outcome.done);
    before = view->revision;
    if (!outcome.difference.empty()) world.stopped = true;
  }
}

// The same questions of two indexes over the same records.
template <typename Direction>
std::string CompareFinal(const Repository& repository, Index& kept,
                         Index& fresh, size_t& compared) {
  Random random(7);
  Asker<Direction> asker(repository, random);
  const std::shared_ptr<const PublishedView> one = kept.Latest();
  const std::shared_ptr<const PublishedView> other = fresh.Latest();
  for (int i = 0; i < 200; ++i) {
    const std::string name = asker.SomeName();
    const matching::Strategy strategy = asker.SomeStrategy();
    const auto asked_one = asker.Compile(*one, name, strategy);
    const auto asked_other = asker.Compile(*other, name, strategy);
    if ((asked_one == nullptr) != (asked_other == nullptr)) {
      return name + " is in one index alone";
    }
    if (asked_one == nullptr) continue;
    auto request = asker.SomeRequest(kept);
    const auto answer = Direction::Top(*one->market, *asked_one, request);
    // Tenants have other numbers in another index.
    const bool first = request.tenant == *kept.interners().tenants.Find("t0");
    request.tenant = *fresh.interners().tenants.Find(first ? "t0" : "t1");
    const std::string difference = Difference(
        Direction::Top(*other->market, *asked_other, request), answer);
    ++compared;
    if (!difference.empty()) return difference;
  }
  return "";
}

template <typename M>
void Create(Repository& repository, ResourceKind kind, absl::string_view name) {
  M message;
  message.set_name(std::string(name));
  storage::Transaction transaction = repository.Begin();
  ASSERT_THAT(transaction.Create(kind, message), IsOk());
  ASSERT_THAT(repository.Commit(std::move(transaction)), IsOk());
}

std::chrono::milliseconds Duration() {
  const char* text = std::getenv("KUGGE_FRESHNESS_SECONDS");
  double seconds = 2;
  if (text != nullptr) {
    EXPECT_TRUE(absl::SimpleAtod(text, &seconds)) << text;
  }
  return std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000));
}

// The size of the largest segment; more than the newest documents that are
// made a segment: it was merged.
template <typename Segmented>
size_t LargestSegment(const Segmented& index) {
  size_t largest = 0;
  for (const auto& part : index.parts()) {
    largest = std::max(largest, part.segment->size());
  }
  return largest;
}

TEST(FreshnessTest, WritersSeeWhatTheyWroteAndReadersOneMomentOnly) {
  const auto store = storage::MakeMemoryStore();
  ASSERT_THAT(store, IsOk());
  const auto repository = Repository::Open(store->get());
  ASSERT_THAT(repository, IsOk());
  for (const char* tenant : {"tenants/t0", "tenants/t1"}) {
    Create<v1::Tenant>(**repository, ResourceKind::kTenant, tenant);
    Create<v1::Employer>(**repository, ResourceKind::kEmployer,
                         absl::StrCat(tenant, "/employers/e"));
  }
  const auto index = Index::Open(**repository, nullptr);
  ASSERT_THAT(index, IsOk());

  World world{**repository, **index,
              std::chrono::steady_clock::now() + Duration()};
  std::vector<WriterOutcome> written(kWriters);
  std::vector<Outcome> read(kReaders);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < kWriters; ++i) {
    threads.emplace_back([&, i] { KeepWriting(world, i, written[i]); });
  }
  for (size_t i = 0; i < kReaders; ++i) {
    threads.emplace_back([&, i] { KeepReading(world, i, read[i]); });
  }
  for (std::thread& thread : threads) thread.join();

  size_t compared = 0;
  size_t writes = 0;
  size_t people = 0;
  size_t requirements = 0;
  for (const WriterOutcome& outcome : written) {
    EXPECT_EQ(outcome.difference, "");
    writes += outcome.done;
    people += outcome.people;
    requirements += outcome.requirements;
  }
  for (const Outcome& outcome : read) {
    EXPECT_EQ(outcome.difference, "");
    EXPECT_GT(outcome.done, 0u);
    compared += outcome.done;
  }
  ASSERT_FALSE(HasFailure());

  // The merger ends by itself, with nothing left to merge.
  while ((*index)
             ->Latest()
             ->market->PlanMerge(matching::Writers::kPausing)
             .has_value()) {
    std::this_thread::yield();
  }
  const std::shared_ptr<const PublishedView> last = (*index)->Latest();
  EXPECT_EQ(last->market->people().size(), people);
  EXPECT_EQ(last->market->requirements().size(), requirements);
  constexpr size_t kNeverUnmerged = 50;
  EXPECT_GT(LargestSegment(last->market->person_index()), kNeverUnmerged);
  EXPECT_GT(LargestSegment(last->market->requirement_index()), kNeverUnmerged);

  const auto fresh = Index::Open(**repository, nullptr);
  ASSERT_THAT(fresh, IsOk());
  EXPECT_EQ((*fresh)->Latest()->market->people().size(), people);
  EXPECT_EQ((*fresh)->Latest()->market->requirements().size(), requirements);
  EXPECT_EQ(CompareFinal<FromPerson>(**repository, **index, **fresh, compared),
            "");
  EXPECT_EQ(
      CompareFinal<FromRequirement>(**repository, **index, **fresh, compared),
      "");
  ASSERT_FALSE(HasFailure());
  std::cout << "freshness: " << compared << " answers compared, " << writes
            << " writes, 0 differences\n";
}

}  // namespace
}  // namespace kugge::index
