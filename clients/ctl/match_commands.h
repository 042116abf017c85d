// `match requirements|profiles|offerings|all` and `explain`.
#ifndef KUGGE_CLIENTS_CTL_MATCH_COMMANDS_H_
#define KUGGE_CLIENTS_CTL_MATCH_COMMANDS_H_

#include <vector>

#include "clients/ctl/args.h"

namespace kugge::ctl {

std::vector<Command> MatchCommands();

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_MATCH_COMMANDS_H_
