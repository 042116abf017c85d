// Asks the engine and the oracle the same questions of one market, and tells
// the first difference.
#ifndef KUGGE_TESTS_ORACLE_COMPARISON_H_
#define KUGGE_TESTS_ORACLE_COMPARISON_H_

#include <array>
#include <cstddef>
#include <string>

#include "matching/types.h"
#include "tests/oracle/random_market.h"

namespace kugge::oracle {

// What was compared, so that a run can show that it looked at everything.
struct Tally {
  size_t markets = 0;
  size_t documents = 0;
  size_t questions = 0;
  // Rows of the main lists, and those whose eligibility and order equal a
  // neighbour's.
  size_t rows = 0;
  size_t tied_rows = 0;
  size_t near_misses = 0;
  size_t offering_rows = 0;
  size_t gap_demands = 0;
  // Offerings that gain a person something, also without closing any of its
  // gap, and those that unlock somebody for a requirement.
  size_t gaining_offerings = 0;
  size_t offerings_beyond_the_gap = 0;
  size_t unlocking_offerings = 0;
  // Requirements that a course serves, and people whom it helps.
  size_t served_rows = 0;
  size_t served_unlocked = 0;
  size_t served_possibly = 0;
  size_t served_fillable = 0;
  size_t helped_people = 0;
  // Ways that no other dominates, of them those of two and of three steps;
  // steps that an earlier one prepares; ways that another dominates. Pools that
  // some promising offering had no room in, and those that one more was added
  // to for a prerequisite.
  size_t ways = 0;
  size_t ways_of_two = 0;
  size_t ways_of_three = 0;
  size_t prepared_steps = 0;
  size_t dominated_ways = 0;
  size_t full_pools = 0;
  size_t pools_with_preparation = 0;
  // Sessions whose corners were compared, and pairs unlocked among those that
  // were asked for one by one.
  size_t triangles = 0;
  size_t unlocking_pairs = 0;
  size_t explained = 0;
  // Candidates by eligibility, and explained lines by reason and relation.
  std::array<size_t, matching::kEligibilityCount> eligibility{};
  std::array<size_t, 9> demand_reasons{};
  std::array<size_t, 9> wish_reasons{};
  std::array<size_t, 8> relations{};

  // Each line is also the repository's evidence of what the run looked at.
  std::string Text() const;
};

// Several questions of every kind about the market's end and about the earlier
// moment of it. The first difference in words; empty when there is none.
std::string CompareOn(const RandomMarket& market, Tally& tally);

}  // namespace kugge::oracle

#endif  // KUGGE_TESTS_ORACLE_COMPARISON_H_
