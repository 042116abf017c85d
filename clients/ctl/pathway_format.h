// A person's ways as text: a block each, its steps, then what it leads to.
#ifndef KUGGE_CLIENTS_CTL_PATHWAY_FORMAT_H_
#define KUGGE_CLIENTS_CTL_PATHWAY_FORMAT_H_

#include <ostream>

#include "google/protobuf/repeated_ptr_field.h"
#include "kugge/v1/match.pb.h"

namespace kugge::ctl {

void PrintPathways(
    const google::protobuf::RepeatedPtrField<kugge::v1::Pathway>& ways,
    std::ostream& out);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_PATHWAY_FORMAT_H_
