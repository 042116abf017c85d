#include "tests/bench/skills_figures.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/bench/report.h"

namespace kugge::bench {
namespace {

constexpr double kBaselineGoals[] = {1.2, 5, 8};
constexpr double kPostingGoal = 1.3;
constexpr double kMemoryGoal = 10;

// Microseconds of a question, to plan by.
double Probe(SkillsBench& bench, const AskedList& asked) {
  const double begin = NowMicros();
  for (size_t i = 0; i < 3; ++i) TopOf(bench.engine.market(), *asked[i]);
  return (NowMicros() - begin) / 3;
}

// The baseline's own speed, without what it does once a question.
double NanosPerPosting(SkillsBench& bench, const Least& least,
                       const Plan& plan) {
  const std::vector<double> micros = least.Values();
  double all = 0;
  double postings = 0;
  for (size_t i = 0; i < plan.queries; ++i) {
    all += micros[i];
    postings += static_cast<double>(bench.taat.PostingsOf(bench.queries[i]));
  }
  return all * 1e3 / postings;
}

void PrintTwoThreads(SkillsBench& bench, Filter filter) {
  const AskedList& asked = bench.asked[static_cast<size_t>(filter)];
  const double until = NowMicros() + std::min(bench.options.seconds, 4.0) * 2e5;
  std::atomic<size_t> next = 0;
  const double begin = NowMicros();
  const auto work = [&] {
    while (NowMicros() < until) {
      TopOf(bench.engine.market(), *asked[next++ % asked.size()]);
    }
  };
  std::thread other(work);
  work();
  other.join();
  Figure(absl::StrCat("P2.", NameOf(filter), ".engine"), "two_threads",
         static_cast<double>(next) / (NowMicros() - begin) * 1e6, "queries/s");
}

void PrintBaselineOf(SkillsBench& bench, Filter filter) {
  const AskedList& asked = bench.asked[static_cast<size_t>(filter)];
  const Plan plan = PlanFor(bench.options, Probe(bench, asked) + 300);
  Least engine(plan.queries);
  Least taat(plan.queries);
  size_t differences = 0;
  for (size_t pass = 0; pass < plan.passes; ++pass) {
    for (size_t i = 0; i < plan.queries; ++i) {
      double begin = NowMicros();
      const matching::RankAnswer answer =
          TopOf(bench.engine.market(), *asked[i]);
      engine.Add(i, NowMicros() - begin);
      begin = NowMicros();
      const TopScores expected = bench.taat.Top(
          bench.queries[i], asked[i]->question.weights(), filter);
      taat.Add(i, NowMicros() - begin);
      if (ScoresOf(answer) != expected) ++differences;
    }
  }
  const std::string id = absl::StrCat("P2.", NameOf(filter));
  Latencies(absl::StrCat(id, ".engine"), "latency", engine);
  Latencies(absl::StrCat(id, ".taat"), "latency", taat);
  Figure(absl::StrCat(id, ".taat"), "cost", NanosPerPosting(bench, taat, plan),
         "ns/posting", Goal::kAtMost, kPostingGoal);
  Figure(absl::StrCat(id, ".taat"), "ratio", taat.P50() / engine.P50(), "x",
         Goal::kAtLeast, kBaselineGoals[static_cast<size_t>(filter)]);
  Check(
      absl::StrCat("P1.", NameOf(filter), ".taat"), "differences",
      differences == 0,
      absl::StrCat(differences, " of ", plan.queries * plan.passes, " goal 0"));
  PrintTwoThreads(bench, filter);
}

void PrintExactnessOf(SkillsBench& bench, Filter filter) {
  const AskedList& asked = bench.asked[static_cast<size_t>(filter)];
  const size_t count =
      std::min<size_t>(bench.options.quick ? 20 : 50, bench.options.queries);
  size_t differences = 0;
  for (size_t i = 0; i < count; ++i) {
    if (!SameRows(TopOf(bench.engine.market(), *asked[i]),
                  ExhaustiveTopOf(bench.engine.market(), *asked[i]))) {
      ++differences;
    }
  }
  Check(absl::StrCat("P1.", NameOf(filter), ".exhaustive"), "differences",
        differences == 0, absl::StrCat(differences, " of ", count, " goal 0"));
}

}  // namespace

SkillsBench::SkillsBench(const Options& bench_options)
    : options(bench_options),
      queries(workload.Queries(bench_options.queries)),
      engine(workload, bench_options.people),
      taat(workload, bench_options.people) {
  for (const Filter filter : kFilters) {
    asked.push_back(engine.Ask(queries, filter));
  }
  double terms = 0;
  double touched = 0;
  for (const Query& query : queries) {
    terms += static_cast<double>(query.terms.size());
    touched += static_cast<double>(taat.PostingsOf(query));
  }
  const auto count = static_cast<double>(queries.size());
  Note(absl::StrCat(
      options.people, " people, ", taat.postings(), " skills held (",
      kCompletePercent, " % of the sections COMPLETE), ", queries.size(),
      " queries of ", terms / count, " terms and ",
      static_cast<size_t>(touched / count), " postings, k = ", kTop));
}

void PrintExactness(SkillsBench& bench) {
  for (const Filter filter : kFilters) PrintExactnessOf(bench, filter);
}

void PrintBaseline(SkillsBench& bench) {
  for (const Filter filter : kFilters) PrintBaselineOf(bench, filter);
}

void PrintMemory(const SkillsBench& bench) {
  const EngineSide& engine = bench.engine;
  const auto postings = static_cast<double>(engine.postings());
  Figure("P10.memory", "build", engine.build_seconds(), "s");
  Figure("P10.memory", "documents",
         static_cast<double>(engine.document_bytes()) / engine.people(),
         "bytes/person");
  // All that Market::Apply left behind: postings, forward index, columns and
  // the table of documents; not the documents themselves.
  Figure("P10.memory", "index", static_cast<double>(engine.index_bytes()) / 1e6,
         "MB");
  Figure("P10.memory", "per_posting",
         static_cast<double>(engine.index_bytes()) / postings, "bytes",
         Goal::kAtMost, kMemoryGoal);
}

}  // namespace kugge::bench
