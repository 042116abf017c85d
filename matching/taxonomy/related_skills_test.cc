#include "matching/taxonomy/related_skills.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matching/taxonomy/concept_graph.h"
#include "matching/taxonomy/driving_licences.h"

namespace kugge::matching {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const RelatedSkill* Edge(const RelatedSkills& related, uint32_t wanted,
                         uint32_t held) {
  for (const RelatedSkill& edge : related.edges) {
    if (edge.wanted == wanted && edge.held == held) return &edge;
  }
  return nullptr;
}

TEST(RelatedSkillsTest, TwoSharedGroupsRelate) {
  // Group weights 1,000,000 / 2 and / 3: both skills stand in 0 and 1, the
  // third in 1 only.
  const std::vector<SkillForRelations> skills = {
      {"Alfa", {0, 1}}, {"Beta", {0, 1}}, {"Gamma", {1}}};
  const RelatedSkills related = DeriveRelatedSkills(skills, 2);
  ASSERT_THAT(related.edges, SizeIs(2));
  const RelatedSkill* edge = Edge(related, 0, 1);
  ASSERT_NE(edge, nullptr);
  EXPECT_EQ(edge->group_likeness, 1000);
  EXPECT_EQ(edge->credit, 240);  // 400 * (6 * 1000 + 4 * 0) / 10,000
  EXPECT_EQ(Reason(*edge), "2 occupation groups list both");
}

TEST(RelatedSkillsTest, OneSharedGroupNeedsASharedStem) {
  const std::vector<SkillForRelations> skills = {{"Plåtsvetsning", {0}},
                                                 {"TIG svetsning", {0}},
                                                 {"MIG svetsare", {0}},
                                                 {"Bokföring", {0}},
                                                 {"Måla svetsat", {1}}};
  const RelatedSkills related = DeriveRelatedSkills(skills, 2);
  const RelatedSkill* edge = Edge(related, 1, 2);
  ASSERT_NE(edge, nullptr);
  EXPECT_EQ(edge->shared_stems, "svets");
  EXPECT_EQ(edge->label_likeness, 1000);
  EXPECT_EQ(edge->credit, 400);
  EXPECT_THAT(Reason(*edge), HasSubstr("1 occupation group lists both"));
  EXPECT_EQ(Edge(related, 1, 3), nullptr);
  EXPECT_EQ(Edge(related, 1, 4), nullptr);  // no group in common
}

TEST(RelatedSkillsTest, ATieClassLargerThanTheCapIsDroppedWhole) {
  std::vector<SkillForRelations> skills;
  std::vector<std::string> labels;
  for (char c = 'a'; c < 'a' + 14; ++c) labels.push_back(std::string(6, c));
  for (const std::string& label : labels) skills.push_back({label, {0, 1}});
  EXPECT_THAT(DeriveRelatedSkills(skills, 2).edges, IsEmpty());
  EXPECT_EQ(DeriveRelatedSkills(skills, 2).dropped_in_ties, 14u * 13);
  skills.pop_back();  // 12 others each: they just fit
  EXPECT_THAT(DeriveRelatedSkills(skills, 2).edges, SizeIs(13 * 12));
}

TEST(RelatedSkillsTest, NothingBelowADroppedClassIsKept) {
  std::vector<std::string> labels;
  for (char c = 'a'; c < 'a' + 15; ++c) labels.push_back(std::string(6, c));
  std::vector<SkillForRelations> skills;
  for (int i = 0; i < 14; ++i) skills.push_back({labels[i], {0, 1}});
  skills.push_back({labels[14], {0, 1, 2}});
  const RelatedSkills related = DeriveRelatedSkills(skills, 3);
  EXPECT_EQ(Edge(related, 0, 14), nullptr);
}

TEST(DrivingLicencesTest, LargerIncludesSmaller) {
  EXPECT_THAT(IncludedLicences("CE"), SizeIs(7));
  EXPECT_THAT(IncludedLicences("CE"), Contains("B"));
  EXPECT_THAT(IncludedLicences("CE"), Not(Contains("D1")));
  EXPECT_THAT(IncludedLicences("B"), Not(Contains("BE")));
  EXPECT_THAT(IncludedLicences("AM"), IsEmpty());
  EXPECT_THAT(IncludedLicences("Z"), IsEmpty());
  EXPECT_EQ(LicenceCategory("Utökad B"), "B96");
  EXPECT_EQ(LicenceCategory("Båt"), "");
}

TEST(DrivingLicencesTest, IncludesIsTransitive) {
  for (const char* category : {"A", "A2", "B96", "BE", "C1", "C1E", "C", "CE",
                               "D1", "D1E", "D", "DE"}) {
    for (absl::string_view below : IncludedLicences(category)) {
      for (absl::string_view further : IncludedLicences(below)) {
        EXPECT_THAT(IncludedLicences(category), Contains(further))
            << category << " " << below;
      }
    }
  }
}

}  // namespace
}  // namespace kugge::matching
