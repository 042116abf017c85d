// The threads of MatchAll.
#include <sys/resource.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/ordered_workers.h"
#include "gtest/gtest.h"
#include "matching/match_all.h"
#include "matching/random_market_for_test.h"
#include "services/match/batch_priority.h"

namespace kugge::match {
namespace {

using Stopped = std::function<bool()>;

constexpr auto kNever = [] { return false; };

TEST(MatchWorkersTest, GiveWayToCalls) {
  constexpr int kLowest = 19;
  const int ours = getpriority(PRIO_PROCESS, 0);
  int left = 10;
  OrderedWorkers<int, int> workers(
      {.threads = 2, .ahead = 2, .prepare = YieldToCalls},
      [&]() -> std::optional<int> {
        if (left == 0) return std::nullopt;
        return left--;
      },
      [](int, const Stopped&) -> absl::StatusOr<int> {
        return getpriority(PRIO_PROCESS, 0);
      });
  for (;;) {
    const auto theirs = workers.Next(kNever);
    ASSERT_TRUE(theirs.ok());
    if (!theirs->has_value()) break;
    EXPECT_GE(**theirs, std::min(kLowest, ours + 10));
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

TEST(MatchWorkersTest, AnyNumberOfThreadsGivesTheSameRows) {
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
