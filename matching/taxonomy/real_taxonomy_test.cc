// The readers on the official files, where they are at hand.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matching/taxonomy/builder.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/concept_graph.h"
#include "matching/taxonomy/shared_data_for_test.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::matching {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

double MillisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now() - start)
      .count();
}

class RealTaxonomyTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!std::filesystem::is_directory(SharedData("jobtech"))) return;
    const auto start = std::chrono::steady_clock::now();
    TaxonomyBuilder builder;
    for (const auto& [name, bytes] : FilesOf("jobtech")) {
      ASSERT_TRUE(builder.AddFile(name, bytes).ok()) << name;
    }
    taxonomy_ = *builder.Finish("2025-12");
    std::cout << "read and built in " << MillisecondsSince(start) << " ms\n";
  }

  void SetUp() override {
    if (taxonomy_ == nullptr) {
      std::cout << "missing: " << SharedData("jobtech") << "\n";
      GTEST_SKIP() << "no official files in " << SharedData("jobtech")
                   << "; set KUGGE_SHARED";
    }
  }

  static size_t CountCurrent(ConceptKind kind) {
    size_t count = 0;
    for (const ConceptRecord& record : taxonomy_->concepts()) {
      count += record.kind == kind && !record.deprecated ? 1 : 0;
    }
    return count;
  }

  static size_t CountGone(ConceptKind kind) {
    size_t count = 0;
    for (const ConceptRecord& record : taxonomy_->concepts()) {
      count += record.kind == kind && record.deprecated ? 1 : 0;
    }
    return count;
  }

  static ConceptIndex Named(ConceptKind kind, const std::string& label) {
    for (ConceptIndex i = 0; i < taxonomy_->size(); ++i) {
      const ConceptRecord& record = taxonomy_->record(i);
      if (record.kind == kind && record.label == label && !record.deprecated) {
        return i;
      }
    }
    return kNoConcept;
  }

  static HeldRelation Toward(ConceptIndex wanted, ConceptIndex held) {
    for (const HeldRelation& r : taxonomy_->graph().RelationsToward(wanted)) {
      if (r.held == held) return r;
    }
    return {};
  }

  static std::unique_ptr<const Taxonomy> taxonomy_;
};

std::unique_ptr<const Taxonomy> RealTaxonomyTest::taxonomy_;

TEST_F(RealTaxonomyTest, CountsAreThoseOfTheFiles) {
  EXPECT_EQ(CountCurrent(ConceptKind::kSkill), 6657u);
  EXPECT_EQ(CountCurrent(ConceptKind::kSsykLevel4), 400u);
  EXPECT_EQ(CountCurrent(ConceptKind::kOccupationName), 2412u);
  EXPECT_EQ(CountCurrent(ConceptKind::kLanguage), 470u);
  EXPECT_EQ(CountCurrent(ConceptKind::kKeyword), 1484u);
  EXPECT_EQ(CountCurrent(ConceptKind::kDrivingLicence), 15u);
  EXPECT_EQ(CountCurrent(ConceptKind::kMunicipality), 290u);
  EXPECT_EQ(CountCurrent(ConceptKind::kSsykLevel3), 147u);
  EXPECT_EQ(CountCurrent(ConceptKind::kSunEducationField4), 377u);
  EXPECT_EQ(CountCurrent(ConceptKind::kSniLevel5), 821u);
  EXPECT_EQ(CountGone(ConceptKind::kSkill), 252u);
  EXPECT_EQ(CountGone(ConceptKind::kOccupationName), 1569u);
  size_t group_skills = 0;
  size_t substitutes = 0;
  for (const ConceptRecord& record : taxonomy_->concepts()) {
    substitutes += record.substitutes.size();
    if (record.kind != ConceptKind::kSsykLevel4) continue;
    for (const std::string& id : record.related) {
      const ConceptIndex to = taxonomy_->FindExact(id);
      group_skills += taxonomy_->record(to).kind == ConceptKind::kSkill;
    }
  }
  EXPECT_EQ(group_skills, 17517u);
  EXPECT_EQ(substitutes, 7334u);
}

TEST_F(RealTaxonomyTest, NothingIsRefusedButOldWorkplaces) {
  for (const SourceSummary& source : taxonomy_->summary().sources) {
    EXPECT_THAT(source.error, IsEmpty());
    if (source.file == "legacy-ids.json") {
      EXPECT_EQ(source.refused.count, 2012u);
      EXPECT_THAT(source.refused.first[0].reason, HasSubstr("'place'"));
    } else {
      EXPECT_EQ(source.refused.count, 0u)
          << source.file << ": " << source.refused.first[0].where
          << source.refused.first[0].reason;
    }
  }
  const TaxonomySummary& summary = taxonomy_->summary();
  EXPECT_EQ(summary.dropped.count, 0u);
  std::cout << summary.concepts << " concepts, " << summary.deprecated
            << " deprecated, " << summary.gone_by_old_ids
            << " gone by old ids, " << taxonomy_->graph().relation_count()
            << " relations, " << summary.related_edges << " related edges, "
            << summary.related_dropped_in_ties << " dropped in ties\n";
}

TEST_F(RealTaxonomyTest, SubstitutionRunsFromTheOneWhoCouldTakeTheJob) {
  const ConceptIndex deputy =
      Named(ConceptKind::kOccupationName, "Biträdande jurist");
  const ConceptIndex bailiff =
      Named(ConceptKind::kOccupationName, "Kronofogde");
  ASSERT_NE(deputy, kNoConcept);
  ASSERT_NE(bailiff, kNoConcept);
  EXPECT_EQ(Toward(bailiff, deputy).credit, 750);
  EXPECT_EQ(Toward(deputy, bailiff).relation, RelationKind::kSameGroup);
  const ConceptIndex aide = Named(ConceptKind::kOccupationName, "Vårdbiträde");
  const ConceptIndex nurse =
      Named(ConceptKind::kOccupationName,
            "Undersköterska, vård- och specialavdelning och mottagning");
  EXPECT_EQ(Toward(nurse, aide).relation, RelationKind::kSubstitute25);
}

TEST_F(RealTaxonomyTest, ACategoryOfLicencesIncludesTheSmaller) {
  const ConceptIndex ce = Named(ConceptKind::kDrivingLicence, "CE");
  const ConceptIndex b = Named(ConceptKind::kDrivingLicence, "B");
  EXPECT_EQ(Toward(b, ce).relation, RelationKind::kIncludes);
  EXPECT_EQ(Toward(b, ce).credit, 1000);
  EXPECT_EQ(Toward(ce, b).held, kNoConcept);
}

TEST_F(RealTaxonomyTest, OldIdsLeadToTheirConcepts) {
  const ConceptIndex mora =
      taxonomy_->FindLegacy(ConceptKind::kMunicipality, "2062");
  ASSERT_NE(mora, kNoConcept);
  EXPECT_EQ(taxonomy_->record(mora).label, "Mora");
  EXPECT_EQ(taxonomy_->record(mora).code, "2062");
  const ConceptIndex officers =
      taxonomy_->FindLegacy(ConceptKind::kSsykLevel4, "0110");
  EXPECT_EQ(taxonomy_->record(officers).code, "0110");
}

TEST_F(RealTaxonomyTest, SearchIsFastAndForgiving) {
  double slowest = 0;
  const auto first = [&](const char* text) -> std::string {
    const auto start = std::chrono::steady_clock::now();
    const std::vector<SearchHit> hits = taxonomy_->Search({.text = text});
    slowest = std::max(slowest, MillisecondsSince(start));
    return hits.empty() ? "" : taxonomy_->record(hits[0].index).label;
  };
  EXPECT_EQ(first("truckfor"), "Truckförare");
  EXPECT_EQ(first("sjuksköt"), "Sjuksköterskor");
  EXPECT_EQ(first("sjukskotersak"), "Sjuksköterskor");
  EXPECT_THAT(first("undreskötreska"), HasSubstr("Undersköterska"));
  EXPECT_EQ(first("svets"), "Svetsare");
  EXPECT_EQ(first("7212"), "Svetsare och gasskärare");
  EXPECT_EQ(first("lagerarbetare terminal"), "Lagerarbetare/Terminalarbetare");
  EXPECT_THAT(first("elekrtiker"), HasSubstr("lektriker"));
  EXPECT_THAT(first("personlig assistant"), HasSubstr("ersonlig"));
  EXPECT_THAT(first("s"), Not(IsEmpty()));
  std::cout << "slowest search: " << slowest << " ms\n";
}

TEST_F(RealTaxonomyTest, RelatedSkillsStayBelowTheirCeilingAndTheirCap) {
  size_t in_row = 0;
  ConceptIndex row = kNoConcept;
  for (const RelatedSkill& edge : taxonomy_->related_skills()) {
    in_row = edge.wanted == row ? in_row + 1 : 1;
    row = edge.wanted;
    ASSERT_LE(in_row, kMostRelatedSkills);
    ASSERT_LE(edge.credit, kMaxRelatedCredit);
    ASSERT_TRUE(edge.shared_groups >= 2 || !edge.shared_stems.empty());
  }
  const HeldRelation trucks = Toward(Named(ConceptKind::kSkill, "A-truckar"),
                                     Named(ConceptKind::kSkill, "B-truckar"));
  EXPECT_EQ(trucks.relation, RelationKind::kRelated);
  EXPECT_GT(trucks.credit, 300);
}

TEST_F(RealTaxonomyTest, TheOrderOfFilesChangesNothing) {
  const std::map<std::string, std::string> files = FilesOf("jobtech");
  TaxonomyBuilder builder;
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    ASSERT_TRUE(builder.AddFile(file->first, file->second).ok());
  }
  const auto other = *builder.Finish("2025-12");
  EXPECT_TRUE(std::ranges::equal(taxonomy_->concepts(), other->concepts()));
  EXPECT_TRUE(
      std::ranges::equal(taxonomy_->related_skills(), other->related_skills()));
}

}  // namespace
}  // namespace kugge::matching
