// `match absence`: why a pair isn't in a list.
#ifndef KUGGE_CLIENTS_CTL_ABSENCE_COMMAND_H_
#define KUGGE_CLIENTS_CTL_ABSENCE_COMMAND_H_

#include "clients/ctl/args.h"

namespace kugge::ctl {

Command AbsenceCommand();

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_ABSENCE_COMMAND_H_
