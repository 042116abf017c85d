// Imports: a verdict for each row, and only good rows written.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "kugge/v1/employer_service.pb.h"
#include "kugge/v1/profile_service.pb.h"
#include "tests/integration/harness.h"
#include "tests/integration/people.h"

namespace kugge::integration {
namespace {

using ::testing::ElementsAre;

constexpr char kStudent[] = "kind: PROFILE_KIND_STUDENT ";

std::string Row(int number, const std::string& body) {
  return absl::StrCat("row: ", number, " profile { ", body, " }");
}

class ImportTest : public IntegrationTest {
 protected:
  ImportTest() { MakeTenant("t"); }

  std::vector<v1::ImportProfilesResponse> Import(
      std::vector<std::string> rows, const std::string& options = "") const {
    rows.insert(rows.begin(), absl::StrCat("parent: 'tenants/t' ", options));
    const Reply reply = client().Stream("ProfileService/ImportProfiles", rows);
    EXPECT_TRUE(reply.ok()) << reply;
    return reply.All<v1::ImportProfilesResponse>();
  }
  std::vector<std::string> Verdicts(
      const std::vector<v1::ImportProfilesResponse>& answers) const {
    std::vector<std::string> verdicts;
    for (const auto& answer : answers) {
      verdicts.push_back(absl::StrCat(answer.row(), " ",
                                      v1::ImportVerdict_Name(answer.verdict())
                                          .substr(sizeof("IMPORT_VERDICT"))));
    }
    return verdicts;
  }
  v1::ListProfilesResponse Stored(const std::string& filter = "") const {
    return Do<v1::ListProfilesResponse>(
        "ProfileService/ListProfiles",
        absl::StrCat("parent: 'tenants/t' filter: '", filter, "'"));
  }
};

TEST_F(ImportTest, EveryRowHasItsVerdictInOrder) {
  std::vector<std::string> rows;
  std::vector<std::string> expected;
  for (int i = 1; i <= 60; ++i) {
    const bool bad = i % 7 == 0;
    rows.push_back(Row(i, absl::StrCat(kSeeker, "external_id: 'k", i, "' ",
                                       bad ? "home { municipality_code: "
                                             "'9999' }"
                                           : "")));
    expected.push_back(absl::StrCat(i, bad ? " REFUSED" : " CREATED"));
  }
  const auto answers = Import(rows);
  EXPECT_EQ(Verdicts(answers), expected);
  ASSERT_EQ(answers[6].violations_size(), 1);
  EXPECT_EQ(answers[6].violations(0).field(), "profile.home.municipality_code");
  EXPECT_NE(answers[6].violations(0).description(), "");
  EXPECT_EQ(answers[6].name(), "");
  EXPECT_EQ(Stored().profiles_size(), 50);
  // Each accepted one can be read under the name that its verdict told.
  EXPECT_EQ(Do<v1::Profile>("ProfileService/GetProfile",
                            absl::StrCat("name: '", answers[0].name(), "'"))
                .external_id(),
            "k1");
}

TEST_F(ImportTest, DuplicatesInOneStreamReplaceInOrder) {
  const std::string name = "name: 'tenants/t/profiles/pa' ";
  const auto answers = Import({
      Row(1, absl::StrCat(name, kSeeker)),
      Row(2, absl::StrCat(name, kStudent)),
      Row(3, absl::StrCat("external_id: 'k' ", kSeeker)),
      Row(4, absl::StrCat("external_id: 'k' ", kStudent)),
      // One resource, once by its name and once by its external id.
      Row(5, absl::StrCat(name, kSeeker, "external_id: 'a'")),
      Row(6, absl::StrCat(kStudent, "external_id: 'a'")),
      // Another's external id.
      Row(7, absl::StrCat(name, kSeeker, "external_id: 'k'")),
  });
  EXPECT_THAT(Verdicts(answers),
              ElementsAre("1 CREATED", "2 REPLACED", "3 CREATED", "4 REPLACED",
                          "5 REPLACED", "6 REPLACED", "7 REFUSED"));
  EXPECT_EQ(answers[2].name(), answers[3].name());
  EXPECT_EQ(answers[5].name(), "tenants/t/profiles/pa");
  EXPECT_EQ(Stored().profiles_size(), 2);
  EXPECT_EQ(Stored("kind = STUDENT").profiles_size(), 2);
}

TEST_F(ImportTest, NameAndExternalIdOfOneResourceInOneCommit) {
  Import({Row(1, absl::StrCat("name: 'tenants/t/profiles/pa' external_id: 'a'",
                              kSeeker))});
  const auto answers =
      Import({Row(1, absl::StrCat("name: 'tenants/t/profiles/pa' ", kSeeker,
                                  "external_id: 'b'")),
              Row(2, absl::StrCat("external_id: 'a' ", kStudent))});
  // By the second row 'a' is nobody's any more.
  EXPECT_THAT(Verdicts(answers), ElementsAre("1 REPLACED", "2 CREATED"));
  EXPECT_EQ(Stored().profiles_size(), 2);
  EXPECT_EQ(Stored("external_id = b").profiles_size(), 1);
  EXPECT_EQ(Stored("external_id = a kind = STUDENT").profiles_size(), 1);
}

TEST_F(ImportTest, ValidateOnlyWritesNothing) {
  const auto answers =
      Import({Row(1, kSeeker), Row(2, "external_id: 'k'"),
              Row(3, absl::StrCat("name: 'tenants/t/profiles/pa' ", kSeeker))},
             "validate_only: true");
  EXPECT_THAT(Verdicts(answers),
              ElementsAre("1 VALID", "2 REFUSED", "3 VALID"));
  EXPECT_EQ(answers[1].violations(0).field(), "profile.kind");
  EXPECT_EQ(Stored().profiles_size(), 0);
}

TEST_F(ImportTest, WrongRowsAreRefusedOneByOne) {
  const auto answers = Import(
      {Row(1, kSeeker), "row: 2",
       Row(3, absl::StrCat("name: 'tenants/other/profiles/pa' ", kSeeker)),
       Row(4, absl::StrCat("name: 'tenants/t/employers/pa' ", kSeeker)),
       Row(5, absl::StrCat("name: 'tenants/t/profiles/A B' ", kSeeker)),
       Row(6,
           absl::StrCat("name: 'tenants/t/profiles/pa' etag: 'x' ", kSeeker)),
       Row(7, absl::StrCat(kSeeker,
                           "nominating_employer: "
                           "'tenants/t/employers/none'")),
       Row(8, kStudent)});
  EXPECT_EQ(Verdicts(answers).front(), "1 CREATED");
  EXPECT_EQ(Verdicts(answers).back(), "8 CREATED");
  for (size_t i : {1, 2, 3, 4, 6}) {
    EXPECT_EQ(answers[i].verdict(), v1::IMPORT_VERDICT_REFUSED) << i;
    EXPECT_GT(answers[i].violations_size(), 0) << i;
    EXPECT_NE(answers[i].message(), "") << i;
  }
}

TEST_F(ImportTest, MissingParentRefusesItsRows) {
  for (const char* parent : {"tenants/none", "tenants/-", "employers/x", ""}) {
    const Reply reply = client().Stream(
        "ProfileService/ImportProfiles",
        {absl::StrCat("parent: '", parent, "'"), Row(1, kSeeker),
         Row(2, absl::StrCat(kSeeker, "external_id: 'k'"))});
    EXPECT_TRUE(reply.ok()) << reply;
    const auto answers = reply.All<v1::ImportProfilesResponse>();
    EXPECT_THAT(Verdicts(answers), ElementsAre("1 REFUSED", "2 REFUSED"))
        << parent;
    // A rehearsal says the same.
    const auto rehearsed =
        client()
            .Stream("ProfileService/ImportProfiles",
                    {absl::StrCat("validate_only: true parent: '", parent, "'"),
                     Row(1, kSeeker)})
            .All<v1::ImportProfilesResponse>();
    EXPECT_THAT(Verdicts(rehearsed), ElementsAre("1 REFUSED")) << parent;
  }
  const Reply requirement =
      client().Stream("EmployerService/ImportRequirements",
                      {"row: 1 requirement { "
                       "name: 'tenants/t/employers/none/requirements/r' "
                       "title: 'R' origin: REQUIREMENT_ORIGIN_VACANCY }"});
  const auto answers = requirement.All<v1::ImportRequirementsResponse>();
  ASSERT_EQ(answers.size(), 1u) << requirement;
  EXPECT_EQ(answers[0].verdict(), v1::IMPORT_VERDICT_REFUSED);
  EXPECT_THAT(answers[0].message(),
              testing::HasSubstr("tenants/t/employers/none"));
}

TEST_F(ImportTest, EmptyStreamIsNothing) {
  const Reply none = client().Stream("ProfileService/ImportProfiles",
                                     std::vector<std::string>());
  EXPECT_TRUE(none.ok()) << none;
  EXPECT_TRUE(none.answers.empty());
}

}  // namespace
}  // namespace kugge::integration
