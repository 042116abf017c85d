#include "matching/taxonomy/concept_graph.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kugge::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ConceptGraphTest, EachConceptEarnsFullCreditTowardItself) {
  const ConceptGraph graph = ConceptGraph::FromRelations({{}, {}});
  EXPECT_EQ(graph.size(), 2u);
  EXPECT_THAT(graph.RelationsToward(1),
              ElementsAre(HeldRelation{1, RelationKind::kExact, 1000}));
}

TEST(ConceptGraphTest, ASubstituteEdgeWinsOverTheGroupAlsoWhenLower) {
  const ConceptGraph graph =
      ConceptGraph::FromRelations({{{1, RelationKind::kSameGroup, 600},
                                    {1, RelationKind::kSubstitute25, 250},
                                    {2, RelationKind::kSubstitute75, 750},
                                    {2, RelationKind::kSameGroup, 600}},
                                   {},
                                   {}});
  EXPECT_THAT(graph.RelationsToward(0),
              ElementsAre(HeldRelation{0, RelationKind::kExact, 1000},
                          HeldRelation{1, RelationKind::kSubstitute25, 250},
                          HeldRelation{2, RelationKind::kSubstitute75, 750}));
}

TEST(ConceptGraphTest, OtherwiseTheHighestCreditIsKept) {
  const ConceptGraph graph = ConceptGraph::FromRelations(
      {{{1, RelationKind::kRelated, 300}, {1, RelationKind::kNarrower, 900}},
       {{0, RelationKind::kBroader, 500}, {0, RelationKind::kRelated, 500}}});
  EXPECT_EQ(graph.RelationsToward(0)[1].relation, RelationKind::kNarrower);
  EXPECT_EQ(graph.RelationsToward(1)[0].relation, RelationKind::kBroader);
}

TEST(ConceptGraphTest, BothEndsShowTheSameEdges) {
  const ConceptGraph graph = ConceptGraph::FromRelations(
      {{{2, RelationKind::kNarrower, 900}},
       {{2, RelationKind::kRelated, 120}, {0, RelationKind::kRelated, 80}},
       {}});
  EXPECT_THAT(graph.RelationsFrom(2),
              ElementsAre(WantedRelation{0, RelationKind::kNarrower, 900},
                          WantedRelation{1, RelationKind::kRelated, 120},
                          WantedRelation{2, RelationKind::kExact, 1000}));
  EXPECT_EQ(graph.relation_count(), 6u);
}

TEST(ConceptGraphTest, AnIndexOutOfRangeHasNoRelations) {
  const ConceptGraph graph =
      ConceptGraph::FromRelations({{{7, RelationKind::kRelated, 100}}});
  EXPECT_THAT(graph.RelationsToward(kNoConcept), IsEmpty());
  EXPECT_THAT(graph.RelationsFrom(5), IsEmpty());
  EXPECT_EQ(graph.RelationsToward(0).size(), 1u);
  EXPECT_EQ(ConceptGraph().size(), 0u);
}

}  // namespace
}  // namespace kugge::matching
