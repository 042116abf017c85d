// `profile import` and its like: JSON Lines, one resource a line, in protobuf's
// own mapping.
#ifndef KUGGE_CLIENTS_CTL_IMPORT_COMMAND_H_
#define KUGGE_CLIENTS_CTL_IMPORT_COMMAND_H_

#include <cstdint>
#include <istream>
#include <vector>

#include "absl/status/status.h"
#include "clients/ctl/args.h"
#include "clients/ctl/import_report.h"
#include "clients/ctl/resource_types.h"
#include "clients/ctl/row_sender.h"

namespace kugge::ctl {

// One command for each resource type.
std::vector<Command> ImportCommands();

// Sends every line of `in` that parses; one that does not is refused in the
// report with its number, and the rest goes on. Stops at the first error of the
// sender. `bytes` is the size of what is read; 0: not known.
absl::Status SendLines(std::istream& in, uintmax_t bytes,
                       const ResourceType& type, RowSender* sender,
                       ImportReport* report);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_IMPORT_COMMAND_H_
