// `match requirements|profiles|offerings|all` and `explain`.
#ifndef KUGGE_CLIENTS_CTL_MATCH_COMMANDS_H_
#define KUGGE_CLIENTS_CTL_MATCH_COMMANDS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/ctl/args.h"

namespace kugge::ctl {

std::vector<Command> MatchCommands();

// Whom offerings are for, by how its name is written: {`profile` or
// `requirement`, full name}. A bare id is a profile's.
absl::StatusOr<std::pair<std::string, std::string>> CompleteOrigin(
    absl::string_view tenant, absl::string_view text);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_MATCH_COMMANDS_H_
