#include "clients/ctl/args.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"

namespace kugge::ctl {
namespace {

constexpr char kUsagePayload[] = "kuggectl/usage";

const Flag* FindFlag(const std::vector<Flag>& flags, absl::string_view name) {
  for (const Flag& flag : flags) {
    if (flag.name == name) return &flag;
  }
  return nullptr;
}

std::string FirstWord(absl::string_view path) {
  return std::string(path.substr(0, path.find(' ')));
}

}  // namespace

bool ParsedArgs::Has(absl::string_view flag) const {
  return flags_.find(std::string(flag)) != flags_.end();
}

std::string ParsedArgs::Text(absl::string_view flag,
                             absl::string_view otherwise) const {
  const auto found = flags_.find(std::string(flag));
  return found == flags_.end() ? std::string(otherwise) : found->second;
}

int ParsedArgs::Number(absl::string_view flag, int otherwise) const {
  int number = 0;
  return absl::SimpleAtoi(Text(flag), &number) ? number : otherwise;
}

const std::vector<Flag>& GlobalFlags() {
  static const auto& flags = *new std::vector<Flag>{
      {"address", Flag::Kind::kText, "HOST:PORT",
       "server to ask (default 127.0.0.1:7400)"},
      {"output", Flag::Kind::kText, "table|json",
       "for people or for programs (default table)"},
      {"timeout", Flag::Kind::kNumber, "SECONDS",
       "longest wait for one call (default 60; streams: none)"},
      {"tenant", Flag::Kind::kText, "ID",
       "tenant of names given without one (default demo)"},
      {"help", Flag::Kind::kSwitch, "", "explain the command"},
  };
  return flags;
}

absl::Status UsageError(absl::string_view message) {
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(kUsagePayload, absl::Cord("1"));
  return status;
}

bool IsUsageError(const absl::Status& status) {
  return status.GetPayload(kUsagePayload).has_value();
}

// Reads the words from left to right: a word that belongs to no flag goes on
// with the command's path until a command is found, later ones are arguments.
class ArgsParser {
 public:
  ArgsParser(const std::vector<std::string>& words,
             const std::vector<Command>& commands)
      : words_(words), commands_(commands) {}

  absl::StatusOr<Invocation> Parse() {
    bool flags_ended = false;
    for (; next_ < words_.size(); ++next_) {
      const std::string& word = words_[next_];
      if (!flags_ended && word == "--") {
        flags_ended = true;
      } else if (!flags_ended && word.size() > 1 && word[0] == '-') {
        KUGGE_RETURN_IF_ERROR(ReadFlag(word));
      } else {
        KUGGE_RETURN_IF_ERROR(ReadWord(word));
      }
    }
    return Finish();
  }

 private:
  absl::Status ReadFlag(absl::string_view word) {
    if (word == "-h") word = "--help";
    if (!absl::ConsumePrefix(&word, "--")) {
      return UsageError(absl::StrCat("unknown flag -", word.substr(1),
                                     ": flags start with two dashes"));
    }
    const size_t equals = word.find('=');
    const std::string name(word.substr(0, equals));
    const Flag* flag = FindFlag(GlobalFlags(), name);
    if (flag == nullptr && command_ != nullptr) {
      flag = FindFlag(command_->flags, name);
    }
    if (flag == nullptr) return UnknownFlag(name);
    if (args_.Has(name)) {
      return UsageError(absl::StrCat("--", name, " is given twice"));
    }
    std::string value;
    if (flag->kind == Flag::Kind::kSwitch) {
      if (equals != absl::string_view::npos) {
        return UsageError(absl::StrCat("--", name, " takes no value"));
      }
    } else if (equals != absl::string_view::npos) {
      value = std::string(word.substr(equals + 1));
    } else if (next_ + 1 < words_.size()) {
      value = words_[++next_];
    } else {
      return UsageError(absl::StrCat("--", name, " needs a value: --", name,
                                     " ", flag->value));
    }
    int number = 0;
    if (flag->kind == Flag::Kind::kNumber &&
        !absl::SimpleAtoi(value, &number)) {
      return UsageError(absl::StrCat(
          "--", name, " needs a whole number, not \"", value, "\""));
    }
    args_.flags_[name] = std::move(value);
    return absl::OkStatus();
  }

  absl::Status ReadWord(const std::string& word) {
    if (command_ != nullptr || help_) {
      args_.arguments_.push_back(word);
      return absl::OkStatus();
    }
    if (path_.empty() && word == "help") {
      help_ = true;
      return absl::OkStatus();
    }
    path_ = path_.empty() ? word : absl::StrCat(path_, " ", word);
    bool is_beginning = false;
    for (const Command& command : commands_) {
      if (command.path == path_) command_ = &command;
      is_beginning |= absl::StartsWith(command.path, absl::StrCat(path_, " "));
    }
    if (command_ == nullptr && !is_beginning) return UnknownCommand();
    return absl::OkStatus();
  }

  absl::StatusOr<Invocation> Finish() {
    if (args_.Has("help")) {
      if (!path_.empty() && !help_) args_.arguments_ = {path_};
      return Invocation{nullptr, std::move(args_)};
    }
    if (help_ || words_.empty()) return Invocation{nullptr, std::move(args_)};
    if (command_ == nullptr) return UnknownCommand();
    const int count = static_cast<int>(args_.arguments_.size());
    if (count < command_->min_arguments ||
        (command_->max_arguments >= 0 && count > command_->max_arguments)) {
      return UsageError(absl::StrCat(
          count < command_->min_arguments ? "too few" : "too many",
          " arguments; it is: kuggectl ", command_->path,
          command_->arguments.empty() ? "" : " ", command_->arguments));
    }
    return Invocation{command_, std::move(args_)};
  }

  absl::Status UnknownFlag(absl::string_view name) const {
    if (command_ == nullptr) {
      return UsageError(
          absl::StrCat("unknown flag --", name,
                       "; a command's own flags stand after the command"));
    }
    return UsageError(absl::StrCat("unknown flag --", name,
                                   "; see: kuggectl help ", command_->path));
  }

  absl::Status UnknownCommand() const {
    const std::string first = FirstWord(path_);
    std::vector<std::string> seconds;
    std::set<std::string> firsts;
    for (const Command& command : commands_) {
      firsts.insert(FirstWord(command.path));
      if (absl::StartsWith(command.path, absl::StrCat(first, " "))) {
        seconds.push_back(command.path.substr(first.size() + 1));
      }
    }
    if (path_.empty()) {
      return UsageError("no command given; see: kuggectl help");
    }
    if (path_ == first && !seconds.empty()) {
      return UsageError(absl::StrCat(
          "\"", first, "\" needs one of: ", absl::StrJoin(seconds, ", ")));
    }
    if (!seconds.empty()) {
      return UsageError(
          absl::StrCat("unknown command \"", path_, "\"; after \"", first,
                       "\" comes one of: ", absl::StrJoin(seconds, ", ")));
    }
    return UsageError(
        absl::StrCat("unknown command \"", path_,
                     "\"; there are: ", absl::StrJoin(firsts, ", "), ", help"));
  }

  const std::vector<std::string>& words_;
  const std::vector<Command>& commands_;
  size_t next_ = 0;
  std::string path_;
  const Command* command_ = nullptr;
  bool help_ = false;
  ParsedArgs args_;
};

absl::StatusOr<Invocation> ParseArgs(const std::vector<std::string>& words,
                                     const std::vector<Command>& commands) {
  return ArgsParser(words, commands).Parse();
}

}  // namespace kugge::ctl
