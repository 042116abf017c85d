#include "services/match/page.h"

#include <string>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace kugge::match {
namespace {

matching::Tie SomeTie() {
  matching::Tie tie;
  for (size_t i = 0; i < tie.bytes.size(); ++i) {
    tie.bytes[i] = static_cast<uint8_t>(200 + i);
  }
  return tie;
}

matching::DocumentId SomeId() {
  matching::DocumentId id;
  for (size_t i = 0; i < id.bytes.size(); ++i) {
    id.bytes[i] = static_cast<uint8_t>(i);
  }
  return id;
}

const PageBasis kBasis{"taxonomies/t-1", "tenants/t/strategies/s", 7};

TEST(PageTest, RowPagesGoBothWays) {
  const PageStart<matching::RowKey> start{
      {matching::Eligibility::kUncertain, 99'999, SomeTie(), SomeId()},
      kBasis,
      42};
  const auto decoded = DecodeRowPage(EncodePage(start));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->key, start.key);
  EXPECT_EQ(decoded->basis, start.basis);
  EXPECT_EQ(decoded->revision, 42);
}

TEST(PageTest, OfferingPagesGoBothWays) {
  const PageStart<matching::OfferingKey> start{
      {{0, 4'000, -5, 2'147'483'647, 135}, SomeTie(), SomeId()},
      {"", "default", 1},
      1};
  const auto decoded = DecodeOfferingPage(EncodePage(start));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->key, start.key);
  EXPECT_EQ(decoded->basis, start.basis);
}

TEST(PageTest, CoursePagesGoBothWays) {
  const PageStart<matching::CourseKey> start{
      {{-2'000'000'000'000, -7, 0}, SomeTie(), SomeId()}, kBasis, 42};
  const auto decoded = DecodeCoursePage(EncodePage(start));
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->key, start.key);
  EXPECT_EQ(decoded->basis, start.basis);
  EXPECT_EQ(decoded->revision, 42);
  // One criterion more or less is another list's.
  EXPECT_FALSE(DecodeOfferingPage(EncodePage(start)).ok());
  EXPECT_FALSE(DecodeCoursePage(EncodePage(PageStart<matching::OfferingKey>{
                                    {{}, SomeTie(), SomeId()}, kBasis, 42}))
                   .ok());
}

TEST(PageTest, PersonPagesGoBothWays) {
  for (const matching::MunicipalityIndex municipality :
       {matching::MunicipalityIndex{0}, matching::MunicipalityIndex{289},
        matching::kNoMunicipality}) {
    const PageStart<matching::PersonKey> start{
        {municipality, SomeId()}, kBasis, 42};
    const auto decoded = DecodePersonPage(EncodePage(start));
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(decoded->key, start.key);
    EXPECT_EQ(decoded->basis, start.basis);
    EXPECT_EQ(decoded->revision, 42);
  }
}

TEST(PageTest, WhatIsNoPageIsRefused) {
  const std::string row = EncodePage(PageStart<matching::RowKey>{
      {matching::Eligibility::kEligible, 1, SomeTie(), SomeId()}, kBasis, 1});
  for (const std::string& wrong :
       {std::string(), std::string("1 t s 1"), row + " more",
        row.substr(0, row.size() - 2), "x" + row}) {
    EXPECT_TRUE(absl::IsInvalidArgument(DecodeRowPage(wrong).status()))
        << wrong;
    EXPECT_TRUE(absl::IsInvalidArgument(DecodeOfferingPage(wrong).status()))
        << wrong;
    EXPECT_TRUE(absl::IsInvalidArgument(DecodeCoursePage(wrong).status()))
        << wrong;
    EXPECT_TRUE(absl::IsInvalidArgument(DecodePersonPage(wrong).status()))
        << wrong;
  }
}

TEST(PageTest, AnotherBasisIsRefusedInWords) {
  EXPECT_TRUE(CheckBasis(kBasis, kBasis).ok());
  PageBasis other = kBasis;
  other.strategy_version = 8;
  EXPECT_NE(CheckBasis(kBasis, other).message().find("strategy"),
            absl::string_view::npos);
  other = kBasis;
  other.taxonomy = "taxonomies/t-2";
  EXPECT_NE(CheckBasis(kBasis, other).message().find("taxonomy"),
            absl::string_view::npos);
}

}  // namespace
}  // namespace kugge::match
