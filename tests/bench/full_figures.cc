#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/full_workload.h"
#include "tests/bench/markets.h"
#include "tests/bench/report.h"
#include "tests/bench/skills_figures.h"

namespace kugge::bench {
namespace {

using matching::CompiledPerson;
using matching::CompiledRequirement;
using matching::Market;
using matching::MunicipalityIndex;
using matching::PersonFeatures;
using matching::RequirementFeatures;
using matching::Scoring;

constexpr double kGoal = 2;
constexpr double kTotalGoal = 20;
constexpr uint64_t kShareWithinReach = 207'000;

ListOf<AskedForPeople> FullQuestions(const SkillsBench& bench,
                                     const FullWorkload& full,
                                     const Scoring& scoring) {
  ListOf<AskedForPeople> asked;
  for (size_t i = 0; i < bench.queries.size(); ++i) {
    const Query& query = bench.queries[i];
    asked.push_back(std::make_unique<const AskedForPeople>(AskedForPeople{
        CompiledRequirement(full.RequirementOf(query, i), scoring),
        MakeRequest<PersonFeatures>(query.region, kToday)}));
  }
  return asked;
}

// People that aren't in the market ask.
uint64_t Seeker(const SkillsBench& bench, size_t i) {
  return (uint64_t{bench.options.people} << 8) + i;
}

template <typename MakeFeatures>
ListOf<AskedForRequirements> Seekers(const SkillsBench& bench,
                                     const Scoring& scoring,
                                     MakeFeatures make) {
  ListOf<AskedForRequirements> asked;
  for (size_t i = 0; i < bench.queries.size(); ++i) {
    const uint64_t index = Seeker(bench, i);
    PersonFeatures features = make(index);
    const std::vector<MunicipalityIndex> region =
        bench.workload.Region(features.municipality, kShareWithinReach);
    asked.push_back(
        std::make_unique<const AskedForRequirements>(AskedForRequirements{
            CompiledPerson(std::move(features), scoring),
            MakeRequest<RequirementFeatures>(region, kToday)}));
  }
  return asked;
}

template <typename Asked>
void PrintDirection(const SkillsBench& bench, const std::string& name,
                    const Market& skills_market,
                    const ListOf<Asked>& skills_asked,
                    const Market& full_market,
                    const ListOf<Asked>& full_asked) {
  const double start = NowMicros();
  for (size_t i = 0; i < 3; ++i) {
    TopOf(skills_market, *skills_asked[i]);
    TopOf(full_market, *full_asked[i]);
  }
  const Plan plan = PlanFor(bench.options, (NowMicros() - start) / 3, 5);
  Least skills(plan.queries);
  Least full(plan.queries);
  for (size_t pass = 0; pass < plan.passes; ++pass) {
    for (size_t i = 0; i < plan.queries; ++i) {
      double begin = NowMicros();
      TopOf(skills_market, *skills_asked[i]);
      skills.Add(i, NowMicros() - begin);
      begin = NowMicros();
      TopOf(full_market, *full_asked[i]);
      full.Add(i, NowMicros() - begin);
    }
  }
  const std::string id = absl::StrCat("P4.", name);
  Latencies(id, "skills", skills);
  Latencies(id, "full", full);
  Figure(id, "ratio", full.P50() / skills.P50(), "x", Goal::kAtMost, kGoal);
}

template <typename Asked>
void CheckDirection(const SkillsBench& bench, const std::string& name,
                    const Market& market, const ListOf<Asked>& asked) {
  const size_t count =
      std::min<size_t>(bench.options.quick ? 10 : 20, asked.size());
  size_t differences = 0;
  for (size_t i = 0; i < count; ++i) {
    if (!SameRows(TopOf(market, *asked[i]),
                  ExhaustiveTopOf(market, *asked[i]))) {
      ++differences;
    }
  }
  Check(absl::StrCat("P1.", name), "differences", differences == 0,
        absl::StrCat(differences, " of ", count, " goal 0"));
}

matching::RankAnswer CountedTopOf(const Market& market,
                                  const AskedForPeople& asked) {
  matching::RankRequest<PersonFeatures> request = asked.request;
  request.count = true;
  return Must(matching::TopPeople(market, asked.question, request));
}
matching::RankAnswer CountedTopOf(const Market& market,
                                  const AskedForRequirements& asked) {
  matching::RankRequest<RequirementFeatures> request = asked.request;
  request.count = true;
  return Must(matching::TopRequirements(market, asked.question, request));
}

// The first rows with the total of their list, against a look at everybody.
template <typename Asked>
void PrintTotals(const SkillsBench& bench, const std::string& name,
                 const Market& market, const ListOf<Asked>& asked) {
  const size_t count =
      std::min<size_t>(bench.options.quick ? 10 : 20, asked.size());
  constexpr size_t kPasses = 3;
  Least counted(count);
  Least looked(count);
  size_t differences = 0;
  for (size_t pass = 0; pass < kPasses; ++pass) {
    for (size_t i = 0; i < count; ++i) {
      double begin = NowMicros();
      const matching::RankAnswer answer = CountedTopOf(market, *asked[i]);
      counted.Add(i, NowMicros() - begin);
      begin = NowMicros();
      const matching::RankAnswer expected = ExhaustiveTopOf(market, *asked[i]);
      looked.Add(i, NowMicros() - begin);
      if (answer.counts != expected.counts) ++differences;
    }
  }
  const std::string id = absl::StrCat("T1.", name);
  Latencies(id, "counted", counted);
  Latencies(id, "looked_at_everybody", looked);
  Figure(id, "ratio", looked.P50() / counted.P50(), "x", Goal::kAtLeast,
         kTotalGoal);
  Check(absl::StrCat("P1.total.", name), "differences", differences == 0,
        absl::StrCat(differences, " of ", count * kPasses, " goal 0"));
}

}  // namespace

void PrintFullScore(SkillsBench& bench) {
  const bool pairs = bench.options.Wants("P4");
  const bool totals = bench.options.Wants("T1");
  const FullWorkload full(bench.workload);
  const matching::ConceptGraph graph = full.Graph();
  const Scoring scoring{.graph = &graph,
                        .strategy = matching::DefaultStrategy()};
  const MarketPointer full_market = FullMarket(bench, full);
  const MarketPointer skills_market = SkillsMarket(bench);
  Note(absl::StrCat("P4: ", bench.options.people, " people, ",
                    bench.options.requirements,
                    " requirements, places within reach hold 20.7 %"));
  {
    const ListOf<AskedForPeople> asked = FullQuestions(bench, full, scoring);
    CheckDirection(bench, "people.full", *full_market, asked);
    if (totals) PrintTotals(bench, "people", *full_market, asked);
    if (pairs) {
      PrintDirection(bench, "people", *skills_market,
                     bench.asked[static_cast<size_t>(Filter::kRegion)],
                     *full_market, asked);
    }
  }
  const ListOf<AskedForRequirements> full_asked = Seekers(
      bench, scoring, [&](uint64_t index) { return full.PersonAt(index); });
  const ListOf<AskedForRequirements> skills_asked =
      Seekers(bench, bench.engine.scoring(), [&](uint64_t index) {
        return ToFeatures(bench.workload.PersonAt(index), index);
      });
  CheckDirection(bench, "requirements.full", *full_market, full_asked);
  CheckDirection(bench, "requirements.skills", *skills_market, skills_asked);
  if (totals) PrintTotals(bench, "requirements", *full_market, full_asked);
  if (pairs) {
    PrintDirection(bench, "requirements", *skills_market, skills_asked,
                   *full_market, full_asked);
  }
}

}  // namespace kugge::bench
