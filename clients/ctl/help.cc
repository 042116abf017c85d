#include "clients/ctl/help.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace kugge::ctl {
namespace {

std::string Usage(const Command& command) {
  return absl::StrCat(command.path, command.arguments.empty() ? "" : " ",
                      command.arguments);
}

void PrintFlags(const std::vector<Flag>& flags, std::ostream& out) {
  for (const Flag& flag : flags) {
    std::string left = absl::StrCat("--", flag.name,
                                    flag.value.empty() ? "" : " ", flag.value);
    left.resize(std::max<size_t>(left.size() + 2, 26), ' ');
    out << "  " << left << flag.help << "\n";
  }
}

void PrintOverview(const std::vector<const Command*>& commands,
                   std::ostream& out) {
  size_t width = 0;
  for (const Command* command : commands) {
    width = std::max(width, Usage(*command).size());
  }
  for (const Command* command : commands) {
    std::string left = Usage(*command);
    left.resize(width + 2, ' ');
    out << "  " << left << command->summary << "\n";
  }
}

// A line for each first word, with the words that may follow it.
void PrintGroups(const std::vector<const Command*>& commands,
                 std::ostream& out) {
  std::vector<std::pair<std::string, std::vector<std::string>>> groups;
  for (const Command* command : commands) {
    const size_t space = command->path.find(' ');
    const std::string first = command->path.substr(0, space);
    auto group = std::find_if(
        groups.begin(), groups.end(),
        [&first](const auto& entry) { return entry.first == first; });
    if (group == groups.end()) {
      group = groups.insert(groups.end(), {first, {}});
    }
    group->second.push_back(space == std::string::npos
                                ? command->arguments
                                : command->path.substr(space + 1));
  }
  for (const auto& [first, seconds] : groups) {
    const std::string rest = absl::StrJoin(seconds, "|");
    out << "  " << first << (rest.empty() ? "" : " ") << rest << "\n";
  }
}

void PrintCommand(const Command& command, std::ostream& out) {
  out << "kuggectl " << Usage(command) << "\n  " << command.summary << "\n";
  if (!command.flags.empty()) {
    out << "\nFlags:\n";
    PrintFlags(command.flags, out);
  }
  out << "\nFlags of every command:\n";
  PrintFlags(GlobalFlags(), out);
  if (!command.example.empty()) {
    out << "\nExample:\n  " << command.example << "\n";
  }
}

}  // namespace

absl::Status PrintHelp(const std::vector<Command>& commands,
                       const std::vector<std::string>& words,
                       std::ostream& out) {
  const std::string path = absl::StrJoin(words, " ");
  std::vector<const Command*> shown;
  for (const Command& command : commands) {
    if (command.path == path) {
      PrintCommand(command, out);
      return absl::OkStatus();
    }
    if (path.empty() ||
        absl::StartsWith(command.path, absl::StrCat(path, " "))) {
      shown.push_back(&command);
    }
  }
  if (shown.empty()) {
    return UsageError(
        absl::StrCat("unknown command \"", path, "\"; see: kuggectl help"));
  }
  out << "kuggectl [FLAGS] COMMAND: the command line of Kugge\n\nCommands:\n";
  if (path.empty()) {
    PrintGroups(shown, out);
  } else {
    PrintOverview(shown, out);
  }
  out << "\nFlags of every command:\n";
  PrintFlags(GlobalFlags(), out);
  out << "\nMore: kuggectl help COMMAND\n";
  return absl::OkStatus();
}

}  // namespace kugge::ctl
