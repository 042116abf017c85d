#include "clients/ctl/run.h"

#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/generate_command.h"
#include "clients/ctl/help.h"
#include "clients/ctl/import_command.h"
#include "clients/ctl/match_commands.h"
#include "clients/ctl/resource_commands.h"
#include "clients/ctl/rpc_errors.h"
#include "clients/ctl/taxonomy_commands.h"

namespace kugge::ctl {
namespace {

absl::Status RunWords(const std::vector<std::string>& words,
                      const Terminal& terminal) {
  KUGGE_ASSIGN_OR_RETURN(const Invocation invocation,
                         ParseArgs(words, AllCommands()));
  if (invocation.command == nullptr) {
    return PrintHelp(AllCommands(), invocation.args.arguments(), terminal.out);
  }
  KUGGE_ASSIGN_OR_RETURN(CommandContext context, MakeContext(invocation.args));
  context.in = &terminal.in;
  context.out = &terminal.out;
  context.err = &terminal.err;
  context.err_is_terminal = terminal.err_is_terminal;
  return invocation.command->run(context, invocation.args);
}

std::vector<Command> MakeCommands() {
  std::vector<Command> commands;
  for (std::vector<Command> group : {TaxonomyCommands(), MatchCommands(),
                                     ResourceCommands(), ImportCommands()}) {
    commands.insert(commands.end(), group.begin(), group.end());
  }
  commands.push_back(GenerateCommand());
  return commands;
}

}  // namespace

const std::vector<Command>& AllCommands() {
  static const auto& commands = *new std::vector<Command>(MakeCommands());
  return commands;
}

int RunCommandLine(const std::vector<std::string>& words,
                   const Terminal& terminal) {
  const absl::Status status = RunWords(words, terminal);
  terminal.out.flush();
  PrintError(status, terminal.err);
  return ExitCode(status);
}

}  // namespace kugge::ctl
