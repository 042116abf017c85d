// `match pathways`: a person's ways over dated trainings to requirements.
#ifndef KUGGE_CLIENTS_CTL_PATHWAYS_COMMAND_H_
#define KUGGE_CLIENTS_CTL_PATHWAYS_COMMAND_H_

#include "clients/ctl/args.h"

namespace kugge::ctl {

Command PathwaysCommand();

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_PATHWAYS_COMMAND_H_
