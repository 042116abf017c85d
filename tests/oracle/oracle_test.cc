// The engine against the oracle over random markets: every list, page, total
// and line, byte for byte. KUGGE_ORACLE_MARKETS says over how many markets;
// KUGGE_ORACLE_SEED asks for one seed alone, to look at a difference again.
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/strings/numbers.h"
#include "tests/oracle/comparison.h"
#include "tests/oracle/random_market.h"

namespace kugge::oracle {
namespace {

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  uint64_t value = 0;
  if (text == nullptr || !absl::SimpleAtoi(text, &value)) return otherwise;
  return value;
}

// 50 to 2,000 documents, as many markets in each doubling of that.
size_t DocumentsOf(uint64_t seed) {
  Random random(seed);
  const int64_t low = int64_t{50} << random.Below(5);
  return static_cast<size_t>(
      random.Between(low, low == 800 ? 2000 : 2 * low - 1));
}

void ExpectAllSeen(const Tally& tally) {
  // The generator reaches every case of the contract.
  for (const size_t count : tally.eligibility) EXPECT_GT(count, 0u);
  for (const size_t count : tally.relations) EXPECT_GT(count, 0u);
  // Reasons 2 and 3 are those of wishes alone, 5 to 8 those of demands.
  for (const size_t reason : {0, 1, 4, 5, 6, 7, 8}) {
    EXPECT_GT(tally.demand_reasons[reason], 0u) << reason;
  }
  for (const size_t reason : {0, 1, 2, 3, 4}) {
    EXPECT_GT(tally.wish_reasons[reason], 0u) << reason;
  }
  EXPECT_GT(tally.near_misses, 0u);
  EXPECT_GT(tally.offering_rows, 0u);
  EXPECT_GT(tally.gap_demands, 0u);
  EXPECT_GT(tally.gaining_offerings, 0u);
  EXPECT_GT(tally.offerings_beyond_the_gap, 0u);
  EXPECT_GT(tally.unlocking_offerings, 0u);
  EXPECT_GT(tally.served_rows, 0u);
  EXPECT_GT(tally.served_unlocked, 0u);
  EXPECT_GT(tally.served_possibly, 0u);
  EXPECT_GT(tally.served_fillable, 0u);
  EXPECT_GT(tally.helped_people, 0u);
  EXPECT_GT(tally.ways, 0u);
  EXPECT_GT(tally.ways_of_two, 0u);
  EXPECT_GT(tally.ways_of_three, 0u);
  EXPECT_GT(tally.prepared_steps, 0u);
  EXPECT_GT(tally.dominated_ways, 0u);
  EXPECT_GT(tally.full_pools, 0u);
  EXPECT_GT(tally.pools_with_preparation, 0u);
  EXPECT_GT(tally.triangles, 0u);
  EXPECT_GT(tally.unlocking_pairs, 0u);
  EXPECT_GE(10 * tally.tied_rows, 3 * tally.rows);
}

TEST(OracleTest, EngineAndOracleGiveTheSameBytes) {
  uint64_t first = 1;
  uint64_t markets = FromEnvironment("KUGGE_ORACLE_MARKETS", 2000);
  if (std::getenv("KUGGE_ORACLE_SEED") != nullptr) {
    first = FromEnvironment("KUGGE_ORACLE_SEED", 1);
    markets = 1;
  }
  Tally tally;
  for (uint64_t seed = first; seed < first + markets; ++seed) {
    const std::string difference =
        CompareOn(MakeRandomMarket(seed, DocumentsOf(seed)), tally);
    ASSERT_EQ(difference, "") << "KUGGE_ORACLE_SEED=" << seed << "\n"
                              << difference;
  }
  std::cout << tally.Text();
  if (markets >= 100) ExpectAllSeen(tally);
}

}  // namespace
}  // namespace kugge::oracle
