// kugged from its arguments to its exit code.
#ifndef KUGGE_SERVICES_SERVER_RUN_H_
#define KUGGE_SERVICES_SERVER_RUN_H_

#include <string>
#include <vector>

namespace kugge::server {

// Serves until SIGTERM or SIGINT. Returns 0 when all went well, 2 when the
// arguments or the configuration are wrong, 1 when the server can't start; the
// latter two with one line on stderr that says why. To be called by the first
// thread before there is a second: it sets the signals of all.
int Run(const std::vector<std::string>& arguments);

}  // namespace kugge::server

#endif  // KUGGE_SERVICES_SERVER_RUN_H_
