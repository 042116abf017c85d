#include "clients/ctl/leftovers_command.h"

#include <ostream>
#include <string>

#include "base/status_macros.h"
#include "clients/ctl/command_context.h"
#include "clients/ctl/json_lines.h"
#include "clients/ctl/leftover_format.h"
#include "clients/ctl/match_format.h"
#include "clients/ctl/match_question.h"
#include "clients/ctl/words.h"
#include "kugge/v1/match_service.grpc.pb.h"

namespace kugge::ctl {
namespace {

absl::StatusOr<v1::MatchLeftoversRequest> LeftoversRequestOf(
    const CommandContext& context, const ParsedArgs& args) {
  v1::MatchLeftoversRequest request;
  KUGGE_ASSIGN_OR_RETURN(const std::string parent,
                         NameOf(context, "tenant", args.arguments()[0]));
  request.set_parent(parent);
  // Whatever else is named stands below the tenant that is asked about.
  CommandContext there = context;
  there.tenant = parent.substr(parent.find('/') + 1);
  KUGGE_ASSIGN_OR_RETURN(const std::string strategy, StrategyName(there, args));
  request.set_strategy(strategy);
  if (args.Has("region")) {
    KUGGE_ASSIGN_OR_RETURN(const std::string region,
                           NameOf(there, "region", args.Text("region")));
    request.set_region(region);
  }
  request.set_page_size(args.Number("page-size"));
  return request;
}

absl::Status RunMatchLeftovers(const CommandContext& context,
                               const ParsedArgs& args) {
  KUGGE_ASSIGN_OR_RETURN(const v1::MatchLeftoversRequest request,
                         LeftoversRequestOf(context, args));
  v1::MatchLeftoversResponse response;
  KUGGE_RETURN_IF_ERROR(Call(context,
                             Bind(&v1::MatchService::Stub::MatchLeftovers),
                             request, &response));
  std::ostream& out = *context.out;
  if (context.output == OutputFormat::kJson) {
    out << ToJsonLine(response) << "\n";
    return absl::OkStatus();
  }
  out << response.leftover_profiles() << " of "
      << Counted(response.profiles_total(), "profile")
      << " without a requirement to be eligible for\n";
  if (!response.profiles().empty()) PrintLeftovers(response.profiles(), out);
  out << "\n"
      << response.leftover_requirements() << " of "
      << Counted(response.requirements_total(), "requirement")
      << " without anybody eligible\n";
  if (!response.requirements().empty()) {
    PrintLeftovers(response.requirements(), out);
  }
  out << "\n";
  PrintMatchContext(response.context(), out);
  return absl::OkStatus();
}

}  // namespace

Command LeftoversCommand() {
  return {.path = "match leftovers",
          .arguments = "TENANT",
          .summary =
              "people and requirements without an eligible counterpart, and "
              "what comes nearest",
          .example = "kuggectl match leftovers demo --region regions/county-20",
          .flags = {{"region", Flag::Kind::kText, "REGION",
                     "whose people and requirements (default: everywhere's)"},
                    {"page-size", Flag::Kind::kNumber, "N",
                     "rows of each list (default 10, at most 1000)"},
                    StrategyFlag()},
          .min_arguments = 1,
          .max_arguments = 1,
          .run = RunMatchLeftovers};
}

}  // namespace kugge::ctl
