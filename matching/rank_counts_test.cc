// RowsBefore and the totals of a list against the count over everything
// explained and sorted, where rows are counted by blocks (docs/scoring.md
// section 10.1).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "matching/features.h"
#include "matching/index/block.h"
#include "matching/places_for_test.h"
#include "matching/random_market_for_test.h"
#include "matching/rank.h"
#include "matching/rows.h"
#include "matching/seeds_for_test.h"
#include "matching/standing.h"

namespace kugge::matching {
namespace {

// Everybody's documents in segments, some of them replaced or taken back since,
// and the newest ones in none.
class CountedMarket {
 public:
  CountedMarket(uint64_t seed, size_t people, size_t requirements)
      : random(seed),
        graph(random.Graph()),
        scoring{&graph, random.AnyStrategy(), random.AnyTieKey()} {
    MarketChanges changes = random.Fill(people, requirements, 0);
    if (random.Chance(50)) Multiply(changes);
    market = Market().Apply(changes);
    for (size_t round = random.Below(3); round > 0; --round) {
      market = market->Apply(SomeChanged(changes));
    }
  }

  RandomMarket random;
  ConceptGraph graph;
  Scoring scoring;
  std::shared_ptr<const Market> market;

 private:
  // Many who differ in nothing but their id, and so are tied.
  void Multiply(MarketChanges& changes) {
    for (size_t i = 1; i < changes.people.size(); ++i) {
      if (!random.Chance(60)) continue;
      auto same =
          std::make_shared<PersonFeatures>(*changes.people[i - 1].document);
      same->id = changes.people[i].id;
      changes.people[i].document = std::move(same);
    }
  }

  template <typename Change>
  void ChangeSome(const std::vector<Change>& all, std::vector<Change>& some) {
    for (const Change& change : all) {
      if (!random.Chance(10)) continue;
      some.push_back(change);
      if (random.Chance(50)) some.back().document = nullptr;
    }
  }

  MarketChanges SomeChanged(const MarketChanges& all) {
    MarketChanges changes = random.Fill(random.Below(20), random.Below(20), 0);
    ChangeSome(all.people, changes.people);
    ChangeSome(all.requirements, changes.requirements);
    return changes;
  }
};

template <typename Document>
RankRequest<Document> AnyRequest(RandomMarket& random) {
  RankRequest<Document> request;
  request.tenant = random.Below(2);
  request.today = kToday;
  if (random.Chance(30)) {
    request.municipalities = {0, 2, 3};
  }
  return request;
}

// All rows of the list, in no order, by a look at everybody.
template <typename Question, typename Document>
std::vector<RowKey> RowsOf(const Question& question,
                           const DocumentTable<Document>& table,
                           const RankRequest<Document>& request) {
  const Eligibility last =
      request.uncertain ? Eligibility::kUncertain : Eligibility::kEligible;
  std::vector<RowKey> rows;
  table.ForEach([&](const Document& document) {
    const Match match = Explain(question, document).match;
    if (match.eligibility <= last && Admits(request, document)) {
      rows.push_back(KeyOf(match));
    }
    return true;
  });
  return rows;
}

// Keys of rows that there are, and of some that there might be.
std::vector<RowKey> SomeKeys(const std::vector<RowKey>& rows,
                             RandomMarket& random) {
  std::vector<RowKey> keys;
  for (size_t i = random.Below(8); i > 0 && !rows.empty(); --i) {
    RowKey key = rows[random.Below(static_cast<uint32_t>(rows.size()))];
    if (random.Chance(30)) key.order += random.Below(3000);
    if (random.Chance(20)) key.tie = {};
    keys.push_back(key);
  }
  if (random.Chance(50)) keys.push_back({.order = random.Below(100'000)});
  if (random.Chance(50)) {
    keys.push_back({.eligibility = Eligibility::kUncertain,
                    .order = random.Below(100'000)});
  }
  return keys;
}

struct Seen {
  size_t keys = 0;
  size_t before = 0;
  // Rows counted in lists that have them on several pages.
  size_t eligible = 0;
  size_t uncertain = 0;
};

absl::StatusOr<RankAnswer> Top(const Market& market,
                               const CompiledRequirement& question,
                               const RankRequest<PersonFeatures>& request) {
  return TopPeople(market, question, request);
}
absl::StatusOr<RankAnswer> Top(
    const Market& market, const CompiledPerson& question,
    const RankRequest<RequirementFeatures>& request) {
  return TopRequirements(market, question, request);
}

// With any page of the list, and a filter or none.
template <typename Question, typename Document>
void CompareTotals(CountedMarket& town, const Question& question,
                   const DocumentTable<Document>& table,
                   RankRequest<Document> request, Seen& seen) {
  request.count = true;
  request.k = town.random.Below(3);
  request.uncertain = !town.random.Chance(20);
  if (town.random.Chance(40)) {
    request.filter = [](const Document& document) {
      return document.id.bytes[15] % 3 != 0;
    };
  }
  const std::vector<RowKey> rows = RowsOf(question, table, request);
  const auto expected_of = [&](Eligibility eligibility) {
    return static_cast<size_t>(
        std::ranges::count(rows, eligibility, &RowKey::eligibility));
  };
  const RankCounts expected{.eligible = expected_of(Eligibility::kEligible),
                            .uncertain = expected_of(Eligibility::kUncertain)};
  if (town.random.Chance(30) && !rows.empty()) {
    request.after = rows[town.random.Below(static_cast<uint32_t>(rows.size()))];
  }
  const auto answer = Top(*town.market, question, request);
  ASSERT_TRUE(answer.ok());
  ASSERT_TRUE(answer->counts.has_value());
  ASSERT_EQ(answer->counts->eligible, expected.eligible);
  ASSERT_EQ(answer->counts->uncertain, expected.uncertain);
  if (!answer->more) return;
  seen.eligible += expected.eligible;
  seen.uncertain += expected.uncertain;
}

// As the index counts, and by a look at everybody.
template <typename Question, typename Document>
void Compare(CountedMarket& town, const Question& question,
             const DocumentTable<Document>& table, Seen& seen) {
  auto request = AnyRequest<Document>(town.random);
  const std::vector<RowKey> rows = RowsOf(question, table, request);
  const std::vector<RowKey> keys = SomeKeys(rows, town.random);
  std::optional<DocumentId> but;
  if (town.random.Chance(50) && !rows.empty()) {
    but = rows[town.random.Below(static_cast<uint32_t>(rows.size()))].to;
  }
  const auto counted = RowsBefore(*town.market, question, request, keys, but);
  ASSERT_TRUE(counted.ok());
  for (size_t i = 0; i < keys.size(); ++i) {
    const auto before = std::ranges::count_if(rows, [&](const RowKey& row) {
      return row.to != but && row < keys[i];
    });
    ASSERT_EQ((*counted)[i], static_cast<size_t>(before)) << "key " << i;
    seen.before += static_cast<size_t>(before);
  }
  seen.keys += keys.size();
  CompareTotals(town, question, table, request, seen);
}

// Blocks as short as they can be, until the end of the test.
class RankCountsTest : public testing::TestWithParam<DocNumber> {
 protected:
  void SetUp() override { BlockLengthSetting() = GetParam(); }
  void TearDown() override { BlockLengthSetting() = kBlockLength; }
};

TEST_P(RankCountsTest, OfPeopleIsThatOfALookAtEverybody) {
  Seen seen;
  for (uint64_t seed = 1; seed <= CasesOf(120); ++seed) {
    CountedMarket town(seed, 40 + seed % 300, 1);
    for (int asked = 0; asked < 5; ++asked) {
      const CompiledRequirement requirement(town.random.Requirement(),
                                            town.scoring);
      Compare(town, requirement, town.market->people(), seen);
      ASSERT_FALSE(HasFatalFailure()) << "seed " << seed;
    }
  }
  EXPECT_GT(seen.keys, EnoughOf(1'800));
  EXPECT_GT(seen.before, EnoughOf(12'000));
  EXPECT_GT(seen.eligible, EnoughOf(500));
  EXPECT_GT(seen.uncertain, EnoughOf(500));
}

TEST_P(RankCountsTest, OfRequirementsIsThatOfALookAtAll) {
  Seen seen;
  for (uint64_t seed = 1'001; seed <= 1'000 + CasesOf(120); ++seed) {
    CountedMarket town(seed, 1, 40 + seed % 300);
    for (int asked = 0; asked < 5; ++asked) {
      const CompiledPerson person(town.random.Person(), town.scoring);
      Compare(town, person, town.market->requirements(), seen);
      ASSERT_FALSE(HasFatalFailure()) << "seed " << seed;
    }
  }
  EXPECT_GT(seen.keys, EnoughOf(1'800));
  EXPECT_GT(seen.before, EnoughOf(12'000));
  EXPECT_GT(seen.eligible, EnoughOf(500));
  EXPECT_GT(seen.uncertain, EnoughOf(500));
}

INSTANTIATE_TEST_SUITE_P(BlocksOf, RankCountsTest,
                         testing::Values(DocNumber{64}, DocNumber{128},
                                         kBlockLength));

}  // namespace
}  // namespace kugge::matching
