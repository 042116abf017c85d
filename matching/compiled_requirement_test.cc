#include "matching/compiled_requirement.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "matching/compiled_person.h"
#include "matching/random_market_for_test.h"

namespace kugge::matching {
namespace {

// From the other side, one demand after the other.
TEST(CompiledRequirementTest, EverythingHeldCountsHoweverMuchThereIs) {
  constexpr ConceptIndex kHeld = 500;
  RandomMarket random(16);
  const ConceptGraph graph = random.Graph();
  const Scoring scoring{.graph = &graph, .strategy = DefaultStrategy()};
  PersonFeatures person;
  std::vector<Held>& skills =
      person.sections[static_cast<size_t>(DemandKind::kSkill)].held;
  for (ConceptIndex i = 0; i < kHeld; ++i) {
    skills.push_back({.concept_index = i});
  }
  const CompiledPerson compiled(person, scoring);
  for (ConceptIndex held = 0; held < kHeld; ++held) {
    RequirementFeatures requirement;
    requirement.demands.push_back(
        {.kind = DemandKind::kSkill, .concept_index = held});
    CompiledRequirement::Scratch of_requirement;
    CompiledPerson::Scratch of_person;
    const PairScore pair =
        CompiledRequirement(requirement, scoring).Score(person, of_requirement);
    EXPECT_EQ(pair.requirement.score,
              compiled.Score(requirement, of_person).requirement.score);
    ASSERT_GE(pair.requirement.score,
              scoring.strategy
                  .demand_weights[static_cast<size_t>(DemandKind::kSkill)])
        << held;
  }
}

}  // namespace
}  // namespace kugge::matching
