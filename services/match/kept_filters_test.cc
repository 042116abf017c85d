#include "services/match/kept_filters.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "matching/geo/municipalities.h"
#include "services/match/row_filter.h"

namespace kugge::match {
namespace {

// A filter is its text; counts how often one was read.
class KeptFiltersTest : public testing::Test {
 protected:
  std::string Get(const std::string& text) {
    return *kept_.Get(text, [&]() -> absl::StatusOr<std::string> {
      ++read_;
      return text;
    });
  }

  KeptFilters<std::string> kept_{3};
  int read_ = 0;
};

TEST_F(KeptFiltersTest, IsReadOnce) {
  EXPECT_EQ(Get("a"), "a");
  EXPECT_EQ(Get("b"), "b");
  EXPECT_EQ(Get("a"), "a");
  EXPECT_EQ(read_, 2);
}

TEST_F(KeptFiltersTest, ThoseLastAskedForAreKept) {
  for (const char* text : {"a", "b", "c", "d", "e"}) Get(text);
  EXPECT_EQ(read_, 5);
  // The last three and more.
  for (const char* text : {"c", "d", "e"}) Get(text);
  EXPECT_EQ(read_, 5);
  for (int i = 0; i < 6; ++i) Get(absl::StrCat(i));
  EXPECT_EQ(read_, 11);
  Get("a");
  EXPECT_EQ(read_, 12);
}

TEST_F(KeptFiltersTest, ErrorsAreNotKept) {
  const auto fail = [&]() -> absl::StatusOr<std::string> {
    ++read_;
    return absl::InvalidArgumentError("filter");
  };
  EXPECT_FALSE(kept_.Get("a", fail).ok());
  EXPECT_FALSE(kept_.Get("a", fail).ok());
  EXPECT_EQ(read_, 2);
  EXPECT_EQ(Get("a"), "a");
}

std::vector<matching::MunicipalityIndex> WithCode(const std::string& code) {
  std::vector<matching::MunicipalityIndex> found;
  for (size_t i = 0; i < matching::Municipalities().size(); ++i) {
    if (matching::Municipalities()[i].code == code) {
      found.push_back(static_cast<matching::MunicipalityIndex>(i));
    }
  }
  return found;
}

TEST(PersonFilterTest, IsThatOfItsTextAgainAndInSeveralThreads) {
  const auto check = [] {
    for (int i = 0; i < 3'000; ++i) {
      // More than are kept; some are no municipality's.
      const std::string code = absl::StrCat(1200 + i % 1'000);
      const auto filter =
          PersonFilter(absl::StrCat("municipality_code = \"", code, "\""));
      ASSERT_TRUE(filter.ok());
      ASSERT_EQ(filter->municipalities, WithCode(code)) << code;
      ASSERT_FALSE(PersonFilter("municipality_code = ").ok());
    }
  };
  constexpr int kThreads = 4;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(check);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace kugge::match
