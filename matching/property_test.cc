// What must hold of every pair, tried on thousands of random ones: telling more
// never hurts, what is unrelated changes nothing, asking less never excludes
// (docs/scoring.md, "What follows").
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "matching/credit.h"
#include "matching/random_market_for_test.h"
#include "matching/rank.h"
#include "matching/relations.h"

namespace kugge::matching {
namespace {

constexpr int kPairs = 20'000;
constexpr uint64_t kSeed = 20'261'121;

// A fresh graph and strategy every hundred pairs.
class Pairs {
 public:
  explicit Pairs(uint64_t seed) : random(seed) { Renew(); }

  void Next(int i) {
    if (i % 100 == 0) Renew();
    person = random.Person();
    requirement = random.Requirement();
  }
  Explanation Scored() const { return Scored(person, requirement); }
  Explanation Scored(const PersonFeatures& p,
                     const RequirementFeatures& r) const {
    return Explain(CompiledPerson(p, scoring), r);
  }

  RandomMarket random;
  ConceptGraph graph;
  Scoring scoring;
  PersonFeatures person;
  RequirementFeatures requirement;

 private:
  void Renew() {
    graph = random.Graph();
    scoring = {&graph, random.AnyStrategy(), {}};
  }
};

void AddHeld(PersonFeatures& person, DemandKind kind, const Held& held) {
  std::vector<Held>& section = person.sections[static_cast<size_t>(kind)].held;
  section.insert(std::ranges::upper_bound(section, held.concept_index, {},
                                          &Held::concept_index),
                 held);
}

// Calls visit(demand, relation) for what `held` earns credit toward.
template <typename Visit>
void ForEachRelated(const Pairs& pairs, DemandKind kind, const Held& held,
                    Visit visit) {
  for (const Demand& demand : pairs.requirement.demands) {
    if (demand.kind != kind) continue;
    if (demand.concept_index == kNoConcept) visit(demand, Relation{});
    ForEachToward(*pairs.scoring.graph, demand.concept_index,
                  pairs.scoring.strategy.Satisfying(),
                  [&](ConceptIndex index, const Relation& relation) {
                    if (index == held.concept_index) visit(demand, relation);
                  });
  }
}

// Whether holding `held` answers, with less than is asked, what was an open
// question before.
bool AnswersShort(const Pairs& pairs, DemandKind kind, const Held& held) {
  const Section& before = pairs.person.sections[static_cast<size_t>(kind)];
  bool answers_short = false;
  ForEachRelated(
      pairs, kind, held, [&](const Demand& demand, const Relation& relation) {
        answers_short |=
            CountsAsOpen(before, demand) &&
            WhatItSays(held, demand, relation.satisfying) == Says::kShort;
      });
  return answers_short;
}

TEST(PropertyTest, AddingAHeldConceptNeverHurts) {
  Pairs pairs(kSeed);
  int told_short = 0;
  int improved = 0;
  for (int i = 0; i < kPairs; ++i) {
    pairs.Next(i);
    const auto kind =
        static_cast<DemandKind>(pairs.random.Below(kDemandKindCount));
    const Held added = pairs.random.AnyHeld(kind);
    PersonFeatures richer = pairs.person;
    AddHeld(richer, kind, added);
    const Match before = pairs.Scored().match;
    const Match after = pairs.Scored(richer, pairs.requirement).match;
    ASSERT_GE(after.score, before.score) << "seed " << kSeed << " pair " << i;
    ASSERT_EQ(after.reverse_score, before.reverse_score);
    improved += after.score > before.score ? 1 : 0;
    if (AnswersShort(pairs, kind, added)) {
      ++told_short;
      continue;
    }
    ASSERT_GE(after.potential_score, before.potential_score)
        << "seed " << kSeed << " pair " << i;
    ASSERT_LE(after.eligibility, before.eligibility)
        << "seed " << kSeed << " pair " << i;
  }
  EXPECT_GT(told_short, kPairs / 1000);
  EXPECT_GT(improved, kPairs / 100);
}

TEST(PropertyTest, AddingAnUnrelatedConceptChangesNothing) {
  Pairs pairs(kSeed + 1);
  int unrelated = 0;
  for (int i = 0; i < kPairs; ++i) {
    pairs.Next(i);
    const auto kind =
        static_cast<DemandKind>(pairs.random.Below(kDemandKindCount));
    const Held added = pairs.random.AnyHeld(kind);
    if (added.concept_index == kNoConcept) continue;
    bool related = false;
    ForEachRelated(pairs, kind, added,
                   [&](const Demand&, const Relation&) { related = true; });
    if (related) continue;
    ++unrelated;
    PersonFeatures richer = pairs.person;
    AddHeld(richer, kind, added);
    ASSERT_EQ(pairs.Scored(richer, pairs.requirement).match,
              pairs.Scored().match)
        << "seed " << kSeed + 1 << " pair " << i;
  }
  EXPECT_GT(unrelated, kPairs / 2);
}

TEST(PropertyTest, RemovingADemandNeverWorsensEligibility) {
  Pairs pairs(kSeed + 2);
  for (int i = 0; i < kPairs; ++i) {
    pairs.Next(i);
    if (pairs.requirement.demands.empty()) continue;
    RequirementFeatures fewer = pairs.requirement;
    fewer.demands.erase(
        fewer.demands.begin() +
        pairs.random.Below(static_cast<uint32_t>(fewer.demands.size())));
    ASSERT_LE(pairs.Scored(pairs.person, fewer).match.eligibility,
              pairs.Scored().match.eligibility)
        << "seed " << kSeed + 2 << " pair " << i;
  }
}

void DropWish(WishKind kind, Wishes& wishes) {
  switch (kind) {
    case WishKind::kOccupation:
      wishes.occupations.clear();
      break;
    case WishKind::kDistance:
      wishes.maximum_distance.reset();
      break;
    case WishKind::kHours:
      wishes.maximum_hours_percent = 0;
      break;
    case WishKind::kShifts:
      wishes.shifts = 0;
      break;
    case WishKind::kStart:
      wishes.earliest_start = kNoDay;
      break;
    case WishKind::kRemote:
      wishes.minimum_remote_percent = 0;
      break;
  }
}

TEST(PropertyTest, DroppingAWishNeverWorsensEligibility) {
  Pairs pairs(kSeed + 3);
  for (int i = 0; i < kPairs; ++i) {
    pairs.Next(i);
    PersonFeatures modest = pairs.person;
    DropWish(static_cast<WishKind>(pairs.random.Below(kWishKindCount)),
             modest.wishes);
    ASSERT_LE(pairs.Scored(modest, pairs.requirement).match.eligibility,
              pairs.Scored().match.eligibility)
        << "seed " << kSeed + 3 << " pair " << i;
  }
}

}  // namespace
}  // namespace kugge::matching
