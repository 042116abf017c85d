// Everybody's rows: each person once, in an order that a later walk can go on
// from, with what TopRequirements answers for that person alone.
#include "matching/match_all.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "matching/index/place_order.h"
#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"

namespace kugge::matching {
namespace {

constexpr size_t kAll = 1'000'000;

struct Townsfolk {
  explicit Townsfolk(uint64_t seed, size_t people = 200,
                     size_t requirements = 50)
      : random(seed),
        graph(random.Graph()),
        scoring{&graph, random.AnyStrategy(), random.AnyTieKey()} {
    // A large segment, a small one with some of the large one's people written
    // anew, and the newest, which are in none.
    for (const size_t share : {people, people / 4, size_t{5}}) {
      MarketChanges changes = random.Fill(0, requirements, 0);
      for (size_t i = 0; i < share; ++i) changes.people.push_back(Person());
      market = market->Apply(std::move(changes));
    }
  }

  DocumentTable<PersonFeatures>::Change Person() {
    auto person = std::make_shared<PersonFeatures>(random.Person());
    if (!ids.empty() && random.Chance(20)) {
      person->id = ids[random.Below(static_cast<uint32_t>(ids.size()))];
    }
    ids.push_back(person->id);
    person->municipality =
        random.Chance(10)
            ? kNoMunicipality
            : static_cast<MunicipalityIndex>(random.Below(8) * 40);
    person->kind = static_cast<uint8_t>(random.Below(3));
    return {person->id, std::move(person)};
  }

  // Those who are asked about, by looking at everybody.
  std::set<PersonKey> Expected(const PeopleRequest& request) const {
    std::set<PersonKey> keys;
    market->people().ForEach([&](const PersonFeatures& person) {
      if (IsCandidate(person, request.tenant, request.today) &&
          (!request.filter || request.filter(person)) &&
          (!request.municipalities.has_value() ||
           std::ranges::binary_search(*request.municipalities,
                                      person.municipality))) {
        keys.insert(KeyOf(person));
      }
      return true;
    });
    return keys;
  }

  RandomMarket random;
  ConceptGraph graph;
  Scoring scoring;
  std::vector<DocumentId> ids;
  std::shared_ptr<const Market> market = std::make_shared<Market>();
};

PeopleRequest OfTenant(TenantIndex tenant) {
  return {.tenant = tenant, .today = kToday};
}

std::vector<PersonKey> KeysOf(const PeopleInOrder::People& people) {
  std::vector<PersonKey> keys;
  for (const PersonFeatures* person : people) keys.push_back(KeyOf(*person));
  return keys;
}

TEST(PeopleInOrderTest, EverybodyComesOnceInTheOrderOfPlaces) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    Townsfolk world(seed);
    for (const TenantIndex tenant : {0u, 1u, 7u}) {
      const std::set<PersonKey> expected = world.Expected(OfTenant(tenant));
      PeopleInOrder people(*world.market, OfTenant(tenant), std::nullopt);
      EXPECT_EQ(people.total(), expected.size());
      EXPECT_EQ(people.passed(), 0u);
      EXPECT_EQ(KeysOf(people.Next(kAll)),
                std::vector(expected.begin(), expected.end()));
      EXPECT_TRUE(people.Next(kAll).empty());
    }
  }
}

TEST(PeopleInOrderTest, KeysFollowTheCurveAndThenTheIds) {
  Townsfolk world(3);
  PeopleInOrder people(*world.market, OfTenant(0), std::nullopt);
  const PeopleInOrder::People all = people.Next(kAll);
  ASSERT_GT(all.size(), 50u);
  for (size_t i = 1; i < all.size(); ++i) {
    const uint16_t before = PlaceRank(all[i - 1]->municipality);
    const uint16_t now = PlaceRank(all[i]->municipality);
    EXPECT_LE(before, now);
    if (before != now) continue;
    EXPECT_LT(all[i - 1]->id, all[i]->id);
  }
}

TEST(PeopleInOrderTest, AnySizeOfPieceGivesTheSameWalk) {
  Townsfolk world(4);
  const std::set<PersonKey> expected = world.Expected(OfTenant(0));
  for (const size_t most : {1u, 3u, 64u, 1000u}) {
    PeopleInOrder people(*world.market, OfTenant(0), std::nullopt);
    std::vector<PersonKey> walked;
    for (auto next = people.Next(most); !next.empty();
         next = people.Next(most)) {
      EXPECT_LE(next.size(), most);
      for (const PersonKey& key : KeysOf(next)) walked.push_back(key);
    }
    EXPECT_EQ(walked, std::vector(expected.begin(), expected.end()));
  }
}

TEST(PeopleInOrderTest, AWalkGoesOnAfterAnybody) {
  Townsfolk world(5);
  const std::set<PersonKey> set = world.Expected(OfTenant(0));
  const std::vector<PersonKey> expected(set.begin(), set.end());
  for (size_t i = 0; i < expected.size(); ++i) {
    PeopleInOrder people(*world.market, OfTenant(0), expected[i]);
    EXPECT_EQ(people.total(), expected.size());
    EXPECT_EQ(people.passed(), i + 1);
    EXPECT_EQ(KeysOf(people.Next(kAll)),
              std::vector(expected.begin() + i + 1, expected.end()));
  }
}

TEST(PeopleInOrderTest, AWalkGoesOnWhereTheLastOneIsGone) {
  Townsfolk world(6);
  const std::set<PersonKey> set = world.Expected(OfTenant(0));
  const std::vector<PersonKey> expected(set.begin(), set.end());
  const size_t gone = expected.size() / 2;
  MarketChanges changes;
  changes.people.push_back({expected[gone].id, nullptr});
  const auto market = world.market->Apply(std::move(changes));
  PeopleInOrder people(*market, OfTenant(0), expected[gone]);
  EXPECT_EQ(people.total(), expected.size() - 1);
  EXPECT_EQ(people.passed(), gone);
  EXPECT_EQ(KeysOf(people.Next(kAll)),
            std::vector(expected.begin() + gone + 1, expected.end()));
}

TEST(PeopleInOrderTest, MunicipalitiesAndFiltersNarrow) {
  Townsfolk world(7);
  PeopleRequest request = OfTenant(1);
  request.municipalities = {40, 120, kNoMunicipality};
  request.filter = [](const PersonFeatures& person) {
    return person.kind == 1;
  };
  const std::set<PersonKey> expected = world.Expected(request);
  ASSERT_FALSE(expected.empty());
  PeopleInOrder people(*world.market, request, std::nullopt);
  EXPECT_EQ(people.total(), expected.size());
  EXPECT_EQ(KeysOf(people.Next(kAll)),
            std::vector(expected.begin(), expected.end()));
}

TEST(PeopleInOrderTest, MergedSegmentsGiveTheSameWalk) {
  Townsfolk world(8);
  MarketMerge merge = world.market->PlanCompaction();
  merge.Run();
  const auto merged = world.market->With(merge);
  PeopleInOrder before(*world.market, OfTenant(0), std::nullopt);
  PeopleInOrder after(*merged, OfTenant(0), std::nullopt);
  EXPECT_EQ(KeysOf(before.Next(kAll)), KeysOf(after.Next(kAll)));
}

TEST(PeopleInOrderTest, AnEmptyMarketHasNobody) {
  const Market market;
  PeopleInOrder people(market, OfTenant(0), std::nullopt);
  EXPECT_EQ(people.total(), 0u);
  EXPECT_TRUE(people.Next(10).empty());
}

TEST(MatchPeopleTest, EachPersonsRowsAreThoseOfTheQuestionAlone) {
  for (uint64_t seed = 11; seed <= 20; ++seed) {
    Townsfolk world(seed);
    PeopleInOrder walk(*world.market, OfTenant(0), std::nullopt);
    const PeopleInOrder::People people = walk.Next(kAll);
    for (const bool uncertain : {true, false}) {
      RankRequest<RequirementFeatures> request{
          .today = kToday, .k = 7, .uncertain = uncertain};
      const auto all =
          MatchPeople(*world.market, people, world.scoring, request);
      ASSERT_TRUE(all.ok());
      ASSERT_EQ(all->people.size(), people.size());
      size_t judged = 0;
      for (size_t i = 0; i < people.size(); ++i) {
        const auto alone = TopRequirements(
            *world.market, CompiledPerson(*people[i], world.scoring), request);
        ASSERT_TRUE(alone.ok());
        EXPECT_EQ(all->people[i].person, people[i]);
        EXPECT_EQ(all->people[i].rows, alone->rows);
        judged += alone->judged;
      }
      EXPECT_EQ(all->judged, judged);
    }
  }
}

TEST(MatchPeopleTest, WhomNothingFitsIsListedWithoutRows) {
  Townsfolk world(21, 20, 0);
  PeopleInOrder walk(*world.market, OfTenant(0), std::nullopt);
  const PeopleInOrder::People people = walk.Next(kAll);
  const auto all = MatchPeople(*world.market, people, world.scoring, {});
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->people.size(), people.size());
  for (const PersonRows& one : all->people) EXPECT_TRUE(one.rows.empty());
}

TEST(MatchPeopleTest, StopsWhenItIsTold) {
  Townsfolk world(22);
  PeopleInOrder walk(*world.market, OfTenant(0), std::nullopt);
  RankRequest<RequirementFeatures> request{.today = kToday};
  int polls = 0;
  request.cancelled = [&] { return ++polls == 5; };
  EXPECT_EQ(MatchPeople(*world.market, walk.Next(kAll), world.scoring, request)
                .status()
                .code(),
            absl::StatusCode::kCancelled);
  EXPECT_EQ(polls, 5);
}

}  // namespace
}  // namespace kugge::matching
