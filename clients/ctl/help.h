// `kuggectl help` and `kuggectl help COMMAND`.
#ifndef KUGGE_CLIENTS_CTL_HELP_H_
#define KUGGE_CLIENTS_CTL_HELP_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/ctl/args.h"

namespace kugge::ctl {

// Explains one command, all commands that begin with the words, or, without
// words, all. An unknown command is a usage error.
absl::Status PrintHelp(const std::vector<Command>& commands,
                       const std::vector<std::string>& words,
                       std::ostream& out);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_HELP_H_
