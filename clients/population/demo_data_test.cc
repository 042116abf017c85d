// The demo's files: every line parses, keeps the field rules, and names only
// concepts of the starter taxonomy and resources that are there.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/population/field_rules_check.h"
#include "clients/population/taxonomy_files.h"
#include "kugge/v1/employer.pb.h"
#include "kugge/v1/offering.pb.h"
#include "kugge/v1/profile.pb.h"
#include "kugge/v1/provider.pb.h"
#include "kugge/v1/requirement.pb.h"
#include "kugge/v1/tenant.pb.h"

namespace kugge::population {
namespace {

// Tests run in the root of the checkout.
std::string Read(const std::string& file) {
  std::ifstream in(absl::StrCat("deploy/demo_data/", file), std::ios::binary);
  EXPECT_TRUE(in.good()) << file;
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

// A day for each `"@today+30@"`; which one doesn't matter here.
std::string Dated(std::string line) {
  const std::string start = "\"@today";
  for (size_t at = line.find(start); at != std::string::npos;
       at = line.find(start)) {
    const size_t end = line.find("@\"", at + start.size());
    EXPECT_NE(end, std::string::npos) << line;
    if (end == std::string::npos) break;
    line.replace(at, end + 2 - at, R"({"year":2026,"month":3,"day":2})");
  }
  return line;
}

class DemoData : public ::testing::Test {
 protected:
  void SetUp() override {
    auto taxonomy =
        ReadTaxonomy({{"concepts.jsonl", Read("taxonomy/concepts.jsonl")}});
    ASSERT_TRUE(taxonomy.ok()) << taxonomy.status();
    taxonomy_ = *std::move(taxonomy);
  }

  // Reads a file, checks each line and notes its name.
  template <typename Message>
  std::vector<Message> ReadChecked(const std::string& file) {
    FieldRulesCheck check(*taxonomy_);
    std::vector<Message> messages;
    std::istringstream lines(Read(file));
    for (std::string line; std::getline(lines, line);) {
      messages.emplace_back();
      const auto parsed = google::protobuf::util::JsonStringToMessage(
          Dated(line), &messages.back());
      EXPECT_TRUE(parsed.ok()) << file << ": " << line << parsed.ToString();
      EXPECT_THAT(check.Violations(messages.back()), ::testing::IsEmpty())
          << file << ": " << line;
      EXPECT_TRUE(names_.insert(messages.back().name()).second)
          << messages.back().name();
    }
    EXPECT_FALSE(messages.empty()) << file;
    return messages;
  }

  // Whether the parent of `name` was read before.
  bool HasParent(const std::string& name) const {
    const size_t collection = name.rfind('/', name.rfind('/') - 1);
    return names_.contains(name.substr(0, collection));
  }

  std::unique_ptr<const matching::Taxonomy> taxonomy_;
  std::set<std::string> names_;
};

TEST_F(DemoData, KeepsTheRulesAndRefersToWhatIsThere) {
  ReadChecked<v1::Tenant>("tenants.jsonl");
  for (const auto& region : ReadChecked<v1::Region>("regions.jsonl")) {
    EXPECT_TRUE(HasParent(region.name())) << region.name();
  }
  for (const auto& employer : ReadChecked<v1::Employer>("employers.jsonl")) {
    EXPECT_TRUE(HasParent(employer.name())) << employer.name();
    // Nobody shall take an employer of the demo for a real one.
    EXPECT_THAT(employer.display_name(), ::testing::HasSubstr("(påhitta"));
    for (const std::string& member : employer.member_employers()) {
      EXPECT_TRUE(names_.contains(member)) << member;
    }
  }
  for (const auto& need : ReadChecked<v1::Requirement>("requirements.jsonl")) {
    EXPECT_TRUE(HasParent(need.name())) << need.name();
  }
  for (const auto& provider : ReadChecked<v1::Provider>("providers.jsonl")) {
    EXPECT_THAT(provider.display_name(), ::testing::HasSubstr("(påhitta"));
  }
  for (const auto& offering : ReadChecked<v1::Offering>("offerings.jsonl")) {
    EXPECT_TRUE(HasParent(offering.name())) << offering.name();
  }
  for (const auto& session : ReadChecked<v1::Session>("sessions.jsonl")) {
    EXPECT_TRUE(HasParent(session.name())) << session.name();
    EXPECT_LE(session.seats_taken(), session.seats()) << session.name();
  }
  const std::string stories = Read("README.md");
  for (const auto& profile : ReadChecked<v1::Profile>("profiles.jsonl")) {
    EXPECT_TRUE(HasParent(profile.name())) << profile.name();
    EXPECT_THAT(stories, ::testing::HasSubstr(
                             absl::StrCat("**", profile.external_id(), "**")));
    if (!profile.nominating_employer().empty()) {
      EXPECT_TRUE(names_.contains(profile.nominating_employer()));
    }
    for (const std::string& region :
         profile.wishes().mobility().relocation_regions()) {
      EXPECT_TRUE(names_.contains(region)) << region;
    }
  }
}

}  // namespace
}  // namespace kugge::population
