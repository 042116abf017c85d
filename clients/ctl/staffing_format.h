// What an area can staff, and what would help a person, as text.
#ifndef KUGGE_CLIENTS_CTL_STAFFING_FORMAT_H_
#define KUGGE_CLIENTS_CTL_STAFFING_FORMAT_H_

#include <ostream>

#include "kugge/v1/match_service.pb.h"

namespace kugge::ctl {

// Who there is, the plan of trainings, and what people lack.
void PrintStaffing(const kugge::v1::AssessStaffingResponse& answer,
                   std::ostream& out);

// The person's rank, and the changes that would better it.
void PrintHelp(const kugge::v1::ExplainMatchResponse& answer,
               std::ostream& out);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_STAFFING_FORMAT_H_
