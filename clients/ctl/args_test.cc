#include "clients/ctl/args.h"

#include <sstream>
#include <string>
#include <vector>

#include "clients/ctl/help.h"
#include "clients/ctl/run.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace kugge::ctl {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

absl::StatusOr<Invocation> Parse(const std::vector<std::string>& words) {
  return ParseArgs(words, AllCommands());
}

TEST(ArgsTest, FlagsMayStandBeforeBetweenAndAfterTheWords) {
  const auto parsed = Parse({"--tenant", "mora", "profile", "--output=json",
                             "list", "--page-size", "7"});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  ASSERT_NE(parsed->command, nullptr);
  EXPECT_EQ(parsed->command->path, "profile list");
  EXPECT_EQ(parsed->args.Text("tenant"), "mora");
  EXPECT_EQ(parsed->args.Text("output"), "json");
  EXPECT_EQ(parsed->args.Number("page-size"), 7);
  EXPECT_FALSE(parsed->args.Has("all"));
}

TEST(ArgsTest, ADashAloneAndWhatFollowsTwoDashesAreArguments) {
  const auto parsed = Parse({"taxonomy", "search", "-", "--", "--type"});
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_THAT(parsed->args.arguments(), ElementsAre("-", "--type"));
}

struct Case {
  std::string name;
  std::vector<std::string> words;
  std::string message;
};

class UsageErrorTest : public testing::TestWithParam<Case> {};

TEST_P(UsageErrorTest, SaysWhatIsWrong) {
  const auto parsed = Parse(GetParam().words);
  ASSERT_FALSE(parsed.ok());
  EXPECT_TRUE(IsUsageError(parsed.status()));
  EXPECT_THAT(std::string(parsed.status().message()),
              HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Args, UsageErrorTest,
    testing::ValuesIn(std::vector<Case>{
        {"Word", {"profil"}, "unknown command \"profil\"; there are: "},
        {"Verb", {"profile", "make"}, "comes one of: create, get, list"},
        {"HalfACommand", {"profile"}, "\"profile\" needs one of: create"},
        {"Flag", {"profile", "list", "--pages", "3"}, "unknown flag --pages"},
        {"FlagBeforeCommand",
         {"--all", "profile", "list"},
         "flags stand after the command"},
        {"OneDash", {"profile", "list", "-all"}, "two dashes"},
        {"NoValue", {"profile", "list", "--filter"}, "--filter needs a value"},
        {"SwitchWithValue", {"profile", "list", "--all=1"}, "takes no value"},
        {"NotANumber",
         {"profile", "list", "--page-size", "ten"},
         "needs a whole number, not \"ten\""},
        {"TooBigANumber",
         {"profile", "list", "--page-size", "99999999999"},
         "needs a whole number"},
        {"Twice", {"profile", "list", "--all", "--all"}, "given twice"},
        {"TooFew", {"profile", "get"}, "too few arguments"},
        {"TooMany", {"explain", "a", "b", "c"}, "too many arguments"},
    }),
    [](const auto& test) { return test.param.name; });

TEST(RunTest, UsageErrorsExitWithTwoAndHelpWithZero) {
  std::stringstream in, out, err;
  const Terminal terminal{in, out, err};
  EXPECT_EQ(RunCommandLine({"profile", "fetch"}, terminal), 2);
  EXPECT_THAT(err.str(), HasSubstr("error: unknown command"));
  EXPECT_EQ(RunCommandLine({"profile", "list", "--output", "xml"}, terminal),
            2);
  EXPECT_EQ(RunCommandLine({"profile", "list", "--timeout", "0"}, terminal), 2);
  EXPECT_EQ(RunCommandLine({"profile", "get", "a/b/c"}, terminal), 2);
  EXPECT_EQ(RunCommandLine({"help", "nonsense"}, terminal), 2);
  EXPECT_EQ(RunCommandLine({"help"}, terminal), 0);
  EXPECT_EQ(RunCommandLine({}, terminal), 0);
  EXPECT_EQ(RunCommandLine({"profile", "import", "--help"}, terminal), 0);
  EXPECT_THAT(out.str(), HasSubstr("--verdicts FILE"));
}

TEST(HelpTest, ExplainsEveryCommandWithAnExampleThatParses) {
  for (const Command& command : AllCommands()) {
    std::ostringstream out;
    ASSERT_TRUE(PrintHelp(AllCommands(), {command.path}, out).ok());
    EXPECT_THAT(out.str(), HasSubstr(command.example)) << command.path;
    std::istringstream words(command.example);
    std::vector<std::string> parts;
    for (std::string part; words >> part;) parts.push_back(part);
    ASSERT_GT(parts.size(), 1u) << command.path;
    EXPECT_EQ(parts[0], "kuggectl");
    parts.erase(parts.begin());
    const auto parsed = Parse(parts);
    ASSERT_TRUE(parsed.ok()) << command.path << ": " << parsed.status();
    EXPECT_EQ(parsed->command->path, command.path);
  }
}

}  // namespace
}  // namespace kugge::ctl
