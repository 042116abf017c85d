#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "base/clock.h"
#include "base/id_source.h"
#include "base/log.h"
#include "base/status_macros.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kugge {
namespace {

TEST(IdSourceTest, SeededIdsRepeatForTheSameSeedOnly) {
  SeededIdSource first(7), again(7), other(8);
  const std::string id = first.NewId();
  EXPECT_EQ(id, again.NewId());
  EXPECT_NE(id, other.NewId());
}

TEST(IdSourceTest, IdsAreTwentySymbolsStartingWithALetterAndDiffer) {
  RandomIdSource source;
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = source.NewId();
    EXPECT_THAT(id, testing::MatchesRegex("[a-z][a-z0-9]+"));
    EXPECT_EQ(id.size(), 20u);
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 1000u);
}

TEST(LogTest, ValuesThatCouldBreakALineAreQuoted) {
  EXPECT_EQ(
      FormatLogLine(LogLevel::kWarning, "import_refused",
                    {{"row", 3}, {"why", "two\nlines"}, {"dry_run", true}}),
      "warning import_refused row=3 why=\"two\\nlines\" dry_run=true");
}

absl::StatusOr<int> Doubled(absl::StatusOr<int> input) {
  KUGGE_ASSIGN_OR_RETURN(const int value, std::move(input));
  return 2 * value;
}

TEST(StatusMacrosTest, AssignOrReturnPassesValuesAndErrors) {
  EXPECT_EQ(*Doubled(4), 8);
  EXPECT_EQ(Doubled(absl::NotFoundError("gone")).status(),
            absl::NotFoundError("gone"));
}

TEST(FixedClockTest, StandsStillUntilMoved) {
  FixedClock clock(absl::UnixEpoch());
  EXPECT_EQ(clock.Now(), absl::UnixEpoch());
  clock.Advance(absl::Hours(2));
  EXPECT_EQ(clock.Now(), absl::UnixEpoch() + absl::Hours(2));
}

}  // namespace
}  // namespace kugge
