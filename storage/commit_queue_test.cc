#include "storage/commit_queue.h"

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "base/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kugge::storage {
namespace {

WriteSet OfSize(size_t bytes) {
  WriteSet writes;
  writes.Put("k", std::string(bytes - 1, 'v'));
  return writes;
}

TEST(CommitQueueTest, WhatArrivesDuringAWriteGoesTogetherAndInOrder) {
  constexpr int kFollowers = 16;
  std::latch writing(1), queued(1);
  std::vector<size_t> batches;
  std::atomic<int> writers = 0;
  Revision revision = 0;
  CommitQueue queue(
      [&](absl::Span<PendingCommit* const> batch) {
        EXPECT_EQ(++writers, 1);
        batches.push_back(batch.size());
        if (batches.size() == 1) {
          writing.count_down();
          queued.wait();
        }
        for (PendingCommit* commit : batch) commit->result = ++revision;
        --writers;
      },
      {.max_commits = 10, .max_bytes = 1 << 20});
  std::vector<std::thread> threads;
  threads.emplace_back(
      [&] { EXPECT_THAT(queue.Commit(OfSize(10), {}), IsOkAndHolds(1u)); });
  writing.wait();
  std::latch started(kFollowers);
  for (int i = 0; i < kFollowers; ++i) {
    threads.emplace_back([&] {
      started.count_down();
      EXPECT_THAT(queue.Commit(OfSize(10), {}), IsOk());
    });
  }
  started.wait();
  queued.count_down();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(revision, 1u + kFollowers);
  for (const size_t size : batches) EXPECT_LE(size, 10u);
}

TEST(CommitQueueTest, EachCommitGetsItsOwnResult) {
  CommitQueue queue(
      [&](absl::Span<PendingCommit* const> batch) {
        for (PendingCommit* commit : batch) {
          if (commit->preconditions.empty()) {
            commit->result = Revision{7};
          } else {
            commit->result = PreconditionError({.index = 0, .actual = 3});
          }
        }
      },
      {});
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&queue, i] {
      for (int round = 0; round < 200; ++round) {
        if (i % 2 == 0) {
          EXPECT_THAT(queue.Commit(OfSize(5), {}), IsOkAndHolds(7u));
        } else {
          EXPECT_THAT(queue.Commit(OfSize(5), {Precondition::Absent("k")}),
                      StatusIs(absl::StatusCode::kAborted));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(CommitQueueTest, ABatchEndsWithTheCommitThatReachesTheSize) {
  std::latch writing(1);
  std::atomic<bool> go = false;
  std::vector<size_t> sizes;
  CommitQueue queue(
      [&](absl::Span<PendingCommit* const> batch) {
        if (sizes.empty()) {
          writing.count_down();
          go.wait(false);
        }
        size_t bytes = 0;
        for (size_t i = 0; i < batch.size(); ++i) {
          // Only the last may have passed the bound.
          EXPECT_LT(bytes, 100u);
          bytes += batch[i]->writes->byte_size();
          batch[i]->result = Revision{1};
        }
        sizes.push_back(batch.size());
      },
      {.max_commits = 100, .max_bytes = 100});
  std::vector<std::thread> threads;
  threads.emplace_back(
      [&] { EXPECT_THAT(queue.Commit(OfSize(1), {}), IsOk()); });
  writing.wait();
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back(
        [&] { EXPECT_THAT(queue.Commit(OfSize(60), {}), IsOk()); });
  }
  go = true;
  go.notify_all();
  for (std::thread& thread : threads) thread.join();
  for (const size_t size : sizes) EXPECT_LE(size, 2u);
}

}  // namespace
}  // namespace kugge::storage
