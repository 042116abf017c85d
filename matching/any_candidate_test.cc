// AnyCandidate against a look at every document.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "matching/features.h"
#include "matching/market.h"
#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"
#include "matching/rank.h"
#include "matching/rows.h"
#include "matching/seeds_for_test.h"

namespace kugge::matching {
namespace {

// Documents in segments, some of them taken back since, and newer ones in none.
std::shared_ptr<const Market> SomeMarket(RandomMarket& random) {
  const MarketChanges first = random.Fill(150, 150, 0);
  MarketChanges then = random.Fill(random.Below(3), random.Below(3), 0);
  for (const auto& change : first.people) {
    if (random.Chance(12)) then.people.push_back({change.id, nullptr});
  }
  for (const auto& change : first.requirements) {
    if (random.Chance(12)) then.requirements.push_back({change.id, nullptr});
  }
  return Market().Apply(first)->Apply(then);
}

struct Found {
  size_t some = 0;
  size_t none = 0;
};

template <typename Document>
void Compare(const Market& market, const DocumentTable<Document>& table,
             RandomMarket& random, Found& found) {
  RankRequest<Document> request;
  request.tenant = random.Below(2);
  request.today = kToday + static_cast<Days>(random.Below(6));
  if (random.Chance(60)) {
    request.municipalities = {static_cast<MunicipalityIndex>(random.Below(5))};
  }
  if (random.Chance(50)) {
    const uint32_t one_in = 1 + random.Below(256);
    request.filter = [one_in](const Document& document) {
      return document.id.bytes[15] % one_in == 0;
    };
  }
  bool expected = false;
  table.ForEach([&](const Document& document) {
    expected |= Admits(request, document);
    return true;
  });
  ASSERT_EQ(AnyCandidate(market, request), expected);
  ++(expected ? found.some : found.none);
}

TEST(AnyCandidateTest, IsFoundWhereALookAtAllFindsOne) {
  Found people;
  Found requirements;
  for (uint64_t seed = 1; seed <= CasesOf(60); ++seed) {
    RandomMarket random(seed);
    const std::shared_ptr<const Market> market = SomeMarket(random);
    for (int asked = 0; asked < 20; ++asked) {
      Compare(*market, market->people(), random, people);
      Compare(*market, market->requirements(), random, requirements);
      ASSERT_FALSE(HasFatalFailure()) << "seed " << seed;
    }
  }
  for (const Found& found : {people, requirements}) {
    EXPECT_GT(found.some, EnoughOf(200));
    EXPECT_GT(found.none, EnoughOf(200));
  }
}

}  // namespace
}  // namespace kugge::matching
