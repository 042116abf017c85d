#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/mutex.h"
#include "tests/bench/report.h"
#include "tests/bench/skills_figures.h"

namespace kugge::bench {
namespace {

using MarketPointer = std::shared_ptr<const matching::Market>;

constexpr uint32_t kDeltaPeople = 16'000;
constexpr uint32_t kUpsertsPerSecond = 1'000;

// Person `index`, written anew with other skills for the `round`th time.
matching::DocumentTable<matching::PersonFeatures>::Change Rewritten(
    const SkillsBench& bench, uint64_t index, uint64_t round) {
  const uint64_t other = bench.engine.people() + index + (round << 32);
  auto features = std::make_shared<const matching::PersonFeatures>(
      ToFeatures(bench.workload.PersonAt(other), index));
  const matching::DocumentId id = features->id;
  return {id, std::move(features)};
}

// Spread over the whole population.
uint64_t Victim(const SkillsBench& bench, uint64_t i) {
  return Mix(i) % bench.engine.people();
}

// As a server keeps it between writes that come one after the other, or a while
// after the last.
MarketPointer Merged(MarketPointer market, matching::Writers writers) {
  while (std::optional<matching::MarketMerge> merge =
             market->PlanMerge(writers)) {
    merge->Run();
    market = market->With(*merge);
  }
  return market;
}

// With many changes beside the large segment, written a hundred at a time.
MarketPointer WithDelta(const SkillsBench& bench) {
  MarketPointer market = bench.engine.shared_market();
  const uint32_t count = std::min(kDeltaPeople, bench.engine.people() / 10);
  constexpr uint32_t kBatch = 100;
  for (uint32_t done = 0; done < count; done += kBatch) {
    matching::MarketChanges changes;
    for (uint32_t i = done; i < std::min(done + kBatch, count); ++i) {
      changes.people.push_back(Rewritten(bench, Victim(bench, i), 1));
    }
    market =
        Merged(market->Apply(std::move(changes)), matching::Writers::kBusy);
  }
  return market;
}

// `changed` while more writes come, `at_rest` once they don't.
void PrintDelta(const SkillsBench& bench, const matching::Market& changed,
                const matching::Market& at_rest, Filter filter) {
  const AskedList& asked = bench.asked[static_cast<size_t>(filter)];
  const double begin = NowMicros();
  for (size_t i = 0; i < 3; ++i) TopOf(changed, *asked[i]);
  // One question, put to all three markets.
  const Plan plan = PlanFor(bench.options, NowMicros() - begin);
  Least without(plan.queries);
  Least with(plan.queries);
  Least with_more(plan.queries);
  const auto ask = [&](const matching::Market& market, size_t i, Least& least) {
    const double start = NowMicros();
    TopOf(market, *asked[i]);
    least.Add(i, NowMicros() - start);
  };
  // They share nearly all lists, which are at hand for whoever is asked the
  // same next: so all questions are put to the one, then to the next.
  for (size_t pass = 0; pass < plan.passes; ++pass) {
    for (size_t i = 0; i < plan.queries; ++i) {
      ask(bench.engine.market(), i, without);
    }
    for (size_t i = 0; i < plan.queries; ++i) ask(at_rest, i, with);
    for (size_t i = 0; i < plan.queries; ++i) ask(changed, i, with_more);
  }
  const std::string id = absl::StrCat("P9.", NameOf(filter), ".delta");
  Figure(id, "without_p50", without.P50(), "us");
  Figure(id, "with_p50", with.P50(), "us");
  Figure(id, "ratio", with.P50() / without.P50(), "x", Goal::kAtMost, 1.1);
  Figure(id, "ratio_while_more_come", with_more.P50() / without.P50(), "x");
}

void CheckDelta(const SkillsBench& bench, const matching::Market& changed) {
  const size_t count =
      std::min<size_t>(bench.options.quick ? 10 : 20, bench.options.queries);
  size_t differences = 0;
  for (const AskedList& asked : bench.asked) {
    for (size_t i = 0; i < count; ++i) {
      if (!SameRows(TopOf(changed, *asked[i]),
                    ExhaustiveTopOf(changed, *asked[i]))) {
        ++differences;
      }
    }
  }
  Check("P1.delta", "differences", differences == 0,
        absl::StrCat(differences, " of ", count * 3, " goal 0"));
}

// The market as a server publishes it: readers take it, writers and the one
// who merges replace it in turn.
class Published {
 public:
  explicit Published(MarketPointer market) : market_(std::move(market)) {}

  MarketPointer Latest() const {
    MutexLock lock(&mutex_);
    return market_;
  }
  void Write(matching::MarketChanges changes) {
    MutexLock turn(&turn_);
    Set(Latest()->Apply(std::move(changes)));
  }
  void MergeIfDue() {
    std::optional<matching::MarketMerge> merge =
        Latest()->PlanMerge(matching::Writers::kBusy);
    if (!merge.has_value()) return;
    merge->Run();
    MutexLock turn(&turn_);
    Set(Latest()->With(*merge));
  }

 private:
  void Set(MarketPointer market) {
    MutexLock lock(&mutex_);
    market_ = std::move(market);
  }

  Mutex turn_;
  mutable Mutex mutex_;
  MarketPointer market_;
};

// Writes one person at a time, so many a second, and merges beside it, until
// told to stop.
class Writer {
 public:
  Writer(const SkillsBench& bench, Published& published)
      : writing_([&bench, &published, this] { Write(bench, published); }),
        merging_([&published, this] { Merge(published); }) {}
  ~Writer() {
    stop_ = true;
    writing_.join();
    merging_.join();
  }
  uint64_t written() const { return written_; }

 private:
  void Write(const SkillsBench& bench, Published& published) {
    auto due = std::chrono::steady_clock::now();
    while (!stop_) {
      matching::MarketChanges changes;
      changes.people.push_back(
          Rewritten(bench, Victim(bench, written_ + 1'000'000), 2));
      published.Write(std::move(changes));
      ++written_;
      due += std::chrono::microseconds(1'000'000 / kUpsertsPerSecond);
      // The pace is what is measured under.
      std::this_thread::sleep_until(due);
    }
  }
  void Merge(Published& published) {
    while (!stop_) {
      published.MergeIfDue();
      // As often as the server's own thread would be woken, and no spinning on
      // a core that the readers are measured on.
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  std::atomic<bool> stop_ = false;
  std::atomic<uint64_t> written_ = 0;
  std::thread writing_;
  std::thread merging_;
};

void Measure(const AskedList& asked, const Published& published, double seconds,
             std::vector<double>& latencies) {
  const double until = NowMicros() + seconds * 1e6;
  for (double begin = NowMicros(); begin < until;) {
    TopOf(*published.Latest(), *asked[latencies.size() % asked.size()]);
    const double end = NowMicros();
    latencies.push_back(end - begin);
    begin = end;
  }
}

void PrintWhileWriting(const SkillsBench& bench) {
  const AskedList& asked = bench.asked[static_cast<size_t>(Filter::kRegion)];
  Published published(bench.engine.shared_market());
  std::vector<double> idle;
  std::vector<double> busy;
  uint64_t written = 0;
  const size_t rounds = bench.options.quick ? 2 : 5;
  const double seconds = bench.options.quick ? 0.5 : 1.5;
  const double begin = NowMicros();
  for (size_t round = 0; round < rounds; ++round) {
    Measure(asked, published, seconds, idle);
    Writer writer(bench, published);
    Measure(asked, published, seconds, busy);
    written += writer.written();
  }
  const double idle_p99 = Quantile(idle, 0.99);
  const double busy_p99 = Quantile(busy, 0.99);
  Figure("P9.F1.writes", "rate",
         static_cast<double>(written) / ((NowMicros() - begin) / 2e6),
         "upserts/s");
  Figure("P9.F1.writes", "idle_p99", idle_p99, "us");
  Figure("P9.F1.writes", "busy_p99", busy_p99, "us");
  Figure("P9.F1.writes", "p99_ratio", busy_p99 / idle_p99, "x", Goal::kAtMost,
         1.5);
}

}  // namespace

void PrintFreshness(SkillsBench& bench) {
  const MarketPointer changed = WithDelta(bench);
  CheckDelta(bench, *changed);
  const MarketPointer at_rest = Merged(changed, matching::Writers::kPausing);
  PrintDelta(bench, *changed, *at_rest, Filter::kNone);
  PrintDelta(bench, *changed, *at_rest, Filter::kRegion);
  PrintWhileWriting(bench);
}

}  // namespace kugge::bench
