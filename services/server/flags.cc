#include "services/server/flags.h"

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"

namespace kugge::server {
namespace {

struct TextFlag {
  absl::string_view name;
  absl::string_view value_name;
  std::optional<std::string> Flags::* place;
  absl::string_view meaning;
};

constexpr TextFlag kTextFlags[] = {
    {"config", "FILE", &Flags::config,
     "configuration, the JSON form of kugge.config.v1.ServerConfig"},
    {"data_dir", "DIR", &Flags::data_dir,
     "folder of the store (default ./kugge-data)"},
    {"listen_address", "ADDRESS", &Flags::listen_address,
     "where the API listens (default 127.0.0.1:7400)"},
    {"health_address", "ADDRESS", &Flags::health_address,
     "where health alone listens (default 127.0.0.1:7401)"},
    {"metrics_address", "ADDRESS", &Flags::metrics_address,
     "where metrics are served, - for nowhere (default 127.0.0.1:7402)"},
};

struct SwitchFlag {
  absl::string_view name;
  absl::string_view meaning;
};

constexpr SwitchFlag kSwitches[] = {
    {"allow_insecure", "listen beyond loopback, to anybody"},
    {"version", "print the version"},
    {"help", "print this"},
};

void SetSwitch(absl::string_view name, bool value, Flags* flags) {
  if (name == "allow_insecure") flags->allow_insecure = value;
  if (name == "version") flags->version = value;
  if (name == "help") flags->help = value;
}

absl::Status WrongArgument(absl::string_view argument, absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat("argument \"", absl::Utf8SafeCEscape(argument), "\" ", what,
                   "; --help lists what there is"));
}

// Whether the argument is that of a switch, which it then sets.
absl::StatusOr<bool> TakeSwitch(absl::string_view argument,
                                std::optional<absl::string_view> value,
                                absl::string_view name, Flags* flags) {
  for (const SwitchFlag& flag : kSwitches) {
    if (name != flag.name) continue;
    if (value.has_value() && *value != "true" && *value != "false") {
      return WrongArgument(argument, "must be true or false");
    }
    SetSwitch(name, value.value_or("true") == "true", flags);
    return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<Flags> ParseFlags(const std::vector<std::string>& arguments) {
  Flags flags;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const absl::string_view argument = arguments[i];
    absl::string_view name = argument;
    if (!absl::ConsumePrefix(&name, "--")) {
      return WrongArgument(argument, "is not a flag");
    }
    std::optional<absl::string_view> value;
    if (const size_t equals = name.find('=');
        equals != absl::string_view::npos) {
      value = name.substr(equals + 1);
      name = name.substr(0, equals);
    }
    KUGGE_ASSIGN_OR_RETURN(const bool taken,
                           TakeSwitch(argument, value, name, &flags));
    if (taken) continue;
    const TextFlag* found = nullptr;
    for (const TextFlag& flag : kTextFlags) {
      if (name == flag.name) found = &flag;
    }
    if (found == nullptr)
      return WrongArgument(argument, "is not a flag of kugged");
    if (!value.has_value() && i + 1 < arguments.size()) {
      value = arguments[++i];
    }
    if (!value.has_value() || value->empty()) {
      return WrongArgument(argument, "needs a value");
    }
    flags.*found->place = std::string(*value);
  }
  return flags;
}

std::string HelpText() {
  std::string text =
      "kugged [flags]: the Kugge server. Flags go before the configuration "
      "file.\n";
  for (const TextFlag& flag : kTextFlags) {
    absl::StrAppendFormat(&text, "  --%-26s %s\n",
                          absl::StrCat(flag.name, "=", flag.value_name),
                          flag.meaning);
  }
  for (const SwitchFlag& flag : kSwitches) {
    absl::StrAppendFormat(&text, "  --%-26s %s\n", flag.name, flag.meaning);
  }
  return text;
}

}  // namespace kugge::server
