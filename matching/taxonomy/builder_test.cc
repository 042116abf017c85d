#include "matching/taxonomy/builder.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/taxonomy.h"

namespace kugge::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kGroupWithOccupations[] = R"({"data":{"concepts":[
  {"id":"gggg_ggg_ggg","preferred_label":"Truckförare","type":"ssyk-level-4",
   "ssyk_code_2012":"8344","narrower":[
    {"id":"aaaa_aaa_aaa","preferred_label":"Truckförare","type":"occupation-name"},
    {"id":"bbbb_bbb_bbb","preferred_label":"Reachtruckförare","type":"occupation-name"},
    {"id":"cccc_ccc_ccc","preferred_label":"Traktorförare","type":"occupation-name"}]}]}})";
constexpr char kGroupWithSkills[] = R"({"data":{"concepts":[
  {"id":"gggg_ggg_ggg","preferred_label":"Truckförare","type":"ssyk-level-4",
   "related":[{"id":"ssss_sss_sss","preferred_label":"A-truckar","type":"skill"}]}]}})";
constexpr char kSkills[] = R"({"data":{"concepts":[
  {"id":"ssss_sss_sss","preferred_label":"A-truckar","type":"skill"},
  {"id":"tttt_ttt_ttt","preferred_label":"B-truckar","type":"skill"}]}})";
constexpr char kSubstitutes[] = R"({"data":{"concepts":[
  {"id":"aaaa_aaa_aaa","preferred_label":"Truckförare","type":"occupation-name",
   "substitutes":[{"id":"bbbb_bbb_bbb","preferred_label":"Reachtruckförare",
     "type":"occupation-name","substitutability_percentage":25}],
   "substituted_by":[]}]}})";
constexpr char kOldIds[] = R"({"skill":{
  "1":{"conceptId":"ssss_sss_sss","legacyAmsTaxonomyId":"1","preferredTerm":"A-truck","type":"skill"},
  "2":{"conceptId":"uuuu_uuu_uuu","legacyAmsTaxonomyId":"2","preferredTerm":"Stenografi","type":"skill"}},
 "driving-license":{
  "7":{"conceptId":"zZu8_iZ9_wMH","legacyAmsTaxonomyId":"7","preferredTerm":"CE","type":"driving-license"}}})";

using Files = std::vector<std::pair<std::string, std::string>>;

Files AllFiles() {
  return {{"occupations.json", kGroupWithOccupations},
          {"group-skills.json", kGroupWithSkills},
          {"skills.json", kSkills},
          {"substitutes.json", kSubstitutes},
          {"old.json", kOldIds}};
}

std::unique_ptr<const Taxonomy> Build(const Files& files,
                                      const Taxonomy* previous = nullptr) {
  TaxonomyBuilder builder;
  for (const auto& [name, bytes] : files) {
    const absl::Status added = builder.AddFile(name, bytes);
    EXPECT_TRUE(added.ok()) << added;
  }
  auto taxonomy = builder.Finish("test", previous);
  EXPECT_TRUE(taxonomy.ok()) << taxonomy.status();
  return taxonomy.ok() ? *std::move(taxonomy) : nullptr;
}

std::unique_ptr<const Taxonomy> BuildRecords(
    std::vector<ConceptRecord> records, const Taxonomy* previous = nullptr) {
  TaxonomyBuilder builder;
  EXPECT_TRUE(builder.AddConcepts("records", std::move(records)).ok());
  return *builder.Finish("test", previous);
}

ConceptRecord Skill(std::string id, std::string label) {
  ConceptRecord record;
  record.id = std::move(id);
  record.label = std::move(label);
  return record;
}

ConceptRecord Replaced(std::string id, std::string by) {
  ConceptRecord record = Skill(std::move(id), "Gammal");
  record.replaced_by = std::move(by);
  return record;
}

HeldRelation Toward(const Taxonomy& taxonomy, absl::string_view wanted,
                    absl::string_view held) {
  for (const HeldRelation& r :
       taxonomy.graph().RelationsToward(taxonomy.FindExact(wanted))) {
    if (r.held == taxonomy.FindExact(held)) return r;
  }
  return {};
}

TEST(TaxonomyBuilderTest, MergesWhatFilesSayOfOneConcept) {
  const auto taxonomy = Build(AllFiles());
  ASSERT_NE(taxonomy, nullptr);
  const ConceptRecord& group = taxonomy->record(taxonomy->Find("gggg_ggg_ggg"));
  EXPECT_EQ(group.code, "8344");
  EXPECT_THAT(group.related, ElementsAre("ssss_sss_sss"));
  const ConceptIndex truck = taxonomy->Find("aaaa_aaa_aaa");
  EXPECT_EQ(taxonomy->GroupOf(truck), taxonomy->Find("gggg_ggg_ggg"));
  EXPECT_THAT(taxonomy->Children(taxonomy->Find("gggg_ggg_ggg")), SizeIs(3));
  // The list of skills knows the label better than the list of old ids.
  const ConceptRecord& skill = taxonomy->record(taxonomy->Find("ssss_sss_sss"));
  EXPECT_EQ(skill.label, "A-truckar");
  EXPECT_THAT(skill.legacy_ids, ElementsAre("1"));
}

TEST(TaxonomyBuilderTest, TheOrderOfFilesChangesNothing) {
  Files files = AllFiles();
  std::ranges::sort(files);
  const auto first = Build(files);
  do {
    const auto other = Build(files);
    ASSERT_EQ(std::vector(first->concepts().begin(), first->concepts().end()),
              std::vector(other->concepts().begin(), other->concepts().end()));
    for (size_t i = 0; i < first->summary().sources.size(); ++i) {
      ASSERT_EQ(first->summary().sources[i].added,
                other->summary().sources[i].added);
      ASSERT_EQ(first->summary().sources[i].merged,
                other->summary().sources[i].merged);
    }
    ASSERT_EQ(first->graph().relation_count(), other->graph().relation_count());
  } while (std::ranges::next_permutation(files).found);
}

TEST(TaxonomyBuilderTest, RelationsEarnWhatTheContractSays) {
  const auto taxonomy = Build(AllFiles());
  // The explicit edge wins over the group, also when it is worth less.
  EXPECT_EQ(Toward(*taxonomy, "bbbb_bbb_bbb", "aaaa_aaa_aaa").credit, 250);
  EXPECT_EQ(Toward(*taxonomy, "aaaa_aaa_aaa", "bbbb_bbb_bbb").credit, 600);
  EXPECT_EQ(Toward(*taxonomy, "cccc_ccc_ccc", "aaaa_aaa_aaa").credit, 600);
  EXPECT_EQ(Toward(*taxonomy, "gggg_ggg_ggg", "aaaa_aaa_aaa").credit, 900);
  EXPECT_EQ(Toward(*taxonomy, "aaaa_aaa_aaa", "gggg_ggg_ggg").credit, 500);
}

TEST(TaxonomyBuilderTest, NarrowerReachesAllTheWayBroaderOneStep) {
  std::vector<ConceptRecord> records = {Skill("aaaa_aaa_aaa", "Topp"),
                                        Skill("bbbb_bbb_bbb", "Mitt"),
                                        Skill("cccc_ccc_ccc", "Botten")};
  records[1].broader = {"aaaa_aaa_aaa"};
  records[2].broader = {"bbbb_bbb_bbb"};
  const auto taxonomy = BuildRecords(records);
  EXPECT_EQ(Toward(*taxonomy, "aaaa_aaa_aaa", "cccc_ccc_ccc").credit, 900);
  EXPECT_EQ(Toward(*taxonomy, "cccc_ccc_ccc", "bbbb_bbb_bbb").credit, 500);
  EXPECT_EQ(Toward(*taxonomy, "cccc_ccc_ccc", "aaaa_aaa_aaa").held, kNoConcept);
}

TEST(TaxonomyBuilderTest, OnlyOldIdsOfAListedKindMeansGone) {
  const auto taxonomy = Build(AllFiles());
  const ConceptRecord& gone = taxonomy->record(taxonomy->Find("uuuu_uuu_uuu"));
  EXPECT_TRUE(gone.deprecated);
  EXPECT_EQ(gone.label, "Stenografi");
  // No file lists licences: those that the old ids name are current.
  const ConceptRecord& ce = taxonomy->record(taxonomy->Find("zZu8_iZ9_wMH"));
  EXPECT_FALSE(ce.deprecated);
  EXPECT_EQ(taxonomy->FindLegacy(ConceptKind::kSkill, "1"),
            taxonomy->Find("ssss_sss_sss"));
  EXPECT_EQ(taxonomy->FindLegacy(ConceptKind::kDrivingLicence, "1"),
            kNoConcept);
  EXPECT_EQ(taxonomy->summary().gone_by_old_ids, 1u);
}

TEST(TaxonomyBuilderTest, WhatIsGoneSinceTheVersionBeforeKeepsItsLabel) {
  const auto before = Build(AllFiles());
  const auto after = BuildRecords(
      {Skill("ssss_sss_sss", "A-truckar"), Skill("nnnn_nnn_nnn", "Ny")},
      before.get());
  const ConceptRecord& gone = after->record(after->Find("tttt_ttt_ttt"));
  EXPECT_TRUE(gone.deprecated);
  EXPECT_EQ(gone.label, "B-truckar");
  EXPECT_FALSE(after->record(after->Find("ssss_sss_sss")).deprecated);
  EXPECT_EQ(after->summary().carried_over, before->size() - 1);
  const auto third = BuildRecords({Skill("nnnn_nnn_nnn", "Ny")}, after.get());
  EXPECT_EQ(third->record(third->Find("tttt_ttt_ttt")).label, "B-truckar");
}

TEST(TaxonomyBuilderTest, AKindThatNobodyListsKeepsItsState) {
  ConceptRecord b;
  b.id = "VTK8_WRx_GcM";
  b.kind = ConceptKind::kDrivingLicence;
  b.label = "B";
  ConceptRecord walk = b;
  walk.id = "wwww_www_www";
  walk.label = "Gå";
  walk.deprecated = true;
  ConceptRecord ce = b;
  ce.id = "zZu8_iZ9_wMH";
  ce.label = "CE (tung lastbil)";
  ConceptRecord day;
  day.id = "dddd_ddd_ddd";
  day.kind = ConceptKind::kWorktimeExtent;
  day.label = "Heltid";
  day.related = {"VTK8_WRx_GcM", "tttt_ttt_ttt", "xxxx_xxx_xxx"};
  const auto before =
      BuildRecords({b, walk, ce, day, Skill("xxxx_xxx_xxx", "Fjäderpenna")});
  const auto after = Build(AllFiles(), before.get());
  const auto in = [&](absl::string_view id) -> const ConceptRecord& {
    return after->record(after->FindExact(id));
  };
  EXPECT_FALSE(in("VTK8_WRx_GcM").deprecated);
  EXPECT_TRUE(in("wwww_www_www").deprecated);
  // The old ids name it too: they know its number, the version before its
  // label.
  EXPECT_FALSE(in("zZu8_iZ9_wMH").deprecated);
  EXPECT_EQ(in("zZu8_iZ9_wMH").label, "CE (tung lastbil)");
  EXPECT_THAT(in("zZu8_iZ9_wMH").legacy_ids, ElementsAre("7"));
  // Relations stay as well, as far as their ends do.
  EXPECT_THAT(in("dddd_ddd_ddd").related,
              ElementsAre("VTK8_WRx_GcM", "xxxx_xxx_xxx"));
  // Skills are listed: one that is not among them is gone.
  EXPECT_TRUE(in("xxxx_xxx_xxx").deprecated);
}

TEST(TaxonomyBuilderTest, ReplacedIdsLeadToTheLastOfTheChain) {
  const auto taxonomy = BuildRecords({Replaced("aaaa_aaa_aaa", "bbbb_bbb_bbb"),
                                      Replaced("bbbb_bbb_bbb", "cccc_ccc_ccc"),
                                      Skill("cccc_ccc_ccc", "Ny")});
  EXPECT_EQ(taxonomy->Find("aaaa_aaa_aaa"), taxonomy->Find("cccc_ccc_ccc"));
  EXPECT_NE(taxonomy->FindExact("aaaa_aaa_aaa"),
            taxonomy->FindExact("cccc_ccc_ccc"));
  EXPECT_TRUE(taxonomy->record(taxonomy->FindExact("bbbb_bbb_bbb")).deprecated);
  EXPECT_EQ(taxonomy->Find("dddd_ddd_ddd"), kNoConcept);
}

TEST(TaxonomyBuilderTest, CirclesOfReplacementsAreRefusedAndNamed) {
  const auto taxonomy =
      BuildRecords({Replaced("aaaa_aaa_aaa", "bbbb_bbb_bbb"),
                    Replaced("bbbb_bbb_bbb", "aaaa_aaa_aaa"),
                    Replaced("cccc_ccc_ccc", "aaaa_aaa_aaa"),
                    Replaced("dddd_ddd_ddd", "eeee_eee_eee"),
                    Replaced("ffff_fff_fff", "ffff_fff_fff")});
  EXPECT_EQ(taxonomy->Find("aaaa_aaa_aaa"),
            taxonomy->FindExact("aaaa_aaa_aaa"));
  EXPECT_EQ(taxonomy->Find("cccc_ccc_ccc"),
            taxonomy->FindExact("aaaa_aaa_aaa"));
  EXPECT_EQ(taxonomy->summary().dropped.count, 4u);
  EXPECT_THAT(taxonomy->summary().dropped.first[0].reason,
              HasSubstr("no source has"));
}

TEST(TaxonomyBuilderTest, CirclesOfBroaderConceptsAreOpened) {
  std::vector<ConceptRecord> records = {Skill("aaaa_aaa_aaa", "A"),
                                        Skill("bbbb_bbb_bbb", "B"),
                                        Skill("cccc_ccc_ccc", "C")};
  records[0].broader = {"bbbb_bbb_bbb"};
  records[1].broader = {"cccc_ccc_ccc"};
  records[2].broader = {"aaaa_aaa_aaa", "cccc_ccc_ccc"};
  const auto taxonomy = BuildRecords(records);
  EXPECT_THAT(taxonomy->record(taxonomy->Find("cccc_ccc_ccc")).broader,
              IsEmpty());
  EXPECT_EQ(taxonomy->summary().dropped.count, 2u);
}

TEST(TaxonomyBuilderTest, RowsWithACodeJoinTheConceptThatHasIt) {
  const auto taxonomy = Build({{"a-rows.json",
                                R"({"data":{"concepts":[
           {"preferred_label":"Byggande av hus","sni_level_code_2007":"41","type":"sni-level-2"},
           {"preferred_label":"Okänd","sni_level_code_2007":"99","type":"sni-level-2"}]}})"},
                               {"b-hierarchy.json",
                                R"({"data":{"concepts":[
           {"id":"aaaa_aaa_aaa","preferred_label":"Byggande av hus","sni_level_code_2007":"41","type":"sni-level-2"}]}})"}});
  EXPECT_EQ(taxonomy->size(), 1u);
  const SourceSummary& rows = taxonomy->summary().sources[0];
  EXPECT_EQ(rows.merged, 1u);
  ASSERT_EQ(rows.refused.count, 1u);
  EXPECT_THAT(rows.refused.first[0].where, HasSubstr("99"));
}

TEST(TaxonomyBuilderTest, ContradictionsAreSettledAndNamed) {
  TaxonomyBuilder builder;
  ConceptRecord language = Skill("aaaa_aaa_aaa", "Finska");
  language.kind = ConceptKind::kLanguage;
  EXPECT_TRUE(
      builder.AddConcepts("1", {Skill("aaaa_aaa_aaa", "Böja plåt")}).ok());
  EXPECT_TRUE(
      builder.AddConcepts("2", {Skill("aaaa_aaa_aaa", "Bocka plåt")}).ok());
  EXPECT_TRUE(builder.AddConcepts("3", {language}).ok());
  const auto taxonomy = *builder.Finish("test");
  EXPECT_EQ(taxonomy->record(0).label, "Bocka plåt");
  EXPECT_EQ(taxonomy->summary().dropped.count, 1u);
  EXPECT_EQ(taxonomy->summary().sources[2].refused.count, 1u);
}

TEST(TaxonomyBuilderTest, ABadFileIsNamedAndTheOthersGoOn) {
  TaxonomyBuilder builder;
  EXPECT_EQ(builder.AddFile("bad.json", "{\"data\":").code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(builder.AddFile("bad.json", kSkills).code(),
            absl::StatusCode::kAlreadyExists);
  EXPECT_TRUE(builder.AddFile("skills.json", kSkills).ok());
  const auto taxonomy = *builder.Finish("v1");
  EXPECT_EQ(taxonomy->version(), "v1");
  EXPECT_EQ(taxonomy->size(), 2u);
  EXPECT_THAT(taxonomy->summary().sources[0].error, HasSubstr("bad.json"));
}

TEST(TaxonomyBuilderTest, MalformedRecordsAreRefusedOneByOne) {
  ConceptRecord bad_grade = Skill("bbbb_bbb_bbb", "B");
  bad_grade.substitutes = {{"aaaa_aaa_aaa", 50}};
  ConceptRecord bad_broader = Skill("cccc_ccc_ccc", "C");
  bad_broader.broader = {"nowhere"};
  const auto taxonomy = BuildRecords(
      {Skill("aaaa_aaa_aaa", "A"), bad_grade, bad_broader, Skill("x", "X"),
       Skill("dddd_ddd_ddd", std::string(2000, 'd')),
       Skill("6c930acd-c104-4ece-acf7-f44fd7333036", "ESCO")});
  EXPECT_EQ(taxonomy->size(), 2u);
  const Refusals& refused = taxonomy->summary().sources[0].refused;
  ASSERT_EQ(refused.count, 4u);
  EXPECT_THAT(refused.first[0].where, HasSubstr("concepts[1]"));
  EXPECT_THAT(refused.first[0].reason, HasSubstr("75 or 25"));
}

TEST(TaxonomyBuilderTest, NothingAddedIsNoTaxonomy) {
  TaxonomyBuilder builder;
  EXPECT_EQ(builder.Finish("v").status().code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace kugge::matching
