#include "base/ordered_workers.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace kugge {
namespace {

using Stopped = std::function<bool()>;
using Numbers = OrderedWorkers<int, int>;

constexpr auto kNever = [] { return false; };

// 0, 1, ... below `end`.
Numbers::Cut CountTo(int end) {
  return [next = 0, end]() mutable -> std::optional<int> {
    if (next == end) return std::nullopt;
    return next++;
  };
}

absl::StatusOr<int> Same(int piece, const Stopped&) { return piece; }

std::vector<int> TakeAll(Numbers& workers) {
  std::vector<int> all;
  for (;;) {
    const auto next = workers.Next(kNever);
    EXPECT_TRUE(next.ok()) << next.status();
    if (!next.ok() || !next->has_value()) return all;
    all.push_back(**next);
  }
}

TEST(OrderedWorkersTest, ResultsComeInTheOrderOfThePieces) {
  constexpr int kPieces = 500;
  std::vector<int> expected;
  for (int i = 0; i < kPieces; ++i) expected.push_back(i);
  for (const size_t threads : {1u, 2u, 7u}) {
    for (const size_t ahead : {1u, 3u, 50u}) {
      Numbers workers({.threads = threads, .ahead = ahead}, CountTo(kPieces),
                      [](int piece, const Stopped&) -> absl::StatusOr<int> {
                        // Some take longer than those behind them.
                        for (int i = piece % 5; i > 0; --i) {
                          std::this_thread::yield();
                        }
                        return piece;
                      });
      EXPECT_EQ(TakeAll(workers), expected) << threads << " " << ahead;
    }
  }
}

TEST(OrderedWorkersTest, NoMoreIsCutThanMayBeAhead) {
  constexpr int kPieces = 60;
  constexpr int kAhead = 5;
  std::atomic<int> cut = 0;
  std::atomic<int> taken = 0;
  std::atomic<int> most = 0;
  Numbers workers(
      {.threads = 4, .ahead = kAhead},
      [&]() -> std::optional<int> {
        if (cut == kPieces) return std::nullopt;
        const int piece = cut++;
        most = std::max<int>(most, cut - taken);
        return piece;
      },
      Same);
  for (int i = 0; i < kPieces; ++i) {
    // As slow a reader as can be: all that may be cut is cut.
    while (cut < std::min(kPieces, i + kAhead)) std::this_thread::yield();
    ASSERT_TRUE(workers.Next(kNever).ok());
    // A worker may have cut the next one before this is counted.
    EXPECT_LE(most, kAhead + 1);
    ++taken;
  }
}

TEST(OrderedWorkersTest, NothingToDoIsTheEndAtOnce) {
  Numbers workers({.threads = 3, .ahead = 3}, CountTo(0), Same);
  EXPECT_TRUE(TakeAll(workers).empty());
  EXPECT_TRUE(TakeAll(workers).empty());
}

TEST(OrderedWorkersTest, AFailedPieceFailsInItsPlace) {
  Numbers workers({.threads = 3, .ahead = 6}, CountTo(100),
                  [](int piece, const Stopped&) -> absl::StatusOr<int> {
                    if (piece == 4) return absl::DataLossError("piece 4");
                    return piece;
                  });
  for (int i = 0; i < 4; ++i) {
    const auto next = workers.Next(kNever);
    ASSERT_TRUE(next.ok() && next->has_value());
    EXPECT_EQ(**next, i);
  }
  EXPECT_TRUE(absl::IsDataLoss(workers.Next(kNever).status()));
}

TEST(OrderedWorkersTest, WhoeverWaitsIsToldToStop) {
  std::atomic<bool> begun = false;
  std::atomic<bool> seen = false;
  {
    Numbers workers({.threads = 2, .ahead = 2}, CountTo(10),
                    [&](int piece, const Stopped& stopped) {
                      begun = true;
                      while (!stopped()) std::this_thread::yield();
                      seen = true;
                      return absl::StatusOr<int>(piece);
                    });
    EXPECT_TRUE(
        absl::IsCancelled(workers.Next([&] { return begun.load(); }).status()));
  }
  // The work under way was told as well.
  EXPECT_TRUE(seen);
}

TEST(OrderedWorkersTest, EndsWhileWorkersWaitForRoom) {
  std::atomic<int> done = 0;
  Numbers workers({.threads = 4, .ahead = 2}, CountTo(1000),
                  [&](int piece, const Stopped&) {
                    ++done;
                    return absl::StatusOr<int>(piece);
                  });
  while (done < 2) std::this_thread::yield();
}

}  // namespace
}  // namespace kugge
