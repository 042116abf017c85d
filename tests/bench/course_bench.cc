// Questions that go through a training, the engine alone: figures C1 to C5.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matching/course_rank.h"
#include "matching/offerings.h"
#include "matching/pathways.h"
#include "tests/bench/course_workload.h"
#include "tests/bench/must.h"
#include "tests/bench/options.h"
#include "tests/bench/report.h"

namespace kugge::bench {
namespace {

using matching::Market;
using matching::MarketChanges;

// Those that ask are others than those of the market.
constexpr uint64_t kAsking = 1ull << 40;

template <typename Features, typename Change>
void Put(Features features, std::vector<Change>& changes) {
  auto document = std::make_shared<const Features>(std::move(features));
  const matching::DocumentId id = document->id;
  changes.push_back({id, std::move(document)});
}

struct CourseBench {
  explicit CourseBench(const Options& bench_options)
      : options(bench_options), full(workload), graph(full.Graph()) {
    MarketChanges changes;
    for (uint32_t i = 0; i < options.people; ++i) {
      Put(full.PersonAt(i), changes.people);
    }
    for (uint64_t i = 0; i < options.requirements; ++i) {
      Put(RequirementAt(workload, full, i), changes.requirements);
    }
    for (uint32_t i = 0; i < kOfferings; ++i) {
      Put(OfferingAt(workload, i), changes.offerings);
    }
    market = Market().Apply(std::move(changes));
  }

  matching::Scoring Scoring() const {
    return {.graph = &graph, .strategy = matching::DefaultStrategy()};
  }
  matching::PersonFeatures Seeker(size_t i) const {
    return full.PersonAt(kAsking + i);
  }

  const Options& options;
  Workload workload;
  FullWorkload full;
  matching::ConceptGraph graph;
  std::shared_ptr<const Market> market;
};

template <typename Ask>
void Time(const Options& options, const std::string& id, double goal_ms,
          Ask ask) {
  std::vector<double> micros;
  const double start = NowMicros();
  for (size_t i = 0;
       i < options.queries && NowMicros() - start < options.seconds * 1e6;
       ++i) {
    const double begin = NowMicros();
    ask(i);
    micros.push_back(NowMicros() - begin);
  }
  Figure(id, "asked", static_cast<double>(micros.size()), "times");
  Figure(id, "p50", Quantile(micros, 0.5) / 1e3, "ms");
  Figure(id, "p99", Quantile(micros, 0.99) / 1e3, "ms", Goal::kAtMost, goal_ms);
}

void PrintServing(const CourseBench& bench) {
  std::vector<double> touched;
  std::vector<double> unlocked;
  Time(bench.options, "C1.requirements_of_offering", 150, [&](size_t i) {
    const matching::OfferingFeatures& offering =
        *bench.market->offerings().Find(OfferingId(i * 7));
    const matching::CompiledCourse course(offering, bench.Scoring());
    const auto answer = Must(matching::TopRequirements(
        *bench.market, course, std::nullopt, {.today = kToday}));
    touched.push_back(static_cast<double>(answer.requirements_touched));
    for (const auto& row : answer.rows) {
      unlocked.push_back(static_cast<double>(row.unlocked_people));
    }
  });
  Figure("C1.requirements_of_offering", "touched_p50", Quantile(touched, 0.5),
         "requirements");
  Figure("C1.requirements_of_offering", "touched_p90", Quantile(touched, 0.9),
         "requirements");
  Figure("C1.requirements_of_offering", "unlocked_p50", Quantile(unlocked, 0.5),
         "people");
}

}  // namespace

void PrintAll(const Options& options) {
  const double begin = NowMicros();
  const CourseBench bench(options);
  Note(absl::StrCat(options.people, " people, ", options.requirements,
                    " requirements, ", kOfferings, " offerings, built in ",
                    (NowMicros() - begin) / 1e6, " s"));
  if (options.Wants("C1")) PrintServing(bench);
  if (options.Wants("C2")) {
    std::vector<double> gained;
    Time(options, "C2.offerings_for_person", 60, [&](size_t i) {
      const matching::CompiledPerson person(bench.Seeker(i), bench.Scoring());
      const auto answer = Must(
          matching::TopOfferings(*bench.market, person, {.today = kToday}));
      if (!answer.rows.empty()) {
        gained.push_back(static_cast<double>(answer.rows[0].gain_requirements));
      }
    });
    Figure("C2.offerings_for_person", "gained_p50", Quantile(gained, 0.5),
           "requirements");
  }
  if (options.Wants("C3")) {
    Time(options, "C3.pathways", 250, [&](size_t i) {
      const matching::CompiledPerson person(bench.Seeker(i), bench.Scoring());
      Must(matching::PlanPathways(*bench.market, person, {.today = kToday}));
    });
  }
  if (options.Wants("C4")) {
    Time(options, "C4.offerings_for_requirement", 150, [&](size_t i) {
      const uint64_t index = kAsking + i;
      const matching::CompiledRequirement requirement(
          bench.full.RequirementOf(bench.workload.QueryAt(index), index),
          bench.Scoring());
      Must(matching::TopOfferings(*bench.market, requirement,
                                  {.today = kToday}));
    });
  }
  if (options.Wants("C5")) {
    Time(options, "C5.people_of_session", 150, [&](size_t i) {
      const matching::OfferingFeatures& offering =
          *bench.market->offerings().Find(OfferingId(i * 7));
      const matching::CompiledCourse course(offering, bench.Scoring());
      Must(matching::TopPeople(*bench.market, course, offering.sessions[0].id,
                               {.today = kToday}));
    });
  }
}

}  // namespace kugge::bench

int main(int argc, char** argv) {
  const kugge::bench::Options options = kugge::bench::ParseOptions(argc, argv);
  kugge::bench::PrintAll(options);
  return kugge::bench::ExitCode();
}
