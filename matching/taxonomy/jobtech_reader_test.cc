#include "matching/taxonomy/jobtech_reader.h"

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matching/taxonomy/concept.h"
#include "matching/taxonomy/source.h"

namespace kugge::matching {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Query(absl::string_view concepts) {
  return absl::StrCat(R"({"data":{"concepts":[)", concepts, "]}}");
}

Source ReadGood(absl::string_view concepts) {
  absl::StatusOr<Source> source = ReadJobtech("a.json", Query(concepts));
  EXPECT_TRUE(source.ok()) << source.status();
  return source.ok() ? *std::move(source) : Source();
}

const ConceptRecord* Find(const Source& source, absl::string_view id) {
  for (const SourceConcept& each : source.concepts) {
    if (each.record.id == id) return &each.record;
  }
  return nullptr;
}

TEST(JobtechReaderTest, ReadsAFlatList) {
  const Source source = ReadGood(
      R"({"id":"aaaa_aaa_aaa","preferred_label":"Kylteknik","type":"skill"},
         {"id":"bbbb_bbb_bbb","preferred_label":"Officerare",
          "definition":"Leder förband","ssyk_code_2012":"0110",
          "type":"ssyk-level-4"})");
  ASSERT_THAT(source.concepts, SizeIs(2));
  EXPECT_EQ(source.read, 2u);
  EXPECT_EQ(source.kind, "skill, ssyk-level-4");
  EXPECT_EQ(source.concepts[0].record.label, "Kylteknik");
  EXPECT_EQ(source.concepts[1].record.code, "0110");
  EXPECT_EQ(source.concepts[1].record.definition, "Leder förband");
}

TEST(JobtechReaderTest, ReadsAHierarchyDownwards) {
  const Source source = ReadGood(
      R"({"id":"aaaa_aaa_aaa","preferred_label":"Teknik","type":"sun-education-field-1",
          "sun_education_field_code_2020":"5","narrower":[
            {"id":"bbbb_bbb_bbb","preferred_label":"Maskinteknik",
             "type":"sun-education-field-2","sun_education_field_code_2020":"52",
             "narrower":[{"id":"cccc_ccc_ccc","preferred_label":"Svets",
               "type":"sun-education-field-3",
               "sun_education_field_code_2020":"521"}]}]})");
  EXPECT_THAT(source.concepts, SizeIs(3));
  EXPECT_THAT(Find(source, "cccc_ccc_ccc")->broader,
              ElementsAre("bbbb_bbb_bbb"));
  EXPECT_THAT(Find(source, "bbbb_bbb_bbb")->broader,
              ElementsAre("aaaa_aaa_aaa"));
  EXPECT_THAT(Find(source, "aaaa_aaa_aaa")->broader, IsEmpty());
}

TEST(JobtechReaderTest, ReadsAGroupWithRelatedSkills) {
  const Source source = ReadGood(
      R"({"id":"gggg_ggg_ggg","preferred_label":"Truckförare","type":"ssyk-level-4",
          "related":[{"id":"ssss_sss_sss","preferred_label":"A-truckar","type":"skill"}]})");
  EXPECT_EQ(source.kind, "ssyk-level-4 with related");
  EXPECT_THAT(Find(source, "gggg_ggg_ggg")->related,
              ElementsAre("ssss_sss_sss"));
  EXPECT_EQ(source.concepts[0].authority, Authority::kMention);
  EXPECT_EQ(source.relations, 1u);
}

TEST(JobtechReaderTest, ReadsSubstitutionFromBothEnds) {
  const Source source = ReadGood(
      R"({"id":"xxxx_xxx_xxx","preferred_label":"X","type":"occupation-name",
          "substitutes":[{"id":"yyyy_yyy_yyy","preferred_label":"Y",
            "type":"occupation-name","substitutability_percentage":75}],
          "substituted_by":[{"id":"zzzz_zzz_zzz","preferred_label":"Z",
            "type":"occupation-name","substitutability_percentage":25}]})");
  EXPECT_THAT(Find(source, "xxxx_xxx_xxx")->substitutes,
              ElementsAre(Substitute{"yyyy_yyy_yyy", 75}));
  EXPECT_THAT(Find(source, "zzzz_zzz_zzz")->substitutes,
              ElementsAre(Substitute{"xxxx_xxx_xxx", 25}));
  EXPECT_THAT(Find(source, "yyyy_yyy_yyy")->substitutes, IsEmpty());
}

TEST(JobtechReaderTest, ReadsTheListOfOldIds) {
  const absl::StatusOr<Source> source = ReadJobtech("old.json", R"({
      "municipality": {"0114": {"conceptId": "XWKY_c49_5nv",
        "legacyAmsTaxonomyId": "0114", "preferredTerm": "Upplands Väsby",
        "type": "municipality"}},
      "driving-license": {"7": {"conceptId": "zZu8_iZ9_wMH",
        "legacyAmsTaxonomyId": "7", "preferredTerm": "CE",
        "type": "driving-license"}},
      "place": {"p": {"conceptId": "wa4u_gAa_j87", "legacyAmsTaxonomyId": "p",
        "preferredTerm": "Lasarettet", "type": "place"}}})");
  ASSERT_TRUE(source.ok()) << source.status();
  ASSERT_THAT(source->concepts, SizeIs(2));
  EXPECT_EQ(source->concepts[0].record.code, "0114");
  EXPECT_THAT(source->concepts[1].record.legacy_ids, ElementsAre("7"));
  EXPECT_EQ(source->concepts[1].record.kind, ConceptKind::kDrivingLicence);
  EXPECT_EQ(source->refused.count, 1u);
  EXPECT_THAT(source->refused.first[0].where, HasSubstr("place/p"));
}

TEST(JobtechReaderTest, ReadsWhatOtherQueriesMayAskFor) {
  const Source source = ReadGood(
      R"({"id":"aaaa_aaa_aaa","preferred_label":"Gammal","type":"skill",
          "alternative_labels":["Äldre"],"deprecated":true,
          "replaced_by":[{"id":"bbbb_bbb_bbb"}],
          "broader":[{"id":"hhhh_hhh_hhh","preferred_label":"Rubrik",
                      "type":"skill-headline"}]})");
  const ConceptRecord* record = Find(source, "aaaa_aaa_aaa");
  ASSERT_NE(record, nullptr);
  EXPECT_TRUE(record->deprecated);
  EXPECT_EQ(record->replaced_by, "bbbb_bbb_bbb");
  EXPECT_THAT(record->alternative_labels, ElementsAre("Äldre"));
  EXPECT_THAT(record->broader, ElementsAre("hhhh_hhh_hhh"));
}

TEST(JobtechReaderTest, RowsWithOnlyACodeAreKeptForLater) {
  const Source source = ReadGood(
      R"({"preferred_label":"Byggande av hus","sni_level_code_2007":"41",
          "type":"sni-level-2"})");
  ASSERT_THAT(source.concepts, SizeIs(1));
  EXPECT_THAT(source.concepts[0].record.id, IsEmpty());
  EXPECT_EQ(source.concepts[0].record.code, "41");
}

TEST(JobtechReaderTest, MalformedConceptsAreRefusedByPositionAndReason) {
  const struct {
    const char* one;
    const char* where;
    const char* reason;
  } kCases[] = {
      {R"(7)", "[0]", "not a JSON object"},
      {R"({"preferred_label":"A","type":"skill"})", "[0]", "neither an id"},
      {R"({"id":5,"preferred_label":"A","type":"skill"})", "[0]",
       "id is not a string"},
      {R"({"id":"short","preferred_label":"A","type":"skill"})", "(short)",
       "JobTech id"},
      {R"({"id":"aaaa_aaa_aaa","type":"skill"})", "(aaaa_aaa_aaa)",
       "preferred label"},
      {R"({"id":"aaaa_aaa_aaa","preferred_label":"  ","type":"skill"})",
       "(aaaa_aaa_aaa)", "preferred label"},
      {R"({"id":"aaaa_aaa_aaa","preferred_label":"A","type":"spaceship"})",
       "(aaaa_aaa_aaa)", "'spaceship'"},
      {R"({"id":"aaaa_aaa_aaa","preferred_label":"A"})", "(aaaa_aaa_aaa)",
       "type ''"},
      {R"({"id":"aaaa_aaa_aaa","preferred_label":"A","type":"ssyk-level-4",
           "ssyk_code_2012":110})",
       "(aaaa_aaa_aaa)", "leading zeros"},
      {R"({"id":"aaaa_aaa_aaa","preferred_label":"A","type":"ssyk-level-4",
           "ssyk_code_2012":"110"})",
       "(aaaa_aaa_aaa)", "4 characters"},
      {R"({"id":"aaaa_aaa_aaa","preferred_label":"A","type":"skill",
           "deprecated":"yes"})",
       "(aaaa_aaa_aaa)", "deprecated"},
  };
  for (const auto& each : kCases) {
    const Source source = ReadGood(each.one);
    EXPECT_THAT(source.concepts, IsEmpty()) << each.one;
    ASSERT_EQ(source.refused.count, 1u) << each.one;
    EXPECT_THAT(source.refused.first[0].where,
                AllOf(HasSubstr("data.concepts[0]"), HasSubstr(each.where)));
    EXPECT_THAT(source.refused.first[0].reason, HasSubstr(each.reason));
  }
}

TEST(JobtechReaderTest, ABadGradeIsRefusedAndTheConceptKept) {
  const Source source = ReadGood(
      R"({"id":"xxxx_xxx_xxx","preferred_label":"X","type":"occupation-name",
          "substitutes":[{"id":"yyyy_yyy_yyy","preferred_label":"Y",
            "type":"occupation-name","substitutability_percentage":50}]})");
  EXPECT_THAT(Find(source, "xxxx_xxx_xxx")->substitutes, IsEmpty());
  ASSERT_EQ(source.refused.count, 1u);
  EXPECT_THAT(source.refused.first[0].where, HasSubstr("substitutes[0]"));
}

TEST(JobtechReaderTest, ManyRefusalsAreCountedAndTheFirstKept) {
  std::string rows = "1";
  for (int i = 1; i < 500; ++i) rows += ",1";
  const Source source = ReadGood(rows);
  EXPECT_EQ(source.refused.count, 500u);
  EXPECT_THAT(source.refused.first, SizeIs(Refusals::kMostKept));
}

TEST(JobtechReaderTest, ATruncatedFileIsRefusedWithItsOffset) {
  const std::string whole = Query(
      R"({"id":"aaaa_aaa_aaa","preferred_label":"Kylteknik","type":"skill"})");
  for (size_t cut = 0; cut < whole.size(); ++cut) {
    const absl::StatusOr<Source> source =
        ReadJobtech("cut.json", whole.substr(0, cut));
    ASSERT_EQ(source.status().code(), absl::StatusCode::kInvalidArgument)
        << cut;
    EXPECT_THAT(
        source.status().message(),
        AllOf(HasSubstr("cut.json"), HasSubstr(absl::StrCat(" of ", cut))));
  }
}

TEST(JobtechReaderTest, BytesThatAreNoJsonAreRefusedWhereTheyGoWrong) {
  const struct {
    const char* bytes;
    const char* offset;
  } kCases[] = {
      {R"({"data":{"concepts":[nonsense]}})", "byte 21 of"},
      {R"({"data":{"concepts":[1 2]}})", "byte 23 of"},
      {"{\"data\":\"\xff\"}", " of 12"},
      {"", "byte 0 of 0"},
  };
  for (const auto& each : kCases) {
    const absl::StatusOr<Source> source = ReadJobtech("bad.json", each.bytes);
    ASSERT_EQ(source.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(source.status().message(), HasSubstr(each.offset));
  }
}

TEST(JobtechReaderTest, OtherJsonIsRefusedAsNoTaxonomy) {
  for (const char* bytes :
       {"[]", "{}", "3", R"({"data":{}})", R"({"data":[]})",
        R"({"data":{"concepts":{}}})", R"({"a":{"b":{"c":1}}})"}) {
    const absl::StatusOr<Source> source = ReadJobtech("other.json", bytes);
    ASSERT_EQ(source.status().code(), absl::StatusCode::kInvalidArgument)
        << bytes;
    EXPECT_THAT(source.status().message(),
                AllOf(HasSubstr("other.json"), HasSubstr("expected")));
  }
}

}  // namespace
}  // namespace kugge::matching
