// Who is left over, as tables.
#ifndef KUGGE_CLIENTS_CTL_LEFTOVER_FORMAT_H_
#define KUGGE_CLIENTS_CTL_LEFTOVER_FORMAT_H_

#include <ostream>

#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/match.pb.h"

namespace kugge::ctl {

// A row each, with what comes nearest.
void PrintLeftovers(
    const google::protobuf::RepeatedPtrField<kugge::v1::Leftover>& rows,
    std::ostream& out);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_LEFTOVER_FORMAT_H_
