// The whole program, for main and for tests.
#ifndef KUGGE_CLIENTS_CTL_RUN_H_
#define KUGGE_CLIENTS_CTL_RUN_H_

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "clients/ctl/args.h"

namespace kugge::ctl {

struct Terminal {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;
};

// Every command, in the order in which help shows them.
const std::vector<Command>& AllCommands();

// `words` is argv without the program. Returns the exit code: 0, 1 for an error
// of the call, 2 for one of the command line.
int RunCommandLine(const std::vector<std::string>& words,
                   const Terminal& terminal);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_RUN_H_
