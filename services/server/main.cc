// The server. What it does is in run.h; what it is made of in server.cc.
#include <string>
#include <vector>

#include "services/server/run.h"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return kugge::server::Run(arguments);
}
