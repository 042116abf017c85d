// kuggectl: the command line over Kugge's public API.
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "clients/ctl/run.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  const std::vector<std::string> words(argv + 1, argv + argc);
  return kugge::ctl::RunCommandLine(
      words, {.in = std::cin,
              .out = std::cout,
              .err = std::cerr,
              .err_is_terminal = isatty(STDERR_FILENO) == 1});
}
