#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matching/pathways.h"
#include "tests/oracle/course_comparison.h"
#include "tests/oracle/describe.h"
#include "tests/oracle/differences.h"
#include "tests/oracle/oracle_pathways.h"

namespace kugge::oracle {

using matching::CompiledPerson;
using matching::OfferingFeatures;
using matching::Pathway;
using matching::PathwayRequest;
using matching::PersonFeatures;
using matching::Scoring;

namespace {

// Questions asked of one state of the market, and of one with many
// requirements, each of which the oracle looks at several times.
constexpr int kQuestions = 4;
constexpr int kQuestionsOfMany = 1;
constexpr size_t kMany = 300;

// Offerings that the oracle may put together to ways of one, two and three
// steps, about; more than a pool takes where the steps are few.
constexpr size_t kOfferingsOfWays[] = {60, 40, 20};

Pathway InShape(const WayRow& row) {
  Pathway way;
  for (const WayStep& step : row.steps) {
    way.steps.push_back({step.offering->id, step.offering->reference,
                         step.session->id, step.session->reference,
                         step.session->start_day, step.end_day, step.weeks,
                         step.distance, step.tie, step.prepared});
  }
  way.gain_positions = row.gain_positions;
  way.gain_requirements = row.gain_requirements;
  way.weeks = row.weeks;
  way.end_day = row.end_day;
  for (const WayGoal& goal : row.goals) {
    way.goals.push_back({goal.requirement->id, goal.requirement->reference,
                         goal.order, goal.tie});
  }
  return way;
}

void Count(const WayList& expected, Tally& tally) {
  tally.ways += expected.rows.size();
  tally.dominated_ways += expected.dominated;
  if (expected.promising > kMostPromising) ++tally.full_pools;
  if (expected.considered > std::min(expected.promising, kMostPromising)) {
    ++tally.pools_with_preparation;
  }
  for (const WayRow& row : expected.rows) {
    if (row.steps.size() == 2) ++tally.ways_of_two;
    if (row.steps.size() == 3) ++tally.ways_of_three;
    for (const WayStep& step : row.steps) {
      if (!step.prepared.empty()) ++tally.prepared_steps;
    }
  }
}

// Mostly somebody of the asking tenant who may be matched.
PersonFeatures SomePerson(Asker& asker, const State& state,
                          const Question& question) {
  PersonFeatures person =
      asker.Some(state.documents.people, asker.maker().Person());
  if (asker.random().Chance(5)) return person;
  for (int tries = 0; tries < 8 && !IsCandidate(person, question); ++tries) {
    person = asker.Some(state.documents.people, asker.maker().Person());
  }
  return person;
}

PathwayRequest RequestOf(Asker& asker, const State& state) {
  Random& random = asker.random();
  PathwayRequest request;
  request.maximum_steps = random.Of(std::vector<size_t>{1, 2, 2, 3, 3});
  if (random.Chance(30)) {
    request.maximum_weeks = static_cast<uint32_t>(random.Between(1, 20));
  }
  if (random.Chance(30)) {
    request.maximum_pace_percent =
        static_cast<uint8_t>(random.Of(std::vector<int>{25, 50, 75, 75, 99}));
  }
  request.toward = asker.SomeRequirementFilter();
  request.filter = asker.Affordable(
      asker.SomeOfferingFilter(), state.documents.offerings.size(), 1,
      kOfferingsOfWays[request.maximum_steps - 1]);
  return request;
}

std::string AnswerDifference(Asker& asker, const WayList& expected,
                             const State& state, const CompiledPerson& person,
                             PathwayRequest request) {
  std::vector<Pathway> all;
  all.reserve(expected.rows.size());
  for (const WayRow& row : expected.rows) all.push_back(InShape(row));
  const size_t few = asker.random().Of(std::vector<size_t>{0, 1, 3});
  for (const size_t k : {few, kEverything}) {
    request.k = k;
    const auto answer = PlanPathways(state.market, person, request);
    if (!answer.ok()) return absl::StrCat(answer.status().ToString(), "\n");
    const std::string difference = absl::StrCat(
        FirstDifference(absl::StrCat("of ", k, ", way"), Part(all, 0, k),
                        answer->rows),
        CountDifference("total", expected.rows.size(), answer->total),
        CountDifference("offerings considered", expected.considered,
                        answer->offerings_considered),
        CountDifference("requirements within reach", expected.within_reach,
                        answer->requirements_within_reach));
    if (!difference.empty()) return difference;
  }
  return "";
}

std::string CompareOne(Asker& asker, const State& state,
                       const Scoring& scoring) {
  PathwayRequest request = RequestOf(asker, state);
  const Question question = asker.Settle(request, scoring.strategy);
  const CompiledPerson person(SomePerson(asker, state, question), scoring);
  const WayList expected =
      Pathways(state.oracle, asker.relations(), state.documents, question,
               person.person(),
               {request.maximum_steps, request.maximum_weeks,
                request.maximum_pace_percent})
          .Answer(OrAll(request.toward), OrAll(request.filter));
  Count(expected, asker.tally());
  const std::string difference =
      AnswerDifference(asker, expected, state, person, request);
  if (difference.empty()) return "";
  return absl::StrCat("ways of at most ", request.maximum_steps, " steps, ",
                      request.maximum_weeks, " weeks, pace ",
                      request.maximum_pace_percent, " for person ",
                      Describe(person.person().id), "\n", difference);
}

}  // namespace

std::string ComparePathways(Asker& asker, const State& state,
                            const Scoring& scoring) {
  const int questions = state.documents.requirements.size() > kMany
                            ? kQuestionsOfMany
                            : kQuestions;
  std::string difference;
  for (int i = 0; i < questions && difference.empty(); ++i) {
    difference = CompareOne(asker, state, scoring);
  }
  return difference;
}

}  // namespace kugge::oracle
