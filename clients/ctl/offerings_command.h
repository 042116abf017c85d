// `match offerings`: trainings for a person or a requirement.
#ifndef KUGGE_CLIENTS_CTL_OFFERINGS_COMMAND_H_
#define KUGGE_CLIENTS_CTL_OFFERINGS_COMMAND_H_

#include "clients/ctl/args.h"

namespace kugge::ctl {

Command OfferingsCommand();

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_OFFERINGS_COMMAND_H_
