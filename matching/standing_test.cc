// Ranks and helpful changes, each against the market in which it has really
// happened (docs/scoring.md section 10).
#include "matching/standing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"

namespace kugge::matching {
namespace {

struct Town {
  explicit Town(uint64_t seed, size_t people, size_t requirements)
      : random(seed),
        graph(random.Graph()),
        scoring{&graph, random.AnyStrategy(), random.AnyTieKey()},
        changes(random.Fill(people, requirements, 0)),
        market(Market().Apply(changes)) {}

  RandomMarket random;
  ConceptGraph graph;
  Scoring scoring;
  MarketChanges changes;
  std::shared_ptr<const Market> market;
};

template <typename Document>
RankRequest<Document> Everything() {
  RankRequest<Document> request;
  request.today = kToday;
  request.k = std::numeric_limits<size_t>::max();
  return request;
}

std::optional<size_t> RankIn(const std::vector<Match>& rows,
                             const DocumentId& id) {
  const auto row = std::ranges::find(rows, id, &Match::to);
  if (row == rows.end()) return std::nullopt;
  return static_cast<size_t>(row - rows.begin()) + 1;
}

TEST(RowsBeforeTest, OfEveryRowIsItsPlaceInBothDirections) {
  for (uint64_t seed = 1; seed <= 25; ++seed) {
    Town town(seed, 150, 150);
    const CompiledRequirement requirement(town.random.Requirement(),
                                          town.scoring);
    const auto people = ExhaustiveTopPeople(*town.market, requirement,
                                            Everything<PersonFeatures>());
    for (size_t i = 0; i < people->rows.size(); ++i) {
      const auto before =
          RowsBefore(*town.market, requirement, Everything<PersonFeatures>(),
                     KeyOf(people->rows[i]), std::nullopt);
      ASSERT_EQ(*before, i) << seed;
    }
    const CompiledPerson person(town.random.Person(), town.scoring);
    const auto rows = ExhaustiveTopRequirements(
        *town.market, person, Everything<RequirementFeatures>());
    for (size_t i = 1; i < rows->rows.size(); ++i) {
      const auto before =
          RowsBefore(*town.market, person, Everything<RequirementFeatures>(),
                     KeyOf(rows->rows[i]), rows->rows[0].to);
      ASSERT_EQ(*before, i - 1) << seed;
    }
  }
}

TEST(RowsBeforeTest, TheFilterNarrowsWhoIsCounted) {
  Town town(7, 200, 0);
  const CompiledRequirement requirement(town.random.Requirement(),
                                        town.scoring);
  auto request = Everything<PersonFeatures>();
  request.filter = [](const PersonFeatures& person) {
    return person.id.bytes[3] % 2 == 0;
  };
  const auto people = ExhaustiveTopPeople(*town.market, requirement, request);
  ASSERT_GT(people->rows.size(), 5u);
  const auto before = RowsBefore(*town.market, requirement, request,
                                 KeyOf(people->rows[5]), std::nullopt);
  EXPECT_EQ(*before, 5u);
}

// The person as the change makes it; nothing where the requirement changes.
std::optional<PersonFeatures> Changed(const PersonFeatures& person,
                                      const RequirementFeatures& requirement,
                                      const HelpfulChange& change) {
  PersonFeatures changed = person;
  const JobFacts& job = requirement.facts;
  switch (change.kind) {
    case ChangeKind::kDemand: {
      const Demand& demand = requirement.demands[change.demand];
      Section& section = changed.sections[static_cast<size_t>(demand.kind)];
      section.held.push_back({demand.concept_index, demand.minimum_level,
                              demand.minimum_evidence});
      std::ranges::stable_sort(section.held, {}, &Held::concept_index);
      std::erase(section.lacking, demand.concept_index);
      return changed;
    }
    case ChangeKind::kDistance:
      *changed.wishes.maximum_distance += 100;
      changed.wishes.easy_distance += 100;
      return changed;
    case ChangeKind::kHours:
      changed.wishes.minimum_hours_percent = job.minimum_hours_percent;
      changed.wishes.maximum_hours_percent = job.maximum_hours_percent;
      return changed;
    case ChangeKind::kShifts:
      changed.wishes.shifts |= job.shifts;
      return changed;
    case ChangeKind::kRemote:
      changed.wishes.minimum_remote_percent = *job.remote_percent;
      return changed;
    case ChangeKind::kStart:
      return std::nullopt;
  }
  return std::nullopt;
}

TEST(WhatWouldHelpTest, EachChangeGivesTheRankThatItReallyGives) {
  size_t seen = 0;
  std::vector<size_t> kinds(6);
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Town town(seed, 60, 0);
    const CompiledRequirement requirement(town.random.Requirement(),
                                          town.scoring);
    for (size_t i = 0; i < 12; ++i) {
      const PersonFeatures& person = *town.changes.people[i].document;
      const auto help =
          WhatWouldHelp(*town.market, requirement, person, {.today = kToday});
      ASSERT_TRUE(help.ok());
      const auto now = ExhaustiveTopPeople(*town.market, requirement,
                                           Everything<PersonFeatures>());
      EXPECT_EQ(help->rank, IsCandidate(person, 0, kToday)
                                ? RankIn(now->rows, person.id)
                                : std::nullopt);
      for (const HelpfulChange& change : help->changes) {
        ++kinds[static_cast<size_t>(change.kind)];
        const auto changed = Changed(person, requirement.requirement(), change);
        if (!changed.has_value()) continue;
        MarketChanges changes;
        changes.people.push_back(
            {person.id, std::make_shared<const PersonFeatures>(*changed)});
        const auto then =
            ExhaustiveTopPeople(*town.market->Apply(std::move(changes)),
                                requirement, Everything<PersonFeatures>());
        const auto rank = RankIn(then->rows, person.id);
        ASSERT_EQ(change.rank, rank.value_or(0)) << seed << " " << i;
        if (!rank.has_value()) continue;
        EXPECT_EQ(KeyOf(then->rows[*rank - 1]), KeyOf(change.match));
        ++seen;
      }
    }
  }
  EXPECT_GT(seen, 100u);
  for (const size_t count : kinds) EXPECT_GT(count, 0u);
}

TEST(WhatWouldHelpTest, LearningWhatIsAskedIsLeftOutOnlyWhereItDoesNotHelp) {
  size_t left_out = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    Town town(seed, 30, 0);
    const CompiledRequirement requirement(town.random.Requirement(),
                                          town.scoring);
    const RequirementFeatures& wanted = requirement.requirement();
    const PersonFeatures& person = *town.changes.people[0].document;
    if (!IsCandidate(person, 0, kToday)) continue;
    const Explanation now = Explain(requirement, person);
    const auto help =
        WhatWouldHelp(*town.market, requirement, person, {.today = kToday});
    for (const DemandLine& line : now.demands) {
      if (line.demand < 0 || line.kind == DemandKind::kOccupation ||
          line.satisfied == Satisfied::kYes) {
        continue;
      }
      const auto place = static_cast<uint32_t>(line.demand);
      const Match then =
          Explain(requirement, *Changed(person, wanted, {.demand = place}))
              .match;
      const bool better = then.eligibility < now.match.eligibility ||
                          (then.eligibility == now.match.eligibility &&
                           then.eligibility <= Eligibility::kUncertain &&
                           then.order > now.match.order);
      const bool found = std::ranges::any_of(
          help->changes, [place](const HelpfulChange& change) {
            return change.kind == ChangeKind::kDemand && change.demand == place;
          });
      EXPECT_EQ(found, better) << seed << " " << place;
      left_out += better ? 0 : 1;
    }
  }
  EXPECT_GT(left_out, 0u);
}

}  // namespace
}  // namespace kugge::matching
