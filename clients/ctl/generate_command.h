// `generate`: files of a made-up labour market, ready for import.
#ifndef KUGGE_CLIENTS_CTL_GENERATE_COMMAND_H_
#define KUGGE_CLIENTS_CTL_GENERATE_COMMAND_H_

#include "clients/ctl/args.h"

namespace kugge::ctl {

Command GenerateCommand();

}  // namespace kugge::ctl

#endif  // KUGGE_CLIENTS_CTL_GENERATE_COMMAND_H_
