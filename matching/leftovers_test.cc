// Leftovers against every pair of a market explained (docs/scoring.md section
// 13).
#include "matching/leftovers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"
#include "matching/rank.h"
#include "matching/seeds_for_test.h"
#include "matching/tie_key.h"

namespace kugge::matching {
namespace {

// All pairs of the tenant 0's candidates, one list at a time.
class NaiveLeftovers {
 public:
  NaiveLeftovers(const Market& market, const Scoring& scoring,
                 const LeftoverRequest& request)
      : scoring_(scoring), request_(request) {
    market.people().ForEach([&](const PersonFeatures& one) {
      if (IsCandidate(one, 0, kToday)) people_.push_back(&one);
      return true;
    });
    market.requirements().ForEach([&](const RequirementFeatures& one) {
      if (IsCandidate(one, 0, kToday)) requirements_.push_back(&one);
      return true;
    });
  }

  LeftoverAnswer Answer() const {
    LeftoverAnswer answer;
    std::vector<Row> rows;
    for (const PersonFeatures* const person : people_) {
      if (!InArea(person->municipality)) continue;
      ++answer.people.in_area;
      const CompiledPerson compiled(*person, scoring_);
      std::vector<Match> pairs;
      for (const RequirementFeatures* const one : requirements_) {
        pairs.push_back(Explain(compiled, *one).match);
      }
      AddRow(person->id, person->reference, std::move(pairs), rows);
    }
    Finish(std::move(rows), answer.people);
    rows.clear();
    for (const RequirementFeatures* const requirement : requirements_) {
      if (!InArea(requirement->facts.municipality)) continue;
      ++answer.requirements.in_area;
      const CompiledRequirement compiled(*requirement, scoring_);
      std::vector<Match> pairs;
      for (const PersonFeatures* const one : people_) {
        pairs.push_back(Explain(compiled, *one).match);
      }
      AddRow(requirement->id, requirement->reference, std::move(pairs), rows);
    }
    Finish(std::move(rows), answer.requirements);
    return answer;
  }

 private:
  struct Row {
    Leftover leftover{};
    bool none = true;
    uint32_t order = 0;
    Tie tie{};
  };

  bool InArea(MunicipalityIndex municipality) const {
    return !request_.municipalities.has_value() ||
           std::ranges::count(*request_.municipalities, municipality) > 0;
  }

  void AddRow(const DocumentId& id, const std::string& reference,
              std::vector<Match> pairs, std::vector<Row>& rows) const {
    std::ranges::sort(pairs, {}, [](const Match& pair) { return KeyOf(pair); });
    Row row{.leftover = {.id = id, .reference = reference},
            .tie = TieOf(scoring_.tie_key, request_.tenant_id, id)};
    if (!pairs.empty() && pairs[0].eligibility <= Eligibility::kNearMiss) {
      if (pairs[0].eligibility == Eligibility::kEligible) return;
      row.leftover.nearest = pairs[0];
      row.none = pairs[0].eligibility != Eligibility::kUncertain;
      row.order = row.none ? 0 : pairs[0].order;
    }
    rows.push_back(std::move(row));
  }

  void Finish(std::vector<Row> rows, LeftoverList& list) const {
    std::ranges::sort(rows, {}, [](const Row& row) {
      return std::tuple(row.none, -static_cast<int64_t>(row.order), row.tie,
                        row.leftover.id);
    });
    list.total = rows.size();
    if (rows.size() > request_.k) rows.resize(request_.k);
    for (Row& row : rows) list.rows.push_back(std::move(row.leftover));
  }

  const Scoring& scoring_;
  const LeftoverRequest& request_;
  std::vector<const PersonFeatures*> people_;
  std::vector<const RequirementFeatures*> requirements_;
};

// Some in a segment, some newer; people have municipalities.
std::shared_ptr<const Market> SmallMarket(RandomMarket& random, size_t people,
                                          size_t requirements) {
  auto market = Market().Apply({});
  for (int round = 0; round < 2; ++round) {
    MarketChanges changes = random.Fill(people / 2, requirements / 2, 0);
    for (auto& change : changes.people) {
      PersonFeatures person = *change.document;
      person.municipality = static_cast<MunicipalityIndex>(random.Below(6));
      change.document = std::make_shared<PersonFeatures>(std::move(person));
    }
    for (auto& change : changes.requirements) {
      RequirementFeatures one = *change.document;
      // Harder than most, so that some are left over.
      for (Demand& demand : one.demands) {
        if (random.Chance(40)) demand.strength = Strength::kHard;
      }
      change.document = std::make_shared<RequirementFeatures>(std::move(one));
    }
    market = market->Apply(std::move(changes));
    if (round > 0) continue;
    MarketMerge merge = market->PlanCompaction();
    merge.Run();
    market = market->With(merge);
  }
  // Some of the segment are no longer there.
  MarketChanges gone;
  market->people().ForEach([&](const PersonFeatures& one) {
    if (random.Chance(5)) gone.people.push_back({one.id, nullptr});
    return true;
  });
  market->requirements().ForEach([&](const RequirementFeatures& one) {
    if (random.Chance(5)) gone.requirements.push_back({one.id, nullptr});
    return true;
  });
  return market->Apply(std::move(gone));
}

// How often each kind of row was compared.
struct LeftoverTally {
  size_t rows = 0;
  size_t uncertain = 0;
  size_t near = 0;
  size_t nothing = 0;
  size_t not_left = 0;
  size_t cut = 0;

  void Add(const LeftoverList& list) {
    not_left += list.in_area - list.total;
    cut += list.total - list.rows.size();
    for (const Leftover& row : list.rows) {
      ++rows;
      if (!row.nearest.has_value()) {
        ++nothing;
      } else if (row.nearest->eligibility == Eligibility::kUncertain) {
        ++uncertain;
      } else {
        ++near;
      }
    }
  }
  void ExpectEnough(const char* name) const {
    EXPECT_GT(uncertain, EnoughOf(100)) << name;
    EXPECT_GT(near, EnoughOf(20)) << name;
    EXPECT_GT(nothing, EnoughOf(20)) << name;
    EXPECT_GT(not_left, EnoughOf(100)) << name;
    EXPECT_GT(cut, EnoughOf(100)) << name;
    testing::Test::RecordProperty(name, static_cast<int>(rows));
  }
};

TEST(LeftoversTest, AreWhatExplainingEveryPairGives) {
  LeftoverTally people;
  LeftoverTally requirements;
  for (uint64_t seed = 1; seed <= CasesOf(600); ++seed) {
    RandomMarket random(seed);
    const ConceptGraph graph = random.Graph();
    const Scoring scoring{&graph, random.AnyStrategy(), random.AnyTieKey()};
    // Now few jobs for many people, now the other way around.
    const auto market = seed % 2 == 0 ? SmallMarket(random, 40, 8)
                                      : SmallMarket(random, 10, 40);
    LeftoverRequest request{.tenant_id = random.Id(), .today = kToday};
    if (random.Chance(60)) request.municipalities = {0, 2, 3};
    request.k = random.Chance(50) ? 3 : 1000;
    const auto answer = FindLeftovers(*market, scoring, request);
    ASSERT_TRUE(answer.ok());
    const LeftoverAnswer naive =
        NaiveLeftovers(*market, scoring, request).Answer();
    ASSERT_EQ(answer->people, naive.people) << seed;
    ASSERT_EQ(answer->requirements, naive.requirements) << seed;
    people.Add(answer->people);
    requirements.Add(answer->requirements);
  }
  people.ExpectEnough("people");
  requirements.ExpectEnough("requirements");
}

// More requirements than one crowd is used for.
TEST(LeftoversTest, ManyRequirementsAreTheSame) {
  RandomMarket random(7);
  const ConceptGraph graph = random.Graph();
  const Scoring scoring{&graph, random.AnyStrategy(), random.AnyTieKey()};
  const auto market = SmallMarket(random, 60, 1200);
  const LeftoverRequest request{
      .tenant_id = random.Id(), .today = kToday, .k = 2000};
  const auto answer = FindLeftovers(*market, scoring, request);
  ASSERT_TRUE(answer.ok());
  const LeftoverAnswer naive =
      NaiveLeftovers(*market, scoring, request).Answer();
  EXPECT_EQ(answer->people, naive.people);
  EXPECT_EQ(answer->requirements, naive.requirements);
  EXPECT_GT(answer->requirements.in_area, 800u);
}

// So few of many that they stand in a list.
TEST(LeftoversTest, SmallAreaAmongManyPeopleIsTheSame) {
  for (uint64_t seed = 1; seed <= CasesOf(20); ++seed) {
    RandomMarket random(seed);
    const ConceptGraph graph = random.Graph();
    const Scoring scoring{&graph, random.AnyStrategy(), random.AnyTieKey()};
    const auto market = SmallMarket(random, 5000, 12);
    const LeftoverRequest request{.tenant_id = random.Id(),
                                  .today = kToday,
                                  .municipalities = {{1}},
                                  .k = 2000};
    const auto answer = FindLeftovers(*market, scoring, request);
    ASSERT_TRUE(answer.ok());
    const LeftoverAnswer naive =
        NaiveLeftovers(*market, scoring, request).Answer();
    ASSERT_EQ(answer->people, naive.people) << seed;
    ASSERT_EQ(answer->requirements, naive.requirements) << seed;
  }
}

TEST(LeftoversTest, EndsWhenItIsCancelled) {
  RandomMarket random(3);
  const ConceptGraph graph = random.Graph();
  const Scoring scoring{&graph, random.AnyStrategy(), random.AnyTieKey()};
  const auto market = SmallMarket(random, 40, 40);
  size_t polls = 0;
  LeftoverRequest request{.today = kToday,
                          .cancelled = [&] { return ++polls > 1'000'000; }};
  ASSERT_TRUE(FindLeftovers(*market, scoring, request).ok());
  const size_t all = polls;
  ASSERT_GT(all, 40u);
  for (const size_t after : {size_t{0}, all / 2, all - 1}) {
    polls = 0;
    request.cancelled = [&polls, after] { return ++polls > after; };
    EXPECT_TRUE(
        absl::IsCancelled(FindLeftovers(*market, scoring, request).status()));
  }
}

}  // namespace
}  // namespace kugge::matching
