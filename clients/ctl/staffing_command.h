// `match staffing`: whether the people of an area can staff a requirement.
#ifndef KUGGE_CLIENTS_CTL_STAFFING_COMMAND_H_
#define KUGGE_CLIENTS_CTL_STAFFING_COMMAND_H_

#include "clients/ctl/args.h"

namespace kugge::ctl {

Command StaffingCommand();

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_STAFFING_COMMAND_H_
