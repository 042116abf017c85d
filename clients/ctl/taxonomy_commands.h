// `taxonomy import`, `taxonomy search` and `taxonomy show`.
#ifndef KUGGE_CLIENTS_CTL_TAXONOMY_COMMANDS_H_
#define KUGGE_CLIENTS_CTL_TAXONOMY_COMMANDS_H_

#include <ostream>
#include <vector>

#include "clients/ctl/args.h"
#include "kugge/v1/taxonomy.pb.h"

namespace kugge::ctl {

std::vector<Command> TaxonomyCommands();

// How each file was read, and how many concepts of each type there are.
void PrintTaxonomy(const kugge::v1::Taxonomy& taxonomy, std::ostream& out);

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_TAXONOMY_COMMANDS_H_
