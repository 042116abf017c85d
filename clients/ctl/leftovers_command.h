// `match leftovers`: people and requirements without an eligible counterpart.
#ifndef KUGGE_CLIENTS_CTL_LEFTOVERS_COMMAND_H_
#define KUGGE_CLIENTS_CTL_LEFTOVERS_COMMAND_H_

#include "clients/ctl/args.h"

namespace kugge::ctl {

Command LeftoversCommand();

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_LEFTOVERS_COMMAND_H_
