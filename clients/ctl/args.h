// The words of a command line: which command is meant, its flags and its
// arguments. Everything wrong with them is found here, before anything is sent.
#ifndef KUGGE_CLIENTS_CTL_ARGS_H_
#define KUGGE_CLIENTS_CTL_ARGS_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace kugge::ctl {

struct CommandContext;
class ParsedArgs;

// A flag without a value word is a switch.
struct Flag {
  enum class Kind { kSwitch, kText, kNumber };

  std::string name;
  Kind kind = Kind::kText;
  // Stands for the value in help, such as `FILE`.
  std::string value;
  std::string help;
};

// One command, such as `profile get`.
struct Command {
  // One or two words.
  std::string path;
  // Shown after the path in help, such as `ID...`.
  std::string arguments;
  std::string summary;
  std::string example;
  std::vector<Flag> flags;
  int min_arguments = 0;
  // -1: any number.
  int max_arguments = 0;
  std::function<absl::Status(const CommandContext&, const ParsedArgs&)> run;
};

// What stood on the command line besides the command's own words.
class ParsedArgs {
 public:
  bool Has(absl::string_view flag) const;
  std::string Text(absl::string_view flag,
                   absl::string_view otherwise = "") const;
  // The value was checked to be a whole number by ParseArgs.
  int Number(absl::string_view flag, int otherwise = 0) const;
  const std::vector<std::string>& arguments() const { return arguments_; }

 private:
  friend class ArgsParser;
  std::map<std::string, std::string> flags_;
  std::vector<std::string> arguments_;
};

struct Invocation {
  // Null: help is asked for, about the arguments.
  const Command* command = nullptr;
  ParsedArgs args;
};

// Flags that every command takes; they may stand anywhere.
const std::vector<Flag>& GlobalFlags();

// `words` is argv without the program. `--help` and no words at all read as
// `help`. The result points into `commands`.
absl::StatusOr<Invocation> ParseArgs(const std::vector<std::string>& words,
                                     const std::vector<Command>& commands);

// An error of the command line itself: exit code 2 instead of 1.
absl::Status UsageError(absl::string_view message);
bool IsUsageError(const absl::Status& status);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_ARGS_H_
