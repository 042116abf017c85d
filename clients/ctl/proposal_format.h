// The content of a proposed training as text: its modules, what to ask of those
// who take it, and what stays uncovered, a table each.
#ifndef KUGGE_CLIENTS_CTL_PROPOSAL_FORMAT_H_
#define KUGGE_CLIENTS_CTL_PROPOSAL_FORMAT_H_

#include <ostream>

#include "kugge/v1/match_service.pb.h"

namespace kugge::ctl {

void PrintProposal(const kugge::v1::ProposeOfferingResponse& answer,
                   std::ostream& out);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_PROPOSAL_FORMAT_H_
