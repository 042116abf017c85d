#include "services/match/ordered_workers.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "matching/match_all.h"
#include "matching/random_market_for_test.h"

namespace kugge::match {
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

TEST(OrderedWorkersTest, WorkersGiveWayToCalls) {
  constexpr int kLowest = 19;
  const int ours = getpriority(PRIO_PROCESS, 0);
  Numbers workers({.threads = 2, .ahead = 2}, CountTo(10),
                  [](int, const Stopped&) {
                    return absl::StatusOr<int>(getpriority(PRIO_PROCESS, 0));
                  });
  for (const int theirs : TakeAll(workers)) {
    EXPECT_GE(theirs, std::min(kLowest, ours + 10));
  }
  EXPECT_EQ(getpriority(PRIO_PROCESS, 0), ours);
}

// What a stream is made of, in short: who, and which rows.
std::vector<std::string> AllRows(const matching::Market& market,
                                 const matching::Scoring& scoring,
                                 size_t threads) {
  using matching::PeopleInOrder;
  PeopleInOrder people(market, {.tenant = 0}, std::nullopt);
  OrderedWorkers<PeopleInOrder::People, std::vector<std::string>> workers(
      {.threads = threads, .ahead = 2 * threads},
      [&]() -> std::optional<PeopleInOrder::People> {
        auto next = people.Next(3);
        if (next.empty()) return std::nullopt;
        return next;
      },
      [&](const PeopleInOrder::People& piece,
          const Stopped& stopped) -> absl::StatusOr<std::vector<std::string>> {
        const auto all = matching::MatchPeople(market, piece, scoring,
                                               {.k = 5, .cancelled = stopped});
        if (!all.ok()) return all.status();
        std::vector<std::string> lines;
        for (const matching::PersonRows& one : all->people) {
          std::string line(
              reinterpret_cast<const char*>(one.person->id.bytes.data()), 16);
          for (const matching::Match& row : one.rows) {
            absl::StrAppend(
                &line, " ", row.order, " ",
                absl::string_view(
                    reinterpret_cast<const char*>(row.to.bytes.data()), 16));
          }
          lines.push_back(std::move(line));
        }
        return lines;
      });
  std::vector<std::string> all;
  for (;;) {
    auto next = workers.Next(kNever);
    EXPECT_TRUE(next.ok()) << next.status();
    if (!next.ok() || !next->has_value()) return all;
    for (std::string& line : **next) all.push_back(std::move(line));
  }
}

TEST(OrderedWorkersTest, AnyNumberOfThreadsGivesTheSameRows) {
  matching::RandomMarket random(1);
  const matching::ConceptGraph graph = random.Graph();
  const matching::Scoring scoring{
      .graph = &graph, .strategy = random.AnyStrategy(), .tie_key = {}};
  const auto market = matching::Market().Apply(random.Fill(300, 200, 0));
  const std::vector<std::string> one = AllRows(*market, scoring, 1);
  EXPECT_GT(one.size(), 100u);
  for (const size_t threads : {2u, 5u}) {
    EXPECT_EQ(AllRows(*market, scoring, threads), one);
  }
}

}  // namespace
}  // namespace kugge::match
