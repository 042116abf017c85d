// create, get, list, update and delete of every resource type, written once
// over the table of resource_types.h.
#ifndef KUGGE_CLIENTS_CTL_RESOURCE_COMMANDS_H_
#define KUGGE_CLIENTS_CTL_RESOURCE_COMMANDS_H_

#include <vector>

#include "clients/ctl/args.h"

namespace kugge::ctl {

// Five commands for each resource type.
std::vector<Command> ResourceCommands();

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_RESOURCE_COMMANDS_H_
