// Ranks and helpful changes, each against the market in which it has really
// happened (docs/scoring.md section 10).
#include "matching/standing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "matching/credit.h"
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
    std::vector<RowKey> keys;
    for (const Match& row : people->rows) keys.push_back(KeyOf(row));
    const auto all =
        RowsBefore(*town.market, requirement, Everything<PersonFeatures>(),
                   keys, std::nullopt);
    for (size_t i = 0; i < keys.size(); ++i) {
      ASSERT_EQ((*all)[i], i) << seed;
      const auto alone =
          RowsBefore(*town.market, requirement, Everything<PersonFeatures>(),
                     {{keys[i]}}, std::nullopt);
      ASSERT_EQ(*alone, std::vector<size_t>{i}) << seed;
    }
    const CompiledPerson person(town.random.Person(), town.scoring);
    const auto rows = ExhaustiveTopRequirements(
        *town.market, person, Everything<RequirementFeatures>());
    for (size_t i = 1; i < rows->rows.size(); ++i) {
      const auto before =
          RowsBefore(*town.market, person, Everything<RequirementFeatures>(),
                     {{KeyOf(rows->rows[i])}}, rows->rows[0].to);
      ASSERT_EQ(before->front(), i - 1) << seed;
    }
    for (size_t left_out = 0; left_out < keys.size(); left_out += 7) {
      const auto others =
          RowsBefore(*town.market, requirement, Everything<PersonFeatures>(),
                     keys, people->rows[left_out].to);
      for (size_t i = 0; i < keys.size(); ++i) {
        ASSERT_EQ((*others)[i], i - (i > left_out ? 1 : 0)) << seed;
      }
    }
  }
}

TEST(RowsBeforeTest, TheFilterNarrowsWhoIsCounted) {
  size_t uncertain = 0;
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    Town town(seed, 200, 0);
    const CompiledRequirement requirement(town.random.Requirement(),
                                          town.scoring);
    auto request = Everything<PersonFeatures>();
    request.filter = [](const PersonFeatures& person) {
      return person.id.bytes[3] % 2 == 0;
    };
    const auto people = ExhaustiveTopPeople(*town.market, requirement, request);
    for (size_t i = 0; i < people->rows.size(); ++i) {
      const Match& row = people->rows[i];
      const auto before = RowsBefore(*town.market, requirement, request,
                                     {{KeyOf(row)}}, std::nullopt);
      ASSERT_EQ(before->front(), i) << seed;
      uncertain += row.eligibility == Eligibility::kUncertain ? 1 : 0;
    }
  }
  EXPECT_GT(uncertain, 50u);
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

auto OrderOfChange(const HelpfulChange& change) {
  return std::tuple(change.match.eligibility, change.rank, ~change.match.order);
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
      EXPECT_TRUE(std::ranges::is_sorted(help->changes, {}, OrderOfChange))
          << seed;
      for (const HelpfulChange& change : help->changes) {
        ++kinds[static_cast<size_t>(change.kind)];
        const auto& demands = requirement.requirement().demands;
        ASSERT_TRUE(change.kind != ChangeKind::kDemand ||
                    CanBeLearnt(demands[change.demand].kind));
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

// Where the key would stand among the others of the market: every person is
// judged and compared.
size_t RankAmongOthers(const Town& town, const CompiledRequirement& requirement,
                       const RowKey& key) {
  size_t rank = 1;
  for (const auto& change : town.changes.people) {
    const PersonFeatures& other = *change.document;
    if (other.id == key.to || !IsCandidate(other, 0, kToday)) continue;
    const Match row = Explain(requirement, other).match;
    if (row.eligibility <= Eligibility::kUncertain && KeyOf(row) < key) ++rank;
  }
  return rank;
}

TEST(WhatWouldHelpTest, ALaterStartIsTheDayAfterThePersonCan) {
  size_t seen = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Town town(seed, 60, 0);
    RequirementFeatures wanted = town.random.Requirement();
    wanted.facts.latest_start = kToday;
    const CompiledRequirement requirement(std::move(wanted), town.scoring);
    for (size_t i = 0; i < 12; ++i) {
      const PersonFeatures& person = *town.changes.people[i].document;
      const auto help =
          WhatWouldHelp(*town.market, requirement, person, {.today = kToday});
      for (const HelpfulChange& change : help->changes) {
        if (change.kind != ChangeKind::kStart) continue;
        RequirementFeatures later = requirement.requirement();
        later.facts.latest_start = person.wishes.earliest_start + 1;
        const Match then =
            Explain(CompiledRequirement(later, town.scoring), person).match;
        ASSERT_EQ(KeyOf(change.match), KeyOf(then)) << seed << " " << i;
        ++seen;
        if (then.eligibility > Eligibility::kUncertain) continue;
        EXPECT_EQ(change.rank, RankAmongOthers(town, requirement, KeyOf(then)));
      }
    }
  }
  EXPECT_GT(seen, 5u);
}

// A side's sum with one line at its best; docs/scoring.md section 1.6.
template <typename Line>
uint32_t SumIfMet(const std::vector<Line>& lines, const Line* met) {
  uint32_t sum = 0;
  for (const Line& line : lines) {
    const Thousandths credit =
        &line == met ? line.potential_credit : line.credit;
    sum += (line.weight * credit + 500) / 1000;
  }
  return sum;
}

template <typename Line>
bool StandsInTheWay(const Line& line, Satisfied how, bool asked) {
  return asked && line.strength == Strength::kHard && line.satisfied == how;
}

// The key of a pair in which one line, a demand or a wish, is met.
RowKey KeyIfMet(const Explanation& now, const Strategy& strategy,
                const DemandLine* demand, const WishLine* wish) {
  bool refused = false;
  bool unknown = false;
  for (const DemandLine& line : now.demands) {
    const bool asked = line.demand >= 0;
    refused |= StandsInTheWay(line, Satisfied::kNo, asked);
    unknown |=
        &line != demand && StandsInTheWay(line, Satisfied::kUnknown, asked);
  }
  for (const WishLine& line : now.wishes) {
    refused |= StandsInTheWay(line, Satisfied::kNo, line.asked);
    unknown |=
        &line != wish && StandsInTheWay(line, Satisfied::kUnknown, line.asked);
  }
  RowKey key = KeyOf(now.match);
  if (!refused) {
    key.eligibility =
        unknown ? Eligibility::kUncertain : Eligibility::kEligible;
  }
  const uint32_t there = SumIfMet(now.demands, demand);
  const uint32_t back = SumIfMet(now.wishes, wish);
  const uint32_t a = strategy.score_factor;
  const uint32_t b = strategy.reverse_factor;
  key.order = now.demands.empty()  ? (a + b) * back
              : now.wishes.empty() ? (a + b) * there
                                   : a * there + b * back;
  return key;
}

// What became of the lines that were looked at.
struct LinesSeen {
  size_t demands = 0;
  size_t wishes = 0;
  size_t better = 0;
  size_t in_no_list = 0;
};

void ExpectRankIfMet(const Town& town, const CompiledRequirement& requirement,
                     const RowKey& key, size_t found, const HelpAnswer& help,
                     LinesSeen& seen) {
  if (key.eligibility > Eligibility::kUncertain) {
    EXPECT_EQ(found, 0u);
    ++seen.in_no_list;
    return;
  }
  EXPECT_EQ(found, RankAmongOthers(town, requirement, key));
  seen.better += help.rank.has_value() && found < *help.rank ? 1 : 0;
}

void ExpectRanksIfMet(const Town& town, const CompiledRequirement& requirement,
                      const PersonFeatures& person, LinesSeen& seen) {
  const auto help =
      WhatWouldHelp(*town.market, requirement, person, {.today = kToday});
  ASSERT_TRUE(help.ok());
  if (!IsCandidate(person, 0, kToday)) {
    EXPECT_TRUE(help->demand_ranks_if_met.empty());
    EXPECT_TRUE(help->wish_ranks_if_met.empty());
    return;
  }
  const Explanation now = Explain(requirement, person);
  const Strategy& strategy = town.scoring.strategy;
  ASSERT_EQ(help->demand_ranks_if_met.size(), now.demands.size());
  ASSERT_EQ(help->wish_ranks_if_met.size(), now.wishes.size());
  for (size_t i = 0; i < now.demands.size(); ++i) {
    const DemandLine& line = now.demands[i];
    if (line.demand < 0 || line.satisfied != Satisfied::kUnknown) {
      EXPECT_EQ(help->demand_ranks_if_met[i], 0u);
      continue;
    }
    ++seen.demands;
    ExpectRankIfMet(town, requirement, KeyIfMet(now, strategy, &line, nullptr),
                    help->demand_ranks_if_met[i], *help, seen);
  }
  for (size_t i = 0; i < now.wishes.size(); ++i) {
    const WishLine& line = now.wishes[i];
    if (!line.asked || line.satisfied != Satisfied::kUnknown) {
      EXPECT_EQ(help->wish_ranks_if_met[i], 0u);
      continue;
    }
    ++seen.wishes;
    ExpectRankIfMet(town, requirement, KeyIfMet(now, strategy, nullptr, &line),
                    help->wish_ranks_if_met[i], *help, seen);
  }
}

TEST(RankIfMetTest, IsThePlaceAmongAllOthersWithTheLineAtItsBest) {
  LinesSeen seen;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Town town(seed, 80, 0);
    const CompiledRequirement requirement(town.random.Requirement(),
                                          town.scoring);
    for (size_t i = 0; i < 20; ++i) {
      SCOPED_TRACE(testing::Message() << seed << " " << i);
      ExpectRanksIfMet(town, requirement, *town.changes.people[i].document,
                       seen);
    }
  }
  EXPECT_GT(seen.demands, 300u);
  EXPECT_GT(seen.wishes, 100u);
  EXPECT_GT(seen.better, 50u);
  EXPECT_GT(seen.in_no_list, 50u);
}

}  // namespace
}  // namespace kugge::matching
