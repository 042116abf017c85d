#include "clients/ctl/json_lines.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "clients/ctl/taxonomy_files.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "kugge/v1/profile.pb.h"

namespace kugge::ctl {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Pair;

TEST(JsonLinesTest, LinesKeepTheirNumbersInTheFile) {
  std::istringstream in(
      "\xEF\xBB\xBF{\"a\":1}\r\n\n   \n  {\"b\":2}  \n{\"c\":3}");
  JsonLineReader reader(in);
  std::vector<std::pair<int64_t, std::string>> lines;
  while (reader.Next()) lines.emplace_back(reader.number(), reader.line());
  EXPECT_THAT(lines, ElementsAre(Pair(1, "{\"a\":1}"), Pair(4, "{\"b\":2}"),
                                 Pair(5, "{\"c\":3}")));
}

TEST(JsonLinesTest, AMessageComesBackAsItWas) {
  v1::Profile profile;
  profile.set_name("tenants/demo/profiles/p");
  profile.set_kind(v1::PROFILE_KIND_STUDENT);
  profile.mutable_home()->set_municipality_code("0380");
  const std::string line = ToJsonLine(profile);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  v1::Profile read;
  ASSERT_TRUE(ParseJson(line, &read).ok());
  EXPECT_EQ(ToJsonLine(read), line);
}

TEST(JsonLinesTest, WhatIsNotAMessageIsRefusedWithTheParsersReason) {
  v1::Profile profile;
  EXPECT_THAT(ParseJson("{\"kind\":", &profile).ToString(),
              HasSubstr("not a Profile in JSON"));
  EXPECT_THAT(ParseJson("{\"shoeSize\":43}", &profile).ToString(),
              HasSubstr("shoeSize"));
  EXPECT_THAT(ParseJson("{\"kind\":\"PIRATE\"}", &profile).ToString(),
              HasSubstr("PIRATE"));
  EXPECT_FALSE(ParseJson("", &profile).ok());
  EXPECT_FALSE(ParseJson("[1]", &profile).ok());
  EXPECT_FALSE(ParseJson("{} {}", &profile).ok());
}

// The resolver answers from memory: it must answer as the library's own.
TEST(JsonLinesTest, LinesAreThoseOfProtobufsOwnMapping) {
  v1::Profile profile;
  profile.set_external_id("å \" \n \u20ac");
  profile.set_kind(v1::PROFILE_KIND_EMPLOYEE);
  profile.mutable_create_time()->set_seconds(1767225600);
  profile.mutable_home()->mutable_point()->set_latitude(60.5);
  profile.mutable_skills()->add_held()->set_level(3);
  profile.mutable_skills()->add_lacking("aaaa_bbb_ccc");
  profile.add_accommodations_needed(v1::ACCOMMODATION_EXTRA_TIME);
  std::string expected;
  ASSERT_TRUE(
      google::protobuf::util::MessageToJsonString(profile, &expected).ok());
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(ToJsonLine(profile), expected);
    v1::Profile read;
    ASSERT_TRUE(ParseJson(expected, &read).ok());
    EXPECT_EQ(read.SerializeAsString(), profile.SerializeAsString());
  }
}

TEST(JsonLinesTest, AFileOrStandardInputIsReadWhole) {
  std::istringstream in("from in");
  EXPECT_EQ(*ReadAll("-", in), "from in");
  EXPECT_THAT(ReadAll("/nowhere/x.json", in).status().ToString(),
              HasSubstr("cannot read /nowhere/x.json"));
  EXPECT_THAT(ReadAll(testing::TempDir(), in).status().ToString(),
              HasSubstr("is a folder"));
}

TEST(TaxonomyFilesTest, AFolderStandsForItsJsonFilesInOrder) {
  const std::string folder =
      testing::TempDir() + "ctl_taxonomy_" + std::to_string(::getpid());
  ASSERT_EQ(::mkdir(folder.c_str(), 0700), 0);
  for (const char* name : {"b.json", "a.jsonl", "c.txt"}) {
    std::ofstream(folder + "/" + name) << "{}";
  }
  EXPECT_THAT(*FindTaxonomyFiles({folder}),
              ElementsAre(EndsWith("/a.jsonl"), EndsWith("/b.json")));
  EXPECT_THAT(
      FindTaxonomyFiles({folder, folder + "/b.json"}).status().ToString(),
      HasSubstr("two files are named b.json"));
  EXPECT_THAT(FindTaxonomyFiles({folder + "/d"}).status().ToString(),
              HasSubstr("cannot read"));
}

}  // namespace
}  // namespace kugge::ctl
