// `match proposal`: what a short training should teach so that requirements can
// be filled.
#ifndef KUGGE_CLIENTS_CTL_PROPOSAL_COMMAND_H_
#define KUGGE_CLIENTS_CTL_PROPOSAL_COMMAND_H_

#include "clients/ctl/args.h"

namespace kugge::ctl {

Command ProposalCommand();

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_PROPOSAL_COMMAND_H_
