// The lists: order, ties, pages, candidates, and that every way to the same
// pair gives the same row (docs/scoring.md sections 3 and 4).
#include "matching/rank.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "matching/geo/distance.h"
#include "matching/geo/municipalities.h"
#include "matching/index/block.h"
#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"

namespace kugge::matching {
namespace {

struct World {
  explicit World(uint64_t seed, size_t people = 60, size_t requirements = 60)
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
RankRequest<Document> Asking(size_t k) {
  RankRequest<Document> request;
  request.today = kToday;
  request.k = k;
  return request;
}

// Every candidate, explained one by one and sorted.
std::vector<Match> AllRequirements(const World& world,
                                   const CompiledPerson& person) {
  std::vector<Match> all;
  world.market->requirements().ForEach([&](const RequirementFeatures& r) {
    if (IsCandidate(r, 0, kToday)) all.push_back(Explain(person, r).match);
    return true;
  });
  std::ranges::sort(all, {}, [](const Match& match) { return KeyOf(match); });
  return all;
}

std::vector<Match> OnlyListed(std::vector<Match> all) {
  std::erase_if(all, [](const Match& match) {
    return match.eligibility > Eligibility::kUncertain;
  });
  return all;
}

TEST(RankTest, TopKIsTheHeadOfEverythingExplainedAndSorted) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    World world(seed, 1, 300);
    const CompiledPerson person(world.random.Person(), world.scoring);
    const std::vector<Match> all = AllRequirements(world, person);
    std::vector<Match> listed = OnlyListed(all);
    std::vector<Match> near;
    for (const Match& match : all) {
      if (match.eligibility == Eligibility::kNearMiss) near.push_back(match);
    }
    for (const size_t k : {0u, 1u, 7u, 1000u}) {
      auto request = Asking<RequirementFeatures>(k);
      request.near_misses = k;
      const auto answer = TopRequirements(*world.market, person, request);
      ASSERT_TRUE(answer.ok());
      const auto head = [k](const std::vector<Match>& rows) {
        return std::vector<Match>(rows.begin(),
                                  rows.begin() + std::min(k, rows.size()));
      };
      ASSERT_EQ(answer->rows, head(listed)) << "seed " << seed << " k " << k;
      ASSERT_EQ(answer->near_misses, head(near)) << "seed " << seed;
      ASSERT_EQ(answer->more, listed.size() > answer->rows.size());
      ASSERT_FALSE(answer->counts.has_value());
      request.count = true;
      const auto counted = TopRequirements(*world.market, person, request);
      ASSERT_TRUE(counted.ok());
      ASSERT_EQ(counted->rows, answer->rows);
      ASSERT_EQ(counted->near_misses, answer->near_misses);
      ASSERT_EQ(counted->more, answer->more);
      ASSERT_EQ(counted->counts->all(), listed.size());
      ASSERT_EQ(counted->counts->eligible,
                std::ranges::count(listed, Eligibility::kEligible,
                                   &Match::eligibility));
    }
  }
}

TEST(RankTest, BothDirectionsGiveAPairTheSameVerdict) {
  for (uint64_t seed = 100; seed < 120; ++seed) {
    World world(seed, 40, 40);
    CompiledPerson::Scratch person_scratch;
    CompiledRequirement::Scratch requirement_scratch;
    world.market->people().ForEach([&](const PersonFeatures& p) {
      const CompiledPerson person(p, world.scoring);
      world.market->requirements().ForEach([&](const RequirementFeatures& r) {
        const CompiledRequirement requirement(r, world.scoring);
        const PairScore a = person.Score(r, person_scratch);
        const PairScore b = requirement.Score(p, requirement_scratch);
        const Explanation full = Explain(person, r);
        EXPECT_EQ(a.decided_early, b.decided_early);
        const Strategy& strategy = world.scoring.strategy;
        EXPECT_EQ(a.hurdles.Verdict(strategy), full.match.eligibility);
        if (!a.decided_early && !b.decided_early) {
          EXPECT_EQ(ToMatch(a, strategy), ToMatch(b, strategy));
          Match row = ToMatch(a, strategy);
          row.to = full.match.to;
          row.tie = full.match.tie;
          row.municipality = r.facts.municipality;
          EXPECT_EQ(row, full.match);
        }
        EXPECT_EQ(Explain(requirement, p).demands, full.demands);
        EXPECT_EQ(Explain(requirement, p).wishes, full.wishes);
        return true;
      });
      return !testing::Test::HasFailure();
    });
    ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed;
  }
}

TEST(RankTest, ContributionsSumToTheScores) {
  for (uint64_t seed = 200; seed < 240; ++seed) {
    World world(seed, 30, 30);
    world.market->people().ForEach([&](const PersonFeatures& p) {
      const CompiledPerson person(p, world.scoring);
      world.market->requirements().ForEach([&](const RequirementFeatures& r) {
        const Explanation full = Explain(person, r);
        Bp score = 0, potential = 0, reverse = 0, reverse_potential = 0;
        for (const DemandLine& line : full.demands) {
          score += line.contribution;
          potential += line.potential_contribution;
          EXPECT_LE(line.credit, line.potential_credit);
          EXPECT_LE(line.potential_credit, kFullCredit);
        }
        for (const WishLine& line : full.wishes) {
          reverse += line.contribution;
          reverse_potential += line.potential_contribution;
        }
        EXPECT_EQ(score, full.match.score);
        EXPECT_EQ(potential, full.match.potential_score);
        EXPECT_EQ(reverse, full.match.reverse_score);
        EXPECT_EQ(reverse_potential, full.match.reverse_potential_score);
        EXPECT_LE(full.match.score, full.match.potential_score);
        EXPECT_LE(full.match.potential_score, kFullBp);
        EXPECT_LE(full.match.order, 100'000u);
        return true;
      });
      return !testing::Test::HasFailure();
    });
    ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed;
  }
}

TEST(RankTest, NoEligibleRowFailsAHardDemand) {
  for (uint64_t seed = 300; seed < 330; ++seed) {
    World world(seed, 200, 1);
    const CompiledRequirement requirement(world.random.Requirement(),
                                          world.scoring);
    const auto answer =
        TopPeople(*world.market, requirement, Asking<PersonFeatures>(1000));
    ASSERT_TRUE(answer.ok());
    for (const Match& match : answer->rows) {
      const Explanation full =
          Explain(requirement, *world.market->people().Find(match.to));
      ASSERT_EQ(full.match, match) << "seed " << seed;
      const Satisfied worst = match.eligibility == Eligibility::kEligible
                                  ? Satisfied::kYes
                                  : Satisfied::kUnknown;
      for (const DemandLine& line : full.demands) {
        if (line.strength == Strength::kHard) {
          ASSERT_GE(line.satisfied, worst);
        }
      }
      for (const WishLine& line : full.wishes) {
        if (line.strength == Strength::kHard) {
          ASSERT_GE(line.satisfied, worst);
        }
      }
    }
  }
}

TEST(RankTest, PagesConcatenatedAreOneBigPage) {
  for (uint64_t seed = 400; seed < 430; ++seed) {
    World world(seed, 300, 1);
    const CompiledRequirement requirement(world.random.Requirement(),
                                          world.scoring);
    const auto whole =
        TopPeople(*world.market, requirement, Asking<PersonFeatures>(1000));
    ASSERT_TRUE(whole.ok());
    std::vector<Match> pages;
    auto request = Asking<PersonFeatures>(1 + seed % 9);
    while (true) {
      const auto page = TopPeople(*world.market, requirement, request);
      ASSERT_TRUE(page.ok());
      pages.insert(pages.end(), page->rows.begin(), page->rows.end());
      ASSERT_EQ(page->more, whole->rows.size() > pages.size());
      if (!page->more) break;
      request.after = KeyOf(page->rows.back());
    }
    ASSERT_EQ(pages, whole->rows) << "seed " << seed;
  }
}

TEST(RankTest, TheWayToAMarketLeavesNoTrace) {
  for (uint64_t seed = 500; seed < 520; ++seed) {
    World world(seed, 100, 100);
    RandomMarket& random = world.random;
    std::shared_ptr<const Market> market = world.market;
    MarketChanges kept = world.changes;
    for (int round = 0; round < 30; ++round) {
      // Remove some, change some, put some of the removed back.
      MarketChanges changes;
      for (auto& change : kept.requirements) {
        if (!random.Chance(10)) continue;
        if (random.Chance(50)) {
          auto other =
              std::make_shared<RequirementFeatures>(random.Requirement());
          other->id = change.id;
          change.document = std::move(other);
        } else {
          change.document = nullptr;
        }
        changes.requirements.push_back(change);
      }
      market = market->Apply(std::move(changes));
    }
    std::ranges::reverse(kept.requirements);
    const auto fresh = Market().Apply(kept);
    const CompiledPerson person(random.Person(), world.scoring);
    const auto request = Asking<RequirementFeatures>(25);
    const auto a = TopRequirements(*market, person, request);
    const auto b = TopRequirements(*fresh, person, request);
    ASSERT_TRUE(a.ok() && b.ok());
    ASSERT_EQ(a->rows, b->rows) << "seed " << seed;
  }
}

class CandidateTest : public testing::Test {
 protected:
  RequirementFeatures& Add() {
    auto requirement = std::make_shared<RequirementFeatures>();
    requirement->id = random_.Id();
    changes_.requirements.push_back({requirement->id, requirement});
    return *requirement;
  }
  size_t Scored(RankRequest<RequirementFeatures> request) const {
    request.count = true;
    const CompiledPerson person({}, {&graph_, DefaultStrategy(), {}});
    const auto answer =
        TopRequirements(*Market().Apply(changes_), person, request);
    return answer.ok() ? answer->counts->all() : 999;
  }

  RandomMarket random_{9};
  ConceptGraph graph_;
  MarketChanges changes_;
};

TEST_F(CandidateTest, ClosedPrivateAndFilteredRequirementsAreLeftOut) {
  Add();
  Add().open = false;
  Add().close_day = kToday;
  Add().close_day = kToday + 1;
  RequirementFeatures& own = Add();
  own.tenant = 1;
  own.private_to_tenant = true;
  Add().employer = 4;
  auto request = Asking<RequirementFeatures>(10);
  EXPECT_EQ(Scored(request), 3u);
  request.tenant = 1;
  EXPECT_EQ(Scored(request), 4u);
  request.filter = [](const RequirementFeatures& r) { return r.employer == 4; };
  EXPECT_EQ(Scored(request), 1u);
}

TEST_F(CandidateTest, PeopleOfOtherTenantsAndExpiredOnesAreLeftOut) {
  for (int i = 0; i < 3; ++i) {
    auto person = std::make_shared<PersonFeatures>();
    person->id = random_.Id();
    person->tenant = i == 1 ? 1 : 0;
    if (i == 2) person->expire_day = kToday;
    changes_.people.push_back({person->id, person});
  }
  const CompiledRequirement requirement({}, {&graph_, DefaultStrategy(), {}});
  const auto answer = TopPeople(*Market().Apply(changes_), requirement,
                                Asking<PersonFeatures>(10));
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->rows.size(), 1u);
}

TEST_F(CandidateTest, ACancelledQuestionEndsAsCancelled) {
  for (int i = 0; i < 3000; ++i) Add();
  BlockLengthSetting() = 1024;
  auto request = Asking<RequirementFeatures>(10);
  int polls = 0;
  request.cancelled = [&] { return ++polls == 2; };
  const CompiledPerson person({}, {&graph_, DefaultStrategy(), {}});
  const auto answer =
      TopRequirements(*Market().Apply(changes_), person, request);
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(polls, 2);
  BlockLengthSetting() = kBlockLength;
}

TEST_F(CandidateTest, ExactTiesAreOrderedByTheKeyedHashOfThePair) {
  for (int i = 0; i < 40; ++i) Add();
  const auto market = Market().Apply(changes_);
  const auto order = [&](const DocumentId& from, const TieKey& key) {
    PersonFeatures asking;
    asking.id = from;
    const CompiledPerson person(asking, {&graph_, DefaultStrategy(), key});
    std::vector<DocumentId> ids;
    const auto answer =
        TopRequirements(*market, person, Asking<RequirementFeatures>(40));
    for (const Match& match : answer->rows) ids.push_back(match.to);
    EXPECT_TRUE(std::ranges::is_sorted(answer->rows, {}, &Match::tie));
    return ids;
  };
  const DocumentId one = random_.Id();
  const DocumentId two = random_.Id();
  const TieKey key = random_.AnyTieKey();
  EXPECT_EQ(order(one, key), order(one, key));
  EXPECT_NE(order(one, key), order(two, key));
  EXPECT_NE(order(one, key), order(one, random_.AnyTieKey()));
}

// Two hundred people of one town, who ask how far they would go and nothing
// else, and a job in another town that nearly all of them find too far.
class TravelTest : public ::testing::Test {
 protected:
  // Blocks of 64: who comes later is held against who came before.
  void SetUp() override { BlockLengthSetting() = 64; }
  void TearDown() override { BlockLengthSetting() = kBlockLength; }

  // Shares of the way there.
  struct Reach {
    double easy = 0;
    double maximum = 0.25;
  };

  const Point home_ = Municipalities()[0].town_point;
  const Point job_ = Municipalities()[100].town_point;

  static DocumentId IdOf(uint8_t number) {
    DocumentId id;
    id.bytes[0] = number;
    return id;
  }

  // The first two go so far, and one of a later block.
  std::vector<Match> Best(Reach first, Reach later) const {
    MarketChanges changes;
    for (uint8_t i = 0; i < 200; ++i) {
      const Reach reach = i < 2 ? first : i == 100 ? later : Reach{};
      auto person = std::make_shared<PersonFeatures>();
      person->id = IdOf(i);
      person->municipality = 0;
      person->home = home_;
      const double way = DistanceHm(home_, job_);
      person->wishes.easy_distance =
          static_cast<HundredMetres>(way * reach.easy);
      person->wishes.maximum_distance =
          static_cast<HundredMetres>(way * reach.maximum);
      changes.people.push_back({person->id, person});
    }
    RequirementFeatures requirement;
    requirement.demands = {{.kind = DemandKind::kSkill, .concept_index = 0}};
    requirement.facts.place = job_;
    requirement.facts.municipality = 100;
    const ConceptGraph graph = ConceptGraph::FromRelations({{}});
    const CompiledRequirement compiled(requirement,
                                       {&graph, DefaultStrategy(), {}});
    return TopPeople(*Market().Apply(std::move(changes)), compiled,
                     Asking<PersonFeatures>(1))
        ->rows;
  }
};

TEST_F(TravelTest, WhoFindsItEasyIsFoundAmongThoseWhoDoNot) {
  const auto rows =
      Best({.easy = 0.99, .maximum = 1.05}, {.easy = 1.01, .maximum = 1.05});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.front().to, IdOf(100));
}

TEST_F(TravelTest, WhoGoesFarthestIsFoundAmongThoseWhoDoNot) {
  const auto rows =
      Best({.easy = 0.9, .maximum = 2}, {.easy = 0.95, .maximum = 4});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.front().to, IdOf(100));
}

TEST(TieTest, IsSipHash24With128BitOutput) {
  // Key 00 01 .. 0f, message 00 01 .. 1f; computed by a second implementation
  // that agrees with the function's published vectors.
  TieKey key;
  DocumentId from, to;
  for (uint8_t i = 0; i < 16; ++i) {
    key.bytes[i] = i;
    from.bytes[i] = i;
    to.bytes[i] = static_cast<uint8_t>(16 + i);
  }
  const Tie expected{{0x7c, 0x39, 0x56, 0xca, 0x5e, 0xea, 0xfc, 0x3e, 0x36,
                      0x3e, 0x9d, 0x55, 0x65, 0x46, 0xeb, 0x68}};
  EXPECT_EQ(TieOf(key, from, to), expected);
}

TEST(OrderTest, ASideWithoutDemandsLeavesItsShareToTheOther) {
  const Strategy strategy = DefaultStrategy();
  PairScore pair;
  pair.requirement = {.asks = true, .score = 9'000};
  pair.person = {.asks = true, .score = 5'000};
  EXPECT_EQ(OrderOf(pair, strategy), 7u * 9'000 + 3u * 5'000);
  pair.person = {};
  EXPECT_EQ(OrderOf(pair, strategy), 90'000u);
  pair.person = {.asks = true, .score = 5'000};
  pair.requirement = {};
  EXPECT_EQ(OrderOf(pair, strategy), 50'000u);
  pair.person = {};
  EXPECT_EQ(OrderOf(pair, strategy), 0u);
}

TEST(EligibilityTest, NearMissesAreFewAndLearnableOrChangeable) {
  Strategy strategy = DefaultStrategy();
  const auto verdict = [&](auto... add) {
    Hurdles hurdles;
    (add(hurdles), ...);
    return hurdles.Verdict(strategy);
  };
  const auto skill = [](Hurdles& h) {
    h.AddDemand(DemandKind::kSkill, Strength::kHard, Satisfied::kNo);
  };
  const auto soft = [](Hurdles& h) {
    h.AddDemand(DemandKind::kSkill, Strength::kSoft, Satisfied::kNo);
  };
  const auto unknown = [](Hurdles& h) {
    h.AddDemand(DemandKind::kSkill, Strength::kHard, Satisfied::kUnknown);
  };
  const auto experience = [](Hurdles& h) {
    h.AddDemand(DemandKind::kOccupation, Strength::kHard, Satisfied::kNo);
  };
  const auto distance = [](Hurdles& h) {
    h.AddWish(WishKind::kDistance, Strength::kHard, Satisfied::kNo);
  };
  const auto wanted = [](Hurdles& h) {
    h.AddWish(WishKind::kOccupation, Strength::kHard, Satisfied::kNo);
  };
  EXPECT_EQ(verdict(soft), Eligibility::kEligible);
  EXPECT_EQ(verdict(unknown, soft), Eligibility::kUncertain);
  EXPECT_EQ(verdict(skill), Eligibility::kNearMiss);
  EXPECT_EQ(verdict(distance, unknown), Eligibility::kNearMiss);
  EXPECT_EQ(verdict(skill, distance), Eligibility::kNotEligible);
  EXPECT_EQ(verdict(experience), Eligibility::kNotEligible);
  EXPECT_EQ(verdict(wanted), Eligibility::kNotEligible);
  strategy.maximum_near_misses = 2;
  EXPECT_EQ(verdict(skill, distance), Eligibility::kNearMiss);
  EXPECT_EQ(verdict(skill, experience), Eligibility::kNotEligible);
  strategy.maximum_near_misses = 0;
  EXPECT_EQ(verdict(skill), Eligibility::kNotEligible);
}

}  // namespace
}  // namespace kugge::matching
