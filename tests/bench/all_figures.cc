#include <algorithm>
#include <atomic>
#include <ctime>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/ordered_workers.h"
#include "matching/match_all.h"
#include "services/match/batch_priority.h"
#include "tests/bench/full_workload.h"
#include "tests/bench/markets.h"
#include "tests/bench/must.h"
#include "tests/bench/report.h"
#include "tests/bench/skills_figures.h"

namespace kugge::bench {
namespace {

using matching::CompiledPerson;
using matching::Market;
using matching::PeopleInOrder;
using matching::PeopleRows;
using matching::PersonFeatures;
using matching::RankRequest;
using matching::RequirementFeatures;
using matching::Scoring;

// As MatchAll cuts them with ten rows a person; smaller where only some pieces
// are asked about, so that they come from more places.
constexpr size_t kPeopleOfPiece = 100;
constexpr size_t kPeopleOfSample = 10;
constexpr size_t kAheadOfThread = 3;

// Who is looked at again afterwards.
constexpr size_t kSample = 10;

constexpr double kCpuGoal = 1;
constexpr double kMillion = 1'000'000;
constexpr uint32_t kGoalPeople = 1'000'000;
constexpr uint32_t kGoalRequirements = 200'000;

// One market to be asked for everybody.
struct Everybody {
  std::string id;
  MarketPointer market;
  Scoring scoring;
  // Of a million people against 200,000 requirements on two cores.
  double goal_seconds = 0;
};

double ProcessCpuMicros() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 +
         static_cast<double>(time.tv_nsec) / 1e3;
}

RankRequest<RequirementFeatures> TopTen() {
  return MakeRequest<RequirementFeatures>({}, kToday);
}

// Somebody else each time, from all over the country.
const PersonFeatures& Somebody(const SkillsBench& bench, const Market& market,
                               uint64_t i) {
  return *market.people().Find(PersonId(Mix(i) % bench.options.people));
}

unsigned Threads() { return std::max(1u, std::thread::hardware_concurrency()); }

// What a call computes, without the message around it.
matching::RankAnswer AskFor(const Everybody& all,
                            const PersonFeatures& person) {
  return Must(matching::TopRequirements(
      *all.market, CompiledPerson(person, all.scoring), TopTen()));
}

// Microseconds of CPU that a question takes when it is asked alone, over some
// of `people` in no order.
double CpuAlone(const Options& options, const Everybody& all,
                PeopleInOrder::People people) {
  std::ranges::sort(people, {}, [](const PersonFeatures* person) {
    return Mix(IndexOf(person->id));
  });
  const double until = NowMicros() + options.seconds * 1e6 / 4;
  const double begin = ProcessCpuMicros();
  size_t asked = 0;
  while (asked < people.size() && NowMicros() < until) {
    AskFor(all, *people[asked++]);
  }
  return (ProcessCpuMicros() - begin) / static_cast<double>(asked);
}

// How many pieces to leave out for each that is asked about, so that it takes
// about as long as the options say.
size_t StrideFor(const SkillsBench& bench, const Everybody& all) {
  constexpr uint64_t kProbes = 20;
  AskFor(all, Somebody(bench, *all.market, 0));
  const double begin = NowMicros();
  for (uint64_t i = 1; i <= kProbes; ++i) {
    AskFor(all, Somebody(bench, *all.market, i));
  }
  const double seconds =
      (NowMicros() - begin) / kProbes / 1e6 * bench.options.people / Threads();
  return static_cast<size_t>(std::max(1.0, seconds / bench.options.seconds));
}

// Everybody, or evenly spread pieces of them, as MatchAll goes through them.
class Walk {
 public:
  using Workers = OrderedWorkers<PeopleInOrder::People, PeopleRows>;

  // Takes one of `stride` pieces; ends early once `enough` says so.
  Walk(const Everybody& all, size_t stride, std::function<bool()> enough)
      : stride_(stride),
        people_(*all.market, {.today = kToday}, std::nullopt),
        workers_(
            {.threads = Threads(),
             .ahead = kAheadOfThread * Threads(),
             .prepare = match::YieldToCalls},
            [this, enough = std::move(enough)] { return Cut(enough); },
            [&all](const PeopleInOrder::People& piece,
                   const std::function<bool()>& stopped) {
              RankRequest<RequirementFeatures> request = TopTen();
              request.cancelled = stopped;
              return matching::MatchPeople(*all.market, piece, all.scoring,
                                           request);
            }) {}

  // Nothing at the end.
  std::optional<PeopleRows> Next() {
    return Must(workers_.Next([] { return false; }));
  }

 private:
  std::optional<PeopleInOrder::People> Cut(
      const std::function<bool()>& enough) {
    const size_t size = stride_ == 1 ? kPeopleOfPiece : kPeopleOfSample;
    PeopleInOrder::People piece = people_.Next(size);
    if (stride_ > 1) people_.Next(size * (stride_ - 1));
    if (piece.empty() || enough()) return std::nullopt;
    return piece;
  }

  const size_t stride_;
  PeopleInOrder people_;
  Workers workers_;
};

struct Run {
  double seconds = 0;
  double cpu_micros = 0;
  size_t peak_bytes = 0;
  PeopleInOrder::People people{};
  // Some of them with their rows, to be looked at afterwards.
  std::vector<matching::PersonRows> sample{};
};

Run RunOnce(const Everybody& all, size_t stride) {
  Run run;
  run.people.reserve(all.market->people().size());
  const size_t before = AllocatedBytes();
  const double begin = NowMicros();
  const double cpu = ProcessCpuMicros();
  Walk walk(all, stride, [] { return false; });
  for (size_t pieces = 0;; ++pieces) {
    std::optional<PeopleRows> rows = walk.Next();
    if (!rows.has_value()) break;
    for (const matching::PersonRows& one : rows->people) {
      run.people.push_back(one.person);
    }
    const size_t now = AllocatedBytes();
    run.peak_bytes = std::max(run.peak_bytes, now - std::min(now, before));
    if (pieces % 7 == 0 && run.sample.size() < kSample) {
      run.sample.push_back(std::move(rows->people.front()));
    }
  }
  run.seconds = (NowMicros() - begin) / 1e6;
  run.cpu_micros = ProcessCpuMicros() - cpu;
  return run;
}

void CheckSample(const Everybody& all, const Run& run) {
  size_t differences = 0;
  for (const matching::PersonRows& one : run.sample) {
    const auto expected = Must(matching::ExhaustiveTopRequirements(
        *all.market, CompiledPerson(*one.person, all.scoring), TopTen()));
    if (one.rows != expected.rows) ++differences;
  }
  Check(absl::StrCat("P1.all.", all.id), "differences", differences == 0,
        absl::StrCat(differences, " of ", run.sample.size(), " goal 0"));
}

void PrintSeconds(const SkillsBench& bench, const Everybody& all,
                  const Run& run) {
  const std::string id = absl::StrCat("P7.", all.id);
  const bool whole = run.people.size() == kGoalPeople;
  const double seconds =
      whole ? run.seconds
            : run.seconds / static_cast<double>(run.people.size()) * kMillion;
  const char* name = whole ? "seconds" : "seconds_per_million_people";
  // The goal is that of one size.
  if (bench.options.requirements == kGoalRequirements) {
    Figure(id, name, seconds, "s", Goal::kAtMost, all.goal_seconds);
  } else {
    Figure(id, name, seconds, "s");
  }
}

void PrintRun(const SkillsBench& bench, const Everybody& all) {
  const std::string id = absl::StrCat("P7.", all.id);
  const Run run = RunOnce(all, StrideFor(bench, all));
  const double each = run.cpu_micros / static_cast<double>(run.people.size());
  const double alone = CpuAlone(bench.options, all, run.people);
  Note(absl::StrCat(id, ": ", run.people.size(), " of ", bench.options.people,
                    " people, ", bench.options.requirements,
                    " requirements, in ", run.seconds, " s"));
  Figure(id, "cpu_alone", alone, "us/person");
  Figure(id, "cpu_in_bulk", each, "us/person");
  Figure(id, "cpu_ratio", each / alone, "x", Goal::kAtMost, kCpuGoal);
  PrintSeconds(bench, all, run);
  Figure(id, "extra_memory_peak", static_cast<double>(run.peak_bytes) / 1e6,
         "MB");
  CheckSample(all, run);
}

// How long a call takes while everybody is being matched, against an idle
// machine.
void PrintCallsMeanwhile(const SkillsBench& bench, const Everybody& all) {
  const auto ask = [&] {
    std::vector<double> micros;
    const double until = NowMicros() + bench.options.seconds * 1e6 / 8;
    for (uint64_t i = 0; NowMicros() < until; ++i) {
      const PersonFeatures& person = Somebody(bench, *all.market, i);
      const double begin = NowMicros();
      AskFor(all, person);
      micros.push_back(NowMicros() - begin);
    }
    return micros;
  };
  const std::vector<double> idle = ask();
  std::atomic<bool> enough = false;
  std::thread reader([&] {
    Walk walk(all, 1, [&] { return enough.load(); });
    while (walk.Next().has_value()) {
    }
  });
  const std::vector<double> busy = ask();
  enough = true;
  reader.join();
  const std::string id = absl::StrCat("P7.", all.id);
  for (const auto& [name, share] :
       std::initializer_list<std::pair<const char*, double>>{{"p50", 0.5},
                                                             {"p99", 0.99}}) {
    Figure(id, absl::StrCat("calls_meanwhile_", name),
           Quantile(busy, share) / Quantile(idle, share), "x of idle");
  }
}

}  // namespace

void PrintMatchAll(SkillsBench& bench) {
  {
    const Everybody all{.id = "skills",
                        .market = SkillsMarket(bench),
                        .scoring = bench.engine.scoring(),
                        .goal_seconds = 30};
    PrintRun(bench, all);
    PrintCallsMeanwhile(bench, all);
  }
  const FullWorkload full(bench.workload);
  const matching::ConceptGraph graph = full.Graph();
  const Everybody all{
      .id = "full",
      .market = FullMarket(bench, full),
      .scoring = {.graph = &graph, .strategy = matching::DefaultStrategy()},
      .goal_seconds = 60};
  PrintRun(bench, all);
}

}  // namespace kugge::bench
